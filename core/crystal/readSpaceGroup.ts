import { error, fail, type Issue, ok, type Result, type TextRange } from "../util/index.ts";
import type { SpaceGroup, SymmetryOperation, UnitCell } from "./crystal.ts";
import { operationsFromHall } from "./hall.ts";
import { readHmSymbol } from "./hmSymbol.ts";
import { HALL_NAMES, reconcile } from "./listAndSymbol.ts";
import { isGroup } from "./operations.ts";
import { HM_NAMES, readHm, readNumber, writtenSymbol } from "./readHm.ts";
import { type FoundOperations, modulationIssue, readOperations } from "./readOperations.ts";
import { cellPlaces, placeOf } from "./relatedPlaces.ts";
import { operationsFitCell, type Setting, settingByHall, settingByOperations } from "./settings.ts";
import { type BlockTable, firstValue, numberOf } from "./table.ts";

export const NUMBER_NAMES = ["_space_group_it_number", "_symmetry_int_tables_number"];

/**
 * The space group of a block: its list of operations, else its Hall symbol, else its Hermann-Mauguin symbol.
 * Without a cell the symbols cannot be checked against it; pass undefined where the cell itself was refused.
 * Errors: `crystal/symmetry-operation`, `crystal/hall-symbol`, `crystal/unknown-space-group`, `crystal/missing-symmetry`,
 * `crystal/modulated`; warnings: `crystal/symmetry-not-a-group`, `crystal/cell-constraint`; information:
 * `crystal/setting-chosen`, `crystal/magnetic`, `crystal/modulated`.
 */
export function readSpaceGroup(table: BlockTable, cell: UnitCell | undefined, place: TextRange): Result<SpaceGroup> {
  const found =
    readListed(table, cell, place) ??
    readHall(table, cell, place) ??
    readHm(table, cell, place) ??
    readNumber(table, NUMBER_NAMES, cell, place);
  const modulation = modulationIssue(table, found?.ok ?? false);
  if (modulation?.severity === "error") return fail(...(found?.issues ?? []), modulation);
  if (!found) {
    const remedy = "add the list of operations (_space_group_symop_operation_xyz) or _space_group_name_Hall";
    return fail(
      error("crystal/missing-symmetry", `This data block does not say its symmetry; ${remedy}.`, { range: place }),
    );
  }
  if (!found.ok) return found;
  const { operations, source } = found.value;
  const issues = [...(modulation ? [modulation] : []), ...found.issues];
  if (cell && isGroup(operations) && !operationsFitCell(operations, cell)) {
    const message =
      "The cell does not have the symmetry of the space group: its lengths or angles are not those that the operations ask for; correct the cell or the symmetry.";
    issues.push({
      code: "crystal/cell-constraint",
      severity: "warning",
      message,
      range: found.value.place,
      related: cellPlaces(table),
    });
  }
  const written = { hall: writtenSymbol(table, HALL_NAMES)?.text, hm: writtenSymbol(table, HM_NAMES)?.text };
  const setting = found.value.setting ?? identify(operations, written);
  const named = namedSettings(written.hm)[0];
  const writtenNumber = firstValue(table, NUMBER_NAMES);
  const number = writtenNumber && numberOf(writtenNumber)?.value;
  return ok(
    {
      hm: setting?.hm ?? written.hm ?? null,
      hall: setting?.hall ?? written.hall ?? null,
      number: setting?.number ?? found.value.number ?? named?.number ?? number ?? null,
      operations,
      source,
      centrosymmetric: operations.some(({ rotation }) => rotation.join() === "-1,0,0,0,-1,0,0,0,-1"),
    },
    issues,
  );
}

/** Settings that the symbol of the file can mean, without those that need a centring added. */
function namedSettings(hm: string | undefined): readonly Setting[] {
  const reading = hm === undefined ? undefined : readHmSymbol(hm);
  return reading && !reading.addedCentring ? reading.meanings.map(({ setting }) => setting) : [];
}

function identify(
  operations: readonly SymmetryOperation[],
  written: { readonly hall: string | undefined; readonly hm: string | undefined },
): Setting | undefined {
  if (!isGroup(operations)) return undefined;
  const byHall = written.hall === undefined ? undefined : settingByHall(written.hall);
  const byHm = namedSettings(written.hm);
  return settingByOperations(operations, byHall ? [byHall, ...byHm] : byHm);
}

function readListed(
  table: BlockTable,
  cell: UnitCell | undefined,
  place: TextRange,
): Result<FoundOperations> | undefined {
  const list = readOperations(table);
  if (!list?.ok) return list;
  const { found, issues } = reconcile(list.value, table, cell, place);
  return ok(found, [...list.issues, ...issues]);
}

/** Undefined if the block has no Hall symbol. One that cannot be read gives way to the H-M symbol, with a warning. */
function readHall(
  table: BlockTable,
  cell: UnitCell | undefined,
  place: TextRange,
): Result<FoundOperations> | undefined {
  const value = writtenSymbol(table, HALL_NAMES);
  if (!value) return undefined;
  const result = operationsFromHall(value.text, value.range);
  if (result.ok) {
    const setting = settingByHall(value.text) ?? settingByOperations(result.value);
    const found: FoundOperations = { operations: result.value, source: "hall", setting, place: value.range };
    return ok(found, contradictingHm(table, setting));
  }
  const byHm = readHm(table, cell, place);
  if (!byHm) return result;
  const warnings = result.issues.map((issue): Issue => ({ ...issue, severity: byHm.ok ? "warning" : "error" }));
  return { ...byHm, issues: [...warnings, ...byHm.issues] };
}

/** The warning that the H-M symbol beside a Hall symbol is of another group. */
function contradictingHm(table: BlockTable, byHall: Setting | undefined): readonly Issue[] {
  const hm = writtenSymbol(table, HM_NAMES);
  const named = namedSettings(hm?.text);
  if (!hm || !byHall || named.length === 0 || named.some(({ number }) => number === byHall.number)) return [];
  const message = `Space group '${hm.text.trim()}' is not the one of the Hall symbol '${byHall.hall}' (${byHall.hm}), which is used; correct one of them.`;
  const hall = writtenSymbol(table, HALL_NAMES);
  const related = placeOf(hall, `Hall symbol ${hall?.text.trim()}`);
  return [{ code: "crystal/space-group-mismatch", severity: "warning", message, range: hm.range, related }];
}
