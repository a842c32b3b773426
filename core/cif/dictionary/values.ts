import type { Severity } from "../../util/index.ts";
import { editDistance } from "../../util/index.ts";
import { quoted } from "../issues.ts";
import { parseNumber } from "../number.ts";
import type { CifValue } from "../tree.ts";
import { canonical } from "./canonical.ts";
import { type Column, countOf, isGiven, isUndotted, loopOf, valueAt } from "./columns.ts";
import { containerProblem } from "./containers.ts";
import { type ContentProblem, type ContentType, contentProblems, contentTypeFrom, isNumeric } from "./contents.ts";
import type { ItemDefinition, ValueRange } from "./model.ts";
import { EVERYTHING, type NumberRange, quickTest } from "./quick.ts";
import { type Report, replacement } from "./report.ts";

/** The rules for the values of an item, worked out once for a column. */
interface Rules {
  readonly item: ItemDefinition;
  readonly content: ContentType;
  readonly type: string;
  readonly range: NumberRange;
  readonly suMultiplier: number;
  /** The states in the form in which they are compared. */
  readonly states: ReadonlySet<string> | undefined;
}

/** Relative size of what binary fractions lose. */
const ROUNDING = 1e-12;

/** Items that combine states, each of one letter: `DGT`. */
const COMBINED_STATES = new Set(["_atom_site.refinement_flags"]);

/**
 * Checks each value of a column: container, type, enumeration, range and uncertainty. `suColumn` is the column with the
 * uncertainties of its values, if the block has one.
 */
export function checkValues(
  column: Column,
  suColumn: Column | undefined,
  text: string,
  suMultiplier: number,
  report: Report,
): void {
  const { definition: item } = column;
  if (!item || /^(?:byreference|implied|inherited)$/i.test(item.contents)) return;
  const rules = rulesFor(item, suMultiplier);
  const clearsSu = item.purpose === "Measurand" && !suColumn;
  const test = quickTest(item, rules.content, rules.range, clearsSu);
  const loop = loopOf(column);
  for (let row = 0, count = countOf(column); row < count; row++) {
    if (loop && test(text, loop.startOf(row, column.index), loop.endOf(row, column.index))) continue;
    const value = valueAt(column, row);
    if (isGiven(value)) checkValue(value, suColumn && valueAt(suColumn, row), column, rules, report);
  }
}

function rulesFor(item: ItemDefinition, suMultiplier: number): Rules {
  const content = contentTypeFrom(item.contents);
  const type = content.kind === "plain" ? content.type : "";
  const hasStates = item.states && !item.statesAreOpen && item.container === "Single";
  const states = hasStates ? new Set(item.states.map(({ code }) => canonical(code, type))) : undefined;
  return { item, content, type, range: numberRange(item.range, type), suMultiplier, states };
}

function numberRange(range: ValueRange | undefined, type: string): NumberRange {
  if (!range || !isNumeric(type)) return EVERYTHING;
  return { min: Number(range.min ?? -Infinity), max: Number(range.max ?? Infinity) };
}

function checkValue(value: CifValue, su: CifValue | undefined, column: Column, rules: Rules, report: Report): void {
  const names = [column.name.text];
  const container = containerProblem(value, rules.item);
  if (container !== undefined) {
    const severity = isUndotted(column.name.text) ? "information" : "warning";
    report.add("container", severity, `${column.name.text} ${container}.`, value.range, names);
  }
  const problems = contentProblems(value, rules.content);
  for (const problem of problems) reportContent(problem, column, rules, report);
  if (problems.some(({ isQuotedNumber }) => !isQuotedNumber) || value.items || value.entries) return;
  checkState(value, column, rules, report);
  if (value.kind === "unquoted") checkNumber(value, su, column, rules, report);
  if (rules.item.range && !isNumeric(rules.type)) checkLetterRange(value, column, rules.item.range, report);
}

function reportContent(problem: ContentProblem, column: Column, rules: Rules, report: Report): void {
  const { value, wanted, isQuotedNumber } = problem;
  const name = column.name.text;
  if (report.isFull("type", name)) return;
  const shown = quoted(value.text);
  const names = [name];
  if (isQuotedNumber) {
    const message = `${name} should be a number, but ${shown} in quotes is text: remove the quotes.`;
    const fix = replacement("Remove the quotes", value.range, value.text.trim());
    report.add("type", "information", message, value.range, names, { fix });
    return;
  }
  const isNumber = rules.content.kind === "plain" && isNumeric(rules.type);
  if (isNumber && /^[+-]?\d+\.0*$/.test(value.text)) {
    const message = `${name} should be ${wanted}: write ${value.text.replace(/\..*/, "")} for ${value.text}.`;
    report.add("type", "hint", message, value.range, names);
    return;
  }
  const corrected = isNumber ? correctedNumber(value.text) : undefined;
  const hint = corrected === undefined ? "" : ` Is ${corrected} meant?`;
  const fix = corrected === undefined ? undefined : replacement(`Replace by ${corrected}`, value.range, corrected);
  const remedy = isNumber && !/\d/.test(value.text) ? " Write ? for an unknown number." : hint;
  report.add(
    "type",
    contentSeverity(value, name, isNumber),
    `${name} should be ${wanted}, not ${shown}.${remedy}`,
    value.range,
    names,
    { fix },
  );
}

/** Words in the place of a number are common in old files; a number that cannot be read as one is an error. */
function contentSeverity({ text, items }: CifValue, name: string, isNumber: boolean): Severity {
  if (!isNumber || items) return isUndotted(name) ? "information" : "warning";
  const isSlip = /\d/.test(text) && (!isUndotted(name) || correctedNumber(text) !== undefined);
  return isSlip ? "error" : "warning";
}

/** The number that was meant where letters l, I or O stand for digits, or a comma for the point. */
function correctedNumber(text: string): string | undefined {
  if (!/\d/.test(text)) return undefined;
  const corrected = text.trim().replace(/[lI]/g, "1").replace(/[oO]/g, "0").replace(",", ".");
  return corrected !== text && parseNumber(corrected) ? corrected : undefined;
}

function checkState(value: CifValue, column: Column, { item, states, type }: Rules, report: Report): void {
  if (!states || states.has(canonical(value.text, type))) return;
  if (COMBINED_STATES.has(item.name.toLowerCase()) && [...value.text].every((letter) => states.has(letter))) return;
  const name = column.name.text;
  if (report.isFull("enum", name)) return;
  const codes = item.states!.map(({ code }) => code);
  const similar = closest(value.text, codes);
  const isOnlyCase = similar?.toLowerCase() === value.text.toLowerCase();
  const listed = codes.length <= 12 ? codes.join(", ") : `${codes.slice(0, 8).join(", ")} ... (${codes.length} values)`;
  const hint = similar === undefined ? "" : ` Is ${similar} meant?`;
  const message = `${quoted(value.text)} is not one of the values of ${name}: ${listed}.${hint}`;
  const severity = isOnlyCase ? "hint" : isUndotted(name) ? "information" : "warning";
  const written = similar !== undefined && /\s/.test(similar) ? `'${similar}'` : similar;
  const fix = written === undefined ? undefined : replacement(`Replace by ${written}`, value.range, written);
  report.add("enum", severity, message, value.range, [name], { fix });
}

/** The state that differs by case, or by at most two letters, in a short text by one. */
function closest(text: string, codes: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  const sameLetters = codes.find((code) => code.toLowerCase() === lower);
  if (sameLetters !== undefined) return sameLetters;
  const limit = text.length < 7 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const code of codes) {
    const distance = editDistance(lower, code.toLowerCase(), bestDistance - 1);
    if (distance < bestDistance) [best, bestDistance] = [code, distance];
  }
  return best;
}

/** Range and uncertainty of a number. A value may pass the range by three of its uncertainties, as checkCIF allows. */
function checkNumber(
  value: CifValue,
  suValue: CifValue | undefined,
  column: Column,
  { item, type, range, suMultiplier }: Rules,
  report: Report,
): void {
  if (!isNumeric(type)) return;
  const number = parseNumber(value.text);
  if (!number) return;
  const name = column.name.text;
  if (number.su !== null && item.purpose !== "Measurand") {
    const stripped = value.text.replace(/\(\d+\)$/, "");
    const message = `${name} takes no standard uncertainty: write ${stripped} for ${value.text}.`;
    const fix = replacement("Remove the uncertainty", value.range, stripped);
    report.add("su-not-permitted", "information", message, value.range, [name], { fix });
  }
  const separate = suValue ? parseNumber(suValue.text)?.value : undefined;
  if (number.su !== null && separate !== undefined && Math.abs(number.su - separate) > ROUNDING * separate) {
    const message = `${name} has two uncertainties: ${number.su} in ${value.text}, and ${separate} in an item of its own.`;
    report.add("su-mismatch", "hint", message, value.range, [name], {
      related: [{ range: suValue!.range, message: `The other uncertainty, ${separate}` }],
    });
  }
  const margin = suMultiplier * (number.su ?? separate ?? 0) + ROUNDING * Math.abs(number.value);
  if (number.value + margin < range.min || number.value - margin > range.max) {
    const unit = item.units === undefined ? "" : ` ${item.units.replaceAll("_", " ")}`;
    const message = `${name} is ${value.text}, but should be ${limits(item.range!)}${unit}.`;
    report.add("range", "warning", message, value.range, [name]);
  }
}

/** Ranges of letters exist in DDL1: `a:Y` compares by code point. */
function checkLetterRange(value: CifValue, column: Column, range: ValueRange, report: Report): void {
  const isBelow = range.min !== undefined && value.text < range.min;
  const isAbove = range.max !== undefined && value.text > range.max;
  if (!isBelow && !isAbove) return;
  const message = `${column.name.text} is ${quoted(value.text)}, but should be ${limits(range)}.`;
  report.add("range", "warning", message, value.range, [column.name.text]);
}

function limits({ min, max }: ValueRange): string {
  if (min !== undefined && max !== undefined) return `between ${min} and ${max}`;
  return min === undefined ? `at most ${max}` : `at least ${min}`;
}
