import type { CifValue } from "../../cif/index.ts";
import type { Issue, IssueFix } from "../../util/index.ts";
import type { SymmetryOperation } from "../crystal.ts";
import { generateGroup, operationKey, parseOperation } from "../operations.ts";
import { OPERATIONS } from "../readOperations.ts";
import { placeOf } from "../relatedPlaces.ts";
import { type BlockTable, type Column, firstColumn, isGiven } from "../table.ts";
import { type Check, issue, writeText } from "./subject.ts";

/** An operation of the file's list. */
export interface ListedOperation {
  readonly operation: SymmetryOperation;
  readonly value: CifValue;
  readonly row: number;
}

export interface OperationList {
  readonly column: Column;
  readonly listed: readonly ListedOperation[];
  /** What of the list is no operation. */
  readonly issues: readonly Issue[];
}

/** The list of operations of a block, as far as it can be read; undefined without one. */
export function operationList(table: BlockTable): OperationList | undefined {
  const column = firstColumn(table, OPERATIONS);
  if (!column) return undefined;
  const listed: ListedOperation[] = [];
  const issues: Issue[] = [];
  for (let row = 0; row < column.rowCount; row++) {
    const value = column.value(row);
    if (!isGiven(value)) continue;
    const result = parseOperation(value.text.replace(/['"]/g, ""), value.range);
    if (result.ok) listed.push({ operation: result.value, value, row });
    else issues.push(...result.issues);
  }
  return listed.length + issues.length > 0 ? { column, listed, issues } : undefined;
}

/** Operators as a message lists them. */
export function listOperators(operations: readonly SymmetryOperation[]): string {
  const shown = operations.slice(0, 4).map(({ xyz }) => `'${xyz}'`);
  return shown.join(", ") + (operations.length > 4 ? ` and ${operations.length - 4} more` : "");
}

/**
 * Operators that cannot be read, those that repeat an earlier one but for lattice translations (cif_cod_check), and
 * lists that lack products of their operators (PLAT119).
 */
export const operatorIssues: Check = ({ table }) => {
  const list = operationList(table);
  if (!list) return [];
  const first = new Map<number, ListedOperation>();
  const repeated = list.listed.flatMap((entry) => {
    const key = operationKey(entry.operation);
    const earlier = first.get(key);
    if (!earlier) {
      first.set(key, entry);
      return [];
    }
    const message = `Operator '${entry.value.text.trim()}' repeats '${earlier.value.text.trim()}' of row ${earlier.row + 1} but for whole cells; remove it.`;
    const start = list.column.rowRange(entry.row - 1).end;
    const removal = { range: { start, end: list.column.rowRange(entry.row).end }, newText: "" };
    const fixes: readonly IssueFix[] = [{ title: "Remove this operator", edits: [removal] }];
    return [
      issue("duplicate-symop", "warning", message, entry.value.range, {
        fixes,
        names: [],
        related: placeOf(earlier.value, `Row ${earlier.row + 1}, '${earlier.value.text.trim()}'`),
      }),
    ];
  });
  const distinct = [...first.values()].map(({ operation }) => operation);
  return [...list.issues, ...repeated, ...(list.issues.length === 0 ? closureIssues(list, distinct) : [])];
};

function closureIssues(list: OperationList, distinct: readonly SymmetryOperation[]): readonly Issue[] {
  const group = generateGroup(distinct);
  if (group?.length === distinct.length) return [];
  const given = new Set(distinct.map(operationKey));
  const missing = group?.filter((operation) => !given.has(operationKey(operation)));
  const cause = missing
    ? `their products ${listOperators(missing)} are missing`
    : "their products never end, so one of them is wrong";
  const message = `The ${distinct.length} symmetry operators are not a group: ${cause}; atoms and reflections may be wrong.`;
  const fix = group && replaceOperators(list, group, "the group that they generate");
  return [issue("symmetry-not-a-group", "warning", message, list.column.nameRange, { fixes: fix ? [fix] : [] })];
}

/** Names that may stand beside the operators in their loop without being lost when the list is written anew. */
const NUMBERING = /^_(space_group_symop[._]id|symmetry_equiv_pos_site_id)$/;

/** Fix that puts these operations in place of a list. Undefined where the loop holds more than numbers beside them. */
export function replaceOperators(
  { column }: OperationList,
  operations: readonly SymmetryOperation[],
  symbol: string,
): IssueFix | undefined {
  const { loop } = column;
  if (!loop || loop.rowCount === 0) return undefined;
  const others = loop.names.filter(({ range }) => range !== column.nameRange);
  if (!others.every(({ key }) => NUMBERING.test(key))) return undefined;
  const rows = operations.map(({ xyz }, index) =>
    loop.names.map(({ range }) => (range === column.nameRange ? writeText(xyz) : String(index + 1))).join(" "),
  );
  const range = { start: loop.rowRange(0).start, end: loop.rowRange(loop.rowCount - 1).end };
  return {
    title: `Replace the list by the ${rows.length} operators of ${symbol}`,
    edits: [{ range, newText: rows.join("\n") }],
  };
}

/** Loop of operations as text. */
export const operatorLoop = (operations: readonly SymmetryOperation[]): string =>
  ["loop_", "_space_group_symop_id", "_space_group_symop_operation_xyz"]
    .concat(operations.map(({ xyz }, index) => `${index + 1} '${xyz}'`))
    .join("\n");
