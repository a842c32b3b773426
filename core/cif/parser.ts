import { createLineIndex, doubled, type TextRange } from "../util/index.ts";
import { checkCharacters, checkLineLengths } from "./characters.ts";
import { type Cursor, createCursor } from "./cursor.ts";
import { createIssueList, type IssueList, listed, quoted } from "./issues.ts";
import { detectVersion } from "./lexer.ts";
import { checkLoopCount, createLoop } from "./loops.ts";
import { endsWithName, isLineStart, lineEnd } from "./scan.ts";
import { createStructure, type Structure } from "./structure.ts";
import { isStrayKind, TOKEN } from "./tokens.ts";
import type { CifDocument, CifName } from "./tree.ts";
import { createValue } from "./value.ts";

/** What the values of a document are read into, and the problems found on the way. */
interface Reader {
  readonly cursor: Cursor;
  readonly structure: Structure;
  readonly issues: IssueList;
  /** Room for the values of the loop that is being read. */
  scratch: Uint32Array;
}

/**
 * Reads a CIF text, of version 1.1 or 2.0, into its syntax tree. It never throws and never stops at an error: each problem
 * is an issue with its range, and reading goes on at the next name or keyword, in time linear in the length of the text.
 */
export function parseCif(text: string): CifDocument {
  const version = detectVersion(text);
  const lines = createLineIndex(text);
  const issues = createIssueList();
  checkCharacters(text, version, issues);
  checkLineLengths(text, lines, issues);

  const cursor = createCursor(text, version, lines, issues);
  const structure = createStructure(lines, issues);
  const reader: Reader = { cursor, structure, issues, scratch: new Uint32Array(1024) };
  while (cursor.kind() !== TOKEN.end) readNext(reader);
  structure.finish();
  return { text, version, blocks: structure.blocks, issues: issues.sorted(), lines };
}

function readNext(reader: Reader): void {
  const { cursor, structure } = reader;
  const kind = cursor.kind();
  if (kind === TOKEN.blockHeader) {
    readBlockHeader(reader);
    return;
  }
  if (isStrayKind(kind)) {
    const index = cursor.take();
    if (!structure.hasBlock()) structure.openNamelessBlock(cursor.rangeOf(index).start);
    return;
  }
  if (cursor.atValue()) {
    readSurplus(reader);
    return;
  }
  if (!structure.hasBlock()) reportNoBlock(reader, cursor.rangeOf(cursor.index()));
  if (kind === TOKEN.name) readItems(reader);
  else {
    const index = cursor.take();
    const range = cursor.rangeOf(index);
    if (kind === TOKEN.loop) readLoop(reader, range);
    else if (kind === TOKEN.frameHeader) structure.openFrame(cursor.textOf(index).slice("save_".length), range);
    else structure.closeFrame(range);
  }
}

function readBlockHeader({ cursor, structure, issues }: Reader): void {
  const header = cursor.take();
  const code = cursor.textOf(header).slice("data_".length);
  if (cursor.kind() !== TOKEN.unquoted || !cursor.onOneLine(header, cursor.index())) {
    structure.openBlock(code, cursor.rangeOf(header));
    return;
  }
  const first = cursor.rangeOf(cursor.index());
  let end = first.end;
  let whole = code;
  let word = header;
  while (cursor.kind() === TOKEN.unquoted && cursor.onOneLine(word, cursor.index())) {
    word = cursor.take();
    whole += `_${cursor.textOf(word)}`;
    end = cursor.rangeOf(word).end;
  }
  if (code !== "") {
    const message = (): string => `A block name must not contain blanks: write data_${quoted(whole).slice(1, -1)}.`;
    issues.add("unexpected-value", message, { start: first.start, end });
  }
  structure.openBlock(code === "" ? whole.slice(1) : code, cursor.rangeOf(header));
}

function readItems(reader: Reader): void {
  const { cursor, structure, issues } = reader;
  const names: number[] = [];
  while (cursor.kind() === TOKEN.name) names.push(cursor.take());
  const first = names[0]!;
  const firstRange = cursor.rangeOf(first);

  if (names.length > 1 && /^_loop_?$/i.test(cursor.textOf(first))) {
    const message = (): string =>
      `${cursor.textOf(first)} is read as a data name without a value: write loop_ for the keyword.`;
    issues.add("missing-value", message, firstRange);
    readLoop(reader, firstRange, names.slice(1));
    return;
  }
  if (!cursor.atValue() && !isStrayKind(cursor.kind())) {
    for (const name of names) addItemWithoutValue(reader, name);
    return;
  }
  const value = cursor.take();
  reopenTextField(cursor, value);
  if (names.length > 1 && cursor.atValue()) {
    const message = (): string =>
      `${names.length} names and then several values: write loop_ before ${shown(cursor, first)} if they are a loop, or give each name its value.`;
    issues.add("missing-value", message, firstRange);
    readLoop(reader, firstRange, names, value);
    return;
  }
  const last = names.pop()!;
  for (const name of names) addItemWithoutValue(reader, name);
  const name = declare(reader, last);
  const range = { start: name.range.start, end: cursor.rangeOf(value).end };
  structure.add({ kind: "item", name, value: createValue(cursor.text, cursor.tokens, value), range });
  if (cursor.atValue()) readSurplus(reader, value);
}

/**
 * A text field that another value follows, and whose last line is a data name alone, was not closed: its `;` belongs to
 * the value of that name.
 */
function reopenTextField(cursor: Cursor, value: number): void {
  if (cursor.tokens.kinds[value] !== TOKEN.textField || !cursor.atValue() || cursor.isBad(value)) return;
  const { start, end } = cursor.rangeOf(value);
  if (endsWithName(cursor.text, start, end - 1)) cursor.reopen(value);
}

const shown = (cursor: Cursor, name: number): string => listed([{ text: cursor.textOf(name) }]);

const declare = ({ cursor, structure }: Reader, name: number): CifName =>
  structure.name(cursor.textOf(name), cursor.rangeOf(name));

function addItemWithoutValue(reader: Reader, index: number): void {
  const { cursor, structure, issues } = reader;
  const name = declare(reader, index);
  const { range } = name;
  const next = cursor.index();
  const message = (): string => {
    const isKeyword = next === index + 1 && cursor.kind() !== TOKEN.end && cursor.onOneLine(index, next);
    const remedy = isKeyword
      ? `${quoted(cursor.textOf(next))} is read as a keyword, so quote it if it is the value`
      : "write one behind it, ? if it is unknown";
    return `${shown(cursor, index)} has no value: ${remedy}.`;
  };
  issues.add("missing-value", message, range);
  structure.add({ kind: "item", name, value: undefined, range });
}

/** Reads a loop behind its keyword; `takenNames` and `takenValue` were read before it was known to be one. */
function readLoop(reader: Reader, keyword: TextRange, takenNames: readonly number[] = [], takenValue?: number): void {
  const { cursor, structure, issues } = reader;
  const names = takenNames.map((index) => declare(reader, index));
  while (cursor.kind() === TOKEN.name) names.push(declare(reader, cursor.take()));

  let values = reader.scratch;
  let count = 0;
  let isTorn = false;
  if (takenValue !== undefined) values[count++] = takenValue;
  while (cursor.atValue() || isStrayKind(cursor.kind())) {
    const index = cursor.take();
    if (isStrayKind(cursor.tokens.kinds[index]!)) continue;
    if (count === values.length) values = doubled(values);
    values[count++] = index;
    isTorn ||= cursor.isBad(index);
  }
  reader.scratch = values;
  values = values.subarray(0, count);

  if (names.length === 0) {
    const remedy = count > 0 ? "write the names of the columns before the values" : "delete it";
    issues.add("loop-without-tags", `This loop_ has no data names: ${remedy}.`, keyword);
    return;
  }
  if (count === 0) {
    const message = (): string => `This loop has no values for ${listed(names)}: add them, or delete the loop.`;
    issues.add("loop-without-values", message, keyword);
  }
  const isImplied = takenValue !== undefined;
  const rows = checkLoopCount(cursor, names, values, isTorn || isImplied ? undefined : issues);
  const end = count > 0 ? cursor.rangeOf(values[count - 1]!).end : names.at(-1)!.range.end;
  structure.add(createLoop(cursor, keyword, names, rows, end));
}

/** Reads the values that belong to no name, up to the next name or keyword. `item` is the value of the item before them. */
function readSurplus(reader: Reader, item?: number): void {
  const { cursor, structure, issues } = reader;
  const first = cursor.index();
  const firstRange = cursor.rangeOf(first);
  const explained = item !== undefined && cursor.isBad(item);
  let end = firstRange.start;
  const report = (): void => {
    if (end === firstRange.start || explained) return;
    const range = { start: firstRange.start, end };
    if (!structure.hasBlock()) reportNoBlock(reader, range);
    else issues.add("unexpected-value", () => surplusMessage(cursor, range, item), range);
  };
  while (cursor.atValue()) {
    const keyword = misspelledKeyword(cursor);
    if (!keyword) {
      end = cursor.rangeOf(cursor.take()).end;
      continue;
    }
    report();
    readMisspelled(reader, keyword);
    return;
  }
  report();
}

function surplusMessage(cursor: Cursor, range: TextRange, item: number | undefined): string {
  const surplus = cursor.text.slice(range.start, Math.min(range.end, range.start + 200));
  if (item === undefined)
    return `There is no data name for ${quoted(surplus)}: write its name before it, or delete it.`;
  const value = cursor.textOf(item);
  const lineBreak = /[\r\n]/.test(cursor.text.slice(cursor.rangeOf(item).start, range.start));
  if (lineBreak)
    return `The name before has its value already, so ${quoted(surplus)} has no name: write one before it, or delete it.`;
  return `A value that contains blanks needs quotes: '${quoted(`${value} ${surplus}`).slice(1, -1)}'.`;
}

function reportNoBlock({ structure, issues }: Reader, range: TextRange): void {
  const message = "No data block is open here: the first line of a CIF, apart from comments, is data_NAME.";
  issues.add("no-data-block", message, range);
  structure.openNamelessBlock(range.start);
}

/** `data NAME` alone on a line, or `loop` alone on a line: keywords that lack their underscore. */
function misspelledKeyword(cursor: Cursor): "data" | "loop" | undefined {
  const { start, end } = cursor.rangeOf(cursor.index());
  if (cursor.kind() !== TOKEN.unquoted || end - start !== 4 || !isLineStart(cursor.text, start)) return undefined;
  const line = cursor.text.slice(start, lineEnd(cursor.text, start));
  if (/^data[ \t]+\w\S*[ \t]*$/i.test(line)) return "data";
  return /^loop[ \t]*$/i.test(line) ? "loop" : undefined;
}

function readMisspelled(reader: Reader, keyword: "data" | "loop"): void {
  const { cursor, structure, issues } = reader;
  const index = cursor.take();
  const range = cursor.rangeOf(index);
  if (keyword === "data") {
    const code = cursor.take();
    const header = { start: range.start, end: cursor.rangeOf(code).end };
    const message = (): string =>
      `The name of a block follows data_ without a blank: write data_${cursor.textOf(code)}.`;
    issues.add(structure.hasBlock() ? "unexpected-value" : "no-data-block", message, header);
    structure.openBlock(cursor.textOf(code), header);
    return;
  }
  if (!structure.hasBlock()) reportNoBlock(reader, range);
  issues.add("unexpected-value", "The keyword of a loop ends with an underscore: write loop_.", range);
  readLoop(reader, range);
}
