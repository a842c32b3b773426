import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentIssue } from "../../core/crystal/index.ts";
import { type AnalysedDocument, toTextEdits } from "../document.ts";
import { type Presentation, toDiagnostic } from "./diagnostics.ts";

/**
 * The remedies of the problems that a selection touches, the only remedy of a problem being the preferred one; then, for
 * each kind that is no error, a way to be told no more of it.
 */
export function codeActions(
  { document }: Pick<AnalysedDocument, "document">,
  issues: readonly DocumentIssue[],
  { range, context }: CodeActionParams,
  how: Presentation,
): CodeAction[] {
  const isWanted = !context.only || context.only.some((kind) => CodeActionKind.QuickFix.startsWith(kind));
  if (!isWanted) return [];
  const selection = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  const touched = issues.filter(({ range: { start, end } }) => start <= selection.end && selection.start <= end);
  const remedies = touched.flatMap((issue) => {
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
  return [...remedies, ...ignoring(document, touched, how)];
}

function ignoring(document: TextDocument, issues: readonly DocumentIssue[], how: Presentation): CodeAction[] {
  const { ignore } = how;
  if (!ignore) return [];
  const milder = issues.filter(({ severity }) => severity !== "error");
  return [...new Set(milder.map(({ code }) => code))].map((code) => {
    const title = ignore.title.replace("{code}", code);
    const diagnostics = milder
      .filter((issue) => issue.code === code)
      .map((issue) => toDiagnostic(document, issue, how));
    const command = { command: ignore.command, title, arguments: [code] };
    return { title, kind: CodeActionKind.QuickFix, diagnostics, isPreferred: false, command };
  });
}
