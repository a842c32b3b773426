import { radians, type Vec3, vec3 } from "../../util/index.ts";
import { deflectionDirection_lab } from "../diffraction.ts";
import type { GoniometerAxis, InstrumentProfile } from "../instrument/profile.ts";

/**
 * The task of bringing Q into the Bragg condition and the plane of deflection, the azimuth about Q being free: turns t
 * with R(axes[0], t0) R(axes[1], t1) ... q = p, each within its limits.
 */
export interface Alignment {
  /** Unit vectors, the outermost first. */
  readonly axes: readonly Vec3[];
  /** Turns from zero in rad; a full turn where an axis has no limits. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** What a turn costs, squared and summed; absent: 1 each. */
  readonly weights?: readonly number[];
  /** Direction of Q in the sample frame. */
  readonly q: Vec3;
  /** Direction that Q must have in the lab: -X sin theta + e_s cos theta. */
  readonly p: Vec3;
}

/** Direction of Q in the lab when a reflection diffracts into the plane of deflection. */
export const alignedQ_lab = (twoTheta_deg: number, eta_deg: number): Vec3 => {
  const theta = radians(twoTheta_deg / 2);
  return vec3.add([-Math.sin(theta), 0, 0], vec3.scale(deflectionDirection_lab(eta_deg), Math.cos(theta)));
};

/** All axes of the stack are free here, the ones that are held as mounted too. */
export function alignmentOf(
  { stack, eta_deg }: Pick<InstrumentProfile, "stack" | "eta_deg">,
  Q_sample: Vec3,
  twoTheta_deg: number,
): Alignment {
  const limits = stack.map(turnLimits);
  return {
    axes: stack.map(({ axis_lab }) => vec3.normalize(axis_lab)),
    low: limits.map(([low]) => low),
    high: limits.map(([, high]) => high),
    q: vec3.normalize(Q_sample),
    p: alignedQ_lab(twoTheta_deg, eta_deg),
  };
}

function turnLimits({ limits_deg, zero_deg = 0 }: GoniometerAxis): readonly [number, number] {
  if (limits_deg === null) return [-Math.PI, Math.PI];
  return [radians(limits_deg[0] - zero_deg), radians(limits_deg[1] - zero_deg)];
}

/** Where the turns bring Q, and the rate at which each turn moves it. */
export function carried({ axes, q }: Alignment, turns: readonly number[]): { at: Vec3; rates: readonly Vec3[] } {
  let at = q;
  const rates: Vec3[] = new Array(axes.length);
  // From the sample outwards: what an inner axis does is turned by all the outer ones.
  for (let i = axes.length - 1; i >= 0; i--) {
    const axis = axes[i]!;
    at = vec3.turn(at, axis, turns[i]!);
    for (let j = i + 1; j < axes.length; j++) rates[j] = vec3.turn(rates[j]!, axis, turns[i]!);
    rates[i] = vec3.cross(axis, at);
  }
  return { at, rates };
}
