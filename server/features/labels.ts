import {
  type DocumentHighlight,
  DocumentHighlightKind,
  ErrorCodes,
  type Location,
  type Position,
  type Range,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { definitionAt, referencesAt, renameAt, renameTargetAt } from "../../core/cif/index.ts";
import { type AnalysedDocument, toRange, toTextEdits } from "../document.ts";

/** From the label of an atom to its row in the list of atoms, from the name of a block to its header. */
export function definition({ document, analysis }: AnalysedDocument, position: Position): Location | null {
  const range = definitionAt(analysis.cif, document.offsetAt(position));
  return range ? { uri: document.uri, range: toRange(document, range) } : null;
}

/** All uses of an atom label or block name; its definition only if it is wanted. */
export function references(
  source: AnalysedDocument,
  position: Position,
  { includeDeclaration }: { readonly includeDeclaration: boolean },
): Location[] {
  const { document } = source;
  return uses(source, position)
    .filter(({ isDefinition }) => includeDeclaration || !isDefinition)
    .map(({ range }) => ({ uri: document.uri, range }));
}

/** The same, to be marked in the text; null elsewhere, so that the editor marks equal words. */
export function highlights(source: AnalysedDocument, position: Position): DocumentHighlight[] | null {
  const found = uses(source, position);
  if (found.length === 0) return null;
  return found.map(({ range, isDefinition }) => ({
    range,
    kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

function uses(
  { document, analysis }: AnalysedDocument,
  position: Position,
): readonly { readonly range: Range; readonly isDefinition: boolean }[] {
  const offset = document.offsetAt(position);
  const defined = definitionAt(analysis.cif, offset);
  return referencesAt(analysis.cif, offset).map((range) => ({
    range: toRange(document, range),
    isDefinition: range.start === defined?.start,
  }));
}

/** What a rename would change here; null where there is nothing to rename. */
export function prepareRename(
  { document, analysis }: AnalysedDocument,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | null {
  const target = renameTargetAt(analysis.cif, document.offsetAt(position));
  return target ? { range: toRange(document, target.range), placeholder: target.text } : null;
}

/** Renames an atom label or block with all its uses; refused with the reason where the name cannot be. */
export function rename(
  { document, analysis }: AnalysedDocument,
  position: Position,
  newName: string,
): WorkspaceEdit | ResponseError<void> {
  const edits = renameAt(analysis.cif, document.offsetAt(position), newName.trim());
  if (!edits.ok)
    return new ResponseError(ErrorCodes.InvalidParams, edits.issues.map(({ message }) => message).join(" "));
  return { changes: { [document.uri]: toTextEdits(document, edits.value) } };
}
