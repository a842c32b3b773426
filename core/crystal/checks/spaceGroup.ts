import type { CifValue } from "../../cif/index.ts";
import type { Issue, IssueFix, RelatedPlace } from "../../util/index.ts";
import type { SymmetryOperation } from "../crystal.ts";
import { operationsFromHall } from "../hall.ts";
import { distinctOperations, isGroup, operationKey } from "../operations.ts";
import { NUMBER_NAMES } from "../readSpaceGroup.ts";
import { symmetryPlaces } from "../relatedPlaces.ts";
import { explicitSymbol, type Setting, settingByOperations, settingOperations, settingsByHm } from "../settings.ts";
import { firstValue } from "../table.ts";
import { listOperators, type OperationList, operationList, replaceOperators } from "./operators.ts";
import { nearestSymbol, settingsByAnySymbol } from "./spaceGroupSymbol.ts";
import { type Check, issue, quantityAt, replaceBy, writeText } from "./subject.ts";

export const HM_NAMES = ["_space_group_name_h-m_alt", "_symmetry_space_group_name_h-m"];
export const HALL_NAMES = ["_space_group_name_hall", "_symmetry_space_group_name_hall"];
const SYSTEM_NAMES = ["_space_group_crystal_system", "_symmetry_cell_setting"];

interface Comparison {
  readonly missing: readonly SymmetryOperation[];
  readonly extra: readonly SymmetryOperation[];
  /** The same rotations as often: only origin or setting can differ. */
  readonly sameClass: boolean;
}

function compare(listed: readonly SymmetryOperation[], required: readonly SymmetryOperation[]): Comparison {
  const have = new Set(listed.map(operationKey));
  const need = new Set(required.map(operationKey));
  const rotations = (operations: readonly SymmetryOperation[]): string =>
    operations
      .map(({ rotation }) => rotation.join())
      .sort()
      .join(";");
  return {
    missing: required.filter((operation) => !have.has(operationKey(operation))),
    extra: listed.filter((operation) => !need.has(operationKey(operation))),
    sameClass: rotations(listed) === rotations(required),
  };
}

const isSame = ({ missing, extra }: Comparison): boolean => missing.length + extra.length === 0;

/** Issue of a symbol whose operators are not those of the list (IUCr SYMMG01, PLAT120 to 127, cif_cod_check). */
function mismatch(
  symbol: CifValue,
  what: string,
  comparison: Comparison,
  required: readonly SymmetryOperation[],
  list: OperationList,
  fixes: readonly IssueFix[],
): Issue {
  const { missing, extra, sameClass } = comparison;
  const parts = [
    missing.length > 0 ? `lacks ${listOperators(missing)}` : "",
    extra.length > 0 ? `has ${listOperators(extra)} too many` : "",
  ].filter((part) => part !== "");
  const remedy = sameClass
    ? "the origin or the setting is another one; the list counts"
    : "the list counts; correct the symbol or the list";
  const message = `The list of operators is not the one of ${what} '${symbol.text.trim()}': it ${parts.join(" and ")} (SYMMG01); ${remedy}.`;
  const replacement = replaceOperators(list, required, `'${symbol.text.trim()}'`);
  return issue("symop-space-group-mismatch", sameClass ? "information" : "warning", message, symbol.range, {
    fixes: [...fixes, ...(replacement ? [replacement] : [])],
    names: [],
    related: [{ range: list.column.nameRange, message: `The list of ${list.listed.length} operators` }],
  });
}

/** Symbol, number, Hall symbol and operators against each other. The list of operators is what the crystal is built from. */
export const spaceGroupIssues: Check = ({ table }) => {
  const hm = firstValue(table, HM_NAMES);
  const hall = firstValue(table, HALL_NAMES);
  const list = operationList(table);
  const complete = list && list.issues.length === 0 ? distinctOperations(list.listed.map((one) => one.operation)) : [];
  const named = hm ? settingsByAnySymbol(hm.text) : [];
  const listed = complete.length > 0 && isGroup(complete) ? settingByOperations(complete, named) : undefined;
  const byHall = hall && operationsFromHall(hall.text, hall.range);
  const hallSetting = byHall?.ok ? settingByOperations(byHall.value, named) : undefined;
  const issues: Issue[] = [];
  const sure = listed ?? hallSetting;
  const related = symmetryPlaces(table);

  if (hm) issues.push(...spellingIssues(hm, named, sure, list !== undefined));
  if (hm && list && complete.length > 0 && named.length > 0) {
    const comparisons = named.map((setting) => ({ setting, ...compare(complete, settingOperations(setting)) }));
    const size = ({ missing, extra }: Comparison): number => missing.length + extra.length;
    const best = comparisons.reduce((a, b) => (size(b) < size(a) ? b : a));
    const fixes = listed ? [replaceBy(writeText(explicitSymbol(listed)), hm.range)] : [];
    if (!isSame(best)) issues.push(mismatch(hm, "space group", best, settingOperations(best.setting), list, fixes));
  } else if (hm && hallSetting && named.length > 0 && named.every(({ number }) => number !== hallSetting.number)) {
    const symbol = explicitSymbol(hallSetting);
    const message = `Space group '${hm.text.trim()}' is not the one of the Hall symbol '${hall?.text.trim()}', which is '${symbol}'; correct one of them.`;
    const fixes = [replaceBy(writeText(symbol), hm.range)];
    issues.push(issue("space-group-mismatch", "warning", message, hm.range, { fixes, related }));
  }
  if (hall && byHall?.ok && list && complete.length > 0) {
    const comparison = compare(complete, byHall.value);
    const fixes = listed ? [replaceBy(writeText(listed.hall), hall.range)] : [];
    if (!isSame(comparison)) issues.push(mismatch(hall, "Hall symbol", comparison, byHall.value, list, fixes));
  }
  const numbers = new Set(named.map((setting) => setting.number));
  const number = numbers.size === 1 ? [...numbers][0] : sure?.number;
  if (number !== undefined) {
    const source = numbers.size === 1 ? `symbol '${hm?.text.trim()}'` : listed ? "operators" : "Hall symbol";
    const written = quantityAt(table, NUMBER_NAMES);
    if (written && written.value !== number) {
      const message = `Space group number ${written.text} does not match number ${number} of the ${source}; correct one of them.`;
      issues.push(
        issue("space-group-number", "warning", message, written.range, {
          fixes: [replaceBy(String(number), written.range)],
          related,
        }),
      );
    }
    for (const name of SYSTEM_NAMES) {
      const value = firstValue(table, [name]);
      if (value) issues.push(...systemIssues(value, number, name === "_symmetry_cell_setting", related));
    }
  }
  return issues;
};

function spellingIssues(
  hm: CifValue,
  named: readonly Setting[],
  sure: Setting | undefined,
  hasList: boolean,
): readonly Issue[] {
  const written = hm.text.trim();
  if (settingsByHm(written).length > 0) return [];
  if (named.length > 0) {
    const symbol = explicitSymbol(sure && named.includes(sure) ? sure : named[0]!);
    const message = `'${written}' is an uncommon spelling of the space group '${symbol}'.`;
    return [
      issue("space-group-spelling", "hint", message, hm.range, { fixes: [replaceBy(writeText(symbol), hm.range)] }),
    ];
  }
  const nearest = hasList ? undefined : nearestSymbol(written);
  const likely = sure ? explicitSymbol(sure) : nearest;
  const range = hm.range;
  if (likely !== undefined) {
    const reason = sure ? "its operators are those of" : "did you mean";
    const message = `'${written}' is not a space-group symbol of the tables; ${reason} '${likely}'${sure ? "." : "?"}`;
    return [issue("space-group-spelling", "warning", message, range, { fixes: [replaceBy(writeText(likely), range)] })];
  }
  const message = `'${written}' is not one of the 530 settings of the tables (it may be an uncommon cell); the list of operators counts.`;
  return [issue("space-group-spelling", "information", message, range)];
}

/** Crystal system of a space group number (International Tables for Crystallography A, table 2.1.1.1). */
export function crystalSystem(number: number): string {
  const last: readonly (readonly [number, string])[] = [
    [2, "triclinic"],
    [15, "monoclinic"],
    [74, "orthorhombic"],
    [142, "tetragonal"],
    [167, "trigonal"],
    [194, "hexagonal"],
    [230, "cubic"],
  ];
  return last.find(([end]) => number <= end)?.[1] ?? "unknown";
}

/** IUCr SYMMS01. The old `_symmetry_cell_setting` tells the axes: hexagonal and rhombohedral both suit a trigonal group. */
function systemIssues(
  value: CifValue,
  number: number,
  isSetting: boolean,
  related: readonly RelatedPlace[],
): readonly Issue[] {
  const system = crystalSystem(number);
  const written = value.text.trim().toLowerCase();
  const allowed = system === "trigonal" && isSetting ? [system, "rhombohedral", "hexagonal"] : [system];
  if (allowed.includes(written)) return [];
  const message = `Crystal system '${value.text.trim()}' does not match space group number ${number}, which is ${system} (SYMMS01).`;
  const fixes = [replaceBy(system, value.range)];
  return [issue("crystal-system", "information", message, value.range, { fixes, related })];
}
