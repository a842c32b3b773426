import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  builtInDictionary,
  type Dictionary,
  loadDictionary,
  mergeDictionaries,
  validate,
} from "../../core/cif/dictionary/index.ts";
import { type CifDocument, parseCif } from "../../core/cif/index.ts";
import { placedIssue } from "../../core/crystal/index.ts";
import {
  type Issue,
  type Level,
  type Levels,
  leveled,
  readLevel,
  shownMessage,
  type TextRange,
} from "../../core/util/index.ts";
import { cifIssues } from "../../core/xray/index.ts";
import { CODES } from "../codes.generated.ts";
import { type Command, readCif, toJson, UsageError } from "../command.ts";
import { type Place, type Report, toSarif } from "../sarif.ts";

const FORMATS = ["text", "json", "sarif"] as const;
type Format = (typeof FORMATS)[number];

export const check: Command = {
  usage:
    "check FILE... [--dictionary FILE.dic]... [--no-dictionary] [--severity CODE=LEVEL]... [--format text|json|sarif] [--json]",
  summary:
    "problems of CIF files, each with its place; CODE is crystal/cell-volume or crystal/*, LEVEL error, warning, information, hint or off",
  run(argv) {
    const { files, dictionaries, useDictionary, levels, format } = readCheckArguments(argv);
    if (files.length === 0) throw new UsageError("give at least one file");
    const loaded = dictionaries.map(loadDictionaryFile);
    const dictionary =
      loaded.length > 0 ? mergeDictionaries(...loaded.map((one) => one.dictionary)) : builtInDictionary();
    const reports = files.map((file) => checkFile(file, useDictionary ? dictionary : undefined, levels));
    const faulty = reports.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === "error"));
    const errors = loaded.flatMap(({ file, issues }) => issues.map(({ message }) => `${file}: ${message}`));
    return { output: WRITERS[format](reports), errors, status: faulty ? 1 : 0 };
  },
};

interface CheckArguments {
  readonly files: readonly string[];
  readonly dictionaries: readonly string[];
  readonly useDictionary: boolean;
  readonly levels: Levels;
  readonly format: Format;
}

function readCheckArguments(argv: readonly string[]): CheckArguments {
  const files: string[] = [];
  const dictionaries: string[] = [];
  const levels = new Map<string, Level>();
  let useDictionary = true;
  let format: Format = "text";
  const rest = argv.flatMap(
    (argument) => /^(--(?:dictionary|severity|format))=(.*)$/s.exec(argument)?.slice(1) ?? [argument],
  );
  const nextValue = (option: string): string => {
    const value = rest.shift();
    if (value === undefined) throw new UsageError(`${option} needs a value`);
    return value;
  };
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === "--json") format = "json";
    else if (argument === "--no-dictionary") useDictionary = false;
    else if (argument === "--dictionary") dictionaries.push(nextValue(argument));
    else if (argument === "--severity") levels.set(...levelArgument(nextValue(argument)));
    else if (argument === "--format") {
      const value = nextValue(argument);
      const known = FORMATS.find((name) => name === value);
      if (!known) throw new UsageError(`--format is ${FORMATS.join(", ")}, not "${value}"`);
      format = known;
    } else if (argument === "--") files.push(...rest.splice(0));
    else if (argument.startsWith("-") && argument !== "-") throw new UsageError(`unknown option ${argument}`);
    else files.push(argument);
  }
  if (!useDictionary && dictionaries.length > 0)
    throw new UsageError("--dictionary and --no-dictionary exclude each other");
  return { files, dictionaries, useDictionary, levels, format };
}

/** `crystal/cell-volume=off` */
function levelArgument(argument: string): [string, Level] {
  const [code = "", ...level] = argument.split("=");
  const read = readLevel(code, level.join("="), CODES);
  if ("wrong" in read) throw new UsageError(`--severity CODE=LEVEL: ${read.wrong}`);
  return [code, read.level];
}

/** A dictionary with the files beside it that it imports. */
function loadDictionaryFile(file: string): {
  readonly file: string;
  readonly dictionary: Dictionary;
  readonly issues: readonly Issue[];
} {
  const imported = new Map<string, CifDocument | undefined>();
  const resolve = (name: string): CifDocument | undefined => {
    if (!imported.has(name)) {
      const beside = path.join(path.dirname(file), path.posix.basename(name));
      imported.set(name, existsSync(beside) ? parseCif(readFileSync(beside, "utf8")) : undefined);
    }
    return imported.get(name);
  };
  const { dictionary, issues } = loadDictionary(readCif(file), resolve);
  if (dictionary.items.size === 0)
    throw new UsageError(`${file} is not a dictionary: ${issues[0]?.message ?? "it defines no data names."}`);
  return { file, dictionary, issues };
}

/** All problems of a file in order of position, as loud as they are wanted. */
function checkFile(file: string, dictionary: Dictionary | undefined, levels: Levels): Report {
  const document = readCif(file);
  const ofDictionary = (dictionary ? validate(document, dictionary) : []).map((issue) => placedIssue(document, issue));
  const issues = [...cifIssues(document), ...ofDictionary].sort((a, b) => a.range.start - b.range.start);
  const placeOf = (range: TextRange): Place => {
    const start = document.lines.position(range.start);
    const end = document.lines.position(range.end);
    return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  };
  const diagnostics = leveled(issues, levels).map((issue) => {
    const { code, severity, range, block, names, related = [] } = issue;
    return {
      ...placeOf(range),
      severity,
      code,
      message: shownMessage(issue),
      block,
      names,
      related: related.map((other) => ({ ...placeOf(other.range), message: shownMessage(other) })),
    };
  });
  return { file, diagnostics };
}

const asText = (reports: readonly Report[]): string =>
  reports
    .flatMap(({ file, diagnostics }) =>
      diagnostics.map(
        ({ line, column, severity, message, code }) => `${file}:${line}:${column}: ${severity}: ${message} [${code}]\n`,
      ),
    )
    .join("");

const WRITERS: Readonly<Record<Format, (reports: readonly Report[]) => string>> = {
  text: asText,
  json: toJson,
  sarif: toSarif,
};
