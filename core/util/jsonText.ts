import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import * as v from "valibot";
import { nearestName } from "./editDistance.ts";
import { excerpt } from "./format.ts";
import { error, fail, type Issue, ok, type Result, type TextRange } from "./result.ts";

/** A text in JSON with comments, with the place of each of its values. */
export interface JsonText {
  readonly value: unknown;
  /** Where the text is not JSON. */
  readonly issues: readonly Issue[];
  /** Range of the value at a path; of the nearest value around it where there is none. */
  rangeOf(path: readonly (string | number)[]): TextRange;
  /** Range of the key of a property; of the value at the path where it has none. */
  keyRangeOf(path: readonly (string | number)[]): TextRange;
  /** Dotted path of the innermost value or key at an offset; empty for the whole. */
  pathAt(offset: number): readonly (string | number)[];
}

/** Whether the first thing in a text, comments apart, is an object. */
export function looksLikeJson(text: string): boolean {
  const content = text.slice(0, MAX_LENGTH).replace(/^\uFEFF/, "");
  const scanner = createScanner(content, true);
  scanner.scan();
  return content[scanner.getTokenOffset()] === "{";
}

/** Reads a text in JSON with comments and trailing commas. What can be read of a broken one is read. */
export function readJsonText(text: string): JsonText {
  const { root, issues } = parse(text);
  const whole: TextRange = root ? rangeOfNode(root) : { start: 0, end: Math.min(1, text.length) };
  const find = (path: readonly (string | number)[]): Node | undefined => (root ? nodeAt(root, path) : undefined);
  return {
    value: root === undefined ? undefined : contentOf(root),
    issues,
    rangeOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = find(path.slice(0, length));
        if (node) return rangeOfNode(node);
      }
      return whole;
    },
    keyRangeOf(path) {
      const key = find(path)?.parent?.children?.[0];
      return key?.type === "string" && key.parent?.type === "property" ? rangeOfNode(key) : this.rangeOf(path);
    },
    pathAt(offset) {
      const path: (string | number)[] = [];
      let node = root;
      while (node) {
        const child: Node | undefined = node.children?.find(
          (candidate) => candidate.offset <= offset && offset <= candidate.offset + candidate.length,
        );
        if (!child) break;
        if (child.type === "property") path.push(String(child.children?.[0]?.value));
        if (node.type === "array") path.push(node.children?.indexOf(child) ?? 0);
        node = child.type === "property" ? child.children?.[1] : child;
      }
      return path;
    },
  };
}

/** Deeper nesting than any of our files has; the parser and whoever walks its tree are recursive. */
const MAX_DEPTH = 100;

/** What is wrong with a text beyond these is told once these are mended. */
export const MAX_ISSUES = 100;

/** Longer than any of our files is; what reads them need not be fast on more. */
const MAX_LENGTH = 500_000;

/** The issue of a text that is too long to be a plan, an instrument or a lens. */
export function textTooLong({ length }: string): Issue | undefined {
  if (length <= MAX_LENGTH) return undefined;
  const message = `The file has ${length} characters and is not read: no file of this kind has more than ${MAX_LENGTH}.`;
  return error("file/too-long", message, { range: { start: 0, end: 1 } });
}

function parse(text: string): { readonly root?: Node; readonly issues: readonly Issue[] } {
  const tooLong = textTooLong(text);
  if (tooLong) return { issues: [tooLong] };
  const tooDeep = firstDeeperThan(MAX_DEPTH, text);
  if (tooDeep !== undefined) {
    const range = { start: tooDeep, end: tooDeep + 1 };
    const message = `More than ${MAX_DEPTH} lists and objects are nested here: no file of this kind is so deep.`;
    return { issues: [error("json/depth", message, { range })] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: false });
  const issues = errors.slice(0, MAX_ISSUES).map(({ error: code, offset, length }) =>
    error("json/syntax", SYNTAX[printParseErrorCode(code)] ?? "This is not JSON.", {
      range: within(text, offset, length),
    }),
  );
  return { ...(root && { root }), issues };
}

/** At least one character of the text, where it has any. */
function within(text: string, offset: number, length: number): TextRange {
  const start = Math.max(0, Math.min(offset, text.length - 1));
  return { start, end: Math.min(text.length, start + Math.max(1, length)) };
}

/** Offset of the first bracket outside texts and comments at which the nesting exceeds `limit`. */
function firstDeeperThan(limit: number, text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const first = text[scanner.getTokenOffset()];
    if (first === "{" || first === "[") depth++;
    if (first === "}" || first === "]") depth--;
    if (depth > limit) return scanner.getTokenOffset();
  }
  return undefined;
}

/**
 * The value of a text if it has the shape of a schema. Every fault is an error at its place, with its dotted path as
 * `field`; keys that the schema does not know are kept, and a key that looks misspelt is warned of.
 * @param code of the errors of shape, such as `plan/shape`
 */
export function checkJsonText<S extends v.GenericSchema>(
  json: JsonText,
  schema: S,
  code: string,
): Result<v.InferOutput<S>> {
  if (json.issues.length > 0) return fail(...json.issues);
  const spelling = misspeltKeys(json, schema, `${code}-unknown-key`);
  const parsed = v.safeParse(schema, json.value);
  if (parsed.success) return ok(parsed.output, spelling);
  const faults = parsed.issues.slice(0, MAX_ISSUES).map((issue): Issue => {
    const path = issue.path?.map(({ key }) => key as string | number) ?? [];
    return {
      code,
      severity: "error",
      message: shapeMessage(issue, path),
      range: json.rangeOf(path),
      field: path.join("."),
    };
  });
  return fail(...faults, ...spelling.slice(0, MAX_ISSUES));
}

function shapeMessage(issue: v.BaseIssue<unknown>, path: readonly (string | number)[]): string {
  const name = path.join(".");
  if (issue.input === undefined && path.length > 0) {
    return `${name} is missing: add it${issue.expected === null ? "" : ` (${expectation(issue.expected)})`}.`;
  }
  if (issue.kind !== "schema") return `${name === "" ? "The file" : name} ${issue.message}`;
  const what = name === "" ? "The file" : name;
  return `${what} must be ${expectation(issue.expected ?? "something else")}, not ${shown(issue.input)}.`;
}

/** valibot's name of what it expects, in words. */
function expectation(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    number: "a number",
    string: "a text in quotes",
    boolean: "true or false",
    Object: "an object in { }",
    Array: "a list in [ ]",
    null: "null",
  };
  const alternatives = expected.replace(/^\(|\)$/g, "").split(" | ");
  return alternatives.map((one) => words[one] ?? one).join(" or ");
}

const shown = (value: unknown): string => excerpt(JSON.stringify(value) ?? "nothing");

/** Keys that no schema of their object knows and that resemble one of its missing ones, each with its remedy. */
export const misspeltKeys = (json: JsonText, schema: v.GenericSchema, code: string): readonly Issue[] =>
  misspelt(json, schema, json.value, [], code);

function misspelt(
  json: JsonText,
  schema: v.GenericSchema,
  value: unknown,
  path: readonly (string | number)[],
  code: string,
): readonly Issue[] {
  const inner = meantSchema(schema, value);
  if (Array.isArray(value)) {
    const items = "item" in inner ? (inner.item as v.GenericSchema) : undefined;
    return items ? value.flatMap((item, i) => misspelt(json, items, item, [...path, i], code)) : [];
  }
  if (typeof value !== "object" || value === null || !("entries" in inner)) return [];
  const entries = inner.entries as Readonly<Record<string, v.GenericSchema>>;
  return Object.entries(value)
    .slice(0, MAX_ISSUES)
    .flatMap(([key, child]) => {
      const known = Object.hasOwn(entries, key) ? entries[key] : undefined;
      if (known) return misspelt(json, known, child, [...path, key], code);
      const meant = nearestName(
        key,
        Object.keys(entries).filter((other) => !(other in value)),
      );
      if (meant === undefined) return [];
      const range = json.keyRangeOf([...path, key]);
      const fix = { title: `Replace by ${meant}`, edits: [{ range, newText: JSON.stringify(meant) }] };
      const message = `${[...path, key].join(".")} is not known and has no effect: is ${meant} meant?`;
      return [{ code, severity: "warning", message, range, fixes: [fix] }];
    });
}

/** The schema inside `optional`, `nullable` and pipes; of several alternatives the one most of whose keys are there. */
function meantSchema(schema: v.GenericSchema, value: unknown): v.GenericSchema {
  if ("wrapped" in schema) return meantSchema(schema.wrapped as v.GenericSchema, value);
  if (schema.type !== "union" || !("options" in schema)) return schema;
  const options = (schema.options as readonly v.GenericSchema[]).map((option) => meantSchema(option, value));
  const present = (option: v.GenericSchema): number =>
    "entries" in option && typeof value === "object" && value !== null
      ? Object.keys(option.entries as object).filter((key) => key in value).length
      : 0;
  return options.reduce((best, option) => (present(option) > present(best) ? option : best));
}

const rangeOfNode = ({ offset, length }: Node): TextRange => ({ start: offset, end: offset + length });

function nodeAt(node: Node, [key, ...rest]: readonly (string | number)[]): Node | undefined {
  if (key === undefined) return node;
  const child =
    typeof key === "number" || node.type === "array"
      ? node.children?.[Number(key)]
      : node.children?.find(({ children }) => children?.[0]?.value === key)?.children?.[1];
  return child && nodeAt(child, rest);
}

function contentOf(node: Node): unknown {
  if (node.type === "array") return node.children?.map(contentOf) ?? [];
  if (node.type !== "object") return node.value;
  const entries = (node.children ?? []).flatMap(({ children }): [string, unknown][] =>
    children?.[1] ? [[String(children[0]?.value), contentOf(children[1])]] : [],
  );
  return Object.fromEntries(entries);
}

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: "This word is not JSON: write texts in double quotes, and numbers with a point.",
  InvalidNumberFormat: "This is not a number in JSON: write it like 17, 0.5 or 1.4e-4.",
  PropertyNameExpected: 'The name of a property in double quotes is missing here: "name": value.',
  ValueExpected: "A value is missing here.",
  ColonExpected: "A colon is missing between the name of the property and its value.",
  CommaExpected: "A comma is missing before this.",
  CloseBraceExpected: "The object is not closed: a } is missing.",
  CloseBracketExpected: "The list is not closed: a ] is missing.",
  EndOfFileExpected: "The file should end here: what follows is not part of the object.",
  UnexpectedEndOfComment: "The comment is not closed: */ is missing.",
  UnexpectedEndOfString: "The text is not closed: a double quote is missing.",
  UnexpectedEndOfNumber: "The number is not complete.",
  InvalidUnicode: "\\u must be followed by four hexadecimal digits.",
  InvalidEscapeCharacter: "This escape is not known in JSON: write \\\\ for a backslash.",
  InvalidCharacter: "This character must not stand in a text as it is.",
};
