import type { CifValue } from "../../cif/index.ts";
import type { Issue, TextRange } from "../../util/index.ts";
import { placeOf } from "../relatedPlaces.ts";
import { firstColumn, firstValue, givenValues, isGiven } from "../table.ts";
import { elementsOfFormula, readAtomType } from "../typeSymbol.ts";
import { isOneEditAway } from "./spaceGroupSymbol.ts";
import { type Check, issue, replaceBy } from "./subject.ts";

const LABEL = ["_atom_site_label", "_atom_site_id"];

/** Columns whose values are labels of the atom list (links of the core dictionary). */
const REFERENCES = [
  "_atom_site_aniso_label",
  ...[1, 2].map((n) => `_geom_bond_atom_site_label_${n}`),
  ...[1, 2, 3].map((n) => `_geom_angle_atom_site_label_${n}`),
  ...[1, 2, 3, 4].map((n) => `_geom_torsion_atom_site_label_${n}`),
  ...[1, 2].map((n) => `_geom_contact_atom_site_label_${n}`),
  ...["d", "h", "a"].map((atom) => `_geom_hbond_atom_site_label_${atom}`),
];

/** Looking for the likely label takes time; more unknown ones than this have one cause. */
const MOST_TOLD = 50;

/** Labels given to two sites (key of the atom list; PLAT070). */
export const duplicateLabelIssues: Check = ({ table }) => {
  const column = firstColumn(table, LABEL);
  const aniso = table.has("_atom_site_aniso_label") || table.has("_geom_bond_atom_site_label_1");
  const firstRow = new Map<string, number>();
  const free = freeLabels((label) => firstRow.has(label));
  const issues: Issue[] = [];
  for (let row = 0; row < (column?.rowCount ?? 0); row++) {
    const value = column?.value(row);
    if (!isGiven(value)) continue;
    const earlier = firstRow.get(value.text);
    if (earlier === undefined) {
      firstRow.set(value.text, row);
      continue;
    }
    const other = aniso ? undefined : free(value.text);
    if (other !== undefined) firstRow.set(other, row);
    const message = `Label ${value.text} is already the one of row ${earlier + 1}; give each site its own.`;
    const fixes = other === undefined ? [] : [replaceBy(other, value.range, `Rename this one to ${other}`)];
    const related = placeOf(column?.value(earlier), `${value.text} of row ${earlier + 1}`);
    issues.push(issue("duplicate-label", "warning", message, value.range, { fixes, related }));
  }
  return issues;
};

/** Finds labels like a given one that are not taken. What is taken stays so, so that no number is tried twice. */
function freeLabels(isTaken: (label: string) => boolean): (label: string) => string {
  const numbers = new Map<string, number>();
  return (label) => {
    const stem = label.replace(/\d+$/, "") || label;
    let number = numbers.get(stem) ?? 2;
    while (isTaken(`${stem}${number}`)) number++;
    numbers.set(stem, number);
    return `${stem}${number}`;
  };
}

/** The value that a label is likely a slip of: by its case, else by one letter. */
export const similarLabel = (label: string, values: readonly CifValue[]): CifValue | undefined =>
  values.find(({ text }) => text.toLowerCase() === label.toLowerCase()) ??
  values.find(({ text }) => isOneEditAway(text, label));

/** Labels that the atom list does not have; each is told where it first stands, and mended in all its places. */
export const danglingLabelIssues: Check = ({ table }) => {
  const column = firstColumn(table, LABEL);
  if (!column) return [];
  const sites = givenValues(column);
  const known = new Set(sites.map(({ text }) => text));
  const unknown = new Map<string, TextRange[]>();
  for (const name of REFERENCES) {
    const references = table.get(name);
    for (let row = 0; row < (references?.rowCount ?? 0); row++) {
      const value = references?.value(row);
      if (!isGiven(value) || known.has(value.text)) continue;
      const places = unknown.get(value.text);
      if (places) places.push(value.range);
      else unknown.set(value.text, [value.range]);
    }
  }
  return [...unknown].slice(0, MOST_TOLD).map(([label, places]) => {
    const similar = similarLabel(label, sites);
    const question = similar ? `; did you mean ${similar.text}?` : ".";
    const times = places.length > 1 ? ` (${places.length} times)` : "";
    const message = `Label ${label} is not in the list of atoms${times}${question}`;
    const edits = places.map((range) => ({ range, newText: similar?.text ?? label }));
    const fixes = similar ? [{ title: `Replace by ${similar.text}`, edits }] : [];
    const related = placeOf(similar, `${similar?.text} of the list of atoms`);
    return issue("dangling-label", "warning", message, places[0]!, { fixes, related });
  });
};

/** Labels that name another element of the formula than the type symbol beside them (PLAT017, PLAT071). */
export const labelElementIssues: Check = ({ table }) => {
  const labels = firstColumn(table, LABEL);
  const types = table.get("_atom_site_type_symbol");
  const formula = elementsOfFormula(firstValue(table, ["_chemical_formula_sum"])?.text ?? "");
  const issues: Issue[] = [];
  for (let row = 0; row < (types?.rowCount ?? 0); row++) {
    const [label, type] = [labels?.value(row), types?.value(row)];
    if (!isGiven(label) || !isGiven(type)) continue;
    const written = /^[A-Z][a-z]?(?![a-zA-Z])/.exec(label.text)?.[0];
    const symbol = readAtomType(type.text, "type", formula)?.element.symbol;
    if (written === undefined || symbol === undefined || written === symbol || !formula.has(written)) continue;
    if ([written, symbol].every((one) => one === "H" || one === "D")) continue;
    const message = `Site ${label.text} has the type ${type.text}; its label names ${written}. One of them may be wrong.`;
    const fixes = [replaceBy(written, type.range)];
    const related = placeOf(label, `Label ${label.text}`);
    issues.push(issue("label-element", "information", message, type.range, { fixes, related }));
  }
  return issues;
};
