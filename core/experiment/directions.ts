import type { UnitCell } from "../crystal/index.ts";
import { error, fail, format, mat3, ok, type Result, type Vec3, vec3 } from "../util/index.ts";

/** A direction as crystallographers write it: `(h,k,l)` a plane normal, `[u,v,w]` a lattice direction. */
export interface Direction {
  readonly kind: "planeNormal" | "latticeDirection";
  readonly indices: Vec3;
}

/** No face and no edge has larger indices; with much larger ones what follows would not be finite. */
const LARGEST = 1e6;
const SMALLEST = 1e-9;

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

function parseIndex(text: string): number | undefined {
  const [numerator, denominator, ...rest] = text.replaceAll("\u2212", "-").split("/");
  if (numerator === undefined || rest.length > 0 || !NUMBER.test(numerator)) return undefined;
  if (denominator === undefined) return Number(numerator);
  if (!NUMBER.test(denominator) || Number(denominator) === 0) return undefined;
  return Number(numerator) / Number(denominator);
}

/**
 * Reads `(h,k,l)` or `[u,v,w]`: three numbers with commas or blanks, signs, fractions and decimals allowed.
 * @param field plan field that a refusal points to
 */
export function parseDirection(text: string, field: string): Result<Direction> {
  const refuse = (reason: string) =>
    fail(error("plan/direction", `"${format.excerpt(text, 80)}" is not a direction: ${reason}.`, { field }));
  const trimmed = text.trim();
  const open = trimmed[0];
  const close = open === "(" ? ")" : open === "[" ? "]" : undefined;
  const inner = close === undefined ? trimmed : trimmed.slice(1, trimmed.endsWith(close) ? -1 : undefined);
  const parts = inner.split(/[\s,]+/).filter((part) => part !== "");
  const indices = parts.map(parseIndex);
  if (parts.length !== 3 || indices.includes(undefined)) {
    return refuse("it needs three numbers, such as (1,-1,0) for a plane normal or [0,0,1] for a lattice direction");
  }
  const [i, j, k] = indices as [number, number, number];
  if (indices.some((index) => Math.abs(index ?? 0) > LARGEST)) return refuse(`its indices must not exceed ${LARGEST}`);
  if (close === undefined) {
    const list = format.excerpt(parts.join(","), 80);
    return refuse(`write (${list}) for the normal of that plane or [${list}] for that direction of the lattice`);
  }
  if (!trimmed.endsWith(close)) return refuse(`the closing "${close}" is missing`);
  if ([i, j, k].every((index) => Math.abs(index) < SMALLEST)) return refuse("all three indices are 0");
  return ok({ kind: open === "(" ? "planeNormal" : "latticeDirection", indices: [i, j, k] });
}

/** The direction as a vector of the Cartesian crystal frame: 2 pi (h a* + k b* + l c*) [1/A] or u a + v b + w c [A]. */
export const directionVector = (cell: UnitCell, direction: Direction): Vec3 =>
  mat3.multiplyVector(direction.kind === "planeNormal" ? cell.reciprocal : cell.direct, direction.indices);

export const directionText = (direction: Direction): string => {
  const list = direction.indices.join(",");
  return direction.kind === "planeNormal" ? `(${list})` : `[${list}]`;
};

/** Angle between two lines (not arrows), 0 to pi/2, in radians. */
export function lineAngle_rad(a: Vec3, b: Vec3): number {
  const angle = vec3.angleBetween(a, b);
  return Math.min(angle, Math.PI - angle);
}
