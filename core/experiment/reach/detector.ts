import { degrees, format, radians } from "../../util/index.ts";
import type { InstrumentProfile } from "../instrument/profile.ts";

/** Where a detector stands that catches a reflection, and why it cannot. */
export interface DetectorPlace {
  /** From the direct beam along the direction of deflection; null where no distance is known or 2theta is 90 or more. */
  readonly along_mm: number | null;
  readonly obstacle: string | null;
}

/** distance tan 2theta along the deflection, 0 across it. */
export function detectorPlace(
  { detector }: Pick<InstrumentProfile, "detector">,
  twoTheta_deg: number,
  distance_mm = detector?.distance_mm,
): DetectorPlace {
  const along_mm =
    distance_mm === undefined || twoTheta_deg >= 90 ? null : distance_mm * Math.tan(radians(twoTheta_deg));
  if (detector === null) return { along_mm, obstacle: null };
  const { twoThetaLimits_deg: arm, travelAlong_mm: travel, travelAcross_mm: across } = detector;
  if (arm !== null && (twoTheta_deg < arm[0] || twoTheta_deg > arm[1])) {
    const [side, limit] = twoTheta_deg > arm[1] ? ["above", arm[1]] : ["below", arm[0]];
    return { along_mm, obstacle: `2θ ${format.angle(twoTheta_deg)} is ${side} the ${limit}° of the detector arm.` };
  }
  if (travel !== null && along_mm === null && twoTheta_deg >= 90) {
    return { along_mm, obstacle: "At 2θ of 90° or more the beam does not go towards the detector." };
  }
  if (travel !== null && along_mm !== null && (along_mm < travel[0] || along_mm > travel[1])) {
    const limit = along_mm > travel[1] ? travel[1] : travel[0];
    const obstacle = `Detector at ${millimetres(along_mm)} from the direct beam, it travels to ${millimetres(limit)}.`;
    return { along_mm, obstacle };
  }
  if (across !== null && (across[0] > 0 || across[1] < 0)) {
    return { along_mm, obstacle: "The detector cannot be moved into the plane of deflection." };
  }
  return { along_mm, obstacle: null };
}

/** Range of 2theta that the detector can be brought to. */
export function detectorRange_deg(
  { detector }: Pick<InstrumentProfile, "detector">,
  distance_mm = detector?.distance_mm,
): readonly [number, number] {
  const arm = detector?.twoThetaLimits_deg ?? [0, 180];
  const travel = detector?.travelAlong_mm;
  if (!travel || distance_mm === undefined) return arm;
  const [low, high] = travel.map((along) => degrees(Math.atan(along / distance_mm)));
  return [Math.max(arm[0], low ?? 0), Math.min(arm[1], high ?? 180)];
}

const millimetres = (value_mm: number): string => `${format.fixed(value_mm, 0)} mm`;
