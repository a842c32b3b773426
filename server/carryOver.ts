import type { DocumentIssue } from "../core/crystal/index.ts";
import type { TextRange } from "../core/util/index.ts";

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
  /** Where a place is now; undefined for one that the change touches. */
  const moved = ({ start, end }: TextRange): TextRange | undefined => {
    if (end < same) return { start, end };
    return start > changedEnd ? { start: start + shift, end: end + shift } : undefined;
  };
  return issues.flatMap((issue) => {
    // Edits were made for the older text.
    const { fixes: _outdated, related, ...rest } = issue;
    const range = moved(issue.range);
    if (!range) return [];
    const others = related?.flatMap(({ message, range: other }) => {
      const place = moved(other);
      return place ? [{ message, range: place }] : [];
    });
    return [{ ...rest, range, ...(others && { related: others }) }];
  });
}
