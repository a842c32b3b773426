import { radians } from "../util/index.ts";
import type { Geometry, GoniometerSolution } from "./geometry.types.ts";
import type { InstrumentProfile } from "./instrument/index.ts";

/** One motor and where the plan wants it. */
export interface Motor {
  /** As it is called at the instrument, where the profile or its model code says so. */
  readonly name: string;
  readonly value: number;
  readonly unit: "deg" | "mm";
  /** To the nearer limit, negative beyond it; null: no limit is known. */
  readonly margin: number | null;
  readonly limits: readonly [number, number] | null;
  /** What it is, or which way it goes. */
  readonly meaning: string;
}

export interface MotorInput {
  readonly geometry: Geometry;
  readonly instrument: InstrumentProfile;
  /** From the sample to the detector along the incident beam; null: not known. */
  readonly detectorDistance_mm: number | null;
  /** The point at which the lens box is held, from the sample: along the incident beam and along the deflection. */
  readonly lensMount_mm: readonly [number, number] | null;
}

/** What can be said of a solution and the limits of its axes, some or all of which may not be known. */
export function limitsOf({
  withinLimits,
  angles,
}: GoniometerSolution): "within limits" | "within known limits" | "no limits known" | "beyond limits" {
  if (!withinLimits) return "beyond limits";
  const known = angles.filter(({ margin_deg }) => margin_deg !== null).length;
  return known === 0 ? "no limits known" : known < angles.length ? "within known limits" : "within limits";
}

/** The solution that is meant where only one can be: the first within limits, else the first. */
export const preferredSolution = (solutions: readonly GoniometerSolution[]): GoniometerSolution | undefined =>
  solutions.find(({ withinLimits }) => withinLimits) ?? solutions[0];

/**
 * Where every motor has to stand: goniometer, lens box and detector. Of the two goniometer solutions the one within
 * limits. For deflection upwards the names are those of ESRF ID03 (darling reads them from its headers): obx = d cos
 * 2theta, obz = d sin 2theta, obpitch = 2theta, ffz = |mainx| tan 2theta.
 */
export function motorList({ geometry, instrument, detectorDistance_mm, lensMount_mm }: MotorInput): readonly Motor[] {
  const solution = preferredSolution(geometry.goniometer);
  const isUp = instrument.eta_deg === 0;
  const { twoTheta_deg } = geometry;
  const axes = instrument.stack.flatMap((axis, i): readonly Motor[] => {
    const angle = solution?.angles[i];
    if (angle === undefined) return [];
    return [
      {
        name: axis.name,
        value: angle.angle_deg,
        unit: "deg",
        margin: angle.margin_deg,
        limits: axis.limits_deg,
        meaning: axis.held_deg === undefined ? axis.sense : `held; ${axis.sense}`,
      },
    ];
  });
  const free = (name: string, value: number, unit: Motor["unit"], meaning: string): Motor => ({
    name,
    value,
    unit,
    margin: null,
    limits: null,
    meaning,
  });
  const lens = lensMount_mm
    ? [
        free(isUp ? "obx" : "lens_along", lensMount_mm[0], "mm", "mount point of the lens, along the incident beam"),
        free(
          isUp ? "obz" : "lens_aside",
          lensMount_mm[1],
          "mm",
          "mount point of the lens, from the incident beam along the deflection",
        ),
        free(isUp ? "obpitch" : "lens_angle", twoTheta_deg, "deg", "the lens looks along the diffracted beam: 2θ"),
      ]
    : [];
  return [...axes, ...lens, ...detectorMotors(instrument, twoTheta_deg, detectorDistance_mm)];
}

function detectorMotors(
  instrument: InstrumentProfile,
  twoTheta_deg: number,
  distance_mm: number | null,
): readonly Motor[] {
  if (distance_mm === null || twoTheta_deg >= 90) return [];
  const isUp = instrument.eta_deg === 0;
  const value = distance_mm * Math.tan(radians(twoTheta_deg));
  const limits = instrument.detector?.travelAlong_mm ?? null;
  return [
    {
      name: isUp ? "mainx" : "detector_along",
      value: isUp ? -distance_mm : distance_mm,
      unit: "mm",
      margin: null,
      limits: null,
      meaning: isUp
        ? "far-field detector, along the incident beam; downstream is negative"
        : "detector, along the incident beam",
    },
    {
      name: isUp ? "ffz" : "detector_aside",
      value,
      unit: "mm",
      margin: limits && Math.min(value - limits[0], limits[1] - value),
      limits,
      meaning: "centre of the far-field detector, from the incident beam along the deflection",
    },
  ];
}
