import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { createCursor } from "../../core/cif/cursor.ts";
import {
  type CifBlock,
  type CifDocument,
  type CifValue,
  entryAt,
  formatDocument,
  formatRange,
  parseCif,
  renameAt,
  renameTargetAt,
} from "../../core/cif/index.ts";
import { createIssueList } from "../../core/cif/issues.ts";
import { detectVersion } from "../../core/cif/lexer.ts";
import { isContainerKind, TOKEN } from "../../core/cif/tokens.ts";
import { createLineIndex, type TextEdit } from "../../core/util/index.ts";

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
        const { tokens, ...cursor } = createCursor(text, detectVersion(text), createLineIndex(text), createIssueList());
        while (cursor.kind() !== TOKEN.end) cursor.take();
        const last = cursor.index();
        let position = text.startsWith("\uFEFF") ? 1 : 0;
        for (let i = 0; i <= last; i++) {
          const start = tokens.starts[i]!;
          const end = isContainerKind(tokens.kinds[i]!) ? start + 1 : tokens.ends[i]!;
          assert.ok([...text.slice(position, start)].every((character) => " \t\r\n\v\f\u001A".includes(character)));
          assert.ok(start >= position);
          assert.ok(i === last || end > start);
          position = end;
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
    for (const value of valuesIn(entry)) assertMembersNested(value);
  }
  for (const frame of block.frames) assertNested(frame, block.range);
}

/** Members of lists and tables stand in them, one behind the other. */
function assertMembersNested({ items, entries, range }: CifValue): void {
  let position = range.start + 1;
  for (const member of items ?? entries?.map(({ value }) => value) ?? []) {
    assert.ok(member.range.start >= position && member.range.end <= range.end);
    position = member.range.end;
    assertMembersNested(member);
  }
  for (const { keyRange, value } of entries ?? []) assert.ok(keyRange.end < value.range.start);
}

const valuesIn = (entry: CifBlock["entries"][number]): readonly CifValue[] => {
  if (entry.kind === "item") return entry.value ? [entry.value] : [];
  return Array.from({ length: entry.rowCount }, (_, row) => entry.names.map((_, i) => entry.value(row, i)!)).flat();
};

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

type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

const { value: nested } = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.string({ unit: fc.constantFrom(..."aé 0'\"\n;[]{}:#_$.?".split("")), maxLength: 8 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z_' ]{0,4}$/), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** A value of CIF 2.0, in triple quotes or between brackets, with white space that `gap` gives. */
function printNested(value: Plain, gap: () => string): string {
  if (typeof value === "string") return value.endsWith("'") ? `"""${value}"""` : `'''${value}'''`;
  if (Array.isArray(value)) return `[${value.map((item) => gap() + printNested(item, gap)).join(" ")}${gap()}]`;
  const entries = Object.entries(value).map(([key, item]) => `"${key}":${gap()}${printNested(item, gap)}`);
  return `{${gap()}${entries.join(` ${gap()}`)}}`;
}

const plainOf = (value: CifValue): Plain => {
  if (value.items) return value.items.map(plainOf);
  if (value.entries) return Object.fromEntries(value.entries.map((entry) => [entry.key, plainOf(entry.value)]));
  return value.text;
};

const canPrint = (value: Plain): boolean =>
  typeof value === "string"
    ? !value.includes(value.endsWith("'") ? '"""' : "'''") && !(value.endsWith("'") && value.endsWith('"'))
    : Object.values(value).every(canPrint);

test("lists and tables read back as they were written", () => {
  const gaps = fc.array(fc.constantFrom("", " ", "\n", "\t # note ]\n"), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(nested.filter(canPrint), gaps, (value, choice) => {
      let count = 0;
      const written = printNested(value, () => choice[count++ % choice.length]!);
      const document = parseCif(`#\\#CIF_2.0\ndata_a\n_b ${written}\n_c 1\n`);
      assert.deepEqual(document.issues, []);
      const [entry] = document.blocks[0]!.entries;
      assert.ok(entry?.kind === "item");
      assert.deepEqual(plainOf(entry.value!), value);
    }),
    { numRuns: 300 },
  );
});

const apply = (text: string, edits: readonly TextEdit[]): string => {
  let result = "";
  let position = 0;
  for (const { range, newText } of edits) {
    assert.ok(range.start >= position);
    result += text.slice(position, range.start) + newText;
    position = range.end;
  }
  return result + text.slice(position);
};

/** All that formatting must keep: values as they are written, comments, and the problems with their text. */
function essence(document: CifDocument): unknown {
  const { text, blocks, issues } = document;
  const written = (range: { start: number; end: number }): string => text.slice(range.start, range.end);
  const block = ({ kind, code, entries, frames }: CifBlock): unknown => [
    kind,
    code,
    entries.map((entry) => [
      entry.kind === "item" ? entry.name.text : entry.names.map((name) => name.text),
      valuesIn(entry).map(({ kind: valueKind, range }) => [valueKind, written(range)]),
    ]),
    frames.map(block),
  ];
  return [blocks.map(block), issues.map(({ code, range }) => [code, written(range!)])];
}

const comments = (document: CifDocument): readonly string[] => {
  const { tokens, ...cursor } = createCursor(document.text, document.version, document.lines, createIssueList());
  while (cursor.kind() !== TOKEN.end) cursor.take();
  return Array.from({ length: cursor.index() }, (_, i) => i)
    .filter((i) => tokens.kinds[i] === TOKEN.comment)
    .map((i) => document.text.slice(tokens.starts[i], tokens.ends[i]));
};

describe("formatting", () => {
  const assertFormats = (text: string): void => {
    const document = parseCif(text);
    const formatted = parseCif(apply(text, formatDocument(document)));
    assert.deepEqual(essence(formatted), essence(document));
    assert.deepEqual(comments(formatted), comments(document));
    assert.deepEqual(formatDocument(formatted), []);
  };

  test("of a written document changes no value, and twice is once", () => {
    fc.assert(
      fc.property(blocks, picks, lineEnd, (document, choice, end) =>
        assertFormats(printDocument(document, choice, end)),
      ),
      { numRuns: 300 },
    );
  });

  test("of any text changes no value, and twice is once", () => {
    fc.assert(fc.property(anyText, assertFormats), { numRuns: 1000 });
  });

  test("of a range changes no value", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, first, second) => {
        const document = parseCif(text);
        const [start, end] = [first % (text.length + 1), second % (text.length + 1)].sort((a, b) => a - b) as [
          number,
          number,
        ];
        const formatted = parseCif(apply(text, formatRange(document, { start, end })));
        assert.deepEqual(essence(formatted), essence(document));
      }),
      { numRuns: 300 },
    );
  });
});

test("renaming and renaming back is nothing", () => {
  const label = fc.constantFrom("A", "B1", "C'", "D(2)", "E#");
  const quote = fc.constantFrom("", "'", '"');
  const cell = fc.tuple(label, quote).map(([text, mark]) => mark + text + mark);
  const column = fc.constantFrom(
    "_atom_site_label",
    "_atom_site.label",
    "_atom_site_aniso_label",
    "_geom_bond_atom_site_label_1",
    "_other",
  );
  const source = fc
    .tuple(
      fc.array(fc.tuple(column, fc.array(cell, { minLength: 1, maxLength: 5 })), { minLength: 1, maxLength: 4 }),
      label,
    )
    .map(([loops, code]) => [
      `data_${code}`,
      `_audit_block_code ${code}`,
      ...loops.map(([name, cells]) => `loop_\n${name}\n${cells.join(" ")}`),
      "data_last\n",
    ])
    .map((lines) => lines.join("\n"));
  let renamed = 0;
  fc.assert(
    fc.property(source, fc.nat(), fc.constantFrom("F", "G2'", 'H"', "B1"), (text, at, newName) => {
      const document = parseCif(text);
      const offset = at % (text.length + 1);
      const target = renameTargetAt(document, offset);
      const result = renameAt(document, offset, newName);
      if (!result.ok) return;
      renamed++;
      const changed = apply(text, result.value);
      const before = result.value.filter(({ range }) => range.start < target!.range.start).length;
      const shifted = target!.range.start + before * (newName.length - target!.text.length);
      const back = renameAt(parseCif(changed), shifted, target!.text);
      assert.ok(back.ok);
      assert.equal(apply(changed, back.value), text);
      assert.deepEqual(
        parseCif(changed).issues.map(({ code }) => code),
        document.issues.map(({ code }) => code),
      );
    }),
    { numRuns: 500 },
  );
  assert.ok(renamed > 50, `${renamed} renamed`);
});
