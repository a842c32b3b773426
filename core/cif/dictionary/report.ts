import {
  type Issue,
  type IssueFix,
  moreProblems,
  type RelatedPlace,
  type Severity,
  type TextRange,
} from "../../util/index.ts";

/** Of one kind this many problems with one data name are listed, and this many in all; a message says that there are more. */
const LIMIT_PER_NAME = 50;
const LIMIT_PER_KIND = 1000;

/** Collects the problems of a document. */
export interface Report {
  add(
    kind: string,
    severity: Severity,
    message: string,
    range: TextRange,
    names: readonly string[],
    more?: { readonly fix?: IssueFix | undefined; readonly related?: readonly RelatedPlace[] },
  ): void;
  /** Whether no more problems of a kind with a name are listed, so that none need be worked out. */
  isFull(kind: string, name: string): boolean;
  /** All problems in order of position. */
  issues(): readonly Issue[];
}

export function createReport(): Report {
  const issues: Issue[] = [];
  const counts = new Map<string, number>();
  const counted = (key: string): number => counts.get(key) ?? 0;
  return {
    add(kind, severity, message, range, names, { fix, related } = {}) {
      const ofKind = counted(kind);
      if (ofKind > LIMIT_PER_KIND) return;
      const key = `${kind} ${names[0]}`;
      const code = `dictionary/${kind}`;
      const ofName = counted(key);
      if (ofName > LIMIT_PER_NAME) return;
      counts.set(key, ofName + 1);
      counts.set(kind, ofKind + 1);
      if (ofName < LIMIT_PER_NAME && ofKind < LIMIT_PER_KIND) {
        issues.push({
          code,
          severity,
          message,
          range,
          names,
          ...(fix && { fixes: [fix] }),
          ...(related && { related }),
        });
        return;
      }
      const [about, listed] = ofKind < LIMIT_PER_KIND ? [` with ${names[0]}`, LIMIT_PER_NAME] : ["", LIMIT_PER_KIND];
      issues.push({ code, severity: "information", message: moreProblems(listed, about), range, names });
    },
    isFull: (kind, name) => counted(kind) > LIMIT_PER_KIND || counted(`${kind} ${name}`) > LIMIT_PER_NAME,
    issues: () => issues.sort((a, b) => a.range!.start - b.range!.start),
  };
}

/** A fix that replaces one range. */
export const replacement = (title: string, range: TextRange, newText: string): IssueFix => ({
  title,
  edits: [{ range, newText }],
});
