import type { Issue, IssueFix, Severity, TextRange } from "../../util/index.ts";
import { type Check, type CheckSubject, issue, quantityAt, replaceBy } from "./subject.ts";

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
const SEVERITIES: readonly Severity[] = ["hint", "information", "warning"];
/** Share of the reflections that were measured; REFLT03. */
const COMPLETENESS: Limits = [
  [0.95, 1],
  [0.9, 1],
  [0.85, 1],
];

/** Values above 1, as of numbers given in percent, are level A. */
const FRACTION = upTo(1, 1, 1);

interface Limited {
  readonly name: string;
  readonly limits: Limits;
  readonly test: string;
  /** A value from here on was likely given in percent. */
  readonly percentFrom?: number;
}

/** IUCr data validation procedures of 2000, those of refinements with the names of cif_cod_check. */
const REFINEMENT: readonly Limited[] = [
  { name: "_refine_ls_r_factor_gt", limits: R, test: "RFACG01", percentFrom: 1 },
  { name: "_refine_ls_r_factor_obs", limits: R, test: "RFACG01", percentFrom: 1 },
  { name: "_refine_ls_r_factor_all", limits: FRACTION, test: "RFACG01", percentFrom: 1 },
  { name: "_refine_ls_wr_factor_ref", limits: WEIGHTED_R, test: "RFACR01", percentFrom: 1 },
  { name: "_refine_ls_wr_factor_obs", limits: WEIGHTED_R, test: "RFACR01", percentFrom: 1 },
  { name: "_refine_ls_wr_factor_gt", limits: FRACTION, test: "RFACR01", percentFrom: 1 },
  { name: "_refine_ls_wr_factor_all", limits: FRACTION, test: "RFACR01", percentFrom: 1 },
  { name: "_refine_ls_goodness_of_fit_ref", limits: GOODNESS, test: "GOODF01" },
  { name: "_refine_ls_goodness_of_fit_obs", limits: GOODNESS, test: "GOODF01" },
  { name: "_refine_ls_shift/su_max", limits: SHIFT, test: "SHFSU01" },
  { name: "_refine_ls_shift/esd_max", limits: SHIFT, test: "SHFSU01" },
];
const EQUIVALENTS: Limited = { name: "_diffrn_reflns_av_r_equivalents", limits: R, test: "RINT01", percentFrom: 1 };
const MEASURED: readonly Limited[] = [
  { name: "_diffrn_measured_fraction_theta_full", limits: COMPLETENESS, test: "REFLT03", percentFrom: 2 },
  { name: "_diffrn_measured_fraction_theta_max", limits: FRACTION, test: "REFLT03", percentFrom: 2 },
];

/** Results of a refinement beyond what a good one reaches. */
export const refinementIssues: Check = (subject) =>
  REFINEMENT.flatMap((limited) => beyond(subject, limited, (...parts) => issue("limit", ...parts)));

/** Symmetry-equivalent reflections that agree badly. */
export const equivalentReflectionIssues: Check = (subject) =>
  beyond(subject, EQUIVALENTS, (...parts) => issue("r-int", ...parts));

/** Reflections that were not measured. */
export const completenessIssues: Check = (subject) =>
  MEASURED.flatMap((limited) => beyond(subject, limited, (...parts) => issue("completeness", ...parts)));

function beyond(
  { document, table }: CheckSubject,
  { name, limits, test, percentFrom }: Limited,
  report: (
    severity: Severity,
    message: string,
    range: TextRange,
    more: { readonly fixes: readonly IssueFix[] },
  ) => Issue,
): readonly Issue[] {
  const given = quantityAt(table, [name]);
  if (!given) return [];
  const exceeded = limits.filter(([low, high]) => given.value < low || given.value > high);
  const [widest] = exceeded.slice(-1);
  if (!widest) return [];
  const [low, high] = widest;
  const severity = given.value < 0 ? "information" : SEVERITIES[exceeded.length - 1]!;
  const reason = given.value < 0 ? "is negative" : given.value > high ? `is above ${high}` : `is below ${low}`;
  const isPercent = percentFrom !== undefined && given.value > percentFrom && given.value <= 100;
  const fraction = String(Number((given.value / 100).toPrecision(6)));
  const { start, end } = table.get(name)!.nameRange;
  const message = `${document.text.slice(start, end)} ${given.text} ${reason} (${test})${isPercent ? `; if it is in percent, write ${fraction}` : ""}.`;
  return [report(severity, message, given.range, { fixes: isPercent ? [replaceBy(fraction, given.range)] : [] })];
}
