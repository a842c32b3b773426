import { LINE_LIMIT } from "./characters.ts";
import { isWrongToken, reportMissingSpace, reportToken } from "./faults.ts";
import { counted, type IssueList, quoted } from "./issues.ts";
import type { Lexer } from "./lexer.ts";
import { isBlank, isClosing, isLineEnd } from "./scan.ts";
import { enterTable, leaveTable, readKey, readTableValue, type TableState } from "./tables.ts";
import { isContainerKind, type Source, TOKEN } from "./tokens.ts";

/** A list or table that is open. */
interface Level {
  /** Its opening bracket. */
  readonly open: number;
  /** Undefined for a list. */
  readonly table: TableState | undefined;
}

/** What is shared by all lists and tables of a document; between two of them it is empty. */
export interface ContainerReader {
  readonly source: Source;
  readonly lexer: Lexer;
  readonly issues: IssueList;
  /** Those that are open, from outside in. */
  readonly levels: Level[];
  readonly openCounts: { lists: number; tables: number };
  /** First token of each key of each open table. */
  readonly keys: Map<string, number>;
  /** The value before, which white space or a closing bracket must follow. */
  previous: number | undefined;
}

export const createContainerReader = (source: Source, lexer: Lexer, issues: IssueList): ContainerReader => ({
  source,
  lexer,
  issues,
  levels: [],
  openCounts: { lists: 0, tables: 0 },
  keys: new Map(),
  previous: undefined,
});

/**
 * Reads the list or table that the token `open` opens, with all that stands in it, up to its closing bracket, reports
 * what is wrong in it, and sets the ends of its tokens. False if it never closes: it ends before the next data name or
 * keyword then. There is no recursion, so that a million brackets are no problem.
 */
export function readContainer(reader: ContainerReader, open: number): boolean {
  const { source, lexer, issues, levels } = reader;
  const { text, tokens } = source;
  /** Whether an unclosed quote or text field may have taken a closing bracket. */
  let isSwallowed = false;
  if (reader.keys.size > 0) reader.keys.clear();
  enter(reader, open);
  while (levels.length > 0) {
    const { table } = levels.at(-1)!;
    const index = lexer.next(table ? "table" : "list");
    const kind = tokens.kinds[index]!;
    if (kind === TOKEN.end || (isStructural(kind) && endsContainer(source, index))) {
      lexer.rewind(index);
      if (!isSwallowed) reportUnclosed(source, open, levels.length, issues);
      const end = tokens.ends[tokens.count - 1]!;
      while (levels.length > 0) leave(reader, end);
      return false;
    }
    if (kind === TOKEN.close) {
      close(reader, index);
      continue;
    }
    const { previous } = reader;
    const isAttached = previous !== undefined && tokens.ends[previous] === tokens.starts[index];
    const isColon = table?.expects === "colon" && text[tokens.starts[index]!] === ":";
    if (isAttached && !isColon) reportMissingSpace(source, previous, issues);
    if (isStructural(kind)) reportKeyword(source, index, issues);
    else if (isWrongToken(source, index) && !(isAttached && kind === TOKEN.unquoted)) {
      reportToken(source, index, issues);
      isSwallowed ||= kind >= TOKEN.singleQuoted;
    }
    if (table) {
      if (kind === TOKEN.key) readKey(source, table, index, issues);
      else if (!isAttached || table.expects !== "key") readTableValue(source, table, index, issues);
    }
    if (isContainerKind(kind)) enter(reader, index);
    else reader.previous = kind === TOKEN.key ? undefined : index;
  }
  return true;
}

function enter(reader: ContainerReader, index: number): void {
  const isTable = reader.source.tokens.kinds[index] === TOKEN.table;
  reader.openCounts[isTable ? "tables" : "lists"]++;
  reader.levels.push({ open: index, table: isTable ? enterTable(index, reader.keys) : undefined });
  reader.previous = undefined;
}

function leave(reader: ContainerReader, end: number): void {
  const level = reader.levels.pop()!;
  reader.openCounts[level.table ? "tables" : "lists"]--;
  reader.source.tokens.ends[level.open] = end;
  reader.previous = level.open;
}

/** A bracket that does not fit closes the innermost list or table, unless one around it is what it closes. */
function close(reader: ContainerReader, index: number): void {
  const { source, levels, issues } = reader;
  const { text, tokens } = source;
  const isTable = text[tokens.starts[index]!] === "}";
  let level = levels.at(-1)!;
  if ((level.table !== undefined) !== isTable) {
    if (reader.openCounts[isTable ? "tables" : "lists"] === 0) reportWrongBracket(source, level.open, index, issues);
    else {
      reportUnclosed(source, level.open, 1, issues);
      while ((levels.at(-1)!.table !== undefined) !== isTable) leave(reader, tokens.starts[index]!);
      level = levels.at(-1)!;
    }
  }
  if (level.table) leaveTable(source, level.table, issues);
  leave(reader, tokens.ends[index]!);
}

/** Data names and keywords, which do not belong into lists and tables. */
const isStructural = (kind: number): boolean =>
  kind === TOKEN.name || (kind >= TOKEN.blockHeader && kind <= TOKEN.loop);

/**
 * Whether a data name or keyword is the next entry, behind a list or table that was not closed, rather than a value
 * that lacks its quotes: neither a bracket that closes nor another name follows, and it begins a line or the rest of its
 * line closes nothing.
 */
function endsContainer({ text, tokens }: Source, index: number): boolean {
  const start = tokens.starts[index]!;
  let next = tokens.ends[index]!;
  while (next < text.length && isBlank(text.charCodeAt(next))) next++;
  if (isClosing(text.charCodeAt(next)) || (tokens.kinds[index] === TOKEN.name && text[next] === "_")) return false;
  if (isFirstOnLine(text, start)) return true;
  const limit = Math.min(text.length, start + LINE_LIMIT);
  for (let i = tokens.ends[index]!; i < limit && !isLineEnd(text.charCodeAt(i)); i++) {
    if (isClosing(text.charCodeAt(i))) return false;
  }
  return true;
}

function isFirstOnLine(text: string, start: number): boolean {
  let before = start - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before)) && !isLineEnd(text.charCodeAt(before))) before--;
  return before < 0 || isLineEnd(text.charCodeAt(before));
}

const rangeOf = ({ tokens }: Source, index: number): { start: number; end: number } => ({
  start: tokens.starts[index]!,
  end: tokens.ends[index]!,
});

function reportKeyword(source: Source, index: number, issues: IssueList): void {
  const range = rangeOf(source, index);
  const message = (): string => {
    const written = quoted(source.text.slice(range.start, Math.min(range.end, range.start + 200))).slice(1, -1);
    const what = source.tokens.kinds[index] === TOKEN.name ? "data name" : "keyword";
    return `${written} is read as a ${what}, which cannot stand in a list or table: write '${written}' in quotes.`;
  };
  issues.add("bad-unquoted-value", message, range);
}

function reportUnclosed({ text, tokens }: Source, open: number, missing: number, issues: IssueList): void {
  const start = tokens.starts[open]!;
  const message = (): string => {
    const isTable = text[start] === "{";
    const remedy =
      missing === 1
        ? `write ${isTable ? "}" : "]"} behind its last value`
        : `${counted(missing, "closing bracket")} are missing`;
    return `This ${isTable ? "table" : "list"} is not closed: ${remedy}.`;
  };
  issues.add("unclosed-list-or-table", message, { start, end: start + 1 });
}

function reportWrongBracket({ text, tokens, lines }: Source, open: number, index: number, issues: IssueList): void {
  const start = tokens.starts[index]!;
  const opening = tokens.starts[open]!;
  const message = (): string => {
    const isTable = text[opening] === "{";
    const { line } = lines.position(opening);
    const bracket = isTable ? "}" : "]";
    return `The ${isTable ? "table" : "list"} that opens at line ${line} ends with ${bracket}, not with ${text[start]}: write ${bracket} here.`;
  };
  issues.add(
    "unexpected-delimiter",
    message,
    { start, end: start + 1 },
    {
      related: [{ range: { start: opening, end: opening + 1 }, message: "It opens here" }],
    },
  );
}
