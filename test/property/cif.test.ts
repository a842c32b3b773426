import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type CifBlock, type CifDocument, entryAt, parseCif } from "../../core/cif/index.ts";
import { createLexer, detectVersion } from "../../core/cif/lexer.ts";
import { TOKEN } from "../../core/cif/tokens.ts";

/** Pieces that make CIF-like text, right and wrong. */
const piece = fc.constantFrom(
  ..."data_a|data_|data|save_f|save_|loop_|_loop|loop|global_|stop_|_b|_c_d|_|1.5(2)|?|.|x|a#b|#|# c|'|'x y'|\"|\"x\"|'''|;|[|]|{|}|:|$|\\|\\\\|é|\uFFFD|\uFEFF|\0".split(
    "|",
  ),
  "\u001A",
  "\f",
);
const gap = fc.constantFrom(" ", "\t", "\n", "\n", "\r\n", "\r", "\n;", "");
const jumble = fc.array(fc.tuple(piece, gap), { maxLength: 60 }).map((pairs) => pairs.flat().join(""));
const magic = fc.constantFrom("", "#\\#CIF_2.0\n", "#\\#CIF_1.1\r\n");
const anyText = fc
  .tuple(magic, fc.oneof(jumble, fc.string({ unit: "binary", maxLength: 200 })))
  .map((parts) => parts.join(""));

describe("any text", () => {
  test("tokens stand in order, and between them there is white space only", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lexer = createLexer(text, detectVersion(text));
        let last = -1;
        do last = lexer.next();
        while (lexer.tokens.kinds[last] !== TOKEN.end);
        let position = text.startsWith("\uFEFF") ? 1 : 0;
        for (let i = 0; i < lexer.tokens.count; i++) {
          const between = text.slice(position, lexer.tokens.starts[i]);
          assert.ok([...between].every((character) => " \t\r\n\v\f\u001A".includes(character)));
          assert.ok(lexer.tokens.starts[i]! >= position);
          assert.ok(i === last || lexer.tokens.ends[i]! > lexer.tokens.starts[i]!);
          position = lexer.tokens.ends[i]!;
        }
        assert.equal(position, text.length);
      }),
      { numRuns: 500 },
    );
  });

  test("parsing returns, with issues in order and every range inside", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const document = parseCif(text);
        const starts = document.issues.map(({ range }) => range!.start);
        assert.deepEqual(
          starts,
          [...starts].sort((a, b) => a - b),
        );
        for (const { range, message } of document.issues) {
          assert.ok(range!.start <= range!.end && range!.end <= text.length);
          assert.doesNotMatch(message, /undefined|NaN|\n/);
        }
        for (const block of document.blocks) assertNested(block, { start: 0, end: text.length });
        for (let offset = 0; offset <= text.length; offset++) {
          const place = entryAt(document, offset);
          if (place) assert.ok(place.range.start <= offset && offset <= place.range.end);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function assertNested(block: CifBlock, outer: { start: number; end: number }): void {
  assert.ok(block.range.start >= outer.start && block.range.end <= outer.end);
  let position = block.header.end;
  for (const entry of block.entries) {
    assert.ok(entry.range.start >= position && entry.range.end <= block.range.end);
    position = entry.range.end;
  }
  for (const frame of block.frames) assertNested(frame, block.range);
}

interface Item {
  readonly names: readonly string[];
  /** Row by row; an item has one row. */
  readonly rows: readonly (readonly string[])[];
  readonly isLoop: boolean;
}
type Block = readonly [code: string, items: readonly Item[]];

const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9.\-/[\]()]{0,10}$/);
/** Content that CIF 1.1 can hold in some form. */
const content = fc.oneof(
  fc.stringMatching(/^[ -~]{0,30}$/),
  fc.stringMatching(/^[!-~]{1,8}$/),
  fc.stringMatching(/^[ -~\t\n]{0,60}$/),
);
const printable = content.filter((text) => !/\n;/.test(text) && !/^[^;\\][^\\]*\\\\?[ \t]*(\n|$)|^\\/.test(text));
const loop = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    names: fc.array(word, { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(printable, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
    isLoop: fc.constant(true),
  }),
);
const item = fc.record({
  names: fc.tuple(word),
  rows: fc.tuple(fc.tuple(printable)),
  isLoop: fc.constant(false),
});
/** Blocks whose names are made unique by a number. */
const blocks: fc.Arbitrary<readonly Block[]> = fc
  .array(fc.tuple(word, fc.array(fc.oneof(item, loop), { maxLength: 6 })), { maxLength: 3 })
  .map((drafts) => {
    let count = 0;
    return drafts.map(([code, items]) => [
      `${code}_${count++}`,
      items.map((entry) => ({ ...entry, names: entry.names.map((name) => `_${name}_${count++}`) })),
    ]);
  });

const KEYWORD = /^(?:data_|save_)|^(?:loop_|stop_|global_)$/i;

/** The value in one of the forms that can hold it, chosen by `pick`, with the white space before it. */
function print(text: string, pick: number): string {
  const forms: string[] = [];
  if (/^[^\s"#$'_;[\]]\S*$/.test(text) && text !== "?" && text !== "." && !KEYWORD.test(text)) forms.push(` ${text}`);
  if (!/\n/.test(text) && !/'\s/.test(text)) forms.push(` '${text}'`);
  if (!/\n/.test(text) && !/"\s/.test(text)) forms.push(`\t"${text}" # note\n`);
  forms.push(`\n;${text}\n;\n`);
  return forms[pick % forms.length]!;
}

function printDocument(document: readonly Block[], picks: readonly number[], lineEnd: string): string {
  let count = 0;
  const value = (text: string): string => print(text, picks[count++ % picks.length]!);
  const lines = document.flatMap(([code, items]) => [
    `data_${code}`,
    ...items.map(({ names, rows, isLoop }) =>
      isLoop
        ? `loop_\n${names.join("\n")}\n${rows.map((row) => row.map(value).join("")).join("\n")}`
        : `${names[0]}${value(rows[0]![0]!)}`,
    ),
  ]);
  return `${lines.join("\n")}\n`.replaceAll("\n", lineEnd);
}

const contentOf = (document: CifDocument): readonly Block[] =>
  document.blocks.map((block) => [
    block.code,
    block.entries.map((entry): Item => {
      if (entry.kind === "item") return { names: [entry.name.text], rows: [[entry.value!.text]], isLoop: false };
      const cells = (row: number): string[] => entry.names.map((_, column) => entry.value(row, column)!.text);
      return {
        names: entry.names.map((name) => name.text),
        rows: Array.from({ length: entry.rowCount }, (_, row) => cells(row)),
        isLoop: true,
      };
    }),
  ]);

const picks = fc.array(fc.nat(11), { minLength: 1, maxLength: 20 });
const lineEnd = fc.constantFrom("\n", "\r\n", "\r");

describe("a written document", () => {
  test("reads back as it was, in every form of its values", () => {
    fc.assert(
      fc.property(blocks, picks, lineEnd, (document, choice, end) => {
        const read = parseCif(printDocument(document, choice, end));
        assert.deepEqual(read.issues, []);
        assert.deepEqual(contentOf(read), document);
      }),
      { numRuns: 300 },
    );
  });

  test("with a piece cut out or put in still parses", () => {
    fc.assert(
      fc.property(blocks, picks, fc.nat(), fc.nat(20), fc.oneof(piece, gap), (document, choice, at, length, insert) => {
        const text = printDocument(document, choice, "\n");
        const start = at % (text.length + 1);
        const changed = text.slice(0, start) + insert + text.slice(start + length);
        assert.equal(parseCif(changed).text, changed);
      }),
      { numRuns: 300 },
    );
  });
});
