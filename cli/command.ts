import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type CifDocument, parseCif } from "../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../core/crystal/index.ts";
import { type Issue, type LineIndex, type Result, shownMessage } from "../core/util/index.ts";

export interface Command {
  readonly usage: string;
  readonly summary: string;
  run(argv: readonly string[]): Outcome | Promise<Outcome>;
}

export interface Outcome {
  readonly output: string;
  /** One line each, for standard error. */
  readonly errors: readonly string[];
  readonly status: 0 | 1;
}

/** The command line itself is wrong: exit status 2. */
export class UsageError extends Error {}

export interface Arguments {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly positionals: readonly string[];
  /** `--json` was given. */
  readonly json: boolean;
}

/** Reads a command line with the named options, each with a value, and `--json`. */
export function readArguments(argv: readonly string[], names: readonly string[]): Arguments {
  const text = { type: "string" } as const;
  const options = { ...Object.fromEntries(names.map((name) => [name, text])), json: { type: "boolean" } } as const;
  try {
    const { values, positionals } = parseArgs({ args: joinNegativeValues(argv), options, allowPositionals: true });
    const { json = false, ...others } = values;
    return { values: others as Record<string, string | undefined>, positionals, json: json === true };
  } catch (caught) {
    throw new UsageError(caught instanceof Error ? caught.message.split("\n")[0] : String(caught));
  }
}

/** `--hkl -1,0,2` is meant as a value, though it begins like an option. */
const joinNegativeValues = (argv: readonly string[]): string[] =>
  argv.reduce<string[]>((joined, argument) => {
    const option = joined.at(-1);
    if (option !== undefined && /^--[^=]+$/.test(option) && /^-[\d.]/.test(argument))
      joined[joined.length - 1] = `${option}=${argument}`;
    else joined.push(argument);
    return joined;
  }, []);

/** Value of an option that must be a number. */
export function numberOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new UsageError(`--${name} needs a number, not "${text}"`);
  return value;
}

export function requiredNumber(name: string, text: string | undefined): number {
  const value = numberOption(name, text);
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

export function onlyFile(positionals: readonly string[], wanted = "give one CIF file"): string {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError(wanted);
  return file;
}

export function readCif(file: string): CifDocument {
  try {
    return parseCif(readFileSync(file, "utf8"));
  } catch (caught) {
    const reason = caught instanceof Error && "code" in caught ? caught.code : caught;
    throw new UsageError(`cannot read ${file} (${reason})`);
  }
}

export interface LoadedCrystal {
  readonly document: CifDocument;
  readonly crystal: Result<Crystal>;
}

export function loadCrystal(file: string, block: string | undefined): LoadedCrystal {
  const document = readCif(file);
  return { document, crystal: crystalFromCif(document, block) };
}

/** The stable form of an issue: 1-based line and column, null without a place. */
export function reportIssue(issue: Issue, lines: LineIndex) {
  const place = issue.range && lines.position(issue.range.start);
  return {
    code: issue.code,
    severity: issue.severity,
    message: shownMessage(issue),
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
}

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** `file:line:column: message` of the errors among issues. */
export const errorLines = (issues: readonly Issue[], file: string, lines: LineIndex): readonly string[] =>
  issues
    .filter(({ severity }) => severity === "error")
    .map((issue) => {
      const place = issue.range && lines.position(issue.range.start);
      return `${file}${place ? `:${place.line}:${place.column}` : ""}: ${shownMessage(issue)}`;
    });
