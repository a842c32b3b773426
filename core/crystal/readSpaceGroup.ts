import { error, fail, type Issue, ok, type Result, type TextRange } from "../util/index.ts";
import type { SpaceGroup, SymmetryOperation, UnitCell } from "./crystal.ts";
import { operationsFromHall } from "./hall.ts";
import { distinctOperations, generateGroup, IDENTITY, isGroup, operationKey, parseOperation } from "./operations.ts";
import {
  explicitSymbol,
  operationsFitCell,
  type Setting,
  settingByHall,
  settingByOperations,
  settingOperations,
  settingsByHm,
} from "./settings.ts";
import { type BlockTable, firstValue, isGiven, numberOf } from "./table.ts";

const OPERATIONS = ["_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz"];
const HALL = ["_space_group_name_hall", "_symmetry_space_group_name_hall"];
const HM = [
  "_space_group_name_h-m_alt",
  "_symmetry_space_group_name_h-m",
  "_space_group_name_h-m_full",
  "_space_group_name_h-m_ref",
];
const NUMBER = ["_space_group_it_number", "_symmetry_int_tables_number"];

interface Operations {
  readonly operations: readonly SymmetryOperation[];
  readonly source: SpaceGroup["source"];
  readonly setting?: Setting | undefined;
  readonly place: TextRange;
}

/**
 * The space group of a block: its list of operations, else its Hall symbol, else its Hermann-Mauguin symbol.
 * Without a cell the symbols cannot be checked against it; pass undefined where the cell itself was refused.
 * Errors: `crystal/symmetry-operation`, `crystal/hall-symbol`, `crystal/unknown-space-group`, `crystal/missing-symmetry`;
 * warnings: `crystal/symmetry-not-a-group`, `crystal/cell-constraint`.
 */
export function readSpaceGroup(table: BlockTable, cell: UnitCell | undefined, place: TextRange): Result<SpaceGroup> {
  const found = readOperationList(table) ?? readHall(table, cell) ?? readHm(table, cell);
  if (!found) {
    const alone = firstValue(table, NUMBER) ? " The number alone does not tell the setting." : "";
    const remedy = "add the list of operations (_space_group_symop_operation_xyz) or _space_group_name_Hall";
    return fail(
      error("crystal/missing-symmetry", `This data block does not say its symmetry; ${remedy}.${alone}`, {
        range: place,
      }),
    );
  }
  if (!found.ok) return found;
  const { operations, source } = found.value;
  const issues = [...found.issues];
  const isDoubtful = issues.some(({ code }) => code === "crystal/symmetry-not-a-group");
  if (cell && !isDoubtful && !operationsFitCell(operations, cell)) {
    const message =
      "The cell does not have the symmetry of the space group: its lengths or angles are not those that the operations ask for; correct the cell or the symmetry.";
    issues.push({ code: "crystal/cell-constraint", severity: "warning", message, range: found.value.place });
  }
  const written = { hall: firstValue(table, HALL)?.text, hm: firstValue(table, HM)?.text };
  const setting = found.value.setting ?? identify(operations, written);
  const [named] = written.hm === undefined ? [] : settingsByHm(written.hm);
  const writtenNumber = firstValue(table, NUMBER);
  const number = writtenNumber && numberOf(writtenNumber)?.value;
  return ok(
    {
      hm: setting?.hm ?? written.hm ?? null,
      hall: setting?.hall ?? written.hall ?? null,
      number: setting?.number ?? named?.number ?? number ?? null,
      operations,
      source,
      centrosymmetric: operations.some(({ rotation }) => rotation.join() === "-1,0,0,0,-1,0,0,0,-1"),
    },
    issues,
  );
}

function identify(
  operations: readonly SymmetryOperation[],
  written: { readonly hall: string | undefined; readonly hm: string | undefined },
): Setting | undefined {
  if (!isGroup(operations)) return undefined;
  const byHall = written.hall === undefined ? undefined : settingByHall(written.hall);
  const byHm = written.hm === undefined ? [] : settingsByHm(written.hm);
  return settingByOperations(operations, byHall ? [byHall, ...byHm] : byHm);
}

/** Undefined if the block has no list of operations. */
function readOperationList(table: BlockTable): Result<Operations> | undefined {
  for (const name of OPERATIONS) {
    const column = table.get(name);
    if (!column) continue;
    const values = Array.from({ length: column.rowCount }, (_, row) => column.value(row)).filter(isGiven);
    if (values.length === 0) continue;
    const read = values.map((value) => parseOperation(value.text.replace(/['"]/g, ""), value.range));
    const errors = read.flatMap(({ issues }) => issues);
    if (errors.length > 0) return fail(...errors);

    const listed = distinctOperations(read.flatMap((result) => (result.ok ? [result.value] : [])));
    const identity = operationKey(IDENTITY);
    const others = listed.filter((operation) => operationKey(operation) !== identity);
    const operations = [IDENTITY, ...others];
    const issues: Issue[] = [];
    if (!isGroup(listed)) {
      const complete = generateGroup(listed)?.length;
      const reason =
        others.length === listed.length ? "the identity x,y,z is missing" : "products of two of them are missing";
      const remedy = complete ? `${complete} make it complete` : "they belong to no space group";
      const message = `The ${listed.length} symmetry operations are not a group: ${reason} (${remedy}); atoms and reflections may be wrong.`;
      issues.push({ code: "crystal/symmetry-not-a-group", severity: "warning", message, range: column.nameRange });
    }
    return ok({ operations, source: "operations", place: column.nameRange }, issues);
  }
  return undefined;
}

/** Undefined if the block has no Hall symbol. One that cannot be read gives way to the H-M symbol, with a warning. */
function readHall(table: BlockTable, cell: UnitCell | undefined): Result<Operations> | undefined {
  const value = firstValue(table, HALL);
  if (!value) return undefined;
  const result = operationsFromHall(value.text, value.range);
  if (result.ok) {
    const setting = settingByHall(value.text);
    return ok({ operations: result.value, source: "hall", setting, place: value.range });
  }
  const byHm = readHm(table, cell);
  if (!byHm) return result;
  const warnings = result.issues.map((issue): Issue => ({ ...issue, severity: byHm.ok ? "warning" : "error" }));
  return { ...byHm, issues: [...warnings, ...byHm.issues] };
}

/** Undefined if the block has no Hermann-Mauguin symbol. */
function readHm(table: BlockTable, cell: UnitCell | undefined): Result<Operations> | undefined {
  const value = firstValue(table, HM);
  if (!value) return undefined;
  const refuse = (reason: string) =>
    fail(
      error("crystal/unknown-space-group", `Space group '${value.text.trim()}' ${reason}, or list the operations.`, {
        range: value.range,
      }),
    );
  const named = settingsByHm(value.text);
  if (named.length === 0) return refuse("is not a standard symbol; write it like 'P 1 21/c 1' or 'R 3 c :H'");
  const fitting = cell ? named.filter((setting) => operationsFitCell(settingOperations(setting), cell)) : named;
  const [setting] = fitting;
  if (!setting) return refuse("does not fit the cell; correct the cell or the symbol");
  const choices = [...new Set(named.map(explicitSymbol))].map((symbol) => `'${symbol}'`).join(" or ");
  const isShortMonoclinic = setting.number >= 3 && setting.number <= 15;
  const isSettled = isShortMonoclinic ? setting === named[0] : new Set(fitting.map(({ hall }) => hall)).size === 1;
  if (cell && !isSettled) return refuse(`does not say which of several settings is meant; write ${choices}`);
  return ok({ operations: settingOperations(setting), source: "hm", setting, place: value.range });
}
