import type { Issue } from "../../util/index.ts";
import { type Check, issue, quantityAt, replaceBy } from "./subject.ts";

const OCCUPANCY = ["_atom_site_occupancy"];

/**
 * Occupancies outside 0 to 1 by more than three s.u. (range of the dictionary), unknown ones of atoms (cif_cod_check), and
 * atoms of occupancy 0 that are not marked as dummies.
 */
export const occupancyIssues: Check = (subject) => {
  const { table } = subject;
  const column = table.get("_atom_site_occupancy");
  const labels = table.get("_atom_site_label");
  const flags = table.get("_atom_site_calc_flag");
  const issues: Issue[] = [];
  for (let row = 0; row < (column?.rowCount ?? 0); row++) {
    const label = labels?.value(row)?.text ?? `row ${row + 1}`;
    const value = column?.value(row);
    const given = quantityAt(table, OCCUPANCY, row);
    const isDummy = flags?.value(row)?.text === "dum";
    if (given?.value === 0 && !isDummy) {
      const message = `Occupancy of ${label} is ${given.text}: it counts for nothing; remove it, or mark it as a dummy (dum in _atom_site_calc_flag).`;
      issues.push(issue("occupancy", "hint", message, given.range));
    } else if (value && (value.kind === "unknown" || value.kind === "inapplicable") && !isDummy) {
      const message = `Occupancy of ${label} is '${value.text}' and is taken as 1; write its value.`;
      issues.push(issue("occupancy-unknown", "hint", message, value.range, { fixes: [replaceBy("1", value.range)] }));
    } else if (given && (given.value < 0 || given.value > 1 + 3 * given.su + 0.005)) {
      const severity = given.value < 0 ? "error" : "warning";
      const message = `Occupancy of ${label} is ${given.text}; it must lie between 0 and 1.`;
      issues.push(issue("occupancy", severity, message, given.range, { fixes: [replaceBy("1", given.range)] }));
    }
  }
  return issues;
};
