import type { Crystal } from "../crystal/index.ts";
import { ELECTRON_RADIUS_A, radians } from "../util/index.ts";
import type { DynamicalGate, PlannedReflection } from "./experiment.types.ts";
import { entranceCosines, extinctionLengths, polarisationFactor } from "./extinction.ts";
import type { BeamsInSample, Geometry } from "./geometry.types.ts";
import type { InstrumentProfile } from "./instrument/index.ts";
import type { ExperimentPlan, Thresholds } from "./plan.ts";

/** Rocking curve of a thick perfect crystal in Bragg geometry: FWHM by width of total reflection (Zachariasen 1945). */
const FWHM_BY_WIDTH = 1.06;

/**
 * Integrated intensity of a perfect plate by the kinematical one, without absorption: (1/x) int_0^x J0 with
 * x = 2 pi t/Lambda in Laue geometry, tanh(x/2)/(x/2) in Bragg geometry. Authier, Dynamical Theory of X-ray Diffraction
 * (2001), chapters 4 and 7.
 */
export function dynamicalToKinematical(t_by_Lambda: number, geometry: DynamicalGate["geometry"]): number {
  const x = 2 * Math.PI * t_by_Lambda;
  if (x === 0) return 1;
  return geometry === "bragg" ? Math.tanh(x / 2) / (x / 2) : meanBesselJ0(x);
}

/** Points over a fringe. */
const FRINGE_POINTS = 8;

/**
 * The same without Pendelloesung fringes, which a spread of thickness or energy washes out: its integrated intensity is the mean
 * over one period of them, over less for plates thinner than half of one.
 */
export function meanDynamicalToKinematical(t_by_Lambda: number, geometry: DynamicalGate["geometry"]): number {
  if (geometry === "bragg" || t_by_Lambda === 0) return dynamicalToKinematical(t_by_Lambda, geometry);
  const half = Math.min(0.5, t_by_Lambda);
  let sum = 0;
  for (let i = 0; i < FRINGE_POINTS; i++) {
    const ratio = t_by_Lambda + half * ((2 * i + 1) / FRINGE_POINTS - 1);
    sum += (ratio / t_by_Lambda) * dynamicalToKinematical(ratio, geometry);
  }
  return sum / FRINGE_POINTS;
}

/** Above this the asymptotic form of the integral of J0 is better than 1e-4. */
const ASYMPTOTIC = 300;

/**
 * (1/x) int_0^x J0(u) du = (1/pi) int_0^pi sin(x sin a)/(x sin a) da, by the trapezoidal rule, which converges
 * exponentially for a periodic function; for large x 1 + sqrt(2/(pi x)) sin(x - pi/4) over x.
 */
function meanBesselJ0(x: number): number {
  if (x > ASYMPTOTIC) return (1 + Math.sqrt(2 / (Math.PI * x)) * Math.sin(x - Math.PI / 4)) / x;
  const steps = Math.ceil(x) + 40;
  let sum = 1;
  for (let i = 1; i < steps; i++) {
    const u = x * Math.sin((Math.PI * i) / steps);
    sum += Math.sin(u) / u;
  }
  return sum / steps;
}

/** Thickness of the sample along the normal of the face through which the beam enters. */
export function entranceThickness_um(plan: ExperimentPlan, { path }: Pick<BeamsInSample, "path">): number {
  const { thickness_um, width_um, height_um } = plan.sample;
  return path.entryFace.endsWith("x") ? thickness_um : path.entryFace.endsWith("y") ? width_um : height_um;
}

const regimeOf = (ratio: number, limits: Thresholds): DynamicalGate["regime"] =>
  ratio < limits.kinematicalBelow ? "kinematical" : ratio <= limits.dynamicalAbove ? "marginal" : "dynamical";

/** What dynamical theory says about the planned reflection; it must not be absent. */
export function dynamicalGate(
  plan: ExperimentPlan,
  crystal: Crystal,
  geometry: Geometry,
  instrument: InstrumentProfile,
  { factor }: PlannedReflection,
  delta: number,
  limits: Thresholds,
): DynamicalGate {
  const lengths = extinctionLengths(crystal, geometry, instrument, factor);
  const { gamma0, gammah } = entranceCosines(geometry);
  const kind = gammah < 0 ? "bragg" : "laue";
  const thickness_um = entranceThickness_um(plan, geometry);
  const ratio = thickness_um / lengths.actual_um;
  const twoTheta_rad = radians(geometry.twoTheta_deg);
  const C = Math.sqrt(polarisationFactor(geometry, instrument));
  const darwinWidth_urad =
    (1e6 * 2 * ELECTRON_RADIUS_A * geometry.wavelength_A ** 2 * C * Math.sqrt(factor.abs * factor.abs_friedel)) /
    (Math.PI * crystal.cell.volume_A3 * Math.sin(twoTheta_rad));
  return {
    geometry: kind,
    extinctionLength_um: lengths.actual_um,
    extinctionLengthSymmetricLaue_um: lengths.symmetricLaue_um,
    extinctionDepth_um: kind === "bragg" ? lengths.actual_um / Math.PI : null,
    darwinWidth_urad,
    darwinWidth_fwhm_urad: FWHM_BY_WIDTH * darwinWidth_urad,
    thickness_um,
    ratio,
    dynamicalToKinematical: dynamicalToKinematical(ratio, kind),
    regime: regimeOf(ratio, limits),
    refractionStrain: (delta / Math.sin(twoTheta_rad / 2) ** 2) * (1 - gammah / gamma0) * 0.5,
  };
}
