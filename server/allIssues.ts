import type { DocumentIssue } from "../core/crystal/index.ts";

/** Kinds of which text and crystal often tell the cause at the same place already. */
const REPEATING: ReadonlySet<string> = new Set([
  "dictionary/dangling-link",
  "dictionary/duplicate-key",
  "dictionary/range",
  "dictionary/type",
  "dictionary/unknown-tag",
]);

/**
 * Problems of text and crystals together with those that the dictionaries found, in order of position. One slip is told
 * once: what the dictionaries say at the very place of another problem is left out where it repeats that.
 */
export function allIssues(
  ofDocument: readonly DocumentIssue[],
  ofDictionaries: readonly DocumentIssue[],
): readonly DocumentIssue[] {
  const places = new Set(ofDocument.map(placeOf));
  const others = ofDictionaries.filter((issue) => !(REPEATING.has(issue.code) && places.has(placeOf(issue))));
  return [...ofDocument, ...others].sort((a, b) => a.range.start - b.range.start);
}

const placeOf = ({ range }: DocumentIssue): string => `${range.start}-${range.end}`;
