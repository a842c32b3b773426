import type { CifValue } from "../../cif/index.ts";
import { type Issue, type Mat3, mat3, type Vec3, vec3 } from "../../util/index.ts";
import type { SymmetryOperation } from "../crystal.ts";
import { operationKey, parseTriplet, productOf } from "../operations.ts";
import { imageOf, latticeDistance_A } from "../place.ts";
import { type BlockTable, columnTexts, isGiven } from "../table.ts";
import { type Check, type CheckSubject, issue, type Quantity, quantityOf } from "./subject.ts";

/** An operation with its time reversal, 1 or -1. */
interface MagneticOperation {
  readonly operation: Pick<SymmetryOperation, "rotation" | "translation">;
  readonly time: number;
  readonly value: CifValue;
}

const OPERATIONS = "_space_group_symop_magn_operation_xyz";
const CENTRINGS = "_space_group_symop_magn_centering_xyz";
/** Twice the 192 of the largest space group; longer lists are no groups. */
const MOST_OPERATIONS = 384;
const COMPONENTS = ["x", "y", "z"].map((axis) => `_atom_site_moment_crystalaxis_${axis}`);

/** Operations of a column; `undefined` in place of one without a fourth part of +1 or -1. */
function operationsOf(table: BlockTable, name: string) {
  const column = table.get(name);
  return Array.from({ length: column?.rowCount ?? 0 }, (_, row) => {
    const value = column?.value(row);
    if (!isGiven(value)) return undefined;
    const parts = value.text.replace(/['"]/g, "").split(",");
    const operation = parseTriplet(parts.slice(0, 3).join());
    const time = /^\s*[+-]?1\s*$/.test(parts[3] ?? "") ? Number(parts[3]) : undefined;
    return { operation, time, value };
  });
}

/** All products of operations and centrings of a magnetic space group. */
function magneticGroup(table: BlockTable): readonly MagneticOperation[] {
  const read = (name: string): readonly MagneticOperation[] =>
    operationsOf(table, name).flatMap((one) =>
      one?.operation && one.time !== undefined ? [{ operation: one.operation, time: one.time, value: one.value }] : [],
    );
  const operations = read(OPERATIONS);
  const centrings = read(CENTRINGS);
  if (centrings.length === 0) return operations;
  return operations.flatMap(({ operation, time, value }) =>
    centrings.map((centring) => ({
      operation: productOf(centring.operation, operation),
      time: time * centring.time,
      value,
    })),
  );
}

/** Magnetic operations without a time reversal, and products whose time reversal is another one in the list (cif_mag). */
export const timeReversalIssues: Check = ({ table }) => {
  const listed = [...operationsOf(table, OPERATIONS), ...operationsOf(table, CENTRINGS)];
  const without = listed.flatMap((one) => (one?.operation && one.time === undefined ? [one.value] : []));
  if (without.length > 0) {
    return without.map((value) => {
      const message = `Magnetic operator '${value.text.trim()}' does not say whether it reverses time; add +1 or -1 as its fourth part.`;
      return issue("time-reversal", "warning", message, value.range);
    });
  }
  const group = magneticGroup(table);
  if (group.length > MOST_OPERATIONS) return [];
  // A grey group has each operation with and without time reversal.
  const times = new Map<number, Set<number>>();
  for (const { operation, time } of group) {
    const key = operationKey(operation);
    times.set(key, (times.get(key) ?? new Set()).add(time));
  }
  for (const first of group) {
    for (const second of group) {
      const product = productOf(first.operation, second.operation);
      const listedTimes = times.get(operationKey(product));
      if (listedTimes === undefined || listedTimes.has(first.time * second.time)) continue;
      const message = `The product of the magnetic operators '${first.value.text.trim()}' and '${second.value.text.trim()}' is listed with the other time reversal; one of the three is wrong.`;
      return [issue("time-reversal", "warning", message, first.value.range)];
    }
  }
  return [];
};

/** A component that symmetry forbids may be this large by rounding [Bohr magnetons]. */
const ROUNDING_muB = 0.05;
/** Images closer than this are the site itself [Angstrom]. */
const SAME_PLACE_A = 0.01;

/**
 * Magnetic moments that the magnetic space group does not allow at their site: m' = time det(R) R m is to be m for every
 * operation that leaves the site in place (Gallego et al., J. Appl. Cryst. 45 (2012) 1236). The fix writes the part that is
 * allowed, the mean of all m'.
 */
export const momentIssues: Check = (subject) => {
  const { table, crystal } = subject;
  const columns = COMPONENTS.map((name) => table.get(name));
  const group = crystal && columns.every((column) => column !== undefined) ? magneticGroup(table) : [];
  if (!crystal || group.length === 0) return [];
  return columnTexts(table.get("_atom_site_moment_label")).flatMap((label, row) => {
    const sites = crystal.sites.filter((site) => site.label === label);
    const given = columns.flatMap((column) => quantityOf(column?.value(row)) ?? []);
    const [site, ...others] = sites;
    if (!site || others.length > 0 || given.length < 3) return [];
    const fixing = group.filter(
      ({ operation }) =>
        latticeDistance_A(imageOf(operation, site.position), site.position, crystal.cell) < SAME_PLACE_A,
    );
    return momentIssue(subject, label, given as unknown as readonly [Quantity, Quantity, Quantity], fixing);
  });
};

function momentIssue(
  { cell }: CheckSubject,
  label: string,
  given: readonly [Quantity, Quantity, Quantity],
  fixing: readonly MagneticOperation[],
): readonly Issue[] {
  if (!cell || fixing.length === 0) return [];
  const lengths_A: Vec3 = [cell.a_A, cell.b_A, cell.c_A];
  // Along the axes with their lengths, where rotations are whole numbers.
  const moment = given.map(({ value }, i) => value / lengths_A[i]!) as unknown as Vec3;
  const turned = fixing.map(({ operation: { rotation }, time }) =>
    vec3.scale(mat3.multiplyVector(rotation as Mat3, moment), time * mat3.determinant(rotation as Mat3)),
  );
  const allowed = vec3.scale(turned.reduce(vec3.add), 1 / turned.length);
  const excess_muB = vec3.norm(mat3.multiplyVector(cell.direct, vec3.subtract(moment, allowed)));
  const su = Math.hypot(...given.map((one) => one.su));
  if (excess_muB <= ROUNDING_muB + 3 * su) return [];
  const written = given.map(({ decimals }, i) => {
    const text = (allowed[i]! * lengths_A[i]!).toFixed(Math.max(0, decimals));
    return Number(text) === 0 ? "0" : text;
  });
  const breaking = fixing.find(
    (_, i) => vec3.norm(mat3.multiplyVector(cell.direct, vec3.subtract(turned[i]!, moment))) > ROUNDING_muB,
  );
  const remedy = written.every((text) => text === "0") ? "no moment at all" : written.join(", ");
  const message = `The moment of ${label}, ${given.map(({ text }) => text).join(", ")}, is not kept by the operator '${breaking?.value.text.trim()}' of its site, which allows ${remedy}.`;
  const edits = given.map(({ range }, i) => ({ range, newText: written[i]! }));
  const range = { start: given[0].range.start, end: given[2].range.end };
  return [
    issue("magnetic-moment", "warning", message, range, {
      fixes: [{ title: "Keep the part that symmetry allows", edits }],
    }),
  ];
}
