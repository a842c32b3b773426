import type { Crystal } from "../../crystal/index.ts";
import { error, fail, format, type Issue, ok, type Result } from "../../util/index.ts";
import { deriveGeometry } from "../derive.ts";
import type { InstrumentProfile } from "../instrument/index.ts";
import type { ExperimentPlan, Hkl } from "../plan.ts";
import { judgeReach } from "../reach/index.ts";
import { type ReflectionRow, reflectionTable } from "../reflections.ts";
import { candidatesOf } from "./survey.ts";

/** Intensities closer than this, relative, count as equal. */
const EQUAL = 1e-9;

/**
 * The reflection that is planned where the plan names none: the brightest that the instrument reaches and whose geometry
 * the plan fixes (its mean beam is not along Q), ties by the lower angle. Where it reaches none the brightest of all, with a note that says so.
 */
export function defaultReflectionFor(
  plan: ExperimentPlan,
  crystal: Crystal,
  instrument: InstrumentProfile,
): Result<Hkl> {
  const table = reflectionTable(crystal, { energy_keV: plan.beam.energy_keV });
  if (!table.ok) return table;
  const brightest = byBrightness(table.value);
  const [first] = brightest;
  if (first === undefined) {
    return fail(
      error(
        "plan/no-reflection",
        "No reflection of this crystal lies below 2θ = 45° at this energy: raise the energy.",
        { field: "beam.energy_keV" },
      ),
    );
  }
  const candidates = candidatesOf(plan, crystal, instrument, table.value);
  let undefinedAsMounted: Hkl | undefined;
  for (const row of brightest) {
    const reach = judgeReach(instrument, row.twoTheta_deg, candidates(row), plan.lens?.detectorDistance_mm);
    if (!reach.reachable) continue;
    const preferred = reach.reachableHkls.find((member) => isSame(member, row.hkl)) ?? reach.hkl;
    const fixed = [preferred, ...reach.reachableHkls].find((hkl) => deriveGeometry(plan, crystal, hkl, instrument).ok);
    if (fixed) return ok(fixed, table.issues);
    undefinedAsMounted ??= preferred;
  }
  if (undefinedAsMounted) return ok(undefinedAsMounted, table.issues);
  return ok(first.hkl, [...table.issues, noneReachable(plan, instrument, first)]);
}

const isSame = (a: Hkl, b: Hkl): boolean => a.every((index, i) => index === b[i]);

function byBrightness(rows: readonly ReflectionRow[]): readonly ReflectionRow[] {
  return rows.toSorted((a, b) => {
    const isEqual = Math.abs(a.relativeIntensity - b.relativeIntensity) <= EQUAL * a.relativeIntensity;
    return isEqual ? a.twoTheta_deg - b.twoTheta_deg : b.relativeIntensity - a.relativeIntensity;
  });
}

const noneReachable = (plan: ExperimentPlan, { name }: InstrumentProfile, { hkl }: ReflectionRow): Issue => ({
  code: "plan/none-reachable",
  severity: "warning",
  message: `${name} reaches no reflection of this crystal as it is mounted, at ${format.significant(plan.beam.energy_keV, 5)} keV and up to 2θ = 45°; (${hkl.join(",")}) is the brightest of all.`,
  field: "reflection.hkl",
});
