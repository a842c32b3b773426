import { isClosedQuote, isClosedTextField } from "./scan.ts";
import { isValueKind, TOKEN, type TokenTable, tokenBehind } from "./tokens.ts";
import type { CifTableEntry, CifValue } from "./tree.ts";

/** The value that the token `index` holds. */
export function createValue(text: string, tokens: TokenTable, index: number): CifValue {
  const start = tokens.starts[index]!;
  const end = tokens.ends[index]!;
  const range = { start, end };
  const written = text.slice(start, end);
  switch (tokens.kinds[index]) {
    case TOKEN.singleQuoted:
      return { kind: "single-quoted", text: unquote(written, 1), range };
    case TOKEN.doubleQuoted:
      return { kind: "double-quoted", text: unquote(written, 1), range };
    case TOKEN.tripleQuoted:
      return { kind: "triple-quoted", text: unquote(written, 3), range };
    case TOKEN.textField:
      return { kind: "text-field", text: textFieldContent(written), range };
    case TOKEN.list:
      return createList(text, tokens, index);
    case TOKEN.table:
      return createTable(text, tokens, index);
  }
  if (written === "?") return { kind: "unknown", text: written, range };
  if (written === ".") return { kind: "inapplicable", text: written, range };
  return { kind: "unquoted", text: written, range };
}

function createList(text: string, tokens: TokenTable, index: number): CifValue {
  const range = { start: tokens.starts[index]!, end: tokens.ends[index]! };
  let items: readonly CifValue[] | undefined;
  return {
    kind: "list",
    text: text.slice(range.start, range.end),
    range,
    get items() {
      items ??= membersOf(tokens, index)
        .filter((member) => tokens.kinds[member] !== TOKEN.key)
        .map((member) => createValue(text, tokens, member));
      return items;
    },
  };
}

function createTable(text: string, tokens: TokenTable, index: number): CifValue {
  const range = { start: tokens.starts[index]!, end: tokens.ends[index]! };
  let entries: readonly CifTableEntry[] | undefined;
  return {
    kind: "table",
    text: text.slice(range.start, range.end),
    range,
    get entries() {
      entries ??= readEntries(text, tokens, index);
      return entries;
    },
  };
}

function readEntries(text: string, tokens: TokenTable, table: number): readonly CifTableEntry[] {
  const entries: CifTableEntry[] = [];
  const members = membersOf(tokens, table);
  for (const [at, member] of members.entries()) {
    const next = members[at + 1];
    if (tokens.kinds[member] !== TOKEN.key || next === undefined || !isValueKind(tokens.kinds[next]!)) continue;
    const keyRange = { start: tokens.starts[member]!, end: tokens.ends[member]! - 1 };
    const key = keyText(text, keyRange.start, keyRange.end);
    entries.push({ key, keyRange, value: createValue(text, tokens, next) });
  }
  return entries;
}

/** Content of the quoted key of a table entry. */
export function keyText(text: string, start: number, end: number): string {
  const written = text.slice(start, end);
  return unquote(written, isClosedQuote(written, 0, written.length, 3) ? 3 : 1);
}

/** The tokens of the values and keys that stand directly in a list or table. */
function membersOf(tokens: TokenTable, container: number): readonly number[] {
  const members: number[] = [];
  const end = tokens.ends[container]!;
  for (let i = container + 1; i < tokens.count && tokens.starts[i]! < end; i = tokenBehind(tokens, i)) {
    const kind = tokens.kinds[i];
    if (kind !== TOKEN.comment && kind !== TOKEN.close) members.push(i);
  }
  return members;
}

/** Content of a string between its delimiters of `width` quotes; the closing one may be missing. */
function unquote(written: string, width: 1 | 3): string {
  const isClosed = isClosedQuote(written, 0, written.length, width);
  return written.slice(width, isClosed ? -width : undefined).replace(/\r\n?/g, "\n");
}

/**
 * Content of a text field: the rest of its first line and the lines between, joined by LF, with the line-folding and
 * text-prefix protocols undone (CIF 2.0 specification; a convention in CIF 1.1).
 */
function textFieldContent(written: string): string {
  const closed = isClosedTextField(written, 0, written.length);
  const lines = written.slice(1, closed ? -1 : undefined).split(/\r\n?|\n/);
  if (closed) lines.pop();
  const protocol = /^([^;\\][^\\]*)?(\\\\?)[ \t]*$/.exec(lines[0]!);
  if (!protocol) return lines.join("\n");
  const prefix = protocol[1] ?? "";
  const folded = prefix === "" || protocol[2] === "\\\\";
  if (prefix === "" && protocol[2] === "\\\\") return lines.join("\n");
  const body = lines.slice(1);
  if (!body.every((line) => line.startsWith(prefix))) return lines.join("\n");
  const content = body.map((line) => line.slice(prefix.length));
  return folded ? unfold(content) : content.join("\n");
}

/** Joins each line that ends with a backslash to the next one. */
function unfold(lines: readonly string[]): string {
  let result = "";
  lines.forEach((line, index) => {
    const joined = line.replace(/\\[ \t]*$/, "");
    const last = index === lines.length - 1;
    result += joined === line && !last ? `${line}\n` : joined;
  });
  return result;
}
