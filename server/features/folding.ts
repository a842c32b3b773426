import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver";
import { type CifBlock, entryAt } from "../../core/cif/index.ts";
import type { TextRange } from "../../core/util/index.ts";
import type { AnalysedDocument } from "../document.ts";

/** Folds blocks, frames, loops, text fields and runs of comment lines; where there are more than `limit`, in that order. */
export function foldingRanges({ document, analysis }: AnalysedDocument, limit: number): FoldingRange[] {
  const { cif } = analysis;
  const folds: FoldingRange[] = [];
  const fold = ({ start, end }: TextRange, kind?: FoldingRangeKind): void => {
    const startLine = document.positionAt(start).line;
    const endLine = document.positionAt(end).line;
    if (endLine > startLine && folds.length < limit) folds.push({ startLine, endLine, ...(kind && { kind }) });
  };

  const containers = (blocks: readonly CifBlock[]): readonly CifBlock[] =>
    blocks.flatMap((block) => [block, ...containers(block.frames)]);
  const all = containers(cif.blocks);
  for (const block of all) fold(block.range);
  for (const { entries } of all) {
    for (const entry of entries) if (entry.kind === "loop") fold(entry.range, FoldingRangeKind.Region);
  }

  const textFields = findTextFields(cif);
  for (const range of textFields) fold(range, FoldingRangeKind.Region);
  for (const range of findCommentRuns(cif.text, textFields)) fold(range, FoldingRangeKind.Comment);
  return folds;
}

function findTextFields(cif: AnalysedDocument["analysis"]["cif"]): readonly TextRange[] {
  const semicolon = /^;/gm;
  const found: TextRange[] = [];
  for (let match = semicolon.exec(cif.text); match; match = semicolon.exec(cif.text)) {
    const place = entryAt(cif, match.index);
    if (place?.part !== "value" || place.value.kind !== "text-field" || place.range.start !== match.index) continue;
    found.push(place.range);
    semicolon.lastIndex = place.range.end;
  }
  return found;
}

/** Lines that hold a comment only, two or more after one another. */
function findCommentRuns(text: string, textFields: readonly TextRange[]): readonly TextRange[] {
  const run = /^[ \t]*#.*(?:(?:\r\n|\r|\n)[ \t]*#.*)+/gm;
  const found: TextRange[] = [];
  let next = 0;
  for (let match = run.exec(text); match; match = run.exec(text)) {
    while (next < textFields.length && textFields[next]!.end <= match.index) next++;
    const field = textFields[next];
    if (field && field.start < match.index) run.lastIndex = field.end;
    else found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}
