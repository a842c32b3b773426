import type { DocumentIssue } from "../../core/crystal/index.ts";
import type { Issue, JsonText, TextRange } from "../../core/util/index.ts";

/** Where an issue stands in its file: at its own range, at the value of its field, or at the name of what lacks the field. */
export const placed = (issue: Issue, json: JsonText | null): DocumentIssue => ({
  ...issue,
  range: issue.range ?? (json ? rangeOfField(json, issue.field ?? "") : { start: 0, end: 1 }),
  block: null,
  names: issue.names ?? [],
});

function rangeOfField(json: JsonText, field: string): TextRange {
  const path = field === "" ? [] : field.split(".");
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    if (hasValue(json.value, part)) return length === path.length ? json.rangeOf(part) : json.keyRangeOf(part);
  }
  const { start } = json.rangeOf([]);
  return { start, end: start + 1 };
}

function hasValue(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
  return hasValue(Reflect.get(value, key), rest);
}
