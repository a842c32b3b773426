import {
  editDistance,
  error,
  fail,
  format,
  type Issue,
  MAX_ISSUES,
  ok,
  type Result,
  textTooLong,
} from "../util/index.ts";
import type { ExportContent } from "./exportContent.ts";

/** `{{motor.mu}}`, with the number of decimals after a colon: `{{motor.mu:3}}`. */
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
const DECIMALS = 4;
/** Names with more letters different from each other are not taken for slips. */
const FARTHEST = 4;

/**
 * A user's text with the positions of the motors put in: a macro to be read by a person before it is used. Numbers have
 * an ASCII minus sign and a decimal point. Every placeholder that is not known is an issue with its place in the text.
 */
export function fillTemplate(template: string, content: ExportContent): Result<string> {
  const tooLong = textTooLong(template);
  if (tooLong) return fail(tooLong);
  const values = placeholders(content);
  const issues: Issue[] = [];
  const text = template.replace(PLACEHOLDER, (whole, inside: string, start: number) => {
    const colon = inside.indexOf(":");
    const name = (colon < 0 ? inside : inside.slice(0, colon)).trim();
    const digits = colon < 0 ? undefined : inside.slice(colon + 1).trim();
    const refuse = (message: string): string => {
      if (issues.length < MAX_ISSUES)
        issues.push(error("template/placeholder", message, { range: { start, end: start + whole.length } }));
      return whole;
    };
    const value = values.get(name);
    if (value === undefined) return refuse(unknown(name, [...values.keys()]));
    if (digits === undefined) return typeof value === "number" ? number(value, DECIMALS) : value;
    const decimals = Number(digits);
    if (typeof value !== "number" || !/^\d{1,2}$/.test(digits) || decimals > 15) {
      return refuse(
        `"${format.excerpt(digits)}" in ${format.excerpt(whole)} is no number of decimals of a number: write 0 to 15, or leave it out.`,
      );
    }
    return number(value, decimals);
  });
  const open = template.replace(PLACEHOLDER, (whole) => " ".repeat(whole.length)).indexOf("{{");
  if (open >= 0) {
    issues.push(error("template/open", 'This "{{" is not closed by "}}".', { range: { start: open, end: open + 2 } }));
  }
  return issues.length > 0 ? fail(...issues) : ok(text);
}

/** All names that a template may use, with their values. */
export function placeholders({
  name,
  logbook,
  energy_keV,
  experiment,
  motors,
}: ExportContent): ReadonlyMap<string, number | string> {
  const { geometry } = experiment;
  const [h, k, l] = geometry.hkl;
  return new Map<string, number | string>([
    ["plan.name", oneLine(name)],
    ["plan.origin", oneLine(logbook.origin)],
    ["plan.energy_keV", energy_keV],
    ["plan.hkl", `${h} ${k} ${l}`],
    ["plan.twoTheta_deg", geometry.twoTheta_deg],
    ...motors.map((motor): [string, number] => [`motor.${motor.name}`, motor.value]),
  ]);
}

/** A name within a macro must not begin a line of its own. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, " ");

/** Never "-0.000". */
function number(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function unknown(name: string, known: readonly string[]): string {
  const distance = (candidate: string): number => editDistance(candidate, name, FARTHEST);
  const nearest = [...known].sort((a, b) => distance(a) - distance(b))[0] ?? "";
  const hint = distance(nearest) <= FARTHEST ? ` Did you mean "${nearest}"?` : "";
  return `There is no value "${format.excerpt(name)}" in this plan.${hint} Known are ${known.join(", ")}.`;
}
