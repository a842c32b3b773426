import type { CifValue } from "../cif/index.ts";
import { error, fail, type Issue, ok, type Result, type TextRange } from "../util/index.ts";
import { chooseByContents } from "./chooseSetting.ts";
import type { UnitCell } from "./crystal.ts";
import { readHmSymbol, type SymbolMeaning, type SymbolReading } from "./hmSymbol.ts";
import type { FoundOperations } from "./readOperations.ts";
import { explicitSymbol, operationsFitCell, SETTINGS, type Setting, settingOperations } from "./settings.ts";
import { type BlockTable, firstValue, numberOf } from "./table.ts";

export const HM_NAMES = [
  "_space_group_name_h-m_alt",
  "_symmetry_space_group_name_h-m",
  "_space_group_name_h-m_full",
  "_space_group_name_h-m_ref",
];

/** The given value of the first of these names that holds more than a quoted question mark or point. */
export const writtenSymbol = (table: BlockTable, names: readonly string[]): CifValue | undefined =>
  names.map((name) => firstValue(table, [name])).find((value) => value && !["", "?", "."].includes(value.text.trim()));

/**
 * The operations that the Hermann-Mauguin symbol of a block names; undefined if it has none. Where the symbol can mean
 * several settings, the cell decides, then the custom of unique axis b, then the atoms (`chooseByContents`); what was
 * decided so is told with `crystal/setting-chosen`. Error: `crystal/unknown-space-group`.
 */
export function readHm(
  table: BlockTable,
  cell: UnitCell | undefined,
  place: TextRange,
): Result<FoundOperations> | undefined {
  const value = writtenSymbol(table, HM_NAMES);
  if (!value) return undefined;
  const written = value.text.trim();
  const naming = { subject: `Space group '${written}'`, range: value.range };
  const reading = readHmSymbol(written);
  return reading
    ? decide(reading, naming, table, cell, place)
    : refuse(naming, "is not a standard symbol; write it like 'P 1 21/c 1' or 'R 3 c :H'");
}

/**
 * The operations of the group of this International Tables number, for blocks without list and symbols: of its settings
 * the one that cell and atoms decide for, told with the warning `crystal/missing-symmetry`. Undefined if there is no such
 * number.
 */
export function readNumber(
  table: BlockTable,
  names: readonly string[],
  cell: UnitCell | undefined,
  place: TextRange,
): Result<FoundOperations> | undefined {
  const value = firstValue(table, names);
  const number = value && numberOf(value)?.value;
  const settings = SETTINGS.filter((setting) => setting.number === number);
  if (!value || settings.length === 0) return undefined;
  const naming = { subject: `Space group number ${number}`, range: value.range };
  const meanings = settings.map((setting) => ({ setting, operations: settingOperations(setting) }));
  const decided = decide({ meanings, addedCentring: undefined }, naming, table, cell, place, false);
  if (!decided.ok) return decided;
  const notes =
    decided.issues.length > 0 ? decided.issues : [chosen(naming, settings[0]!, "the number has this setting only")];
  const told = notes.map(({ message, range }): Issue => {
    const warning = `${message} Nothing else in the file tells the symmetry; add the list of operations.`;
    return { code: "crystal/missing-symmetry", severity: "warning", message: warning, ...(range ? { range } : {}) };
  });
  return { ...decided, issues: told };
}

/** How a file names its space group, for messages: the subject of the sentence, and where it stands. */
interface Naming {
  readonly subject: string;
  readonly range: TextRange;
}

const refuse = ({ subject, range }: Naming, reason: string) =>
  fail(error("crystal/unknown-space-group", `${subject} ${reason}, or list the operations.`, { range }));

const note = ({ subject, range }: Naming, message: string): Issue => ({
  code: "crystal/setting-chosen",
  severity: "information",
  message: `${subject} ${message}.`,
  range,
});

const chosen = (naming: Naming, setting: Setting, reason: string): Issue =>
  note(naming, `is read as '${explicitSymbol(setting)}', because ${reason}`);

function decide(
  { meanings, addedCentring }: SymbolReading,
  naming: Naming,
  table: BlockTable,
  cell: UnitCell | undefined,
  place: TextRange,
  hasCustom = true,
): Result<FoundOperations> {
  const accept = ({ setting, operations }: SymbolMeaning, reason?: string) => {
    const centred = addedCentring && `is read as '${explicitSymbol(setting)}' with the centring ${addedCentring} added`;
    const notes = [...(centred ? [note(naming, centred)] : []), ...(reason ? [chosen(naming, setting, reason)] : [])];
    const known = addedCentring ? (setting.number <= 2 ? { number: setting.number } : {}) : { setting };
    return ok({ operations, source: "hm" as const, place: naming.range, ...known }, notes);
  };
  const [first] = meanings;
  if (!cell) return accept(first!);

  const fitting = meanings.filter(({ operations }) => operationsFitCell(operations, cell));
  const [likeliest] = fitting;
  if (!likeliest) {
    const other = onOtherAxes(first!, cell);
    if (other) return accept(other, "the cell has those axes");
    return refuse(naming, "does not fit the cell; correct the cell or the symbol");
  }
  const isOne = fitting.every(({ setting }) => setting.hall === likeliest.setting.hall);
  if (isOne) {
    const isChosen = new Set(meanings.map(({ setting }) => setting.hall)).size > 1;
    return accept(likeliest, isChosen ? "the cell fits this setting only" : undefined);
  }
  const custom = hasCustom ? byCustom(fitting) : undefined;
  if (custom) return custom.reason === undefined ? accept(custom.meaning) : accept(custom.meaning, custom.reason);
  const best = chooseByContents(fitting, table, cell, place);
  if (best) return accept(best.meaning, best.reason);
  const choices = [...new Set(fitting.map(({ setting }) => explicitSymbol(setting)))].map((symbol) => `'${symbol}'`);
  return refuse(
    naming,
    `does not say which of several settings is meant, and the atoms do not decide it; write ${choices.slice(0, 6).join(" or ")}`,
  );
}

/** Monoclinic symbols without ones name the unique axis b where the cell permits it, else c. */
function byCustom(
  fitting: readonly SymbolMeaning[],
): { readonly meaning: SymbolMeaning; readonly reason?: string } | undefined {
  const [first] = fitting;
  if (!first || first.setting.number < 3 || first.setting.number > 15) return undefined;
  const { choice } = first.setting;
  return choice.startsWith("b") ? { meaning: first } : { meaning: first, reason: "that is the usual setting of it" };
}

/** A trigonal group on the other axes, hexagonal or rhombohedral, if these are the ones of the cell. */
function onOtherAxes({ setting }: SymbolMeaning, cell: UnitCell): SymbolMeaning | undefined {
  if (!/^[HR]$/.test(setting.choice)) return undefined;
  return SETTINGS.filter(({ number, choice }) => number === setting.number && choice !== setting.choice)
    .map((other) => ({ setting: other, operations: settingOperations(other) }))
    .find(({ operations }) => operationsFitCell(operations, cell));
}
