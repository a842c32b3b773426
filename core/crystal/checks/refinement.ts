import type { Severity } from "../../util/index.ts";
import { type Check, issue, quantityAt, replaceBy } from "./subject.ts";

/** Limits for alerts C, B and A, upwards or on both sides. */
type Limits = readonly (readonly [number, number])[];
const upTo = (...limits: readonly number[]): Limits => limits.map((limit) => [0, limit] as const);

const R = upTo(0.1, 0.15, 0.2);
const WEIGHTED_R = upTo(0.25, 0.35, 0.45);
const GOODNESS: Limits = [
  [0.8, 2],
  [0.6, 4],
  [0.4, 6],
];
const SHIFT = upTo(0.05, 0.1, 0.2);

/** IUCr data validation procedures of 2000 (RFACG01, RFACR01, GOODF01, SHFSU01) with the names of cif_cod_check. */
const LIMITS: readonly (readonly [string, Limits, string])[] = [
  ["_refine_ls_r_factor_gt", R, "RFACG01"],
  ["_refine_ls_r_factor_obs", R, "RFACG01"],
  ["_refine_ls_wr_factor_ref", WEIGHTED_R, "RFACR01"],
  ["_refine_ls_wr_factor_obs", WEIGHTED_R, "RFACR01"],
  ["_refine_ls_goodness_of_fit_ref", GOODNESS, "GOODF01"],
  ["_refine_ls_goodness_of_fit_obs", GOODNESS, "GOODF01"],
  ["_refine_ls_shift/su_max", SHIFT, "SHFSU01"],
  ["_refine_ls_shift/esd_max", SHIFT, "SHFSU01"],
];
const SEVERITIES: readonly Severity[] = ["hint", "information", "warning"];

/** Results of a refinement beyond what a good one reaches. */
export const refinementIssues: Check = ({ table }) =>
  LIMITS.flatMap(([name, limits, testName]) => {
    const given = quantityAt(table, [name]);
    if (!given) return [];
    const exceeded = limits.filter(([low, high]) => given.value < low || given.value > high);
    const [widest] = exceeded.slice(-1);
    if (!widest) return [];
    const [low, high] = widest;
    const severity = given.value < 0 ? "information" : SEVERITIES[exceeded.length - 1]!;
    const reason = given.value < 0 ? "is negative" : given.value > high ? `is above ${high}` : `is below ${low}`;
    const isPercent = name.includes("r_factor") && given.value > 1 && given.value < 100;
    const fraction = String(Number((given.value / 100).toPrecision(6)));
    const message = `${name} ${given.text} ${reason} (${testName})${isPercent ? `; if it is in percent, write ${fraction}` : ""}.`;
    const fixes = isPercent ? [replaceBy(fraction, given.range)] : [];
    return [issue("limit", severity, message, given.range, { fixes })];
  });
