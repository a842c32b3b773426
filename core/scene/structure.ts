import { type Crystal, elementBySymbol, type Site, type UnitCell } from "../crystal/index.ts";
import { format, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { Item, LegendEntry, Part } from "./scene.ts";
import { label } from "./shapes.ts";

/** Atoms up to this far outside the cell, as a fraction of its edges, are shown so that coordinations are seen. */
const MARGIN = 0.1;
/** Drawn radius of an atom as a part of its covalent radius. */
const RADIUS_FACTOR = 0.42;
const UNKNOWN_RADIUS_A = 1.5;
const UNKNOWN_COLOUR = "#808080";
/** Length of the arrow of an axis beyond the cell and its atoms, as a part of the diagonal. */
const ARROW_BEYOND = 0.1;
/** Atoms closer than this share a position. */
const SAME_POSITION_A = 0.05;
const CORNERS: readonly Vec3[] = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [i & 1, (i >> 1) & 1, (i >> 2) & 1]);

const cache = new WeakMap<Crystal, Omit<Part, "toLab">>();

/** One unit cell with its atoms and axes in the frame of `UnitCell.direct`, its centre at the origin, in Angstrom. */
export function structurePart(crystal: Crystal): Omit<Part, "toLab"> {
  const known = cache.get(crystal);
  if (known) return known;
  const centre = mat3.multiplyVector(crystal.cell.direct, [0.5, 0.5, 0.5]);
  const place = (fraction: Vec3): Vec3 => vec3.subtract(mat3.multiplyVector(crystal.cell.direct, fraction), centre);
  const diagonal = Math.max(...CORNERS.map((corner) => vec3.norm(place(corner)))) * 2;
  const atoms = atomItems(crystal, place);
  const largest = Math.max(0, ...atoms.map(({ shape }) => (shape.kind === "sphere" ? shape.radius : 0)));
  const items = [
    ...atoms,
    cellEdges(crystal.cell, place),
    ...axisItems(crystal.cell, place, diagonal, ARROW_BEYOND * diagonal + largest),
  ];
  const part = {
    id: "crystal" as const,
    radius: Math.max(...items.map(reach)),
    caption: [crystal.block, crystal.spaceGroup.hm].filter(Boolean).join(", "),
    items,
  };
  cache.set(crystal, part);
  return part;
}

export function legendOf(crystal: Crystal): readonly LegendEntry[] {
  return Object.entries(crystal.contents).map(([element, count]) => ({
    element,
    colour: elementBySymbol(element)?.color ?? UNKNOWN_COLOUR,
    count,
  }));
}

function reach(item: Item): number {
  const { shape } = item;
  if (shape.kind === "sphere") return vec3.norm(shape.centre) + shape.radius;
  if (shape.kind === "segments") return Math.max(...shape.points.map(vec3.norm));
  return shape.kind === "arrow" ? Math.max(vec3.norm(shape.from), vec3.norm(shape.to)) : 0;
}

function atomItems(crystal: Crystal, place: (fraction: Vec3) => Vec3): readonly Item[] {
  const images = crystal.sites.flatMap((site) => imagesOf(site, crystal).map((fraction) => ({ site, fraction })));
  const byPosition = new Map<string, { readonly position: Vec3; readonly fraction: Vec3; readonly sites: Site[] }>();
  for (const { site, fraction } of images) {
    const position = place(fraction);
    const key = position.map((x) => Math.round(x / SAME_POSITION_A)).join(" ");
    const there = byPosition.get(key);
    if (!there) byPosition.set(key, { position, fraction, sites: [site] });
    else if (!there.sites.includes(site)) there.sites.push(site);
  }
  return [...byPosition.values()].map(({ position, fraction, sites }, i): Item => {
    const shown = sites.reduce((most, site) => (site.occupancy > most.occupancy ? site : most));
    const element = elementBySymbol(shown.element);
    return {
      id: `atom.${i}`,
      role: "atom",
      title: `${sites.map(siteText).join(", ")} at ${fraction.map((x) => format.fixed(x, 4)).join(", ")}`,
      source: shown.range,
      colour: element?.color ?? UNKNOWN_COLOUR,
      shape: {
        kind: "sphere",
        centre: position,
        radius: RADIUS_FACTOR * (element?.covalentRadius_A ?? UNKNOWN_RADIUS_A),
      },
    };
  });
}

const siteText = (site: Site): string =>
  `${site.label} (${site.typeSymbol})${site.occupancy === 1 ? "" : `, occupancy ${format.significant(site.occupancy, 4)}`}`;

/** Images of a site in the cell and its margin, each once. */
function imagesOf(site: Site, crystal: Crystal): readonly Vec3[] {
  const wrap = (x: number): number => {
    const fraction = x - Math.floor(x);
    return fraction > 1 - 1e-6 ? 0 : fraction;
  };
  const found = new Map<string, Vec3>();
  for (const { rotation, translation } of crystal.spaceGroup.operations) {
    const [x, y, z] = vec3.add(mat3.multiplyVector(rotation, site.position), translation);
    const inCell: Vec3 = [wrap(x), wrap(y), wrap(z)];
    for (const fraction of withMargin(inCell)) found.set(fraction.map((v) => v.toFixed(4)).join(" "), fraction);
  }
  return [...found.values()];
}

function withMargin(inCell: Vec3): readonly Vec3[] {
  const shifts = inCell.map((x) => [x, x - 1, x + 1].filter((v) => v >= -MARGIN && v <= 1 + MARGIN));
  return shifts[0]!.flatMap((x) => shifts[1]!.flatMap((y) => shifts[2]!.map((z): Vec3 => [x, y, z])));
}

function cellEdges(cell: UnitCell, place: (fraction: Vec3) => Vec3): Item {
  const points = CORNERS.flatMap((corner, i) =>
    [1, 2, 4].filter((bit) => !(i & bit)).flatMap((bit) => [place(corner), place(CORNERS[i | bit]!)]),
  );
  const lengths = `a ${format.significant(cell.a_A, 6)}, b ${format.significant(cell.b_A, 6)}, c ${format.significant(cell.c_A, 6)} Å`;
  const angles = `${[cell.alpha_deg, cell.beta_deg, cell.gamma_deg].map((x) => format.significant(x, 6)).join(", ")}°`;
  return {
    id: "cell",
    role: "cellEdge",
    title: `Unit cell: ${lengths}; ${angles}`,
    shape: { kind: "segments", points },
  };
}

function axisItems(
  cell: UnitCell,
  place: (fraction: Vec3) => Vec3,
  diagonal: number,
  beyond_A: number,
): readonly Item[] {
  const axes = [
    { name: "a", role: "axis1", unit: [1, 0, 0], length_A: cell.a_A },
    { name: "b", role: "axis2", unit: [0, 1, 0], length_A: cell.b_A },
    { name: "c", role: "axis3", unit: [0, 0, 1], length_A: cell.c_A },
  ] as const;
  return axes.flatMap(({ name, role, unit, length_A }): readonly Item[] => {
    const from = place([0, 0, 0]);
    const to = place(vec3.scale(unit, 1 + beyond_A / length_A));
    const title = `${name} axis of the crystal, ${format.significant(length_A, 6)} Å`;
    return [
      {
        id: `crystal.${name}`,
        role,
        title,
        shape: { kind: "arrow", from, to, radius: 0.008 * diagonal, head: "single" },
      },
      label(`crystal.${name}.label`, role, name, to, vec3.subtract(to, from), "strong", title),
    ];
  });
}
