import type { CompletionItemKind } from "vscode-languageserver";

/** A value that may be written at a place. */
export interface Candidate {
  /** Without quotes. */
  readonly value: string;
  readonly detail?: string;
  readonly kind: CompletionItemKind;
}
