import type { Issue, IssueFix, Severity, TextRange } from "../../util/index.ts";

/** Of one kind and one data name this many problems are listed; a message says that there are more. */
const LIMIT = 50;

/** Collects the problems of a document. */
export interface Report {
  add(
    kind: string,
    severity: Severity,
    message: string,
    range: TextRange,
    names: readonly string[],
    fix?: IssueFix,
  ): void;
  /** All problems in order of position. */
  issues(): readonly Issue[];
}

export function createReport(): Report {
  const issues: Issue[] = [];
  const counts = new Map<string, number>();
  return {
    add(kind, severity, message, range, names, fix) {
      const key = `${kind} ${names[0]}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > LIMIT + 1) return;
      const code = `dictionary/${kind}`;
      if (count > LIMIT) {
        const more = `There are more problems of this kind with ${names[0]} from here on; the first ${LIMIT} are listed.`;
        issues.push({ code, severity: "information", message: more, range, names });
        return;
      }
      issues.push({ code, severity, message, range, names, ...(fix && { fixes: [fix] }) });
    },
    issues: () => issues.sort((a, b) => a.range!.start - b.range!.start),
  };
}

/** A fix that replaces one range. */
export const replacement = (title: string, range: TextRange, newText: string): IssueFix => ({
  title,
  edits: [{ range, newText }],
});
