import { listed } from "../issues.ts";
import { type Column, type Columns, groupedBy, isUndotted, loopOf } from "./columns.ts";
import { type Dictionary, loopedAncestors } from "./model.ts";
import type { Report } from "./report.ts";

/** Checks that loops hold one category each, that single items are not looped, and that categories are not torn apart. */
export function checkCategories(columns: Columns, dictionary: Dictionary, report: Report): void {
  for (const loop of definedLoops(columns)) checkMixture(loop, dictionary, report);
  for (const column of columns.all) checkLooping(column, dictionary, report);
  for (const [name, category] of loopedCategories(columns, dictionary)) {
    if (dictionary.categories.get(name)!.keys.length > 0) checkTear(category, report);
  }
}

/** The columns of each loop that has a name which is defined. */
function definedLoops(columns: Columns): Iterable<readonly Column[]> {
  const loops = new Set(columns.all.flatMap((column) => (column.definition && loopOf(column)) ?? []));
  const looped = columns.all.filter(({ entry }) => entry.kind === "loop" && loops.has(entry));
  return groupedBy(looped, ({ entry }) => entry).values();
}

/** The columns of each looped category that the block has. */
export function loopedCategories(columns: Columns, dictionary: Dictionary): ReadonlyMap<string, readonly Column[]> {
  const looped = columns.all.filter(
    ({ definition }) => dictionary.categories.get(definition?.category ?? "")?.class === "Loop",
  );
  return groupedBy(looped, ({ definition }) => definition!.category);
}

function checkMixture(columns: readonly Column[], dictionary: Dictionary, report: Report): void {
  const present = new Set(columns.flatMap(({ definition }) => definition?.category ?? []));
  const isWithin = (category: string): boolean =>
    loopedAncestors(dictionary, category).some((ancestor) => present.has(ancestor));
  const roots = [...present].filter(
    (category) => dictionary.categories.get(category)?.class !== "Loop" || !isWithin(category),
  );
  if (roots.length < 2) return;
  const severity = columns.every(({ name }) => isUndotted(name.text)) ? "information" : "warning";
  const names = columns.map(({ name }) => name.text);
  const message = `This loop mixes the categories ${roots.join(" and ")}: give each a loop of its own.`;
  const related = roots.flatMap((root) => {
    const name = columns.find(({ definition }) => definition?.category === root)?.name;
    return name ? [{ range: name.range, message: `${name.text} of ${root}` }] : [];
  });
  report.add("mixed-category", severity, message, loopOf(columns[0]!)!.keyword, names, { related });
}

function checkLooping(column: Column, dictionary: Dictionary, report: Report): void {
  const { name, definition, entry } = column;
  if (entry.kind !== "loop" || !definition || dictionary.categories.get(definition.category)?.class !== "Set") return;
  const message = `${name.text} has one value in a block, so it must not stand in a loop.`;
  report.add("not-loopable", entry.rowCount > 1 ? "warning" : "hint", message, name.range, [name.text]);
}

/** Not asked of categories without keys: in DDL1 one category may be several loops. */
function checkTear(columns: readonly Column[], report: Report): void {
  const first = columns[0]!;
  const odd = columns.find((column) => loopOf(column) !== loopOf(first));
  if (!odd) return;
  const severity = columns.every(({ name }) => isUndotted(name.text)) ? "information" : "warning";
  const category = first.definition!.category;
  const names = columns.map(({ name }) => name.text);
  const shown = listed(columns.map(({ name }) => name));
  const message = `The items of the category ${category} (${shown}) must stand in one loop, but ${odd.name.text} stands elsewhere than ${first.name.text}.`;
  const related = [{ range: first.name.range, message: first.name.text }];
  report.add("split-loop", severity, message, odd.name.range, names, { related });
}
