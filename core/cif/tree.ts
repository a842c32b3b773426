import type { Issue, LineIndex, TextRange } from "../util/index.ts";

/**
 * The syntax tree of a CIF document. It keeps the offsets of everything, never throws anything away, and holds the
 * values of loops as indices into a flat token table so that a 20 MB reflection list stays cheap; a CifValue is made
 * when it is asked for.
 */
export interface CifDocument {
  readonly text: string;
  /** Decided by the magic code on the first line: `#\#CIF_2.0`, else 1.1. */
  readonly version: "1.1" | "2.0";
  readonly blocks: readonly CifBlock[];
  /** All syntax problems, in order of position, each with a range and a code `syntax/...`. */
  readonly issues: readonly Issue[];
  readonly lines: LineIndex;
}

export interface CifBlock {
  readonly kind: "block" | "frame";
  /** Block code as written, without `data_` or `save_`. */
  readonly code: string;
  /** The header token (`data_LiNbO3`). */
  readonly header: TextRange;
  /** From the header to the end of the last entry. */
  readonly range: TextRange;
  readonly entries: readonly CifEntry[];
  /** The names of all items and loops by their keys, without those of frames; of a name that stands there twice the first. */
  readonly names: ReadonlyMap<string, CifName>;
  readonly frames: readonly CifBlock[];
}

export type CifEntry = CifItem | CifLoop;

export interface CifName {
  /** As written. */
  readonly text: string;
  /** The form in which names are compared: without case, and without the ways to write one character. */
  readonly key: string;
  readonly range: TextRange;
}

export interface CifItem {
  readonly kind: "item";
  readonly name: CifName;
  /** Undefined where the value is missing (an issue says so). */
  readonly value: CifValue | undefined;
  readonly range: TextRange;
}

export interface CifLoop {
  readonly kind: "loop";
  readonly keyword: TextRange;
  readonly names: readonly CifName[];
  /** Number of complete rows. */
  readonly rowCount: number;
  /** Value of a complete row; undefined outside. */
  value(row: number, column: number): CifValue | undefined;
  /** Range of a complete row, from its first to its last value. */
  rowRange(row: number): TextRange;
  /** Offset of the first character of a value of a complete row: for passes over long loops that must not make objects. */
  startOf(row: number, column: number): number;
  /** Offset behind its last character. */
  endOf(row: number, column: number): number;
  readonly range: TextRange;
}

export interface CifValue {
  /** `unknown` is an unquoted `?`, `inapplicable` an unquoted `.`; `triple-quoted`, `list` and `table` exist in CIF 2.0 only. */
  readonly kind:
    | "unquoted"
    | "single-quoted"
    | "double-quoted"
    | "triple-quoted"
    | "text-field"
    | "unknown"
    | "inapplicable"
    | "list"
    | "table";
  /** Content without delimiters, with line ends read as LF; of a list or table all that is written, with its brackets. */
  readonly text: string;
  /** With delimiters. */
  readonly range: TextRange;
  /** The values of a list, made when they are asked for. */
  readonly items?: readonly CifValue[];
  /** The entries of a table, made when they are asked for; those without a proper key or a value are left out. */
  readonly entries?: readonly CifTableEntry[];
}

export interface CifTableEntry {
  /** Content of the key, without quotes. */
  readonly key: string;
  /** With quotes, without the colon. */
  readonly keyRange: TextRange;
  readonly value: CifValue;
}
