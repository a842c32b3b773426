import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentIssue } from "../../core/crystal/index.ts";
import type { ClientOptions } from "../../core/protocol/index.ts";
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

/** How a client shows problems. */
export interface Presentation extends Pick<ClientOptions, "explanations" | "ignore"> {
  /** It shows the other places of a problem. */
  readonly related: boolean;
  /** Another document that a problem names. */
  readonly other?: (uri: string) => TextDocument | undefined;
}

/** A message may quote a line of any length. */
const MAX_MESSAGE = 2000;

/** A problem as editors show it. */
export const toDiagnostic = (document: TextDocument, issue: DocumentIssue, how: Presentation): Diagnostic => ({
  ...fileNote(issue, how),
  range: toRange(document, issue.range),
  ...(DEPRECATED.test(issue.code) && { tags: [DiagnosticTag.Deprecated] }),
  ...(how.related &&
    issue.related && {
      relatedInformation: issue.related.flatMap(({ range, message, uri }) => {
        const place = uri === undefined ? document : how.other?.(uri);
        if (!place) return [];
        const location = { uri: place.uri, range: toRange(place, range) };
        return [{ location, message: format.excerpt(message, MAX_MESSAGE) }];
      }),
    }),
});

/** A note about the whole file, shown on its first character. */
export const fileNote = ({ severity, code, message }: Issue, { explanations }: Presentation): Diagnostic => ({
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  severity: SEVERITY[severity],
  source: "DF-XRM",
  code,
  message: format.excerpt(message, MAX_MESSAGE),
  ...(explanations !== undefined && {
    codeDescription: { href: explanations.replace("{code}", encodeURIComponent(code)) },
  }),
});
