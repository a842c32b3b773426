import { type CifDocument, entryAt } from "../core/cif/index.ts";
import type { DocumentIssue } from "../core/crystal/index.ts";
import type { IssueFix, TextRange } from "../core/util/index.ts";
import { writeValue } from "./quote.ts";

type Fixes = readonly IssueFix[];

const change = (title: string, range: TextRange, newText: string): IssueFix => ({ title, edits: [{ range, newText }] });

/** Remedies of problems of the text that follow from their kind and place. */
export function syntaxFixes(cif: CifDocument, { code, range }: DocumentIssue): { readonly fixes?: Fixes } {
  const make = FIXES[code];
  const fixes = make?.(cif, range) ?? [];
  return fixes.length > 0 ? { fixes } : {};
}

const FIXES: Readonly<Record<string, (cif: CifDocument, range: TextRange) => Fixes>> = {
  "syntax/missing-value": (cif, range) => {
    const text = cif.text.slice(range.start, range.end);
    if (/^_loop_?$/i.test(text)) return [change("Write loop_", range, "loop_")];
    const place = entryAt(cif, range.start);
    if (place?.part !== "name" || place.entry.kind !== "item") return [];
    return [change("Insert ? for an unknown value", { start: range.end, end: range.end }, " ?")];
  },
  "syntax/unexpected-value": (cif, range) => {
    const { text } = cif;
    const surplus = text.slice(range.start, range.end);
    if (/^loop$/i.test(surplus)) return [change("Write loop_", range, "loop_")];
    const header = /^data[ \t]+(\S+)$/i.exec(surplus);
    if (header) return [change(`Write data_${header[1]}`, range, `data_${header[1]}`)];
    const gap = /[^\r\n]*$/.exec(text.slice(Math.max(0, range.start - 2048), range.start))![0];
    const before = entryAt(cif, range.start - gap.length + gap.trimEnd().length);
    if (before?.part !== "value" || before.row !== undefined || before.value.kind !== "unquoted") return [];
    const whole = { start: before.range.start, end: range.end };
    const quoted = writeValue(text.slice(whole.start, whole.end));
    return quoted === undefined ? [] : [change("Quote the value", whole, quoted)];
  },
  "syntax/unterminated-frame": (cif, range) => {
    const frame = cif.blocks.flatMap(({ frames }) => frames).find(({ header }) => header.start === range.start);
    return frame ? [change("Close the frame", { start: frame.range.end, end: frame.range.end }, "\nsave_")] : [];
  },
};
