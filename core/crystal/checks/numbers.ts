import type { CifValue } from "../../cif/index.ts";
import type { Issue } from "../../util/index.ts";
import { type BlockTable, isGiven, numberOf } from "../table.ts";
import { type Check, issue, replaceBy } from "./subject.ts";

/** Numbers that bear on planning a measurement; those of other names are the dictionary's to check. */
const NUMERIC = [
  ...["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma", "volume"].map(
    (n) => `_cell_${n}`,
  ),
  "_cell_formula_units_z",
  "_cell_measurement_temperature",
  "_chemical_formula_weight",
  "_diffrn_ambient_temperature",
  "_diffrn_radiation_wavelength",
  "_diffrn_radiation_wavelength_value",
  "_exptl_crystal_density_diffrn",
  "_exptl_absorpt_coefficient_mu",
  "_space_group_it_number",
  "_symmetry_int_tables_number",
  ...["fract_x", "fract_y", "fract_z", "occupancy", "u_iso_or_equiv", "b_iso_or_equiv"].map((n) => `_atom_site_${n}`),
  ...["u", "b"].flatMap((letter) =>
    ["11", "22", "33", "12", "13", "23"].map((ij) => `_atom_site_aniso_${letter}_${ij}`),
  ),
];

/** A number as it was meant: letters for digits, a comma for the point, blanks before the s.u., a sign of its own. */
export function meantNumber(text: string): { readonly number: string; readonly slip: string } | undefined {
  const trimmed = text.trim();
  const steps: readonly (readonly [string, (value: string) => string])[] = [
    ["has a letter l or I for the digit 1 or O for 0", (value) => value.replace(/[lI]/g, "1").replace(/[oO]/g, "0")],
    ["has a decimal comma; CIF writes a point", (value) => value.replace(",", ".")],
    ["has a minus sign that is not a hyphen", (value) => value.replace(/^[−–]/, "-")],
    ["has a blank in it", (value) => value.replace(/\s+/g, "")],
  ];
  for (const [slip, mend] of steps) {
    const mended = mend(trimmed);
    if (mended !== trimmed && isNumber(mended)) return { number: mended, slip };
  }
  return undefined;
}

const isNumber = (text: string): boolean =>
  numberOf({ kind: "unquoted", text, range: { start: 0, end: 0 } }) !== undefined;

/** Nearly every number; nothing is to be said of it. */
const ORDINARY = /^-?\d+(\.\d+)?(\([1-9]\d?\))?$/;

/** Values of these names that are no numbers: slips of typing with what was meant, and words where `?` belongs. */
export const numberIssues: Check = ({ table }) => {
  const issues: Issue[] = [];
  for (const value of numericValues(table)) {
    const found = ORDINARY.test(value.text) || !isGiven(value) ? undefined : numberIssue(value);
    if (found) issues.push(found);
  }
  return issues;
};

function* numericValues(table: BlockTable): Generator<CifValue> {
  for (const name of NUMERIC) {
    const column = table.get(name);
    for (let row = 0; row < (column?.rowCount ?? 0); row++) {
      const value = column?.value(row);
      if (value) yield value;
    }
  }
}

function numberIssue(value: CifValue): Issue | undefined {
  const number = numberOf(value);
  const text = value.text.trim();
  if (number) {
    if (number.su === 0) {
      const without = text.replace(/\(0+\)$/, "");
      const message = `The s.u. of ${text} is zero; an exact number has none.`;
      return issue("su-zero", "hint", message, value.range, { fixes: [replaceBy(without, value.range)] });
    }
    if (!/\(\d{3,}\)$/.test(text)) return undefined;
    const message = `The s.u. of ${text} has three digits or more; two at most mean something.`;
    return issue("su-digits", "hint", message, value.range);
  }
  const meant = meantNumber(text);
  if (meant) {
    const message = `'${text}' ${meant.slip}; did you mean ${meant.number}?`;
    const fixes = [replaceBy(meant.number, value.range)];
    return issue("number-spelling", "information", message, value.range, { fixes });
  }
  if (!/[a-z]{3}/i.test(text)) return undefined;
  const message = `'${text}' stands where a number belongs; write ? for an unknown value.`;
  return issue("text-for-number", "warning", message, value.range, { fixes: [replaceBy("?", value.range)] });
}

/** Unquoted values with a semicolon at an end, as of a misplaced text field (cif_cod_check). Items only, no loops. */
export const quoteIssues: Check = ({ block }) =>
  block.entries.flatMap((entry) => {
    if (entry.kind !== "item" || entry.value?.kind !== "unquoted") return [];
    const { text, range } = entry.value;
    if (!text.startsWith(";") && !text.endsWith(";")) return [];
    const message = `Value ${text} of ${entry.name.text} has a semicolon at its end; one opens or closes a text field only at the start of a line. Remove it, or quote the value.`;
    return [issue("suspicious-quote", "information", message, range)];
  });
