import type { Crystal, UnitCell } from "../crystal/index.ts";
import { elementBySymbol } from "../crystal/index.ts";
import type { Hkl } from "../experiment/index.ts";
import { format, mat3, type Vec3, vec3 } from "../util/index.ts";
import {
  type Atom,
  atomItem,
  atomsWithin,
  isInMargin,
  MARGIN,
  type Place,
  placeInCell,
  UNKNOWN_COLOUR,
} from "./atoms.ts";
import { type Bond, bondItems, bondsOf, isAnion } from "./bonds.ts";
import { bodyOfCorners, hullOf, meshOf, sectionOf } from "./convex.ts";
import type { BondLimits, SceneOptions } from "./options.ts";
import type { Item, LegendEntry, Part } from "./scene.ts";
import { label } from "./shapes.ts";

/** Length of the arrow of an axis beyond the cell and its atoms, as a part of the diagonal. */
const ARROW_BEYOND = 0.1;
const CORNERS: readonly Vec3[] = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [i & 1, (i >> 1) & 1, (i >> 2) & 1]);
/** With more atoms than this no bonds are drawn: they would be a tangle, and as many as the atoms several times. */
const MOST_BONDED_ATOMS = 3000;
/** Nor with more bonds than this, which disorder or a wide limit gives. */
const MOST_BONDS = 12000;
/** So many lattice planes are drawn at most; of more, every second, third ... one. */
const MOST_PLANES = 7;
/** Fewest corners of a polyhedron. */
const FEWEST_CORNERS = 4;
/** Size of the structure inside the sample: its radius in scene units. */
const INSIDE_RADIUS = 0.42;

export interface StructureOptions {
  /** Null: neither bonds nor polyhedra are looked for. */
  readonly bonds: BondLimits | null;
  readonly showsBonds: boolean;
  readonly polyhedra: boolean;
  /** The reflection whose planes are drawn. */
  readonly planes: Hkl | null;
}

export const structureOptions = ({ shown, bonds }: SceneOptions, hkl: Hkl): StructureOptions => ({
  bonds: shown.bonds || shown.polyhedra ? bonds : null,
  showsBonds: shown.bonds,
  polyhedra: shown.polyhedra,
  planes: shown.latticePlanes ? hkl : null,
});

type Structure = Omit<Part, "toLab">;
const caches = new WeakMap<Crystal, Map<string, Structure>>();

function cached(crystal: Crystal, key: string, build: () => Structure): Structure {
  const cache = caches.get(crystal) ?? new Map<string, Structure>();
  caches.set(crystal, cache);
  const known = cache.get(key);
  if (known) return known;
  const built = build();
  if (cache.size > 8) cache.clear();
  cache.set(key, built);
  return built;
}

/** One unit cell with its atoms and axes in the frame of `UnitCell.direct`, its centre at the origin, in Angstrom. */
export const structurePart = (crystal: Crystal, options: StructureOptions): Structure =>
  cached(crystal, JSON.stringify(options), () => buildStructure(crystal, options));

/** The same cell in the middle of the sample, without its texts, so large that it is seen. */
export const insidePart = (crystal: Crystal, options: StructureOptions): Structure =>
  cached(crystal, `inside ${JSON.stringify(options)}`, () => {
    const { items, radius } = structurePart(crystal, options);
    return {
      id: "crystalInside",
      radius,
      inScene: { centre: [0, 0, 0], scale: INSIDE_RADIUS / radius },
      items: items.flatMap((item) => (item.shape.kind === "label" ? [] : [{ ...item, id: `inside.${item.id}` }])),
    };
  });

function buildStructure(crystal: Crystal, options: StructureOptions): Structure {
  const { cell } = crystal;
  const place = placeInCell(crystal);
  const diagonal = Math.max(...CORNERS.map((corner) => vec3.norm(place(corner)))) * 2;
  const { atoms, bonds, corners } = atomsAndBonds(crystal, options);
  const tooMany = options.showsBonds && (atoms.length > MOST_BONDED_ATOMS || bonds.length > MOST_BONDS);
  const largest = Math.max(0, ...atoms.map(({ drawnRadius_A }) => drawnRadius_A));
  const items = [
    ...atoms.map(atomItem),
    ...(options.showsBonds && !tooMany ? bondItems(atoms, bonds) : []),
    ...(options.polyhedra ? polyhedronItems(atoms, corners) : []),
    ...(options.planes ? planeItems(cell, options.planes, place) : []),
    cellEdges(cell, place),
    ...axisItems(cell, place, diagonal, ARROW_BEYOND * diagonal + largest),
  ];
  return {
    id: "crystal",
    radius: items.reduce((most, item) => Math.max(most, reach(item)), 0),
    caption: [crystal.block, crystal.spaceGroup.hm, tooMany ? "bonds not drawn" : ""].filter(Boolean).join(", "),
    items,
  };
}

interface AtomsAndBonds {
  readonly atoms: readonly Atom[];
  readonly bonds: readonly Bond[];
  /** Indices of the bonded anions of each cation of the cell. */
  readonly corners: ReadonlyMap<number, readonly number[]>;
}

/**
 * The atoms that are shown with their bonds. For polyhedra the anions around the cations of the cell are added even
 * where they lie outside of its margin: a polyhedron is whole or absent.
 */
function atomsAndBonds(crystal: Crystal, options: StructureOptions): AtomsAndBonds {
  const shown = atomsWithin(crystal, [MARGIN, MARGIN, MARGIN]);
  if (!options.bonds || shown.length > MOST_BONDED_ATOMS) return { atoms: shown, bonds: [], corners: new Map() };
  if (!options.polyhedra) return { atoms: shown, bonds: bondsOf(shown, options.bonds), corners: new Map() };
  const reach_A = 2.5 * Math.max(...shown.map(({ covalentRadius_A }) => covalentRadius_A));
  const { reciprocal } = crystal.cell;
  const margin = mat3
    .transpose(reciprocal)
    .map((row) => Math.max(MARGIN, (reach_A * vec3.norm(row)) / (2 * Math.PI))) as unknown as Vec3;
  const around = atomsWithin(crystal, margin);
  const bonds = bondsOf(around, options.bonds);
  const cornersOf = new Map<number, number[]>();
  for (const { a, b } of bonds) {
    for (const [centre, corner] of [
      [a, b],
      [b, a],
    ] as const) {
      if (isAnion(around[centre]!) || !isAnion(around[corner]!) || !isInMargin(around[centre]!.fraction, 0)) continue;
      const known = cornersOf.get(centre);
      if (known) known.push(corner);
      else cornersOf.set(centre, [corner]);
    }
  }
  const kept = new Set(around.flatMap(({ fraction }, i) => (isInMargin(fraction) ? [i] : [])));
  for (const corners of cornersOf.values()) for (const corner of corners) kept.add(corner);
  const indices = [...kept].sort((a, b) => a - b);
  const newIndex = new Map(indices.map((old, i) => [old, i]));
  return {
    atoms: indices.map((i) => around[i]!),
    bonds: bonds.flatMap(({ a, b, length_A }) => {
      const [one, two] = [newIndex.get(a), newIndex.get(b)];
      return one === undefined || two === undefined ? [] : [{ a: one, b: two, length_A }];
    }),
    corners: new Map(
      [...cornersOf].map(([centre, list]) => [newIndex.get(centre)!, list.map((i) => newIndex.get(i)!)]),
    ),
  };
}

function polyhedronItems(atoms: readonly Atom[], corners: ReadonlyMap<number, readonly number[]>): readonly Item[] {
  return [...corners].flatMap(([centre, list]): readonly Item[] => {
    if (list.length < FEWEST_CORNERS) return [];
    const body = hullOf(list.map((i) => atoms[i]!.position));
    if (body.length === 0) return [];
    const { site, colour } = atoms[centre]!;
    const around = [...new Set(list.map((i) => atoms[i]!.element))].join(", ");
    return [
      {
        id: `polyhedron.${centre}`,
        role: "polyhedron",
        title: `${site.label} with ${list.length} neighbours (${around})`,
        source: site.range,
        colour,
        shape: { kind: "mesh", ...meshOf(body) },
      },
    ];
  });
}

/** The planes h x + k y + l z = n of the reflection through the cell; successive ones are d apart. */
function planeItems(cell: UnitCell, hkl: Hkl, place: Place): readonly Item[] {
  const normal = mat3.multiplyVector(cell.reciprocal, hkl);
  const d_A = (2 * Math.PI) / vec3.norm(normal);
  const orders = CORNERS.map((corner) => vec3.dot(corner, hkl));
  const [first, last] = [Math.ceil(Math.min(...orders)), Math.floor(Math.max(...orders))];
  const step = Math.ceil((last - first + 1) / MOST_PLANES);
  const body = bodyOfCorners(CORNERS.map(place));
  const shift = vec3.dot(normal, place([0, 0, 0]));
  const which = step === 1 ? "each" : `one of ${step}`;
  const items: Item[] = [];
  for (let n = first; n <= last; n += step) {
    const section = sectionOf(body, { normal, offset: 2 * Math.PI * n + shift });
    if (section.length < 3) continue;
    items.push({
      id: `plane.${n}`,
      role: "latticePlane",
      title: `Lattice plane (${hkl.join(",")}), d ${format.significant(d_A, 6)} Å; ${which} is drawn`,
      data: { d_A, order: n },
      shape: { kind: "mesh", vertices: section, faces: [section.map((_, i) => i)] },
    });
  }
  return items;
}

export function legendOf(crystal: Crystal): readonly LegendEntry[] {
  return Object.entries(crystal.contents).map(([element, count]) => ({
    element,
    colour: elementBySymbol(element)?.color ?? UNKNOWN_COLOUR,
    count,
  }));
}

function reach({ shape }: Item): number {
  if (shape.kind === "sphere") return vec3.norm(shape.centre) + shape.radius;
  if (shape.kind === "segments") return Math.max(...shape.points.map(vec3.norm));
  return shape.kind === "arrow" ? Math.max(vec3.norm(shape.from), vec3.norm(shape.to)) : 0;
}

function cellEdges(cell: UnitCell, place: Place): Item {
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

function axisItems(cell: UnitCell, place: Place, diagonal: number, beyond_A: number): readonly Item[] {
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
