import { canonical } from "./canonical.ts";
import { type Columns, countOf, groupedBy, valueAt } from "./columns.ts";
import type { Report } from "./report.ts";

/** Checks that no item stands in the block under two of its names with different values. */
export function checkAliases(columns: Columns, report: Report): void {
  const defined = columns.all.filter(({ definition }) => definition);
  const groups = groupedBy(defined, ({ definition }) => definition!);
  for (const [item, group] of groups) {
    if (group.length < 2) continue;
    const names = group.map(({ name }) => name.text);
    const range = group[1]!.name.range;
    const related = group
      .filter(({ name }) => name.range !== range)
      .map(({ name }) => ({ range: name.range, message: name.text }));
    const values = group.map((column) => (countOf(column) === 1 ? valueAt(column, 0) : undefined));
    const type = item.contents.toLowerCase();
    const differ =
      values.every((value) => value) && new Set(values.map((value) => canonical(value!.text, type))).size > 1;
    if (differ) {
      const shown = group.map(({ name }, index) => `${name.text} ${values[index]!.text}`).join(", ");
      const message = `These are names of one item but have different values (${shown}): keep the right one.`;
      report.add("alias-conflict", "warning", message, range, names, { related });
    } else {
      const message = `${names.join(" and ")} are names of one item: keep one of them.`;
      report.add("alias-repeated", "information", message, range, names, { related });
    }
  }
}
