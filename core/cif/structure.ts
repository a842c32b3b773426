import type { LineIndex, RelatedPlace, TextRange } from "../util/index.ts";
import { type IssueList, quoted } from "./issues.ts";
import { nameKey } from "./names.ts";
import type { CifBlock, CifEntry, CifName } from "./tree.ts";

/** Blocks and frames as they are built up, with the names that must not occur twice. */
export interface Structure {
  readonly blocks: readonly CifBlock[];
  hasBlock(): boolean;
  openBlock(code: string, header: TextRange): void;
  /** Opens the nameless block that holds what stands before the first data_ header. */
  openNamelessBlock(at: number): void;
  openFrame(code: string, header: TextRange): void;
  /** Closes the open frame; `end` is its `save_`. */
  closeFrame(end: TextRange): void;
  /** Reports a frame that is still open at the end of the text. */
  finish(): void;
  /** Makes a name of the open block or frame, and reports it if it stands there already. */
  name(text: string, range: TextRange): CifName;
  add(entry: CifEntry): void;
}

interface Draft {
  readonly kind: "block" | "frame";
  readonly code: string;
  readonly header: TextRange;
  range: TextRange;
  readonly entries: CifEntry[];
  readonly names: Map<string, CifName>;
  readonly frames: Draft[];
}

const draft = (kind: Draft["kind"], code: string, header: TextRange): Draft => ({
  kind,
  code,
  header,
  range: header,
  entries: [],
  names: new Map(),
  frames: [],
});

const firstOne = (what: string, range: TextRange): RelatedPlace => ({ range, message: `The first ${what}` });

export function createStructure(lines: LineIndex, issues: IssueList): Structure {
  const blocks: Draft[] = [];
  const blockCodes = new Map<string, TextRange>();
  let frameCodes = new Map<string, TextRange>();
  let block: Draft | undefined;
  let frame: Draft | undefined;
  /** Frames that were opened inside another one: their `save_` is not surplus. */
  let nested = 0;

  const lineOf = (range: TextRange): number => lines.position(range.start).line;

  /** What stands under a key already; else the new thing is put there. */
  const claim = <T>(known: Map<string, T>, key: string, thing: T): T | undefined => {
    const first = known.get(key);
    if (first === undefined) known.set(key, thing);
    return first;
  };

  const extend = (container: Draft, end: number): void => {
    container.range = { start: container.range.start, end };
  };

  const reportOpenFrame = (): void => {
    if (!frame) return;
    const { code, header } = frame;
    const message = (): string => `The save frame ${quoted(code)} is not closed: write save_ at its end.`;
    issues.add("unterminated-frame", message, header);
  };

  const open = (code: string, header: TextRange): void => {
    reportOpenFrame();
    block = draft("block", code, header);
    blocks.push(block);
    frame = undefined;
    nested = 0;
    frameCodes = new Map();
  };

  return {
    blocks,
    hasBlock: () => block !== undefined,
    openBlock(code, header) {
      open(code, header);
      const first = code === "" ? undefined : claim(blockCodes, nameKey(code), header);
      if (!first) return;
      const message = (): string =>
        `The block ${quoted(code)} stands already at line ${lineOf(first)}: give this one another name.`;
      issues.add("duplicate-block", message, header, { related: [firstOne("block", first)] });
    },
    openNamelessBlock: (at) => open("", { start: at, end: at }),
    openFrame(code, header) {
      if (frame) {
        reportOpenFrame();
        nested++;
      }
      const first = claim(frameCodes, nameKey(code), header);
      if (first) {
        const message = (): string =>
          `The save frame ${quoted(code)} stands already at line ${lineOf(first)}: give this one another name.`;
        issues.add("duplicate-frame", message, header, { related: [firstOne("save frame", first)] });
      }
      frame = draft("frame", code, header);
      block?.frames.push(frame);
      if (block) extend(block, header.end);
    },
    closeFrame(end) {
      if (frame) {
        if (frame.entries.length === 0) {
          issues.add("empty-frame", `The save frame ${quoted(frame.code)} holds no items.`, frame.header, {
            severity: "hint",
          });
        }
        extend(frame, end.end);
        if (block) extend(block, end.end);
        frame = undefined;
      } else if (nested > 0) nested--;
      else {
        const message = "This save_ closes no save frame: delete it, or write the name of the frame that it opens.";
        issues.add("unexpected-save-end", message, end);
      }
    },
    finish: reportOpenFrame,
    name(text, range) {
      const name = { text, key: nameKey(text), range };
      const container = frame ?? block;
      const first = container && claim(container.names, name.key, name);
      if (first) {
        const place = frame ? "save frame" : "block";
        const message = (): string =>
          `${quoted(text).slice(1, -1)} stands already at line ${lineOf(first.range)} of this ${place}: delete one of the two.`;
        issues.add("duplicate-tag", message, range, { related: [firstOne("name", first.range)] });
      }
      return name;
    },
    add(entry) {
      const container = frame ?? block;
      if (!container) return;
      container.entries.push(entry);
      extend(container, entry.range.end);
      if (frame && block) extend(block, entry.range.end);
    },
  };
}
