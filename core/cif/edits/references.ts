import type { TextRange } from "../../util/index.ts";
import { columnValues, entryAt } from "../lookup.ts";
import { nameKey } from "../names.ts";
import type { CifBlock, CifDocument, CifEntry, CifValue } from "../tree.ts";

/** What is used at several places under one name: the label of an atom of a block, or the code of a block. */
export type Subject =
  | { readonly kind: "label"; readonly block: CifBlock; readonly text: string; readonly range: TextRange }
  | { readonly kind: "block"; readonly block: CifBlock; readonly text: string; readonly range: TextRange };

/** A place where a subject is named: the range of its text, without `data_` or quotes. */
export interface Use {
  readonly range: TextRange;
  /** The value that it is; undefined for a block header. */
  readonly value: CifValue | undefined;
}

/** Names of the items that define the atoms. */
const ATOM = /^_atom_site[._]label$/;
/** Names of the items whose values are labels of atoms. */
const LABEL = /^_atom_site\w*[._]label$|^_atom_site[._]calc_attached_atom$|atom_site_label(?:_[a-z\d])?$/;
/** Names of the items whose values are block codes. */
const BLOCK_CODE = /^_audit(?:_link)?[._]block_code$/;

/** The atom label or block code at an offset. */
export function subjectAt(document: CifDocument, offset: number): Subject | undefined {
  const place = entryAt(document, offset);
  if (place?.part === "header") {
    const { block } = place;
    const range = headerCode(document.text, block);
    return range && { kind: "block", block, text: block.code, range };
  }
  if (place?.part !== "value") return undefined;
  const { block, name, value } = place;
  const range = contentRange(document.text, value);
  if (!range) return undefined;
  if (LABEL.test(name.key)) return { kind: "label", block, text: value.text, range };
  if (!BLOCK_CODE.test(name.key)) return undefined;
  const named = document.blocks.find(({ code }) => nameKey(code) === nameKey(value.text));
  return named && { kind: "block", block: named, text: named.code, range };
}

/** All places where the subject is named, in order, its definition among them. */
export function usesOf(document: CifDocument, subject: Subject): readonly Use[] {
  const { text } = document;
  if (subject.kind === "label") {
    return valuesUnder(subject.block, LABEL).flatMap((value) => usesIn(text, value, value.text === subject.text));
  }
  const key = nameKey(subject.text);
  const header = headerCode(text, subject.block);
  const isUnique = document.blocks.filter(({ code }) => nameKey(code) === key).length === 1;
  const values = document.blocks
    .filter((block) => isUnique || block === subject.block)
    .flatMap((block) => valuesUnder(block, BLOCK_CODE))
    .flatMap((value) => usesIn(text, value, nameKey(value.text) === key));
  const uses = header ? [{ range: header, value: undefined }, ...values] : values;
  return uses.sort((a, b) => a.range.start - b.range.start);
}

/** Ranges of all places where the atom label or block code at an offset is named, its definition among them. */
export function referencesAt(document: CifDocument, offset: number): readonly TextRange[] {
  const subject = subjectAt(document, offset);
  return subject ? usesOf(document, subject).map(({ range }) => range) : [];
}

/** Where the atom label or block code at an offset is defined: in the list of atoms, or in the header of the block. */
export function definitionAt(document: CifDocument, offset: number): TextRange | undefined {
  const subject = subjectAt(document, offset);
  if (subject?.kind === "block") return headerCode(document.text, subject.block);
  if (!subject) return undefined;
  const found = valuesUnder(subject.block, ATOM).find((value) => value.text === subject.text);
  return found && contentRange(document.text, found);
}

/** Range of the code in the header of a data block; undefined if it does not stand there. */
function headerCode(text: string, { kind, code, header }: CifBlock): TextRange | undefined {
  const range = { start: header.end - code.length, end: header.end };
  const isThere = kind === "block" && code !== "" && text.slice(range.start, range.end) === code;
  return isThere ? range : undefined;
}

const usesIn = (text: string, value: CifValue, isUse: boolean): readonly Use[] => {
  const range = isUse ? contentRange(text, value) : undefined;
  return range ? [{ range, value }] : [];
};

/** Range of the content of a value on one line, without quotes; undefined for anything else. */
function contentRange(text: string, { kind, range, text: content }: CifValue): TextRange | undefined {
  const width = WIDTHS[kind];
  if (width === undefined) return undefined;
  const start = range.start + width;
  const end = start + content.length;
  return text.slice(start, end) === content ? { start, end } : undefined;
}

/** Length of the delimiter of the values that can be a label or code. */
const WIDTHS: Partial<Record<CifValue["kind"], number>> = {
  unquoted: 0,
  "single-quoted": 1,
  "double-quoted": 1,
  "triple-quoted": 3,
};

/** The values of all items of a block whose names match, in order. */
const valuesUnder = (block: CifBlock, names: RegExp): readonly CifValue[] =>
  block.entries.flatMap((entry) => valuesOfEntry(entry, names)).sort((a, b) => a.range.start - b.range.start);

function valuesOfEntry(entry: CifEntry, names: RegExp): readonly CifValue[] {
  if (entry.kind === "item") return entry.value && names.test(entry.name.key) ? [entry.value] : [];
  return entry.names.flatMap((name, column) => (names.test(name.key) ? columnValues({ loop: entry, column }) : []));
}
