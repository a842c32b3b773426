import type { RelatedPlace, TextRange } from "../util/index.ts";
import { HALL_NAMES } from "./listAndSymbol.ts";
import { HM_NAMES, writtenSymbol } from "./readHm.ts";
import { OPERATIONS } from "./readOperations.ts";
import { type BlockTable, firstColumn, firstValue } from "./table.ts";

/** More places than these tell a reader no more. */
const MOST = 12;

/** One place beside that of an issue; none where the file does not have it. */
export const placeOf = (at: { readonly range: TextRange } | undefined, message: string): readonly RelatedPlace[] =>
  at ? [{ range: at.range, message }] : [];

/** Sites of a list by their labels. */
export const sitePlaces = (sites: readonly { readonly label: string; readonly range: TextRange }[]) =>
  sites.slice(0, MOST).map(({ label, range }): RelatedPlace => ({ range, message: label }));

/** Where the file says what its symmetry is: its symbols, and its list of operations. */
export function symmetryPlaces(table: BlockTable): readonly RelatedPlace[] {
  const hm = writtenSymbol(table, HM_NAMES);
  const hall = writtenSymbol(table, HALL_NAMES);
  const list = firstColumn(table, OPERATIONS);
  return [
    ...placeOf(hm, `Space group ${hm?.text.trim()}`),
    ...placeOf(hall, `Hall symbol ${hall?.text.trim()}`),
    ...(list ? [{ range: list.nameRange, message: `${list.rowCount} symmetry operations` }] : []),
  ];
}

/** The cell parameters of the file. */
export const cellPlaces = (table: BlockTable): readonly RelatedPlace[] =>
  ["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"].flatMap((parameter) => {
    const value = firstValue(table, [`_cell_${parameter}`]);
    const unit = parameter.startsWith("length") ? " Å" : "°";
    return placeOf(value, `${parameter.replace("_", " ")} ${value?.text}${unit}`);
  });
