import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type CifPlace,
  type CifValue,
  entryAt,
  findBlock,
  findColumn,
  findItem,
  parseCif,
  parseNumber,
  valuesOf,
} from "../../core/cif/index.ts";

const text = `# made for this test
data_LiNbO3
_cell_length_a 5.14829(2) # at 297 K
_Chemical_Formula_Sum 'Li Nb O3'
_cell_length_b .
_exptl_crystal_colour ?
_note
;first
second;
;
loop_
_atom_site_label
_atom_site.fract_z
Li1 0.2829
# between
"Nb 1" '0'
O1
;
0.0647
;
save_frame
_cell_length_a 1
save_
_audit_block_code last
data_second
loop_
_x
1 2
`;
const document = parseCif(text);
const [block, second] = document.blocks;
assert.ok(block && second);

const written = (range: { start: number; end: number }): string => text.slice(range.start, range.end);
const value = (source: string): CifValue => valuesOf(parseCif(`data_a\n_a\n${source}\n`).blocks[0]!, "_a")[0]!;

describe("tree", () => {
  test("blocks, frames and entries in their order, with their ranges", () => {
    assert.deepEqual(document.issues, []);
    assert.deepEqual([block.code, second.code], ["LiNbO3", "second"]);
    assert.equal(written(block.header), "data_LiNbO3");
    assert.ok(
      written(block.range).startsWith("data_LiNbO3") && written(block.range).endsWith("_audit_block_code last"),
    );
    assert.deepEqual(
      block.entries.map((entry) => entry.kind),
      ["item", "item", "item", "item", "item", "loop", "item"],
    );
    const frame = block.frames[0]!;
    assert.deepEqual(
      [frame.kind, frame.code, written(frame.range)],
      ["frame", "frame", "save_frame\n_cell_length_a 1\nsave_"],
    );
  });

  test("names keep their writing and compare in lower case", () => {
    const { name, range } = findItem(block, "_chemical_formula_sum")!;
    assert.deepEqual(
      [name.text, name.key, written(name.range)],
      ["_Chemical_Formula_Sum", "_chemical_formula_sum", name.text],
    );
    assert.equal(written(range), "_Chemical_Formula_Sum 'Li Nb O3'");
  });

  test("values by kind", () => {
    const kinds = ["_cell_length_a", "_chemical_formula_sum", "_cell_length_b", "_exptl_crystal_colour", "_note"].map(
      (name) => findItem(block, name)!.value!,
    );
    assert.deepEqual(
      kinds.map(({ kind, text: content, range }) => [kind, content, written(range)]),
      [
        ["unquoted", "5.14829(2)", "5.14829(2)"],
        ["single-quoted", "Li Nb O3", "'Li Nb O3'"],
        ["inapplicable", ".", "."],
        ["unknown", "?", "?"],
        ["text-field", "first\nsecond;", ";first\nsecond;\n;"],
      ],
    );
    assert.equal(value('"?"').kind, "double-quoted");
    assert.equal(value("'.'").text, ".");
  });

  test("rows and cells of a loop", () => {
    const { loop, column } = findColumn(block, "_atom_site.fract_z")!;
    assert.deepEqual([loop.rowCount, column, written(loop.keyword)], [3, 1, "loop_"]);
    assert.deepEqual(
      [0, 1, 2].map((row) => loop.value(row, 0)!.text),
      ["Li1", "Nb 1", "O1"],
    );
    assert.equal(loop.value(2, 1)!.text, "\n0.0647");
    assert.equal(written(loop.rowRange(1)), "\"Nb 1\" '0'");
    for (const [row, cell] of [
      [3, 0],
      [-1, 0],
      [0, 2],
      [0, -1],
    ] as const)
      assert.equal(loop.value(row, cell), undefined);
  });
});

test("a loop of many rows keeps each value", () => {
  const rows = Array.from({ length: 5000 }, (_, row) => `${row} ${row * row}`);
  const { loop } = findColumn(parseCif(`data_a\nloop_\n_h\n_i\n${rows.join("\n")}\n`).blocks[0]!, "_i")!;
  assert.equal(loop.rowCount, 5000);
  assert.deepEqual(
    [0, 700, 4999].map((row) => loop.value(row, 1)?.text),
    ["0", "490000", "24990001"],
  );
});

describe("lookups", () => {
  test("block by code, without case", () => {
    assert.equal(findBlock(document, "linbo3"), block);
    assert.equal(findBlock(document, "linbo"), undefined);
  });

  test("aliases in their order", () => {
    assert.equal(findItem(block, "_cell.length_a", "_CELL_LENGTH_A")?.value?.text, "5.14829(2)");
    assert.equal(findItem(block, "_cell_length_b", "_cell_length_a")?.value?.text, ".");
    assert.equal(findItem(block, "_atom_site_label"), undefined);
    assert.equal(findColumn(block, "_atom_site_fract_z", "_atom_site.fract_z")?.column, 1);
    assert.equal(findColumn(block, "_note"), undefined);
  });

  test("values of an item or a column", () => {
    const texts = (...names: string[]): string[] => valuesOf(block, ...names).map(({ text: content }) => content);
    assert.deepEqual(texts("_atom_site_fract_z", "_ATOM_site.fract_z"), ["0.2829", "0", "\n0.0647"]);
    assert.deepEqual(texts("_cell_length_a"), ["5.14829(2)"]);
    assert.deepEqual(texts("_cell_length_c"), []);
    assert.deepEqual(
      valuesOf(second, "_x").map(({ text: content }) => content),
      ["1", "2"],
    );
  });
});

describe("what stands at an offset", () => {
  const at = (needle: string, shift = 0): CifPlace | undefined => entryAt(document, text.indexOf(needle) + shift);

  test("header, name, value and keyword, to the offset behind their end", () => {
    for (const shift of [0, 5, 11]) assert.equal(at("data_LiNbO3", shift)?.part, "header");
    for (const shift of [0, 14]) assert.equal(at("_cell_length_a", shift)?.part, "name");
    for (const shift of [0, 10]) {
      const place = at("5.14829(2)", shift);
      assert.ok(place?.part === "value");
      assert.deepEqual(
        [place.name.key, place.value.text, place.row, place.block],
        ["_cell_length_a", "5.14829(2)", undefined, block],
      );
    }
    assert.equal(at("loop_", 2)?.part, "keyword");
  });

  test("row and column of a cell", () => {
    const cells = ["Li1", "0.2829", '"Nb 1"', "'0'", "O1", ";\n0.0647"].map((needle) => at(needle, 1));
    assert.deepEqual(
      cells.map((place) => place?.part === "value" && [place.row, place.column, place.name.text]),
      [
        [0, 0, "_atom_site_label"],
        [0, 1, "_atom_site.fract_z"],
        [1, 0, "_atom_site_label"],
        [1, 1, "_atom_site.fract_z"],
        [2, 0, "_atom_site_label"],
        [2, 1, "_atom_site.fract_z"],
      ],
    );
    const name = at("_atom_site.fract_z", 3);
    assert.equal(name?.part === "name" && name.column, 1);
  });

  test("the frame around a name", () => {
    const place = at("save_frame\n_cell_length_a", 12);
    assert.deepEqual([place?.part, place?.block.code], ["name", "frame"]);
  });

  test("an item behind a frame", () => {
    const place = at("_audit_block_code");
    assert.deepEqual([place?.part, place?.block.code], ["name", "LiNbO3"]);
  });

  test("nothing in white space and comments", () => {
    assert.equal(at("# at 297", 3), undefined);
    assert.equal(at("# between", 3), undefined);
    assert.equal(entryAt(document, 0), undefined);
    assert.equal(entryAt(document, text.length), undefined);
    assert.equal(entryAt(parseCif(""), 0), undefined);
  });
});

describe("numbers", () => {
  const read: Readonly<Record<string, readonly [number, number | null, number]>> = {
    "5.14829(2)": [5.14829, 0.00002, 5],
    "1.234(12)": [1.234, 0.012, 3],
    "34(2)": [34, 2, 0],
    "1.5e-3(2)": [0.0015, 0.0002, 4],
    "1.5E3(8)": [1500, 800, -2],
    "-0.5": [-0.5, null, 1],
    "+1": [1, null, 0],
    ".5": [0.5, null, 1],
    "5.": [5, null, 0],
    "1.(33)": [1, 33, 0],
    "+.23E-12(3)": [0.23e-12, 0.03e-12, 14],
    "0042": [42, null, 0],
    "1e-400": [0, null, 400],
  };
  for (const [source, [number, su, decimals]] of Object.entries(read)) {
    test(source, () => assert.deepEqual(parseNumber(source), { value: number, su, decimals }));
  }

  test("everything else is text", () => {
    const texts = [
      "",
      "?",
      ".",
      "-",
      "1,5",
      "1.2.3",
      "++1",
      "1e",
      "1(2",
      "1()",
      "1(2)e3",
      "(2)",
      "0x1",
      "NaN",
      "Infinity",
      " 1",
      "1e999",
      "1(2)3",
      "5.1(-2)",
    ];
    assert.deepEqual(
      texts.filter((source) => parseNumber(source) !== undefined),
      [],
    );
  });
});

describe("text fields", () => {
  const fields: Readonly<Record<string, readonly [string, string]>> = {
    "lines between the semicolons": [";\na\n b\n;", "\na\n b"],
    "text on the first line": [";a\nb\n;", "a\nb"],
    empty: [";\n;", ""],
    "CRLF and CR read as LF": [";a\r\nb\rc\r\n;", "a\nb\nc"],
    "folded lines": [";\\\nlong \\\nline\nnext\n;", "long line\nnext"],
    "blanks behind the backslash": [";\\  \nlong \\ \t\nline\n;", "long line"],
    "a backslash that ends a line of plain text": [";a\\\nb\n;", "a\\\nb"],
    "prefixed lines": [";> \\\n> ;a\n> b\\\n> c\n;", ";a\nb\\\nc"],
    "prefixed and folded lines": [";> \\\\\n> a\\\n> b\n;", "ab"],
    "a prefix that is not on each line": [";> \\\n> a\nb\n;", "> \\\n> a\nb"],
  };
  for (const [name, [source, content]] of Object.entries(fields)) {
    test(name, () => assert.deepEqual([value(source).kind, value(source).text], ["text-field", content]));
  }

  test("a value that is not closed still has its content", () => {
    assert.equal(value("'abc").text, "abc");
    assert.equal(value(";abc").text, "abc");
    assert.equal(value("'").text, "");
  });
});
