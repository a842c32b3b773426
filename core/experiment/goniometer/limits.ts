import { format } from "../../util/index.ts";
import type { GoniometerAxis } from "../instrument/profile.ts";

/** A motor that stands at its limit within this is within it. */
export const LIMIT_TOLERANCE_deg = 1e-9;

/** Angle in (-180, 180]. */
export function wrap_deg(angle: number): number {
  const wrapped = angle - 360 * Math.round(angle / 360);
  return wrapped === -180 ? 180 : wrapped;
}

/**
 * Reading of a motor at a turn from its zero: of the readings a full turn apart the smallest that is within the limits,
 * or the one that is nearest to them.
 */
export function readingOf(axis: GoniometerAxis, turn_deg: number): number {
  const reading = wrap_deg(turn_deg) + (axis.zero_deg ?? 0);
  if (axis.limits_deg === null) return reading;
  const first = reading - 360 * Math.floor((reading - axis.limits_deg[0] + LIMIT_TOLERANCE_deg) / 360);
  const candidates = [reading, first, first - 360];
  return candidates.reduce((best, other) => (excess_deg(axis, other) < excess_deg(axis, best) ? other : best));
}

/** How far a reading lies beyond the limits; 0 within them. */
export function excess_deg({ limits_deg }: GoniometerAxis, reading_deg: number): number {
  if (limits_deg === null) return 0;
  const excess = Math.max(limits_deg[0] - reading_deg, reading_deg - limits_deg[1]);
  return excess > LIMIT_TOLERANCE_deg ? excess : 0;
}

/** Way to the nearer limit, negative beyond it; null without limits. */
export const margin_deg = ({ limits_deg }: GoniometerAxis, reading_deg: number): number | null =>
  limits_deg === null ? null : Math.min(reading_deg - limits_deg[0], limits_deg[1] - reading_deg);

/** One sentence where a reading is beyond a limit. */
export function limitViolation(axis: GoniometerAxis, reading_deg: number): readonly string[] {
  const beyond = excess_deg(axis, reading_deg);
  if (beyond === 0 || axis.limits_deg === null) return [];
  const [low, high] = axis.limits_deg;
  const [side, limit] = reading_deg > high ? ["above", high] : ["below", low];
  return [
    `${axis.name} ${format.angle(reading_deg)} is ${format.fixed(beyond, 4)}° ${side} its limit of ${limitText(limit)}.`,
  ];
}

/** A limit as the profile states it, without trailing zeros. */
export const limitText = (limit_deg: number): string => `${format.fixed(limit_deg, 4).replace(/\.?0+$/, "")}°`;
