import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentIssue } from "../../core/crystal/index.ts";
import { format, type Issue, type Severity } from "../../core/util/index.ts";
import { toRange } from "../document.ts";

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Kinds of problems with names that still work but are replaced by others; editors strike them through. */
const DEPRECATED = /^dictionary\/(deprecated|replaced)/;

/** Diagnostics whose codes lead to their explanation; `address` has {code} where the code belongs. */
export const explained = (diagnostics: readonly Diagnostic[], address: string | undefined): Diagnostic[] =>
  diagnostics.map((diagnostic) =>
    address === undefined
      ? diagnostic
      : {
          ...diagnostic,
          codeDescription: { href: address.replace("{code}", encodeURIComponent(String(diagnostic.code))) },
        },
  );

/** A message may quote a line of any length. */
const MAX_MESSAGE = 2000;

/** A problem as editors show it. */
export const toDiagnostic = (document: TextDocument, issue: DocumentIssue): Diagnostic => ({
  ...fileNote(issue),
  range: toRange(document, issue.range),
  ...(DEPRECATED.test(issue.code) && { tags: [DiagnosticTag.Deprecated] }),
});

/** A note about the whole file, shown on its first character. */
export const fileNote = ({ severity, code, message }: Issue): Diagnostic => ({
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  severity: SEVERITY[severity],
  source: "DF-XRM",
  code,
  message: format.excerpt(message, MAX_MESSAGE),
});
