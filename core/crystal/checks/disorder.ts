import type { Issue } from "../../util/index.ts";
import { columnTexts } from "../table.ts";
import { type Check, issue, type Quantity, quantityOf } from "./subject.ts";

interface Group {
  count: number;
  /** The least occupancy of its atoms above 0: some that all alternatives share may be listed with one of them. */
  occupancy: Quantity;
}

/**
 * Alternative groups of a named disorder assembly: they hold as many atoms each (cif_cod_check, check_disorder), and one of
 * them is there at a time, so that their occupancies sum to 1 at most. Groups with a negative number are alternatives by
 * symmetry and are left out.
 */
export const disorderIssues: Check = ({ table }) => {
  const assemblies = table.get("_atom_site_disorder_assembly");
  const groups = columnTexts(table.get("_atom_site_disorder_group"));
  const occupancies = table.get("_atom_site_occupancy");
  const found = new Map<string, { readonly row: number; readonly groups: Map<string, Group> }>();
  columnTexts(assemblies).forEach((assembly, row) => {
    const group = groups[row] ?? ".";
    const occupancy = quantityOf(occupancies?.value(row));
    if (!occupancy || /^[.?]$/.test(assembly) || /^([.?]|-.*)$/.test(group)) return;
    const members = found.get(assembly) ?? { row, groups: new Map<string, Group>() };
    found.set(assembly, members);
    const known = members.groups.get(group) ?? { count: 0, occupancy };
    members.groups.set(group, known);
    known.count++;
    const isLess = known.occupancy.value === 0 || occupancy.value < known.occupancy.value;
    if (occupancy.value > 0 && isLess) known.occupancy = occupancy;
  });
  return [...found].flatMap(([assembly, { row, groups: members }]): readonly Issue[] => {
    const all = [...members];
    const range = assemblies!.value(row)!.range;
    const sum = all.reduce((total, [, { occupancy }]) => total + occupancy.value, 0);
    const su = Math.sqrt(all.reduce((total, [, { occupancy }]) => total + occupancy.su ** 2, 0));
    const listed = (of: (group: Group) => number | string): string =>
      all.map(([name, group]) => `${name} has ${of(group)}`).join(", ");
    if (all.length > 1 && sum > 1.01 + 3 * su) {
      const message = `The groups of disorder assembly ${assembly} exclude each other, but their occupancies sum to ${Number(sum.toFixed(3))}: ${listed(({ occupancy }) => occupancy.text)}.`;
      return [issue("disorder", "warning", message, range)];
    }
    if (new Set(all.map(([, { count }]) => count)).size < 2) return [];
    const message = `The groups of disorder assembly ${assembly} hold different numbers of atoms: ${listed(({ count }) => count)}.`;
    return [issue("disorder", "hint", message, range)];
  });
};
