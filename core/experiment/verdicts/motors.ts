import type { GoniometerSolution } from "../geometry.types.ts";
import type { InstrumentProfile } from "../instrument/index.ts";

export interface Margin {
  readonly solution: GoniometerSolution;
  readonly axis: string;
  readonly angle_deg: number;
  /** To the nearer limit; negative beyond it. */
  readonly margin_deg: number;
  readonly limit_deg: number;
}

/** The axis of a solution that is nearest to a limit, or farthest beyond one; undefined where none has limits. */
function tightest(solution: GoniometerSolution, { stack }: InstrumentProfile): Margin | undefined {
  return stack
    .flatMap(({ name, limits_deg, held_deg }): Margin[] => {
      const angle_deg = solution.angles.find(({ axis }) => axis === name)?.angle_deg;
      if (limits_deg === null || held_deg !== undefined || angle_deg === undefined) return [];
      const [low, high] = limits_deg;
      const isLow = angle_deg - low < high - angle_deg;
      const margin_deg = isLow ? angle_deg - low : high - angle_deg;
      return [{ solution, axis: name, angle_deg, margin_deg, limit_deg: isLow ? low : high }];
    })
    .sort((a, b) => a.margin_deg - b.margin_deg)[0];
}

/** The tightest axis of the solution that has the most room; null where no axis has limits or there is no solution. */
export const smallestMargin = (
  solutions: readonly GoniometerSolution[],
  instrument: InstrumentProfile,
): Margin | null =>
  solutions
    .flatMap((solution) => tightest(solution, instrument) ?? [])
    .sort((a, b) => b.margin_deg - a.margin_deg)[0] ?? null;
