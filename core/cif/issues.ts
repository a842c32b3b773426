import { type Issue, moreProblems, type RelatedPlace, type Severity, type TextRange } from "../util/index.ts";

/** Problems of one kind are listed up to this number, so that a binary file does not give a million of them. */
const LIMIT = 100;

export interface IssueList {
  /** A message that is a function is asked for only if the problem is listed. */
  add(
    slug: string,
    message: string | (() => string),
    range: TextRange,
    more?: { readonly severity?: Severity; readonly related?: readonly RelatedPlace[] },
  ): void;
  /** All issues in order of position. */
  sorted(): readonly Issue[];
}

export function createIssueList(): IssueList {
  const issues: Issue[] = [];
  const counts = new Map<string, number>();
  return {
    add(slug, message, range, { severity = "error", related } = {}) {
      const count = (counts.get(slug) ?? 0) + 1;
      counts.set(slug, count);
      if (count > LIMIT + 1) return;
      const issue = { code: `syntax/${slug}`, severity, range };
      if (count > LIMIT) issues.push({ ...issue, message: moreProblems(LIMIT) });
      else
        issues.push({
          ...issue,
          message: typeof message === "string" ? message : message(),
          ...(related && { related }),
        });
    },
    sorted: () => issues.sort((a, b) => a.range!.start - b.range!.start),
  };
}

/** Text of the document as a message quotes it: one line, not too long. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return `"${line.length > 40 ? `${line.slice(0, 37)}...` : line}"`;
}

/** "1 value", "3 values". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Names as a message lists them. */
export function listed(names: readonly { readonly text: string }[]): string {
  const texts = names.map((name) => quoted(name.text).slice(1, -1));
  return texts.length <= 4 ? texts.join(", ") : `${texts[0]} to ${texts.at(-1)}`;
}
