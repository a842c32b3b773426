import { error, fail, type Issue, ok, type Result, type TextRange } from "../util/index.ts";
import { chooseByContents } from "./chooseSetting.ts";
import type { UnitCell } from "./crystal.ts";
import { readHmSymbol, type SymbolMeaning } from "./hmSymbol.ts";
import type { FoundOperations } from "./readOperations.ts";
import { explicitSymbol, operationsFitCell, SETTINGS, settingOperations } from "./settings.ts";
import { type BlockTable, firstValue } from "./table.ts";

export const HM_NAMES = [
  "_space_group_name_h-m_alt",
  "_symmetry_space_group_name_h-m",
  "_space_group_name_h-m_full",
  "_space_group_name_h-m_ref",
];

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
  const value = firstValue(table, HM_NAMES);
  if (!value) return undefined;
  const written = value.text.trim();
  const refuse = (reason: string) =>
    fail(
      error("crystal/unknown-space-group", `Space group '${written}' ${reason}, or list the operations.`, {
        range: value.range,
      }),
    );
  const reading = readHmSymbol(written);
  if (!reading) return refuse("is not a standard symbol; write it like 'P 1 21/c 1' or 'R 3 c :H'");
  const { addedCentring } = reading;
  const note = (message: string): Issue => ({
    code: "crystal/setting-chosen",
    severity: "information",
    message: `Space group '${written}' ${message}.`,
    range: value.range,
  });
  const accept = ({ setting, operations }: SymbolMeaning, reason?: string) => {
    const centred = addedCentring && `is read as '${explicitSymbol(setting)}' with the centring ${addedCentring} added`;
    const chosen = reason && `is read as '${explicitSymbol(setting)}', because ${reason}`;
    const notes = [centred, chosen].filter((message) => message !== undefined).map(note);
    const known = addedCentring ? (setting.number <= 2 ? { number: setting.number } : {}) : { setting };
    return ok({ operations, source: "hm" as const, place: value.range, ...known }, notes);
  };
  const [first] = reading.meanings;
  if (!cell) return accept(first!);

  const fitting = reading.meanings.filter(({ operations }) => operationsFitCell(operations, cell));
  const [likeliest] = fitting;
  if (!likeliest) {
    const other = onOtherAxes(first!, cell);
    if (other) return accept(other, "the cell has those axes");
    return refuse("does not fit the cell; correct the cell or the symbol");
  }
  const isOne = fitting.every(({ setting }) => setting.hall === likeliest.setting.hall);
  if (isOne) {
    const isChosen = new Set(reading.meanings.map(({ setting }) => setting.hall)).size > 1;
    return accept(likeliest, isChosen ? "the cell fits this setting only" : undefined);
  }
  const custom = byCustom(fitting);
  if (custom) return custom.reason === undefined ? accept(custom.meaning) : accept(custom.meaning, custom.reason);
  const chosen = chooseByContents(fitting, table, cell, place);
  if (chosen) return accept(chosen.meaning, chosen.reason);
  const choices = [...new Set(fitting.map(({ setting }) => explicitSymbol(setting)))].map((symbol) => `'${symbol}'`);
  return refuse(
    `does not say which of several settings is meant, and the atoms do not decide it; write ${choices.join(" or ")}`,
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
