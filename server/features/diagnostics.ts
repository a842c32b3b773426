import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { documentIssues } from "../../core/crystal/index.ts";
import type { Issue, Severity } from "../../core/util/index.ts";
import { type AnalysedDocument, toRange } from "../document.ts";

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Problems of the text and of the crystals that it describes, in order of position. */
export const diagnostics = ({ document, analysis }: AnalysedDocument): Diagnostic[] =>
  documentIssues(analysis.cif, analysis.crystal).map((issue) => ({
    ...fileNote(issue),
    range: toRange(document, issue.range),
  }));

/** A note about the whole file, shown on its first character. */
export const fileNote = ({ severity, code, message }: Issue): Diagnostic => ({
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  severity: SEVERITY[severity],
  source: "DF-XRM",
  code,
  message,
});
