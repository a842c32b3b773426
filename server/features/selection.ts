import type { Position, SelectionRange } from "vscode-languageserver";
import { entryAt } from "../../core/cif/index.ts";
import type { TextRange } from "../../core/util/index.ts";
import { type AnalysedDocument, toRange } from "../document.ts";

/** Grows a selection from the content of a value over the value, its row or item, and the loop, to block and file. */
export const selectionRanges = (source: AnalysedDocument, positions: readonly Position[]): SelectionRange[] =>
  positions.map((position) => selectionAt(source, position));

function selectionAt(source: AnalysedDocument, position: Position): SelectionRange {
  const { document, analysis } = source;
  const offset = document.offsetAt(position);
  const around = [...rangesAt(source, offset), { start: 0, end: analysis.cif.text.length }];
  const growing = around.filter((range, i) => {
    const outer = around[i + 1];
    return !outer || range.start > outer.start || range.end < outer.end;
  });
  return growing.reduceRight<SelectionRange | undefined>(
    (parent, range) => ({ range: toRange(document, range), ...(parent && { parent }) }),
    undefined,
  )!;
}

/** From the innermost to the block, each within the next. */
function rangesAt({ analysis }: AnalysedDocument, offset: number): readonly TextRange[] {
  const { cif } = analysis;
  const place = entryAt(cif, offset);
  if (!place) {
    const block = cif.blocks.findLast(({ range }) => range.start <= offset && offset <= range.end);
    const entry = block?.entries.findLast(({ range }) => range.start <= offset && offset <= range.end);
    return [...(entry ? [entry.range] : []), ...(block ? [block.range] : [])];
  }
  const { block } = place;
  if (place.part === "header") return [place.range, block.range];
  const outer = [place.entry.range, block.range];
  if (place.part !== "value") return [place.range, ...outer];
  const { kind } = place.value;
  const content = { start: place.range.start + 1, end: place.range.end - 1 };
  const isQuoted = (kind === "single-quoted" || kind === "double-quoted") && contains(content, offset);
  const row = place.entry.kind === "loop" ? [place.entry.rowRange(place.row!)] : [];
  return [...(isQuoted ? [content] : []), place.range, ...row, ...outer];
}

const contains = ({ start, end }: TextRange, offset: number): boolean => start <= offset && offset <= end;
