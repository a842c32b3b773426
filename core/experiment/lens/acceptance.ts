import type { Lenslet } from "./train.ts";

/** 2 sqrt(2 ln 2): full width at half maximum of a Gaussian of sigma 1. */
const FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.LN2);

/** What part of the rays of the sample the lens lets through. */
export interface Acceptance {
  /** Full width at half maximum of the transmission over the angle, for a point on the axis. */
  readonly absorption_fwhm_rad: number;
  /** Full width at half maximum over the sample, each point with the angle at which most gets through. */
  readonly fieldOfView_fwhm_mm: number;
  /** What the discs let through by their size; null where a disc thickness is not known. */
  readonly aperture: GeometricalAperture | null;
  /** On the axis; null where a web is not known. */
  readonly axialTransmission: number | null;
  /** Mean over the round cone that the aperture lets through, for a point on the axis; null where either is not known. */
  readonly meanTransmission: number | null;
}

export interface GeometricalAperture {
  /** 2 sqrt(R T) of the narrowest lenslet. */
  readonly diameter_mm: number;
  /** Full angle of the cone that passes from a point on the axis. */
  readonly fullAngle_rad: number;
  /** Width of the part of the sample from which any ray passes. */
  readonly field_mm: number;
}

/** Height of a ray at a lenslet as `perHeight` times its height in the sample plus `perAngle_mm` times its angle. */
interface RayHeight {
  readonly lenslet: Lenslet;
  readonly perHeight: number;
  readonly perAngle_mm: number;
}

/** Follows the two rays that make up all others through the lens. */
function rayHeights(train: readonly Lenslet[], d1_mm: number): readonly RayHeight[] {
  let height = { ofHeight: 1, ofAngle: d1_mm };
  let slope = { ofHeight: 0, ofAngle: 1 };
  return train.map((lenslet) => {
    const here = { lenslet, perHeight: height.ofHeight, perAngle_mm: height.ofAngle };
    slope = {
      ofHeight: slope.ofHeight - height.ofHeight / lenslet.focalLength_mm,
      ofAngle: slope.ofAngle - height.ofAngle / lenslet.focalLength_mm,
    };
    height = {
      ofHeight: height.ofHeight + slope.ofHeight * lenslet.toNext_mm,
      ofAngle: height.ofAngle + slope.ofAngle * lenslet.toNext_mm,
    };
    return here;
  });
}

/**
 * The acceptance of a lens for a sample at d1, by sums over the lenslets: -ln T = sum (mu/R) y^2 is a quadratic form of
 * height and angle (Simons et al., J. Synchrotron Rad. 24 (2017) 392, whose closed forms are these sums for equal
 * lenslets). mu is the total coefficient: what is scattered does not reach the image.
 */
export function acceptance(train: readonly Lenslet[], d1_mm: number): Acceptance {
  const rays = rayHeights(train, d1_mm);
  let [yy, ya, aa] = [0, 0, 0];
  for (const { lenslet, perHeight, perAngle_mm } of rays) {
    yy += lenslet.absorption_per_mm2 * perHeight ** 2;
    ya += lenslet.absorption_per_mm2 * perHeight * perAngle_mm;
    aa += lenslet.absorption_per_mm2 * perAngle_mm ** 2;
  }
  const sigmaAngle_rad = 1 / Math.sqrt(2 * aa);
  const aperture = geometricalAperture(rays);
  const onAxis = axialTransmission(train);
  return {
    absorption_fwhm_rad: FWHM_PER_SIGMA * sigmaAngle_rad,
    fieldOfView_fwhm_mm: FWHM_PER_SIGMA / Math.sqrt(2 * (yy - ya ** 2 / aa)),
    aperture,
    axialTransmission: onAxis,
    meanTransmission: aperture && onAxis === null ? null : meanOverCone(aperture, sigmaAngle_rad, onAxis),
  };
}

/** What the webs of all lenslets let through; null where the thickness of one is not known. */
export function axialTransmission(train: readonly Lenslet[]): number | null {
  let sum = 0;
  for (const { axialAbsorption } of train) {
    if (axialAbsorption === null) return null;
    sum += axialAbsorption;
  }
  return Math.exp(-sum);
}

/** Mean of a two-dimensional Gaussian over a disc. */
function meanOverCone(aperture: GeometricalAperture | null, sigma_rad: number, onAxis: number | null): number | null {
  if (aperture === null || onAxis === null) return null;
  const x = (aperture.fullAngle_rad / 2) ** 2 / (2 * sigma_rad ** 2);
  return (onAxis * -Math.expm1(-x)) / x;
}

function geometricalAperture(rays: readonly RayHeight[]): GeometricalAperture | null {
  const bounds: { readonly half_mm: number; readonly perHeight: number; readonly perAngle_mm: number }[] = [];
  for (const { lenslet, perHeight, perAngle_mm } of rays) {
    if (lenslet.halfAperture_mm === null) return null;
    bounds.push({ half_mm: lenslet.halfAperture_mm, perHeight, perAngle_mm });
  }
  /** Angles that a ray from a height may have to pass all lenslets. */
  const passes = (height_mm: number): boolean => {
    let [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const { half_mm, perHeight, perAngle_mm } of bounds) {
      const centre = (-perHeight * height_mm) / perAngle_mm;
      const half = half_mm / Math.abs(perAngle_mm);
      from = Math.max(from, centre - half);
      to = Math.min(to, centre + half);
    }
    return from <= to;
  };
  const half_mm = Math.min(...bounds.map((bound) => bound.half_mm));
  const halfAngle_rad = Math.min(...bounds.map((bound) => bound.half_mm / Math.abs(bound.perAngle_mm)));
  return { diameter_mm: 2 * half_mm, fullAngle_rad: 2 * halfAngle_rad, field_mm: 2 * largest(passes) };
}

/** The largest number up to a metre for which a condition holds that holds for 0. */
function largest(holds: (value: number) => boolean): number {
  let [low, high] = [0, 1000];
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
