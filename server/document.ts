import type { Range, TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Dictionary } from "../core/cif/dictionary/index.ts";
import { fileTooLarge } from "../core/protocol/index.ts";
import type { TextEdit as CoreTextEdit, Issue, TextRange } from "../core/util/index.ts";
import type { Analysis } from "./analysis.ts";

/** An open document with what is known of its text. */
export interface AnalysedDocument {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

/** An analysed document with the dictionary that explains its names. */
export interface ExplainedDocument extends AnalysedDocument {
  readonly dictionary: Dictionary;
}

export const toRange = (document: TextDocument, range: TextRange): Range => ({
  start: document.positionAt(range.start),
  end: document.positionAt(range.end),
});

export const toTextEdits = (document: TextDocument, edits: readonly CoreTextEdit[]): TextEdit[] =>
  edits.map(({ range, newText }) => ({ range: toRange(document, range), newText }));

/** `fileTooLarge` for a text; characters stand for bytes, which they are in nearly every CIF. */
export const textTooLarge = (text: string, limit_MB: number): Issue | undefined =>
  fileTooLarge(text.length / 1e6, limit_MB);
