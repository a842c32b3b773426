import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentIssue } from "../../core/crystal/index.ts";
import type { ClientOptions } from "../../core/protocol/index.ts";
import { type Issue, type Severity, shownMessage } from "../../core/util/index.ts";
import { toRange } from "../document.ts";

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Kinds of problems with names that still work but are replaced by others; editors strike them through. */
const DEPRECATED = /^dictionary\/(deprecated|replaced)/;

/** How a client shows problems. */
export interface Presentation extends Pick<ClientOptions, "explanations" | "ignore"> {
  /** It shows the other places of a problem. */
  readonly related: boolean;
  /** Another document that a problem names. */
  readonly other?: (uri: string) => TextDocument | undefined;
}

/** A problem as editors show it. */
export const toDiagnostic = (document: TextDocument, issue: DocumentIssue, how: Presentation): Diagnostic => ({
  ...fileNote(issue, how),
  range: toRange(document, issue.range),
  ...(DEPRECATED.test(issue.code) && { tags: [DiagnosticTag.Deprecated] }),
  ...(how.related &&
    issue.related && {
      relatedInformation: issue.related.flatMap((other) => {
        const place = other.uri === undefined ? document : how.other?.(other.uri);
        if (!place) return [];
        const location = { uri: place.uri, range: toRange(place, other.range) };
        return [{ location, message: shownMessage(other) }];
      }),
    }),
});

/** A note about the whole file, shown on its first character. */
export const fileNote = (issue: Issue, { explanations }: Presentation): Diagnostic => ({
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  severity: SEVERITY[issue.severity],
  source: "DF-XRM",
  code: issue.code,
  message: shownMessage(issue),
  ...(explanations !== undefined && {
    codeDescription: { href: explanations.replace("{code}", encodeURIComponent(issue.code)) },
  }),
});
