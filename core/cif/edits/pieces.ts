import type { CifBlock, CifDocument, CifItem, CifLoop } from "../tree.ts";

/** What follows one another in a document, each on lines of its own when it is formatted. */
export type Piece =
  | { readonly kind: "header" | "frame-end"; readonly start: number; readonly end: number }
  | { readonly kind: "item"; readonly start: number; readonly end: number; readonly item: CifItem }
  | { readonly kind: "loop"; readonly start: number; readonly end: number; readonly loop: CifLoop };

/** Headers, items, loops and ends of frames in their order. */
export const piecesOf = ({ blocks, text }: CifDocument): readonly Piece[] =>
  blocks.flatMap((block) => piecesOfBlock(block, text)).sort((a, b) => a.start - b.start || a.end - b.end);

function piecesOfBlock(block: CifBlock, text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  if (block.header.end > block.header.start) pieces.push({ kind: "header", ...block.header });
  for (const entry of block.entries) {
    pieces.push(
      entry.kind === "item"
        ? { kind: "item", ...entry.range, item: entry }
        : { kind: "loop", ...entry.range, loop: entry },
    );
  }
  for (const frame of block.frames) for (const piece of piecesOfBlock(frame, text)) pieces.push(piece);
  const end = block.range.end;
  if (block.kind === "frame" && /(?<=\s)save_$/i.test(text.slice(Math.max(0, end - 6), end))) {
    pieces.push({ kind: "frame-end", start: end - 5, end });
  }
  return pieces;
}
