import { type Issue, radians } from "../../util/index.ts";
import type { UnitCell } from "../crystal.ts";
import { cellPlaces, placeOf, symmetryPlaces } from "../relatedPlaces.ts";
import { settingOperations } from "../settings.ts";
import { firstValue } from "../table.ts";
import { type CellConstraint, cellConstraints, PARAMETERS, type Parameter } from "./constraints.ts";
import { HM_NAMES } from "./spaceGroup.ts";
import { settingsByAnySymbol } from "./spaceGroupSymbol.ts";
import {
  type Check,
  type CheckSubject,
  differ,
  issue,
  type Quantity,
  quantityAt,
  replaceBy,
  writeNumber,
} from "./subject.ts";

const nameOf = (parameter: Parameter): string => `_cell_${parameter}`;
const titleOf = (parameter: Parameter): string => parameter.replace("_", " ");
const unitOf = (parameter: Parameter): string => (parameter.startsWith("length") ? " Å" : "°");
const withoutSu = (text: string): string => text.replace(/\(\d+\)$/, "");

type Parameters = Readonly<Partial<Record<Parameter, Quantity>>>;

const parametersOf = ({ table }: CheckSubject): Parameters =>
  Object.fromEntries(
    PARAMETERS.flatMap((parameter) => {
      const quantity = quantityAt(table, [nameOf(parameter)]);
      return quantity ? [[parameter, quantity]] : [];
    }),
  );

/** Constraints of the group, and what to call it. */
function constraintsOf({ spaceGroup, table }: CheckSubject): {
  readonly constraints: readonly CellConstraint[];
  readonly group: string;
} {
  const symbol = firstValue(table, HM_NAMES)?.text.trim();
  const [named] = symbol === undefined ? [] : settingsByAnySymbol(symbol);
  const operations = spaceGroup?.operations ?? (named && settingOperations(named)) ?? [];
  const group = spaceGroup?.hm ?? symbol ?? "the symmetry";
  return { constraints: operations.length > 0 ? cellConstraints(operations) : [], group };
}

/** IUCr CELLV01 (level A): the given volume over the one of the cell lies outside 0.999 to 1.001; PLAT150. */
export const volumeIssues: Check = (subject) => {
  const { cell, table } = subject;
  const given = quantityAt(table, ["_cell_volume"]);
  if (!cell || !given) return [];
  const su = volumeSu(cell, parametersOf(subject), constraintsOf(subject).constraints);
  const computed = { value: cell.volume_A3, su };
  const written = writeNumber(cell.volume_A3, su, Math.max(given.decimals, 2));
  const fixes = [replaceBy(written, given.range)];
  const rounding = 0.5 * 10 ** -given.decimals;
  const excess = Math.abs(given.value - computed.value) - rounding;
  if (excess > 0.001 * computed.value && differ(given, computed)) {
    const message = `Cell volume ${given.text} Å³ does not match ${written} Å³ computed from the cell (CELLV01); correct the cell or the volume.`;
    return [issue("cell-volume", "warning", message, given.range, { fixes, related: cellPlaces(table) })];
  }
  // CELLV02, level C: the two uncertainties differ by more than 2.
  if (given.su > 0 && su > 0 && Math.abs(given.su - su) > 2) {
    const message = `The s.u. of the cell volume is ${given.su} Å³, but those of the cell make it ${Number(su.toPrecision(2))} Å³ (CELLV02).`;
    return [issue("cell-volume-su", "hint", message, given.range, { fixes, related: cellPlaces(table) })];
  }
  return [];
};

/** Propagated s.u. of the volume [Angstrom^3]; parameters that symmetry makes equal vary together. */
function volumeSu(cell: UnitCell, parameters: Parameters, constraints: readonly CellConstraint[]): number {
  const { a_A, b_A, c_A, volume_A3: volume } = cell;
  const angles = [cell.alpha_deg, cell.beta_deg, cell.gamma_deg].map(radians);
  const byAngle = (i: number): number => {
    const [alpha, beta, gamma] = [angles[i]!, angles[(i + 1) % 3]!, angles[(i + 2) % 3]!];
    const squared = (a_A * b_A * c_A) ** 2;
    return (radians(1) * squared * Math.sin(alpha) * (Math.cos(alpha) - Math.cos(beta) * Math.cos(gamma))) / volume;
  };
  const derivatives = [volume / a_A, volume / b_A, volume / c_A, byAngle(0), byAngle(1), byAngle(2)];
  const sums = new Map<Parameter, number>();
  for (const [index, parameter] of PARAMETERS.entries()) {
    const constraint = constraints.find((candidate) => candidate.parameter === parameter);
    if (constraint?.kind === "fixed") continue;
    const free = constraint?.to ?? parameter;
    const su = parameters[free]?.su ?? 0;
    sums.set(free, (sums.get(free) ?? 0) + derivatives[index]! * su);
  }
  return Math.hypot(...sums.values());
}

/**
 * Cell parameters that the space group does not allow, and uncertainties on those that it fixes
 * (cif_cod_check; IUCr SYMMS02; PLAT130 to 140, 147, 153, 154).
 */
export const constraintIssues: Check = (subject) => {
  const parameters = parametersOf(subject);
  const { constraints, group } = constraintsOf(subject);
  const symmetry = constraints.length > 0 ? symmetryPlaces(subject.table) : [];
  return constraints.flatMap((constraint): readonly Issue[] => {
    const { parameter } = constraint;
    const given = parameters[parameter];
    if (!given) return [];
    if (constraint.kind === "fixed") {
      const { value_deg } = constraint;
      if (differ(given, { value: value_deg, su: 0 })) {
        const message = `Cell does not fit ${group}: ${titleOf(parameter)} is ${given.text}° and must be ${value_deg}°; correct the cell or the symmetry.`;
        const fixes = [replaceBy(String(value_deg), given.range)];
        return [issue("cell-constraint", "warning", message, given.range, { fixes, names: [], related: symmetry })];
      }
      if (given.su === 0) return [];
      const message = `${group} fixes ${titleOf(parameter)} at ${value_deg}°, so it has no s.u. (PLAT147); remove it.`;
      return [
        issue("su-on-fixed", "hint", message, given.range, {
          fixes: [replaceBy(String(value_deg), given.range)],
          related: symmetry,
        }),
      ];
    }
    const other = parameters[constraint.to];
    if (!other) return [];
    const title = `Make ${titleOf(parameter)} equal to ${titleOf(constraint.to)}, ${other.text}`;
    const fixes = [replaceBy(other.text, given.range, title)];
    const related = [...placeOf(other, `${titleOf(constraint.to)} ${other.text}${unitOf(constraint.to)}`), ...symmetry];
    if (differ(given, other)) {
      const unit = unitOf(parameter);
      const message = `Cell does not fit ${group}: ${titleOf(parameter)} is ${given.text}${unit} and must equal ${titleOf(constraint.to)}, ${other.text}${unit}; correct the cell or the symmetry.`;
      return [issue("cell-constraint", "warning", message, given.range, { fixes, names: [], related })];
    }
    if (given.su === other.su && given.value === other.value) return [];
    const message = `${group} makes ${titleOf(parameter)} equal to ${titleOf(constraint.to)}, so ${given.text} and ${other.text} must be written the same, with the same s.u. (PLAT153).`;
    return [issue("su-on-fixed", "hint", message, given.range, { fixes, related })];
  });
};

/** Uncertainties of a cell above these are hardly meant [relative, degree]; PLAT141 to 149. */
const LARGE_LENGTH_SU = 0.005;
const LARGE_ANGLE_SU_deg = 0.5;

/** Uncertainties of the cell that are implausibly large, and parameters of a refined structure that have none. */
export const cellSuIssues: Check = (subject) => {
  const parameters = parametersOf(subject);
  const large = Object.entries(parameters).flatMap(([name, { value, su, text, range }]) => {
    const parameter = name as Parameter;
    const isLarge = parameter.startsWith("length") ? su > LARGE_LENGTH_SU * Math.abs(value) : su > LARGE_ANGLE_SU_deg;
    if (!isLarge) return [];
    const message = `The s.u. of ${titleOf(parameter)}, ${text}, is ${Number(su.toPrecision(3))}${unitOf(parameter)}: hardly meant (PLAT141 to 149).`;
    const fixes = [replaceBy(withoutSu(text), range, "Remove the s.u.")];
    return [issue("cell-su", "hint", message, range, { fixes })];
  });
  return [...large, ...missingSuIssues(subject, parameters)];
};

const R_FACTORS = ["_refine_ls_r_factor_gt", "_refine_ls_r_factor_obs", "_refine_ls_r_factor_all"];

/** A refined structure was measured, so what symmetry leaves free in its cell has an uncertainty (PLAT141 to 146). */
function missingSuIssues(subject: CheckSubject, parameters: Parameters): readonly Issue[] {
  if (!quantityAt(subject.table, R_FACTORS)) return [];
  const { constraints } = constraintsOf(subject);
  const free = PARAMETERS.filter((name) => constraints.every(({ parameter }) => parameter !== name));
  const without = free.flatMap((name) => {
    const given = parameters[name];
    // One of 0 is told by itself.
    return given && !given.text.includes("(") ? [{ name, given }] : [];
  });
  const [first] = without;
  if (!first) return [];
  const names = without.map(({ name }) => titleOf(name)).join(", ");
  const message = `The structure was refined, but its cell has no s.u. for ${names} (PLAT141 to 146).`;
  return [issue("cell-su", "hint", message, first.given.range)];
}
