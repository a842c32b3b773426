import { excerpt } from "./format.ts";
import type { Issue } from "./result.ts";

/** Of one kind this many problems are listed, unless told otherwise: more help nobody, and a file may have millions. */
export const MOST_LISTED = 1000;

const LONGEST_MESSAGE = 2000;

/** The message of an issue as it is shown: it may quote a line of any length. */
export const shownMessage = ({ message }: Pick<Issue, "message">): string => excerpt(message, LONGEST_MESSAGE);

/** The message of the problem that stands for all further ones of its kind; `about` tells what these have in common. */
export const moreProblems = (limit: number, about = ""): string =>
  `There are more problems of this kind${about} from here on; the first ${limit} are listed.`;

/** Problems as they are found, up to the limit of each kind. */
export interface IssueCollector<T extends Issue> {
  add(issue: T): void;
  readonly issues: readonly T[];
}

/**
 * Collects issues; of those with one code and one severity the first `limit`, and then one without remedies and further places that says that
 * there are more. So an error is never hidden behind a thousand hints.
 */
export function collectIssues<T extends Issue = Issue>(limit = MOST_LISTED): IssueCollector<T> {
  const issues: T[] = [];
  const counts = new Map<string, number>();
  return {
    issues,
    add(issue) {
      const kind = `${issue.code} ${issue.severity}`;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (count <= limit) issues.push(issue);
      else if (count === limit + 1) issues.push({ ...issue, message: moreProblems(limit), fixes: [], related: [] });
    },
  };
}

/** The same for issues that are there already. */
export function limitIssues<T extends Issue>(issues: readonly T[], limit?: number): readonly T[] {
  const collector = collectIssues<T>(limit);
  for (const issue of issues) collector.add(issue);
  return collector.issues;
}
