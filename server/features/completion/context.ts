import {
  type CifBlock,
  type CifDocument,
  type CifLoop,
  type CifName,
  entryAt,
  parseCif,
} from "../../../core/cif/index.ts";
import type { TextRange } from "../../../core/util/index.ts";

/** What can be written at a place, and the range of what is written there so far. */
export type CompletionContext = {
  readonly block: CifBlock | undefined;
  readonly range: TextRange;
  /** From the start of the range to the cursor. */
  readonly typed: string;
} & (
  | { readonly kind: "nothing" }
  /** The code of a data block that has none. */
  | { readonly kind: "header" }
  /** A data name, or a keyword; in the header of a loop, beside these names. Behind a header a row may begin. */
  | {
      readonly kind: "name";
      readonly header: readonly CifName[] | undefined;
      readonly firstOfRow: CifName | undefined;
    }
  /** A value of this data name, behind another one of its row; where a row is complete, a keyword or name as well. */
  | {
      readonly kind: "value";
      readonly name: CifName;
      readonly before: string | undefined;
      readonly mayEndLoop: boolean;
    }
);

/** Text behind the last good row of a loop is read up to this length. */
const TAIL_LIMIT = 20_000;

export function completionContext(cif: CifDocument, offset: number): CompletionContext {
  const place = entryAt(cif, offset);
  // A block without a header has an empty one, where its first name begins.
  if (place && place.range.start < place.range.end) {
    const { block, range, part } = place;
    const typed = cif.text.slice(range.start, offset);
    const common = { block, range, typed };
    if (part === "name") {
      const header = place.entry.kind === "loop" ? place.entry.names : undefined;
      return { ...common, kind: "name", header, firstOfRow: undefined };
    }
    if (part === "header" && block.kind === "block" && block.code === "") return { ...common, kind: "header" };
    const isOneLine = part === "value" && place.value.kind !== "text-field" && !/[\r\n]/.test(typed);
    if (!isOneLine) return { ...common, kind: "nothing" };
    const { entry, name, row = 0, column = 0 } = place;
    const before = entry.kind === "loop" ? entry.value(row, column - 1)?.text : undefined;
    return { ...common, kind: "value", name, before, mayEndLoop: false };
  }
  const start = wordStart(cif.text, offset);
  const range = { start, end: offset };
  const block = innermostBlock(cif.blocks, offset);
  const common = { block, range, typed: cif.text.slice(start, offset) };
  if (isInComment(cif.text, offset)) return { ...common, kind: "nothing" };

  if (/(?:^|\s)loop_\s+$/i.test(cif.text.slice(Math.max(0, start - 100), start))) {
    return { ...common, kind: "name", header: [], firstOfRow: undefined };
  }
  const entry = block?.entries.findLast((candidate) => candidate.range.start < start);
  if (entry?.kind === "item" && isMissing(cif, entry.name)) {
    return { ...common, kind: "value", name: entry.name, before: undefined, mayEndLoop: false };
  }
  if (entry?.kind !== "loop") return { ...common, kind: "name", header: undefined, firstOfRow: undefined };
  const isHeader = entry.rowCount === 0 || start < entry.startOf(0, 0);
  const column = nextColumn(cif.text, entry, start);
  if (isHeader && column === 0) return { ...common, kind: "name", header: entry.names, firstOfRow: entry.names[0] };
  const name = column === undefined ? undefined : entry.names[column];
  if (!name) return { ...common, kind: "nothing" };
  const before = column === 0 ? undefined : /(\S+)\s+$/.exec(cif.text.slice(Math.max(0, start - 200), start))?.[1];
  return { ...common, kind: "value", name, before, mayEndLoop: column === 0 };
}

function wordStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/\s/.test(text[start - 1]!)) start--;
  return start;
}

function innermostBlock(blocks: readonly CifBlock[], offset: number): CifBlock | undefined {
  const block = blocks.findLast(({ header }) => header.start < offset);
  const frame = block?.frames.find(({ range }) => range.start < offset && offset <= range.end);
  return frame ?? block;
}

function isInComment(text: string, offset: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1, offset);
  return /(?:^|\s)#/.test(line);
}

/** Whether nothing but white space follows a name on its line: its value is still to be written. */
const isMissing = ({ text }: CifDocument, { range }: CifName): boolean => {
  const next = /\S/g;
  next.lastIndex = range.end;
  const found = next.exec(text);
  return !found || /^(?:_|loop_|data_|save_)/i.test(text.slice(found.index, found.index + 5));
};

/** Column of the value that is written at `start`: by the values since the last good row before it. */
function nextColumn(text: string, loop: CifLoop, start: number): number | undefined {
  const width = loop.names.length;
  if (width === 0) return undefined;
  let low = 0;
  let high = loop.rowCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (loop.startOf(middle, 0) < start) low = middle + 1;
    else high = middle;
  }
  const row = low - 1;
  if (row >= 0 && loop.endOf(row, width - 1) > start) {
    const behind = loop.names.findIndex((_, column) => loop.startOf(row, column) > start);
    return behind === -1 ? undefined : behind;
  }
  const from = row >= 0 ? loop.endOf(row, width - 1) : loop.names.at(-1)!.range.end;
  if (start - from > TAIL_LIMIT) return undefined;
  const [block] = parseCif(`data_\nloop_\n_name${text.slice(from, start)}`).blocks;
  const tail = block?.entries[0];
  return tail?.kind === "loop" ? tail.rowCount % width : 0;
}
