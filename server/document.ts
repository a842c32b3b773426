import type { Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { fileTooLarge } from "../core/protocol/index.ts";
import type { Issue, TextRange } from "../core/util/index.ts";
import type { Analysis } from "./analysis.ts";

/** An open document with what is known of its text. */
export interface AnalysedDocument {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

export const toRange = (document: TextDocument, range: TextRange): Range => ({
  start: document.positionAt(range.start),
  end: document.positionAt(range.end),
});

/** `fileTooLarge` for a text; characters stand for bytes, which they are in nearly every CIF. */
export const textTooLarge = (text: string, limit_MB: number): Issue | undefined =>
  fileTooLarge(text.length / 1e6, limit_MB);
