import { type DocumentSymbol, SymbolKind } from "vscode-languageserver";
import type { CifBlock, CifEntry, CifItem, CifLoop } from "../../core/cif/index.ts";
import type { TextRange } from "../../core/util/index.ts";
import { type AnalysedDocument, toRange } from "../document.ts";

const DETAIL_LENGTH = 60;
/** Editors get slow with longer outlines; blocks and frames are kept before what they hold. */
const SYMBOL_LIMIT = 5000;

/** Outline: data blocks, in them save frames, loops and runs of items of one category. */
export function documentSymbols({ document, analysis }: AnalysedDocument): DocumentSymbol[] {
  let room = SYMBOL_LIMIT - countContainers(analysis.cif.blocks);
  /** The symbols of details as far as there is room for them. */
  const details = <T>(things: readonly T[], make: (thing: T) => DocumentSymbol): DocumentSymbol[] => {
    const shown = things.slice(0, Math.max(0, room));
    room -= shown.length;
    return shown.map(make);
  };
  const symbol = (
    name: string,
    kind: SymbolKind,
    range: TextRange,
    selection: TextRange,
    more: Partial<DocumentSymbol> = {},
  ): DocumentSymbol => ({
    // An empty name is refused by editors.
    name: name || "(no name)",
    kind,
    range: toRange(document, range),
    selectionRange: toRange(document, selection),
    ...more,
  });

  const item = (entry: CifItem): DocumentSymbol =>
    symbol(entry.name.text, SymbolKind.Property, entry.range, entry.name.range, { detail: shorten(entry.value?.text) });

  const loop = (entry: CifLoop): DocumentSymbol =>
    symbol(loopName(entry), SymbolKind.Array, entry.range, entry.keyword, {
      detail: `${entry.rowCount} ${entry.rowCount === 1 ? "row" : "rows"}`,
      children: details(entry.names, (name) => symbol(name.text, SymbolKind.Field, name.range, name.range)),
    });

  const run = (entries: readonly CifEntry[]): DocumentSymbol => {
    const first = entries[0]!;
    if (first.kind === "loop") return loop(first);
    if (entries.length === 1) return item(first);
    const range = { start: first.range.start, end: entries.at(-1)!.range.end };
    const children = details(
      entries.filter((entry) => entry.kind === "item"),
      item,
    );
    return symbol(`_${category(first)}`, SymbolKind.Struct, range, first.name.range, { children });
  };

  const block = (source: CifBlock): DocumentSymbol =>
    symbol(
      source.code,
      source.kind === "block" ? SymbolKind.Module : SymbolKind.Namespace,
      source.range,
      source.header,
      {
        children: [...source.frames.map(block), ...details(runs(source.entries), run)],
      },
    );

  return analysis.cif.blocks.slice(0, SYMBOL_LIMIT).map(block);
}

const countContainers = (blocks: readonly CifBlock[]): number =>
  blocks.reduce((sum, { frames }) => sum + 1 + countContainers(frames), 0);

/** Splits entries into loops and runs of neighbouring items of one category. */
function runs(entries: readonly CifEntry[]): CifEntry[][] {
  const result: CifEntry[][] = [];
  for (const entry of entries) {
    const last = result.at(-1)?.[0];
    const joins = entry.kind === "item" && last?.kind === "item" && category(entry) === category(last);
    if (joins) result.at(-1)!.push(entry);
    else result.push([entry]);
  }
  return result;
}

/** First word of a data name: `cell` of `_cell_length_a` and of `_cell.length_a`. */
const category = (item: CifItem): string => item.name.key.slice(1).split(/[._]/, 1)[0] ?? "";

/** What the names of a loop share, up to a whole word: `_atom_site` of `_atom_site_label` and `_atom_site_fract_x`. */
function loopName(loop: CifLoop): string {
  const [first, ...others] = loop.names.map((name) => name.text);
  if (first === undefined) return "loop_";
  const words = first.split(/(?=[._])/);
  for (let count = words.length; count > 0; count--) {
    const prefix = words.slice(0, count).join("");
    const shared = others.every(
      (name) => name === prefix || name.startsWith(`${prefix}_`) || name.startsWith(`${prefix}.`),
    );
    if (shared) return prefix;
  }
  return "loop_";
}

function shorten(text: string | undefined): string {
  const line = (text ?? "").trim().replace(/\s+/g, " ");
  return line.length > DETAIL_LENGTH ? `${line.slice(0, DETAIL_LENGTH - 1)}…` : line;
}
