import type { CifBlock } from "../cif/index.ts";
import { HALL_NAMES } from "./listAndSymbol.ts";
import { isGroup } from "./operations.ts";
import { readCell } from "./readCell.ts";
import { HM_NAMES, writtenSymbol } from "./readHm.ts";
import { readOperations } from "./readOperations.ts";
import { NUMBER_NAMES } from "./readSpaceGroup.ts";
import {
  operationsFitCell,
  SETTINGS,
  type Setting,
  settingByHall,
  settingByOperations,
  settingGenerators,
  settingsByHm,
} from "./settings.ts";
import { firstValue, numberOf, tabulate } from "./table.ts";

/** A setting that a block may mean, with what speaks for it; null where nothing does. */
export interface LikelySetting {
  readonly setting: Setting;
  readonly reason: string | null;
}

/**
 * All settings, the likeliest for a block first: the one of its operations, of its other symbol, those of its number,
 * then those that its cell fits, of higher crystal systems before lower ones.
 * @param except the symbol that is being written, which says nothing about itself
 */
export function likelySettings(block: CifBlock, except: "hm" | "hall"): readonly LikelySetting[] {
  const table = tabulate(block);
  const listed = readOperations(table);
  const ofList =
    listed?.ok && isGroup(listed.value.operations) ? settingByOperations(listed.value.operations) : undefined;
  const hall = except === "hall" ? undefined : writtenSymbol(table, HALL_NAMES);
  const hm = except === "hm" ? undefined : writtenSymbol(table, HM_NAMES);
  const number = firstValue(table, NUMBER_NAMES);
  const wanted = number && numberOf(number)?.value;
  const cell = readCell(table, block.header);
  const named = [...(hall ? [settingByHall(hall.text)] : []), ...(hm ? settingsByHm(hm.text) : [])];
  const rank = (setting: Setting): LikelySetting & { readonly rank: number } => {
    if (setting === ofList) return { setting, rank: 0, reason: "its operations are listed" };
    if (named.includes(setting)) return { setting, rank: 1, reason: "the other symbol" };
    if (setting.number === wanted) return { setting, rank: 2, reason: "the number of the group" };
    const fits = cell.ok && operationsFitCell(settingGenerators(setting), cell.value);
    return { setting, rank: 3 + (fits ? systemRank(setting.number) : 9), reason: fits ? "fits the cell" : null };
  };
  return SETTINGS.map(rank).sort((a, b) => a.rank - b.rank);
}

/** 0 for the cubic groups, 5 for the triclinic ones; trigonal and hexagonal ones share their lattice. */
const systemRank = (number: number): number => [195, 143, 75, 16, 3, 1].findIndex((first) => number >= first);
