import { format, type Vec3, vec3 } from "../util/index.ts";
import type { Atom } from "./atoms.ts";
import type { BondLimits } from "./options.ts";
import type { Item } from "./scene.ts";

/** Elements that take up electrons: bonds lead to them, and polyhedra have them at their corners. */
const ANIONS: ReadonlySet<string> = new Set(["N", "O", "F", "S", "Cl", "Se", "Br", "Te", "I"]);
/** Atoms closer than this are halves of one split site, not bonded. */
const SHORTEST_A = 0.4;
const BOND_RADIUS_A = 0.09;

export const isAnion = ({ element }: Pick<Atom, "element">): boolean => ANIONS.has(element);

export interface Bond {
  /** Indices of the two atoms. */
  readonly a: number;
  readonly b: number;
  readonly length_A: number;
}

/**
 * Longest bond between two elements. Where a structure has anions, two metals are not bonded by the rule of radii:
 * their radii are those of neutral atoms, and would join neighbours that hold together through the anions between.
 */
function longestBond(limits: BondLimits, hasAnions: boolean): (a: Atom, b: Atom) => number {
  const named = new Map(limits.pairs.map(({ elements, longest_A }) => [[...elements].sort().join(" "), longest_A]));
  const cache = new Map<string, number>();
  return (a, b) => {
    const key = a.element < b.element ? `${a.element} ${b.element}` : `${b.element} ${a.element}`;
    let longest = cache.get(key);
    if (longest === undefined) {
      const isMetallic = hasAnions && !isAnion(a) && !isAnion(b) && a.element !== "H" && b.element !== "H";
      const byRule =
        isMetallic && !(isNonmetal(a) && isNonmetal(b)) ? 0 : limits.factor * (a.covalentRadius_A + b.covalentRadius_A);
      longest = named.get(key) ?? byRule;
      cache.set(key, longest);
    }
    return longest;
  };
}

const NONMETALS: ReadonlySet<string> = new Set(["H", "D", "B", "C", "Si", "P", "As"]);
const isNonmetal = ({ element }: Atom): boolean => NONMETALS.has(element) || ANIONS.has(element);

/** All pairs that are close enough; the neighbours of an atom are looked for in cells as wide as the longest bond. */
export function bondsOf(atoms: readonly Atom[], limits: BondLimits): readonly Bond[] {
  const longest = longestBond(limits, atoms.some(isAnion));
  const representatives = [...new Map(atoms.map((atom) => [atom.element, atom])).values()];
  const reach_A = Math.max(0, ...representatives.flatMap((a) => representatives.map((b) => longest(a, b))));
  if (reach_A <= 0) return [];
  const grid = new Map<string, number[]>();
  const cellOf = (position: Vec3): Vec3 => position.map((x) => Math.floor(x / reach_A)) as unknown as Vec3;
  const bonds: Bond[] = [];
  atoms.forEach((atom, i) => {
    const [x, y, z] = cellOf(atom.position);
    for (let u = x - 1; u <= x + 1; u++) {
      for (let v = y - 1; v <= y + 1; v++) {
        for (let w = z - 1; w <= z + 1; w++) {
          for (const j of grid.get(`${u} ${v} ${w}`) ?? []) {
            const length_A = vec3.norm(vec3.subtract(atoms[j]!.position, atom.position));
            if (length_A > SHORTEST_A && length_A <= longest(atom, atoms[j]!)) bonds.push({ a: j, b: i, length_A });
          }
        }
      }
    }
    const key = `${x} ${y} ${z}`;
    const there = grid.get(key);
    if (there) there.push(i);
    else grid.set(key, [i]);
  });
  return bonds;
}

/** Each bond as two halves in the colours of its atoms, from surface to surface. */
export function bondItems(atoms: readonly Atom[], bonds: readonly Bond[]): readonly Item[] {
  return bonds.flatMap(({ a, b, length_A }): readonly Item[] => {
    const [from, to] = [atoms[a]!, atoms[b]!];
    const along = vec3.scale(vec3.subtract(to.position, from.position), 1 / length_A);
    const free_A = length_A - from.drawnRadius_A - to.drawnRadius_A;
    if (free_A <= 0) return [];
    const start = vec3.add(from.position, vec3.scale(along, from.drawnRadius_A));
    const middle = vec3.add(start, vec3.scale(along, free_A / 2));
    const end = vec3.add(start, vec3.scale(along, free_A));
    const title = `${from.site.label}–${to.site.label} ${format.fixed(length_A, 4)} Å`;
    const half = (side: string, colour: string, from_A: Vec3, to_A: Vec3): Item => ({
      id: `bond.${a}.${b}.${side}`,
      role: "bond",
      title,
      colour,
      data: { length_A },
      shape: { kind: "cylinder", from: from_A, to: to_A, radius: BOND_RADIUS_A },
    });
    return [half("a", from.colour, start, middle), half("b", to.colour, middle, end)];
  });
}
