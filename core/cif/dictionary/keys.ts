import type { TextRange } from "../../util/index.ts";
import { canonical } from "./canonical.ts";
import { loopedCategories } from "./categories.ts";
import { type Column, type Columns, countOf, isGiven, isUndotted, LONG_LOOP_ROWS, loopOf, valueAt } from "./columns.ts";
import { type Dictionary, findDefinition, type ItemDefinition, loopedAncestors, namesOf } from "./model.ts";
import type { Report } from "./report.ts";

/**
 * Checks that each looped category has the items that tell its rows apart, and that they do. A category within another may
 * use the key of that one. Files of the old style were written without such keys, so they are not asked for there.
 */
export function checkKeys(columns: Columns, dictionary: Dictionary, report: Report): void {
  for (const [name, members] of loopedCategories(columns, dictionary)) {
    const keys = (dictionary.categories.get(name)?.keys ?? []).flatMap((key) => findDefinition(dictionary, key) ?? []);
    if (keys.length === 1) checkSingleKey(name, keys[0]!, members, columns, dictionary, report);
    else if (keys.length > 1) checkCompositeKey(keys, members, columns, report);
  }
}

const columnOf = (item: ItemDefinition, columns: Columns): Column | undefined =>
  namesOf(item).flatMap((name) => columns.get(name) ?? [])[0];

function checkSingleKey(
  category: string,
  own: ItemDefinition,
  members: readonly Column[],
  columns: Columns,
  dictionary: Dictionary,
  report: Report,
): void {
  const inherited = loopedAncestors(dictionary, category).flatMap((ancestor) => {
    const { keys } = dictionary.categories.get(ancestor)!;
    return keys.length === 1 ? (findDefinition(dictionary, keys[0]!) ?? []) : [];
  });
  const candidates = [own, ...inherited];
  const stands = candidates.find((item) => {
    const column = columnOf(item, columns);
    return column && members.some((member) => loopOf(member) === loopOf(column));
  });
  if (stands === own) checkUniqueness([columnOf(own, columns)!], report);
  else if (!stands && !candidates.some(({ derivable }) => derivable)) reportMissing(own, members, report);
}

function checkCompositeKey(
  keys: readonly ItemDefinition[],
  members: readonly Column[],
  columns: Columns,
  report: Report,
): void {
  const present = keys.flatMap((item) => columnOf(item, columns) ?? []);
  const missing = keys.filter((item) => !item.derivable && !columnOf(item, columns));
  for (const item of missing) reportMissing(item, members, report);
  const loop = present[0] && loopOf(present[0]);
  const isOldStyle = present.length < keys.length && present.every(({ name }) => isUndotted(name.text));
  if (isOldStyle) return;
  if (missing.length === 0 && loop && present.every((column) => loopOf(column) === loop))
    checkUniqueness(present, report);
}

function reportMissing(key: ItemDefinition, members: readonly Column[], report: Report): void {
  if (members.every(({ name }) => isUndotted(name.text))) return;
  const first = members[0]!;
  const message = `The rows of ${first.definition!.category} are told apart by ${key.name}: add it.`;
  report.add("missing-key", "hint", message, first.name.range, [key.name, ...members.map(({ name }) => name.text)]);
}

/** From the first to the last value of the key of a row, in the order in which they are written. */
function keyRange(keys: readonly Column[], row: number): TextRange {
  const ranges = keys.flatMap((column) => valueAt(column, row)?.range ?? []);
  return { start: Math.min(...ranges.map(({ start }) => start)), end: Math.max(...ranges.map(({ end }) => end)) };
}

function checkUniqueness(keys: readonly Column[], report: Report): void {
  const first = keys[0]!;
  if (!loopOf(first) || countOf(first) > LONG_LOOP_ROWS) return;
  const types = keys.map(({ definition }) => definition!.contents.toLowerCase());
  const rows = new Map<string, number>();
  const names = keys.map(({ name }) => name.text);
  for (let row = 0; row < countOf(first); row++) {
    const values = keys.map((column) => valueAt(column, row));
    if (!values.every(isGiven)) continue;
    const key = values.map(({ text }, index) => canonical(text, types[index]!)).join("\u0000");
    const earlier = rows.get(key);
    if (earlier === undefined) {
      rows.set(key, row);
      continue;
    }
    const shown = values.map(({ text }) => text).join(", ");
    const message = `${names.join(", ")} must tell the rows of the loop apart, but ${shown} stands in row ${earlier + 1} and again in row ${row + 1}.`;
    const related = [{ range: keyRange(keys, earlier), message: `Row ${earlier + 1}` }];
    report.add("duplicate-key", "warning", message, keyRange(keys, row), names, { related });
  }
}
