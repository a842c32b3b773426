import type { Crystal } from "../../core/crystal/index.ts";
import { equivalentReflections, laueOperations } from "../../core/crystal/index.ts";
import type { SurveyRow } from "../../core/experiment/index.ts";
import { error, fail, ok, type Result } from "../../core/util/index.ts";

export type RowFilter = (row: SurveyRow) => boolean;

const QUANTITIES: Readonly<Record<string, (row: SurveyRow) => number>> = {
  d: (row) => row.d_A,
  "2θ": (row) => row.twoTheta_deg,
  "2theta": (row) => row.twoTheta_deg,
  f: (row) => row.F,
  i: (row) => row.relativeIntensity,
  t: (row) => row.transmissionMean ?? Number.NaN,
  r: (row) => row.score_urad ?? Number.NaN,
};

const CONDITION = /(2θ|2theta|d|f|i|t|r)\s*(<=|>=|≤|≥|<|>)\s*(\d+[.,]?\d*)/gi;

/**
 * Reads a filter: conditions such as `d>1.5`, `I>10`, `2θ<20`, `F>100`, and indices such as `0 0 6` (the class that
 * holds this reflection) or `6` (every reflection with that index). All of them must hold.
 */
export function readFilter(text: string, crystal: Crystal): Result<RowFilter> {
  const filters: RowFilter[] = [];
  const rest = text
    .replaceAll("\u2212", "-")
    .replace(CONDITION, (_all, name: string, operator: string, number: string) => {
      const quantity = QUANTITIES[name.toLowerCase()];
      const limit = Number(number.replace(",", "."));
      if (quantity) filters.push(condition(quantity, operator, limit));
      return " ";
    })
    .replace(/[(),;]/g, " ")
    .trim();
  if (rest !== "") {
    const indices = rest.split(/\s+/).map(Number);
    if (!indices.every(Number.isInteger) || indices.length > 3) {
      return fail(
        error(
          "view/filter",
          `Cannot read "${rest}": write indices such as 0 0 6, or conditions such as d>1.5 and I>10.`,
        ),
      );
    }
    filters.push(indexFilter(indices, crystal));
  }
  return ok((row) => filters.every((filter) => filter(row)));
}

function condition(quantity: (row: SurveyRow) => number, operator: string, limit: number): RowFilter {
  if (operator === "<") return (row) => quantity(row) < limit;
  if (operator === ">") return (row) => quantity(row) > limit;
  return operator === "<=" || operator === "≤" ? (row) => quantity(row) <= limit : (row) => quantity(row) >= limit;
}

function indexFilter(indices: readonly number[], crystal: Crystal): RowFilter {
  const [h, k, l] = indices;
  if (h !== undefined && k !== undefined && l !== undefined) {
    const equivalents = new Set(equivalentReflections([h, k, l], laueOperations(crystal.spaceGroup)).map(String));
    return (row) => equivalents.has(String(row.hkl));
  }
  return (row) => indices.every((index) => row.hkl.some((own) => Math.abs(own) === Math.abs(index)));
}
