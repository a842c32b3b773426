import type { Issue, IssueFix, vec3 } from "../../util/index.ts";
import type { Site } from "../crystal.ts";
import { imageOf, latticeDistance_A, NOTABLE_SHIFT_A } from "../place.ts";
import { type Check, type CheckSubject, issue, type Quantity, quantityAt, replaceBy } from "./subject.ts";

const FRACTIONS = ["_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"] as const;

/** Sites of the crystal with their row in the atom list, found by the range of the row. */
export function sitesWithRows({
  crystal,
  table,
}: CheckSubject): readonly { readonly site: Site; readonly row: number }[] {
  const column = table.get(FRACTIONS[0]);
  if (!crystal || !column) return [];
  const rows = new Map<number, number>();
  for (let row = 0; row < column.rowCount; row++) rows.set(column.rowRange(row).start, row);
  return crystal.sites.flatMap((site) => {
    const row = rows.get(site.range.start);
    return row === undefined ? [] : [{ site, row }];
  });
}

/** Multiplicity or site-symmetry order of each site against the one that the operators give. */
export const multiplicityIssues: Check = (subject) => {
  const { crystal, table } = subject;
  const order = crystal?.spaceGroup.operations.length ?? 0;
  return sitesWithRows(subject).flatMap(({ site, row }): readonly Issue[] => {
    const siteOrder = order / site.multiplicity;
    const report = (given: Quantity, what: string, computed: number): Issue => {
      const message = `${what} of ${site.label} is ${given.text}, but the operators give ${computed}.`;
      return issue("site-multiplicity", "information", message, given.range, {
        fixes: [replaceBy(String(computed), given.range)],
      });
    };
    const multiplicity = quantityAt(
      table,
      ["_atom_site_site_symmetry_multiplicity", "_atom_site_symmetry_multiplicity"],
      row,
    );
    const written = quantityAt(table, ["_atom_site_site_symmetry_order"], row);
    // SHELXL of 1997 wrote the order under the name of the multiplicity.
    const isMultiplicity = multiplicity?.value === site.multiplicity || multiplicity?.value === siteOrder;
    return [
      ...(multiplicity && !isMultiplicity ? [report(multiplicity, "Multiplicity", site.multiplicity)] : []),
      ...(written && written.value !== siteOrder ? [report(written, "Order of the site symmetry", siteOrder)] : []),
    ];
  });
};

/** A site nearer to its own image than this, but not on it, is suspicious; PLAT310 [Angstrom]. */
const COINCIDENT_A = 0.01;
const NEAR_PARTIAL_A = 0.1;

/**
 * Sites that nearly lie on a special position: coordinates written with too few digits for thirds (PLAT101 to 103), and
 * sites off it by more than rounding (PLAT310). A partly occupied one may be split on purpose, but not by 0.1 Angstrom.
 */
export const specialPositionIssues: Check = (subject) => {
  const { crystal, table } = subject;
  if (!crystal) return [];
  const { cell, spaceGroup } = crystal;
  return sitesWithRows(subject).flatMap(({ site, row }): readonly Issue[] => {
    const given = FRACTIONS.map((name) => quantityAt(table, [name], row));
    const [x, y, z] = given;
    if (!x || !y || !z) return [];
    const written: vec3.Vec3 = [x.value, y.value, z.value];
    if (site.occupancy <= 0.999) {
      const nearest = nearestImage_A(subject, written);
      if (!(nearest > COINCIDENT_A && nearest < NEAR_PARTIAL_A)) return [];
      const message = `Site ${site.label} is ${nearest.toFixed(3)} Å from its own image, too near to be split; write its coordinates with more digits or on the special position.`;
      return [issue("near-special-position", "information", message, site.range)];
    }
    const moved = given.flatMap((quantity, axis) => {
      const shift = site.position[axis]! - written[axis]!;
      return quantity && Math.abs(shift) > 1e-9
        ? [{ quantity, target: site.position[axis]!, shift: Math.abs(shift) }]
        : [];
    });
    const edits = moved.map(({ quantity, target }) => ({
      range: quantity.range,
      newText: writeCoordinate(target, quantity),
    }));
    const isRounding = moved.every(({ quantity, shift }) => shift <= 0.51 * 10 ** -quantity.decimals);
    if (isRounding) {
      return moved.flatMap(({ quantity, target }) => {
        if (quantity.decimals > 4 || !isThird(target)) return [];
        const better = writeCoordinate(target, quantity);
        const message = `Coordinate ${quantity.text} of ${site.label} stands for ${fraction(target)} and has too few digits (PLAT101); write ${better}.`;
        return [
          issue("coordinate-digits", "hint", message, quantity.range, { fixes: [replaceBy(better, quantity.range)] }),
        ];
      });
    }
    const shift_A = latticeDistance_A(site.position, written, cell);
    if (2 * shift_A <= COINCIDENT_A || spaceGroup.operations.length === 1) return [];
    const message = `Site ${site.label} lies ${shift_A.toFixed(2)} Å from the special position ${site.position.map(short).join(", ")}, too close to its own images, and is put onto it (PLAT310); if it is split, give its occupancy.`;
    const fixes: readonly IssueFix[] = [{ title: "Put it onto the special position", edits }];
    const severity = shift_A < NOTABLE_SHIFT_A ? "information" : "warning";
    return [issue("near-special-position", severity, message, site.range, { fixes })];
  });
};

function nearestImage_A({ crystal }: CheckSubject, position: vec3.Vec3): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const operation of crystal?.spaceGroup.operations ?? []) {
    const distance = latticeDistance_A(imageOf(operation, position), position, crystal!.cell);
    if (distance > COINCIDENT_A && distance < nearest) nearest = distance;
  }
  return nearest;
}

const isThird = (value: number): boolean =>
  Math.abs(value * 6 - Math.round(value * 6)) < 1e-9 && Math.round(value * 6) % 3 !== 0;
const fraction = (value: number): string => {
  const sixths = Math.round(value * 6);
  return sixths % 2 === 0 ? `${sixths / 2}/3` : `${sixths}/6`;
};
const short = (value: number): string => String(Number(value.toFixed(5)));

/** A coordinate with at least the digits that it had, and five where it is no short decimal. */
function writeCoordinate(value: number, { decimals }: Quantity): string {
  const isShort = Math.abs(value * 1e4 - Math.round(value * 1e4)) < 1e-6;
  return isShort
    ? value.toFixed(Math.min(4, Math.max(1, decimals))).replace(/^-(0\.?0*)$/, "$1")
    : value.toFixed(Math.max(5, decimals));
}
