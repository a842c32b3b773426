import { elementBySymbol } from "../elements.ts";
import { FORMULA, formulaOf, TERM } from "../formula.ts";
import { placeOf } from "../relatedPlaces.ts";
import { firstValue } from "../table.ts";
import { type Check, issue } from "./subject.ts";

type Counts = Record<string, number>;
/** Atoms by which sums may differ; IUCr FORMU01. */
const TOLERANCE = 0.01;

const UNIT = /^(\d*\.?\d*)\s*[([{](.*)[)\]}]\s*(\d*\.?\d*)$/s;
const CHARGE = /^(?:\d*[+-]|[+-]\d*)$/;

/** Atoms of a formula of moieties, `C12 H16 N2 O6, 5(H2 O1)`; undefined where it is not written in that form. */
export function moietyCounts(text: string): Counts | undefined {
  const counts: Counts = {};
  for (const moiety of text.split(",").map((part) => part.trim())) {
    const [, before, within, after] = UNIT.exec(moiety) ?? [];
    if (before && after) return undefined;
    const factor = Number(before || after || 1);
    for (const term of (within ?? moiety).trim().split(/\s+/)) {
      if (CHARGE.test(term)) continue;
      const match = TERM.exec(term);
      const element = match && elementBySymbol(match[1]!);
      if (!element) return undefined;
      counts[element.symbol] = (counts[element.symbol] ?? 0) + factor * Number(match[2] ?? 1);
    }
  }
  return counts;
}

/** IUCr FORMU01: the moieties against the sum formula, where both are written in their form. */
export const moietyIssues: Check = ({ table }) => {
  const value = firstValue(table, ["_chemical_formula_moiety"]);
  const formula = formulaOf(table);
  const moieties = value && moietyCounts(value.text);
  if (!value || !formula || !moieties) return [];
  const elements = [...new Set([...Object.keys(moieties), ...Object.keys(formula.counts)])];
  const differences = elements.flatMap((element) => {
    const [found, expected] = [moieties[element] ?? 0, formula.counts[element] ?? 0];
    const tolerance = TOLERANCE + (formula.rounding[element] ?? 0);
    return Math.abs(found - expected) > tolerance ? [`${element} ${tidy(found)} instead of ${tidy(expected)}`] : [];
  });
  if (differences.length === 0) return [];
  const message = `The moieties do not sum to '${formula.value.text.trim()}': ${differences.join(", ")} (FORMU01).`;
  return [
    issue("formula-moiety", "hint", message, value.range, {
      names: ["_chemical_formula_moiety", FORMULA],
      related: placeOf(formula.value, formula.value.text.trim()),
    }),
  ];
};

const tidy = (count: number): string => String(Number(count.toFixed(2)));
