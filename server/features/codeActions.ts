import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import type { DocumentIssue } from "../../core/crystal/index.ts";
import { type AnalysedDocument, toTextEdits } from "../document.ts";
import { type Presentation, toDiagnostic } from "./diagnostics.ts";

/** The remedies of the problems that a selection touches; the only remedy of a problem is the preferred one. */
export function codeActions(
  { document }: Pick<AnalysedDocument, "document">,
  issues: readonly DocumentIssue[],
  { range, context }: CodeActionParams,
  how: Presentation,
): CodeAction[] {
  const isWanted = !context.only || context.only.some((kind) => CodeActionKind.QuickFix.startsWith(kind));
  if (!isWanted) return [];
  const selection = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  return issues
    .filter((issue) => issue.range.start <= selection.end && selection.start <= issue.range.end)
    .flatMap((issue) => {
      const fixes = issue.fixes ?? [];
      const diagnostics = [toDiagnostic(document, issue, how)];
      return fixes.map(({ title, edits }) => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        isPreferred: fixes.length === 1,
        edit: {
          changes: {
            [document.uri]: toTextEdits(document, edits),
          },
        },
      }));
    });
}
