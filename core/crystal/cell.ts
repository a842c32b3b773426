import { error, fail, type Mat3, mat3, ok, type Result, radians, vec3 } from "../util/index.ts";
import type { UnitCell } from "./crystal.ts";

/** Cosine that is exact for the angles of crystal systems, so that a hexagonal cell is hexagonal to the last bit. */
function cosine(angle_deg: number): number {
  if (angle_deg === 90) return 0;
  if (angle_deg === 120) return -0.5;
  if (angle_deg === 60) return 0.5;
  return Math.cos(radians(angle_deg));
}

/** Beyond these there is no crystal, and what follows from the cell would not be finite. */
const LENGTHS_A = [0.01, 1e6] as const;

/**
 * Unit cell from its lengths [Angstrom] and angles [degree], with the bases of `UnitCell`
 * (Giacovazzo, Fundamentals of Crystallography, section 2.C).
 *
 * Refuses with `crystal/impossible-cell` lengths that are not positive or that no crystal has, angles outside 0 to 180 degrees and angles that
 * do not close to a cell; `field` of the issue names the parameter.
 */
export function unitCell(
  a_A: number,
  b_A: number,
  c_A: number,
  alpha_deg: number,
  beta_deg: number,
  gamma_deg: number,
): Result<UnitCell> {
  const refuse = (message: string, field: string) => error("crystal/impossible-cell", message, { field });
  const lengths = Object.entries({ a: a_A, b: b_A, c: c_A })
    .filter(([, value]) => !(value > 0 && value < Number.POSITIVE_INFINITY))
    .map(([name, value]) => refuse(`Cell length ${name} is ${value} Å; it must be a positive number.`, `cell.${name}`));
  const extremes = Object.entries({ a: a_A, b: b_A, c: c_A })
    .filter(([, value]) => Number.isFinite(value) && value > 0 && (value < LENGTHS_A[0] || value > LENGTHS_A[1]))
    .map(([name, value]) => refuse(`Cell length ${name} is ${value} Å; no crystal has such a cell.`, `cell.${name}`));
  const angles = Object.entries({ alpha: alpha_deg, beta: beta_deg, gamma: gamma_deg })
    .filter(([, value]) => !(value > 0 && value < 180))
    .map(([name, value]) =>
      refuse(`Cell angle ${name} is ${value}°; it must lie between 0° and 180°.`, `cell.${name}`),
    );
  const impossible = [...lengths, ...extremes, ...angles];
  if (impossible.length > 0) return fail(...impossible);

  const [cosAlpha, cosBeta, cosGamma] = [cosine(alpha_deg), cosine(beta_deg), cosine(gamma_deg)];
  const square = 1 - cosAlpha * cosAlpha - cosBeta * cosBeta - cosGamma * cosGamma + 2 * cosAlpha * cosBeta * cosGamma;
  const closes =
    alpha_deg + beta_deg + gamma_deg < 360 &&
    alpha_deg < beta_deg + gamma_deg &&
    beta_deg < alpha_deg + gamma_deg &&
    gamma_deg < alpha_deg + beta_deg;
  if (!closes || !(square > 0)) {
    return fail(
      refuse(
        `No cell has the angles ${alpha_deg}°, ${beta_deg}°, ${gamma_deg}°: their sum must be below 360° and each must be smaller than the sum of the other two.`,
        "cell.alpha",
      ),
    );
  }
  const volume_A3 = a_A * b_A * c_A * Math.sqrt(square);
  const sinGamma = Math.sqrt(1 - cosGamma * cosGamma);
  const direct: Mat3 = [
    [a_A, b_A * cosGamma, c_A * cosBeta],
    [0, b_A * sinGamma, (c_A * (cosAlpha - cosBeta * cosGamma)) / sinGamma],
    [0, 0, volume_A3 / (a_A * b_A * sinGamma)],
  ];
  const inverse = mat3.transpose(mat3.inverse(direct));
  const reciprocal: Mat3 = [
    vec3.scale(inverse[0], 2 * Math.PI),
    vec3.scale(inverse[1], 2 * Math.PI),
    vec3.scale(inverse[2], 2 * Math.PI),
  ];
  return ok({ a_A, b_A, c_A, alpha_deg, beta_deg, gamma_deg, volume_A3, direct, reciprocal });
}
