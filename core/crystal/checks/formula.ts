import { AVOGADRO_per_mol, type Issue, type RelatedPlace, type Severity } from "../../util/index.ts";
import type { UnitCell } from "../crystal.ts";
import { elementBySymbol } from "../elements.ts";
import { FORMULA, type Formula, formulaOf, TERM } from "../formula.ts";
import { placeOf } from "../relatedPlaces.ts";
import { type BlockTable, firstValue } from "../table.ts";
import { hillFormula } from "./hill.ts";
import { type Check, issue, quantityAt, replaceBy, writeText } from "./subject.ts";

/** Symbols with counts, parted by blanks, in Hill order (IUCr CHEMS01, PLAT041). */
export const formulaSyntaxIssues: Check = (subject) => {
  const value = firstValue(subject.table, [FORMULA]);
  if (!value) return [];
  const formula = formulaOf(subject.table);
  const written = value.text.trim().replace(/\s+/g, " ");
  if (!formula) {
    const wrong = written.split(" ").find((term) => !elementBySymbol(TERM.exec(term)?.[1] ?? "")) ?? written;
    const parts = written.match(/[A-Z][a-z]?(?:\d+(?:\.\d+)?)?/g) ?? [];
    const parted = parts.join(" ");
    const canPart =
      parts.join("") === written.replace(/ /g, "") && parts.every((term) => elementBySymbol(TERM.exec(term)![1]!));
    const message = `Formula '${written}' cannot be read at '${wrong}'; write element symbols with their counts, parted by blanks, such as 'C2 H6 O'.`;
    return [
      issue("formula", "information", message, value.range, {
        fixes: canPart ? [replaceBy(writeText(parted), value.range)] : [],
      }),
    ];
  }
  const terms = written.split(" ").map((term) => [TERM.exec(term)![1]!, term] as const);
  const ordered = hillFormula(Object.fromEntries(terms.map(([symbol]) => [symbol, 1])), 1).split(" ");
  if (new Set(terms.map(([symbol]) => symbol)).size < terms.length) return [];
  // Isotopes stand where hydrogen does or by the alphabet.
  if (formula.counts["D"] || formula.counts["T"]) return [];
  if (terms.every(([symbol], index) => symbol === ordered[index])) return [];
  const sorted = ordered.map((symbol) => new Map(terms).get(symbol)!).join(" ");
  const message = `The elements of formula '${written}' are not in order: C, H, then by the alphabet; without C all by the alphabet (CHEMS01).`;
  return [
    issue("formula-order", "information", message, value.range, { fixes: [replaceBy(writeText(sorted), value.range)] }),
  ];
};

/** Alert level of the IUCr for a ratio to one: C outside 0.99, B outside 0.95, A outside 0.90; undefined within. */
function ratioSeverity(ratio: number): Severity | undefined {
  const deviation = ratio > 1 ? 1 - 1 / ratio : 1 - ratio;
  if (!(deviation > 0.01)) return undefined;
  if (deviation <= 0.05) return "hint";
  return deviation <= 0.1 ? "information" : "warning";
}

/** IUCr CHEMW01, PLAT043: formula weight against the formula. */
export const formulaWeightIssues: Check = (subject) => {
  const formula = formulaOf(subject.table);
  const given = quantityAt(subject.table, ["_chemical_formula_weight"]);
  if (!formula || !given) return [];
  const severity = ratioSeverity(given.value / formula.mass_u);
  if (!severity) return [];
  const written = formula.mass_u.toFixed(2);
  const message = `Formula weight ${given.text} does not match '${formula.value.text.trim()}', which weighs ${written} g/mol (CHEMW01).`;
  const fixes = [replaceBy(written, given.range)];
  return [issue("formula-weight", severity, message, given.range, { fixes, related: formulaPlace(formula) })];
};

const formulaPlace = (formula: Formula | undefined): readonly RelatedPlace[] =>
  placeOf(formula?.value, `'${formula?.value.text.trim()}', ${formula?.mass_u.toFixed(2)} g/mol`);

const cellPlace = (table: BlockTable, { volume_A3 }: UnitCell): readonly RelatedPlace[] =>
  placeOf(firstValue(table, ["_cell_length_a"]), `The cell, ${volume_A3.toFixed(2)} Å³`);

/** IUCr DENSD01, PLAT044: D = M Z / (N_A V) against the given density. */
export const densityIssues: Check = (subject) => {
  const { table, cell } = subject;
  const given = quantityAt(table, ["_exptl_crystal_density_diffrn"]);
  const formulaUnits = quantityAt(table, ["_cell_formula_units_z"]);
  const formula = formulaOf(subject.table);
  const weight = formula ? undefined : quantityAt(table, ["_chemical_formula_weight"]);
  const mass_u = formula?.mass_u ?? weight?.value;
  if (!given || !formulaUnits || !cell || mass_u === undefined) return [];
  const density = (mass_u * formulaUnits.value) / (AVOGADRO_per_mol * 1e-24 * cell.volume_A3);
  const severity = ratioSeverity(given.value / density);
  if (!severity) return [];
  const written = density.toFixed(3);
  const message = `Density ${given.text} does not match ${written} g/cm³ from formula, Z = ${formulaUnits.text} and cell (DENSD01).`;
  const fixes = [replaceBy(written, given.range)];
  const related = [
    ...formulaPlace(formula),
    ...placeOf(weight, `Formula weight ${weight?.text} g/mol`),
    ...placeOf(formulaUnits, `Z = ${formulaUnits.text}`),
    ...cellPlace(table, cell),
  ];
  return [issue("density", severity, message, given.range, { fixes, related })];
};

/** Z must be a whole number and, where density and weight are given, Z = N_A D V / M (cod-tools EstimateZ, PLAT045). */
export const formulaUnitsIssues: Check = (subject) => {
  const { table, cell, crystal } = subject;
  const given = quantityAt(table, ["_cell_formula_units_z"]);
  if (!given) return [];
  const formula = formulaOf(subject.table);
  const written = quantityAt(table, ["_exptl_crystal_density_diffrn"]);
  const density = written?.value ?? crystal?.density_g_cm3;
  const report = (text: string, more: Pick<Issue, "fixes" | "related"> = {}): readonly Issue[] => [
    issue("formula-units", "information", text, given.range, more),
  ];
  if (!Number.isInteger(given.value) || given.value < 1)
    return report(`Z is ${given.text}; it must be a whole number from 1.`);
  if (!formula || !cell || density === undefined) return [];
  const estimate = (density * AVOGADRO_per_mol * 1e-24 * cell.volume_A3) / formula.mass_u;
  const whole = Math.round(estimate);
  if (whole === given.value || whole < 1 || Math.abs(estimate - whole) > 0.1 * whole) return [];
  const message = `Z is ${given.text}, but density, cell and formula '${formula.value.text.trim()}' give ${whole} (PLAT045); correct Z or the formula.`;
  return report(message, {
    fixes: [replaceBy(String(whole), given.range)],
    related: [
      ...placeOf(written, `Density ${written?.text} g/cm³`),
      ...formulaPlace(formula),
      ...cellPlace(table, cell),
    ],
  });
};
