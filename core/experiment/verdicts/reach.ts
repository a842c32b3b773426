import { format } from "../../util/index.ts";
import type { Finding, Verdict } from "../experiment.types.ts";
import type { GoniometerSolution } from "../geometry.types.ts";
import { finding, verdict } from "./finding.ts";
import type { Subject } from "./subject.ts";

/** Can the instrument do this reflection? */
export const reachVerdict = (subject: Subject): Verdict => verdict("reach", [motors(subject)]);

export interface Margin {
  readonly axis: string;
  readonly angle_deg: number;
  /** To the nearer limit; negative beyond it. */
  readonly margin_deg: number;
  readonly limit_deg: number;
}

/** How far each limited axis that moves is from its nearer limit, the worst first. */
export function marginsOf(
  { angles }: GoniometerSolution,
  { instrument }: Pick<Subject, "instrument">,
): readonly Margin[] {
  return instrument.stack
    .flatMap(({ name, limits_deg, held_deg }) => {
      const angle_deg = angles.find(({ axis }) => axis === name)?.angle_deg;
      if (limits_deg === null || held_deg !== undefined || angle_deg === undefined) return [];
      const [low, high] = limits_deg;
      const nearer = angle_deg - low < high - angle_deg ? low : high;
      const margin_deg = nearer === low ? angle_deg - low : high - angle_deg;
      return [{ axis: name, angle_deg, margin_deg, limit_deg: nearer }];
    })
    .sort((a, b) => a.margin_deg - b.margin_deg);
}

function motors(subject: Subject): Finding {
  const { geometry, thresholds, instrument } = subject;
  const field = "instrument";
  const ranked = geometry.goniometer
    .map((solution) => marginsOf(solution, subject)[0])
    .filter((margin) => margin !== undefined)
    .sort((a, b) => b.margin_deg - a.margin_deg);
  const [best] = ranked;
  if (best === undefined) {
    return finding({
      code: "reach/motors",
      answer: "yes",
      figure: "no limits",
      sentence: `No motor of ${instrument.name} has limits in its profile.`,
      field,
    });
  }
  const answer = best.margin_deg < 0 ? "no" : best.margin_deg < thresholds.motorMargin_deg ? "marginal" : "yes";
  const beyond = format.fixed(Math.abs(best.margin_deg), 4);
  return finding({
    code: "reach/motors",
    answer,
    value: best.angle_deg,
    limit: best.limit_deg,
    unit: "deg",
    figure: `${best.axis} ${format.fixed(best.angle_deg, 2)}°`,
    sentence:
      answer === "no"
        ? `${best.axis} would have to go to ${format.angle(best.angle_deg)}, ${beyond}° past its limit of ${format.fixed(best.limit_deg, 0)}°.`
        : `All motors are within their limits; ${best.axis} ${format.angle(best.angle_deg)} is the nearest to one, by ${beyond}°.`,
    field,
  });
}
