import { doubled, type LineIndex } from "../util/index.ts";

/** Kinds of tokens. Those from `unquoted` on are values; `close` and `key` exist in CIF 2.0 only. */
export const TOKEN = {
  end: 0,
  comment: 1,
  blockHeader: 2,
  frameHeader: 3,
  frameEnd: 4,
  loop: 5,
  reserved: 6,
  name: 7,
  /** A closing bracket. */
  close: 8,
  /** Key of a table entry with its colon. */
  key: 9,
  unquoted: 10,
  singleQuoted: 11,
  doubleQuoted: 12,
  tripleQuoted: 13,
  textField: 14,
  /** Opening bracket of a list; its end is that of the whole list, whose tokens follow. */
  list: 15,
  /** Opening bracket of a table, in the same way. */
  table: 16,
} as const;

export type TokenKind = (typeof TOKEN)[keyof typeof TOKEN];

export const isValueKind = (kind: number): boolean => kind >= TOKEN.unquoted;

export const isContainerKind = (kind: number): boolean => kind >= TOKEN.list;

/** Kinds that have no place outside a value and are left out: reserved words and closing brackets without an opening one. */
export const isStrayKind = (kind: number): boolean => kind === TOKEN.reserved || kind === TOKEN.close;

/** All tokens of a text in order, as flat arrays: the millions of tokens of a reflection list must not become objects. */
export interface TokenTable {
  kinds: Uint8Array;
  /** Offset of the first character of each token. */
  starts: Uint32Array;
  /** Offset behind the last character of each token. */
  ends: Uint32Array;
  count: number;
}

/** What the tokens of a document are read from. */
export interface Source {
  readonly text: string;
  readonly version: "1.1" | "2.0";
  readonly lines: LineIndex;
  readonly tokens: TokenTable;
}

export const createTokenTable = (): TokenTable => ({
  kinds: new Uint8Array(1024),
  starts: new Uint32Array(1024),
  ends: new Uint32Array(1024),
  count: 0,
});

/** Appends a token and returns its index. */
export function pushToken(table: TokenTable, kind: TokenKind, start: number, end: number): number {
  const index = table.count++;
  if (index === table.kinds.length) {
    const kinds = new Uint8Array(index * 2);
    kinds.set(table.kinds);
    table.kinds = kinds;
    table.starts = doubled(table.starts);
    table.ends = doubled(table.ends);
  }
  table.kinds[index] = kind;
  table.starts[index] = start;
  table.ends[index] = end;
  return index;
}

/** Index of the token that follows the value `index`: behind its closing bracket, if it is a list or table. */
export function tokenBehind(table: TokenTable, index: number): number {
  if (!isContainerKind(table.kinds[index]!)) return index + 1;
  const end = table.ends[index]!;
  let low = index + 1;
  let high = table.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table.starts[middle]! < end) low = middle + 1;
    else high = middle;
  }
  return low;
}
