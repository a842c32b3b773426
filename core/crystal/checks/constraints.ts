import { degrees, type Mat3, mat3 } from "../../util/index.ts";
import type { SymmetryOperation } from "../crystal.ts";

export const PARAMETERS = ["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"] as const;
export type Parameter = (typeof PARAMETERS)[number];

/** What symmetry asks of a cell parameter: a certain angle, or the value of an earlier parameter. */
export type CellConstraint =
  | { readonly kind: "fixed"; readonly parameter: Parameter; readonly value_deg: number }
  | { readonly kind: "equal"; readonly parameter: Parameter; readonly to: Parameter };

/** Metrics of three cells without any symmetry of their own. */
const GENERIC_METRICS: readonly Mat3[] = [
  metric(4.1, 5.3, 6.7, 0.12, -0.21, 0.33),
  metric(7.9, 3.7, 5.1, -0.31, 0.14, 0.22),
  metric(5.9, 8.3, 4.3, 0.27, 0.19, -0.11),
];

/** Metric tensor from lengths and the cosines of the angles. */
function metric(a: number, b: number, c: number, alpha: number, beta: number, gamma: number): Mat3 {
  return [
    [a * a, a * b * gamma, a * c * beta],
    [a * b * gamma, b * b, b * c * alpha],
    [a * c * beta, b * c * alpha, c * c],
  ];
}

/**
 * Constraints that the rotations of a group put on the cell, in any setting: what stays the same in the metrics of
 * arbitrary cells once they are averaged over the group (G' = mean of R^T G R; International Tables for
 * Crystallography A, section 1.3.2.5 on the restrictions of the metric).
 */
export function cellConstraints(operations: readonly SymmetryOperation[]): readonly CellConstraint[] {
  const rotations = [...new Map(operations.map(({ rotation }) => [rotation.join(), rotation])).values()];
  const cells = GENERIC_METRICS.map((generic) => parametersOf(average(generic, rotations)));
  const constraints: CellConstraint[] = [];
  for (const [index, parameter] of PARAMETERS.entries()) {
    const isAngle = index >= 3;
    const values = cells.map((cell) => cell[index]!);
    const fixed = isAngle && values.every((value) => Math.abs(value - values[0]!) < 1e-6);
    if (fixed) {
      constraints.push({ kind: "fixed", parameter, value_deg: Number(values[0]!.toFixed(4)) });
      continue;
    }
    const first = isAngle ? 3 : 0;
    const to = PARAMETERS.slice(first, index).find((_, k) =>
      cells.every((cell) => Math.abs(cell[first + k]! - cell[index]!) < 1e-6),
    );
    if (to) constraints.push({ kind: "equal", parameter, to });
  }
  return constraints;
}

function average(generic: Mat3, rotations: readonly Mat3[]): Mat3 {
  const sum = [0, 1, 2].map(() => [0, 0, 0]);
  for (const rotation of rotations) {
    const image = mat3.multiply(mat3.transpose(rotation), mat3.multiply(generic, rotation));
    for (const i of [0, 1, 2]) for (const j of [0, 1, 2]) sum[i]![j]! += image[i]![j]! / rotations.length;
  }
  return sum as unknown as Mat3;
}

function parametersOf(metricTensor: Mat3): readonly number[] {
  const length = [0, 1, 2].map((i) => Math.sqrt(metricTensor[i]![i]!));
  const angle = (i: number, j: number): number => degrees(Math.acos(metricTensor[i]![j]! / (length[i]! * length[j]!)));
  return [...length, angle(1, 2), angle(0, 2), angle(0, 1)];
}
