import { type Crystal, elementBySymbol, type Site } from "../crystal/index.ts";
import { format, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { Item } from "./scene.ts";

/** Atoms up to this far outside the cell, as a fraction of its edges, are shown so that coordinations are seen. */
export const MARGIN = 0.1;
/** Drawn radius of an atom as a part of its covalent radius. */
const RADIUS_FACTOR = 0.34;
const UNKNOWN_RADIUS_A = 1.5;
export const UNKNOWN_COLOUR = "#808080";
/** Atoms closer than this share a position. */
const SAME_POSITION_A = 0.05;

/** An atom of the picture, and those that share its place. */
export interface Atom {
  readonly fraction: Vec3;
  /** In the frame of the part, Angstrom. */
  readonly position: Vec3;
  /** The one that occupies most of the place. */
  readonly site: Site;
  readonly sites: readonly Site[];
  readonly element: string;
  readonly colour: string;
  readonly covalentRadius_A: number;
  readonly drawnRadius_A: number;
}

export type Place = (fraction: Vec3) => Vec3;

/** Takes fractions of the cell to Angstrom about its centre. */
export function placeInCell({ cell }: Crystal): Place {
  const centre = mat3.multiplyVector(cell.direct, [0.5, 0.5, 0.5]);
  return (fraction) => vec3.subtract(mat3.multiplyVector(cell.direct, fraction), centre);
}

/** The atoms of one cell and of a margin around it, in fractions of its edges; one for each place. */
export function atomsWithin(crystal: Crystal, margin: Vec3): readonly Atom[] {
  const place = placeInCell(crystal);
  const byPosition = new Map<string, { readonly position: Vec3; readonly fraction: Vec3; readonly sites: Site[] }>();
  for (const site of crystal.sites) {
    for (const fraction of imagesOf(site, crystal, margin)) {
      const position = place(fraction);
      const key = position.map((x) => Math.round(x / SAME_POSITION_A)).join(" ");
      const there = byPosition.get(key);
      if (!there) byPosition.set(key, { position, fraction, sites: [site] });
      else if (!there.sites.includes(site)) there.sites.push(site);
    }
  }
  return [...byPosition.values()].map(({ position, fraction, sites }): Atom => {
    const site = sites.reduce((most, other) => (other.occupancy > most.occupancy ? other : most));
    const element = elementBySymbol(site.element);
    const covalentRadius_A = element?.covalentRadius_A ?? UNKNOWN_RADIUS_A;
    return {
      fraction,
      position,
      site,
      sites,
      element: site.element,
      colour: element?.color ?? UNKNOWN_COLOUR,
      covalentRadius_A,
      drawnRadius_A: RADIUS_FACTOR * covalentRadius_A,
    };
  });
}

export const isInMargin = (fraction: Vec3, margin = MARGIN): boolean =>
  fraction.every((x) => x >= -margin - 1e-9 && x <= 1 + margin + 1e-9);

export const atomItem = (atom: Atom, i: number): Item => ({
  id: `atom.${i}`,
  role: "atom",
  title: `${atom.sites.map(siteText).join(", ")} at ${atom.fraction.map((x) => format.fixed(x, 4)).join(", ")}`,
  source: atom.site.range,
  colour: atom.colour,
  shape: { kind: "sphere", centre: atom.position, radius: atom.drawnRadius_A },
});

const siteText = (site: Site): string =>
  `${site.label} (${site.typeSymbol})${site.occupancy === 1 ? "" : `, occupancy ${format.significant(site.occupancy, 4)}`}`;

/** Images of a site in the cell and its margin, each once. */
function imagesOf(site: Site, { spaceGroup }: Crystal, margin: Vec3): readonly Vec3[] {
  const wrap = (x: number): number => {
    const fraction = x - Math.floor(x);
    return fraction > 1 - 1e-6 ? 0 : fraction;
  };
  const found = new Map<string, Vec3>();
  for (const { rotation, translation } of spaceGroup.operations) {
    const [x, y, z] = vec3.add(mat3.multiplyVector(rotation, site.position), translation);
    const inCell: Vec3 = [wrap(x), wrap(y), wrap(z)];
    for (const fraction of withMargin(inCell, margin)) {
      found.set(fraction.map((v) => Math.round(v * 1e4)).join(" "), fraction);
    }
  }
  return [...found.values()];
}

function withMargin(inCell: Vec3, margin: Vec3): readonly Vec3[] {
  const shifts = inCell.map((x, i) => {
    const steps = Math.ceil(margin[i]!);
    const all = Array.from({ length: 2 * steps + 1 }, (_, n) => x + n - steps);
    return all.filter((v) => v >= -margin[i]! - 1e-9 && v <= 1 + margin[i]! + 1e-9);
  });
  return shifts[0]!.flatMap((x) => shifts[1]!.flatMap((y) => shifts[2]!.map((z): Vec3 => [x, y, z])));
}
