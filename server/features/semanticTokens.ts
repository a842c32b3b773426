import {
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
} from "vscode-languageserver";
import type { CifLoop } from "../../core/cif/index.ts";
import type { TextRange } from "../../core/util/index.ts";
import type { AnalysedDocument } from "../document.ts";
import { firstRowEndingBehind, loopsIn } from "./rows.ts";

/** Columns take these types in turn; package.json gives each its colour by TextMate scopes. */
const COLUMN_TYPES = ["cifColumn1", "cifColumn2", "cifColumn3", "cifColumn4", "cifColumn5", "cifColumn6"] as const;

export const SEMANTIC_TOKENS_LEGEND: SemanticTokensLegend = { tokenTypes: [...COLUMN_TYPES], tokenModifiers: [] };

/** With more tokens the editor is left to ask for the part that it shows. */
const FULL_LIMIT = 50_000;
const RANGE_LIMIT = 20_000;

/** Colours names and values of loops by column; null for a document with too many of them to send at once. */
export function semanticTokens({ document, analysis }: AnalysedDocument): SemanticTokens | null {
  const { blocks, text } = analysis.cif;
  const all = { start: 0, end: text.length };
  const count = loopsIn(blocks, all).reduce((sum, { names, rowCount }) => sum + names.length * (rowCount + 1), 0);
  return count > FULL_LIMIT ? null : tokensIn({ document, analysis }, all, FULL_LIMIT);
}

/** The same for a part of the document. */
export const semanticTokensInRange = (source: AnalysedDocument, range: Range): SemanticTokens =>
  tokensIn(
    source,
    { start: source.document.offsetAt(range.start), end: source.document.offsetAt(range.end) },
    RANGE_LIMIT,
  );

function tokensIn(
  { document, analysis }: Pick<AnalysedDocument, "document" | "analysis">,
  range: TextRange,
  limit: number,
): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  let left = limit;
  const push = (start: number, end: number, column: number): void => {
    const from = document.positionAt(start);
    // Tokens must not span lines; text fields keep the colour that the grammar gives them.
    if (left-- <= 0 || document.positionAt(end).line !== from.line) return;
    builder.push(from.line, from.character, end - start, column % COLUMN_TYPES.length, 0);
  };
  const loops = loopsIn(analysis.cif.blocks, range).filter(({ names }) => names.length > 1);
  for (const loop of [...loops].sort((a, b) => a.range.start - b.range.start))
    pushLoop(loop, range, push, () => left > 0);
  return builder.build();
}

function pushLoop(
  loop: CifLoop,
  range: TextRange,
  push: (start: number, end: number, column: number) => void,
  hasRoom: () => boolean,
): void {
  for (const [column, name] of loop.names.entries()) {
    if (name.range.end >= range.start && name.range.start <= range.end) push(name.range.start, name.range.end, column);
  }
  for (let row = firstRowEndingBehind(loop, range.start); row < loop.rowCount && hasRoom(); row++) {
    if (loop.startOf(row, 0) > range.end) return;
    for (let column = 0; column < loop.names.length; column++) {
      push(loop.startOf(row, column), loop.endOf(row, column), column);
    }
  }
}
