import type { Range, TextEdit } from "vscode-languageserver";
import { formatDocument, formatRange } from "../../core/cif/index.ts";
import type { TextEdit as CoreTextEdit } from "../../core/util/index.ts";
import { type AnalysedDocument, toTextEdits } from "../document.ts";

/** More edits than this are sent as one: an editor takes a long text faster than a hundred thousand changes. */
const EDIT_LIMIT = 2000;

/** Aligns loops and values; no value, comment or text field is changed. */
export const format = (source: AnalysedDocument): TextEdit[] => asEdits(source, formatDocument(source.analysis.cif));

/** The same for the lines of a range. */
export function formatLines(source: AnalysedDocument, { start, end }: Range): TextEdit[] {
  const { document, analysis } = source;
  return asEdits(source, formatRange(analysis.cif, { start: document.offsetAt(start), end: document.offsetAt(end) }));
}

const asEdits = ({ document, analysis }: AnalysedDocument, edits: readonly CoreTextEdit[]): TextEdit[] =>
  toTextEdits(document, edits.length > EDIT_LIMIT ? [joined(analysis.cif.text, edits)] : edits);

/** One edit that does what these do. */
function joined(text: string, edits: readonly CoreTextEdit[]): CoreTextEdit {
  const inOrder = [...edits].sort((a, b) => a.range.start - b.range.start);
  const start = inOrder[0]!.range.start;
  let at = start;
  const pieces: string[] = [];
  for (const { range, newText } of inOrder) {
    pieces.push(text.slice(at, range.start), newText);
    at = range.end;
  }
  return { range: { start, end: at }, newText: pieces.join("") };
}
