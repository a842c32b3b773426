import { nearestName } from "./editDistance.ts";
import type { Issue, Severity } from "./result.ts";

/** How problems of one kind are told: as this severity, or not at all. */
export type Level = Severity | "off";

export const LEVELS: readonly Level[] = ["error", "warning", "information", "hint", "off"];

/** Levels that somebody wants, by code (`crystal/cell-volume`) or family (`crystal/*`). */
export type Levels = ReadonlyMap<string, Level>;

/** Issues with the severities that are wanted for their codes, else for their families, without those that are off. */
export function leveled<T extends Issue>(issues: readonly T[], levels: Levels): readonly T[] {
  if (levels.size === 0) return issues;
  return issues.flatMap((issue) => {
    const level = levels.get(issue.code) ?? levels.get(issue.code.replace(/\/.*/, "/*"));
    if (level === "off") return [];
    return [level === undefined ? issue : { ...issue, severity: level }];
  });
}

/**
 * A level as somebody wrote it, or the sentence that says what is wrong with it.
 * @param codes all codes that there are; left out, a code that looks like one will do
 */
export function readLevel(
  code: string,
  level: unknown,
  codes?: readonly string[],
): { readonly level: Level } | { readonly wrong: string } {
  const known = LEVELS.find((one) => one === level);
  if (known === undefined) {
    return { wrong: `${code} is set to ${JSON.stringify(level)}: write one of ${LEVELS.join(", ")}.` };
  }
  const families = codes?.map((one) => one.replace(/\/.*/, "/*"));
  const isCode = codes ? codes.includes(code) || families?.includes(code) : /^[a-z]+\/([a-z0-9-]+|\*)$/.test(code);
  if (isCode) return { level: known };
  const meant = nearestName(code, [...new Set([...(codes ?? []), ...(families ?? [])])]);
  const remedy =
    meant === undefined ? "write one such as crystal/cell-volume, or crystal/* for all of them" : `is ${meant} meant?`;
  return { wrong: `There is no code ${JSON.stringify(code)}: ${remedy}${meant === undefined ? "." : ""}` };
}
