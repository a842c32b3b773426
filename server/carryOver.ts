import type { DocumentIssue } from "../core/crystal/index.ts";

/**
 * Problems of an older text where they stand in a newer one, which differs from it in one place: those before the change
 * stay, those behind it move along, those that it touches are left out.
 */
export function carryOver(issues: readonly DocumentIssue[], older: string, newer: string): readonly DocumentIssue[] {
  if (older === newer || issues.length === 0) return issues;
  const shorter = Math.min(older.length, newer.length);
  let same = 0;
  while (same < shorter && older.charCodeAt(same) === newer.charCodeAt(same)) same++;
  let tail = 0;
  while (
    tail < shorter - same &&
    older.charCodeAt(older.length - 1 - tail) === newer.charCodeAt(newer.length - 1 - tail)
  ) {
    tail++;
  }
  const changedEnd = older.length - tail;
  const shift = newer.length - older.length;
  return issues.flatMap((issue) => {
    const { start, end } = issue.range;
    if (end < same) return [issue];
    if (start <= changedEnd) return [];
    // Edits were made for the older text.
    const { fixes: _outdated, ...rest } = issue;
    return [{ ...rest, range: { start: start + shift, end: end + shift } }];
  });
}
