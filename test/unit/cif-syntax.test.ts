import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CifDocument, findColumn, parseCif, valuesOf } from "../../core/cif/index.ts";
import { createIssueList } from "../../core/cif/issues.ts";

/** Issues as `slug line:column-column`, or `slug line:column-line:column` over several lines. */
function places(document: CifDocument): string[] {
  return document.issues.map(({ code, range }) => {
    const from = document.lines.position(range!.start);
    const to = document.lines.position(range!.end);
    const end = from.line === to.line ? `${to.column}` : `${to.line}:${to.column}`;
    return `${code.replace("syntax/", "")} ${from.line}:${from.column}-${end}`;
  });
}

const cell = "_cell_length_a 5\n";
const long = (length: number, start = "_"): string => start.padEnd(length, "n");

/** What is written, and where each problem is expected: one slip, one issue. */
const slips: Readonly<Record<string, readonly [text: string, ...expected: string[]]>> = {
  "name without value before a name": ["data_a\n_b _c 1\n", "missing-value 2:1-3"],
  "name without value before a loop": ["data_a\n_b\nloop_\n_c 1\n", "missing-value 2:1-3"],
  "name without value at the end": ["data_a\n_b", "missing-value 2:1-3"],
  "keyword as a value": ["data_a\n_b loop_\n_c 1", "missing-value 2:1-3"],
  "block header as a value": ["data_a\n_b data_c\n_d 1", "missing-value 2:1-3"],
  "each name without a value": [
    "data_a\n_b\n_c\n_d\n",
    "missing-value 2:1-3",
    "missing-value 3:1-3",
    "missing-value 4:1-3",
  ],
  "text with blanks and no quotes": ["data_a\n_b x y z # why\n_c 1\n", "unexpected-value 2:6-9"],
  "value without a name": ["data_a\n_b x\n7 8\n_c 1\n", "unexpected-value 3:1-4"],
  "value behind a block header": ["data_a\n'x'\n_c 1\n", "unexpected-value 2:1-4"],
  "blank in a block name": ["data_my crystal b\n_c 1\n", "unexpected-value 1:9-18"],
  "blank behind data_": ["data_ crystal\n_c 1\n", "bad-block-name 1:1-6"],
  "data_ without a name": ["data_\n_c 1\n", "bad-block-name 1:1-6"],
  "blank for the underscore of data_": [`data_a\n${cell}data b\n${cell}`, "unexpected-value 3:1-7"],
  "the same at the start": [`data LiNbO3\n${cell}`, "no-data-block 1:1-12"],
  "item before the first block": [`${cell}_b 1\ndata_a\n`, "no-data-block 1:1-15"],
  "loop before the first block": ["loop_\n_b 1\n", "no-data-block 1:1-6"],
  "prose instead of a CIF": ["# note\nThis is no CIF.\nNot at all.\n", "no-data-block 2:1-3:12"],
  "block twice": ["data_a\ndata_b\ndata_A\n", "duplicate-block 3:1-7"],
  "item twice": ["data_a\n_b 1\n_B 1\n", "duplicate-tag 3:1-3"],
  "item and column": ["data_a\n_b 1\nloop_\n_c\n_b\n1 2\n", "duplicate-tag 5:1-3"],
  "column twice": ["data_a\nloop_\n_b\n_b\n1 2\n", "duplicate-tag 4:1-3"],
  "item twice in a frame": ["data_a\n_b 0\nsave_f\n_b 1\n_b 2\nsave_\n", "duplicate-tag 5:1-3"],
  "frame twice": ["data_a\nsave_f\n_b 1\nsave_\nsave_F\n_b 1\nsave_\n", "duplicate-frame 5:1-7"],
  "frame not closed": ["data_a\nsave_f\n_b 1\ndata_c\n_d 1\n", "unterminated-frame 2:1-7"],
  "frame not closed at the end": ["data_a\nsave_f\n_b 1\n", "unterminated-frame 2:1-7"],
  "frame in a frame": ["data_a\nsave_f\n_b 1\nsave_g\n_c 1\nsave_\nsave_\n_d 1\n", "unterminated-frame 2:1-7"],
  "save_ without a frame": ["data_a\n_b 1\nsave_\n_c 1\n", "unexpected-save-end 3:1-6"],
  "frame without items": ["data_a\nsave_f\nsave_\n", "empty-frame 2:1-7"],
  "loop without names": ["data_a\nloop_\n1 2 3\n_b 1\n", "loop-without-tags 2:1-6"],
  "loop_ twice": ["data_a\nloop_ loop_ _b 1\n", "loop-without-tags 2:1-6"],
  "loop without values": ["data_a\nloop_\n_b\n_c\nloop_\n_d 1\n", "loop-without-values 2:1-6"],
  "loop without values at the end": ["data_a\nloop_\n_b\n_c", "loop-without-values 2:1-6"],
  "_loop for loop_": ["data_a\n_loop\n_b\n_c\n1 2\n3 4\n", "missing-value 2:1-6"],
  "loop for loop_": ["data_a\n_x 1\nloop\n_b\n_c\n1 2\n", "unexpected-value 3:1-5"],
  "loop_ forgotten": ["data_a\n_b\n_c\n1 2\n3 4\n", "missing-value 2:1-3"],
  "value without a closing quote": ["data_a\n_b 'x y \n_c 1\n", "unterminated-quote 2:4-8"],
  "text with a line end in quotes": ['data_a\n_b "x\ny"\n_c 1\n', "unterminated-quote 2:4-6"],
  "quote closed inside a word": ["data_a\n_b 'x'y\n_c 1\n", "unterminated-quote 2:4-8"],
  "a lone quote": ["data_a\n_b '", "unterminated-quote 2:4-5"],
  "quote not closed in a row": ["data_a\nloop_\n_b\n_c\n1 2\n'x 3\n5 6\n", "unterminated-quote 6:1-5"],
  "text field not closed": ["data_a\n_b\n;x\ny\n", "unterminated-text 3:1-3"],
  "text field not closed before an item": ["data_a\n_b\n;x\ny\n_c 1\n_d 2\n", "unterminated-text 3:1-3"],
  "text field not closed before a loop": ["data_a\r\n_b\r\n;\r\ny\r\nloop_\r\n_d 2\r\n", "unterminated-text 3:1-2"],
  "text field not closed before another": [
    "data_a\n_b\n;\nx\n_c\n;\ny z\n;\n_d 1\n_e\n;\nw\n;\n",
    "unterminated-text 3:1-2",
  ],
  "the same, with text behind the semicolon": [
    "data_a\n_b\n;\nx\n_c\n;y z\n;\n_d 1\n_e\n;w\n;\n",
    "unterminated-text 3:1-2",
  ],
  "text behind a closing semicolon": ["data_a\n_b\n;x\n;y\n_c 1\n", "missing-whitespace 4:2-3"],
  "the same with CRLF": ["data_a\r\n_b\r\n;\r\nx\r\n_c\r\n;\r\ny z\r\n;\r\n_d 1\r\n", "unterminated-text 3:1-2"],
  "closing semicolon indented": ["data_a\n_b\n;x\n ;\n_c 1\n", "unterminated-text 3:1-3"],
  "value that begins with [": ["data_a\n_b [1\n_c 1\n", "bad-unquoted-value 2:4-6"],
  "list in CIF 1.1": ["data_a\n_b [1 2 3]\n_c 1\n", "bad-unquoted-value 2:4-6"],
  "value that begins with ]": ["data_a\n_b ]1\n", "bad-unquoted-value 2:4-6"],
  "value that begins with $": ["data_a\nloop_\n_b\n1\n$x\n", "bad-unquoted-value 5:1-3"],
  "global_ as a value": ["data_a\n_b Global_\n_c 1\n", "reserved-word 2:4-11"],
  "stop_ behind a loop": ["data_a\nloop_ _b _d 1 2 stop_\n_c 1\n", "reserved-word 2:17-22"],
  "global_ block": ["global_\n_b 1\ndata_a\n_c 1\n", "reserved-word 1:1-8"],
  "underscore alone": ["data_a\n_ 1\n", "bad-tag 2:1-2"],
  "long data name": [`data_a\n${long(76)} 1\n`, "name-too-long 2:1-77"],
  "long block name": [`${long(81, "data_")}\n`, "name-too-long 1:1-82"],
  "long frame name": [`data_a\n${long(81, "save_")}\n_b 1\nsave_\n`, "name-too-long 2:1-82"],
  "long line": [`data_a\n_b ${long(2046, "x")}\n`, "line-too-long 2:2049-2050"],
  "control character": ["data_a\n_b x\u0007y\n", "illegal-character 2:5-6"],
  "NUL and DEL": ["data_a\n_b '\0\0 \u007F'\n", "illegal-character 2:5-7", "illegal-character 2:8-9"],
  "Ctrl-Z at the end": ["data_a\n_b 1\n\u001A", "illegal-character 3:1-2"],
  "form feed as white space": ["data_a\n_b 1\f_c 2\n", "illegal-character 2:5-6"],
  "not ASCII": ["data_a\n_b '5 Å or é'\n", "illegal-character 2:7-8", "illegal-character 2:12-13"],
  "byte order mark": ["\uFEFFdata_a\n", "illegal-character 1:1-2"],
  "bytes that are not UTF-8": ["data_a\n_b caf\uFFFD\n", "bad-encoding 2:7-8"],
};

const valid: Readonly<Record<string, string>> = {
  "an empty file": "",
  "blanks only": " \t\r\n",
  "a comment only": "# note",
  "an empty block": "data_a",
  "the magic code of CIF 1.1": "#\\#CIF_1.1\ndata_a\n",
  "lines that end with CR": "data_a\r_b\r;\rx\r;\r_c 1\r",
  "keywords in any case": "DATA_A\nLoop_\n_b 1\nSAVE_F\n_c 1\nsave_\n",
  "quotes and hashes inside values": "data_a\n_b O'Neill\n_c 'O'Neill'\n_d \"a\"b c\"\n_e a#b #c\n_f a[1]\n_g {x}\n",
  "words that begin like keywords": "data_a\nloop_\n_b\nloop_x stop_x global_x database saved\n",
  "keywords in quotes and text": "data_a\n_b 'loop_'\n_c\n;\nloop_ data_x\n_y\n'\n;\n_d \"data_x\"\n",
  "a text field that ends with a name": "data_a\n_b\n;see\n_cell_length_a\n;\n_c 1\n",
  "a semicolon that does not start a line": "data_a\n_b ;\n_c\n ;x\n",
  "the same item in block and frame": "data_a\n_b 1\nsave_f\n_b 2\nsave_\ndata_c\n_b 3\nsave_f\n_b 4\nsave_\n",
  "rows broken over lines": "data_a\nloop_\n_b _c _d\n1 2\n3\n4 5 6 7 8 9\n",
  "names and lines of full length": `data_a\n${long(75)} 1\n_b ${long(2045, "x")}\n${long(80, "data_")}\n`,
};

describe("syntax issues", () => {
  for (const [name, [text, ...expected]] of Object.entries(slips)) {
    test(name, () => assert.deepEqual(places(parseCif(text)), expected));
  }
});

describe("valid CIF 1.1", () => {
  for (const [name, text] of Object.entries(valid)) {
    test(name, () => assert.deepEqual(places(parseCif(text)), []));
  }
});

describe("reading goes on after a slip", () => {
  for (const [slip, [text]] of Object.entries(slips)) {
    test(slip, () => {
      const block = parseCif(`${text}\nloop_\n_zzz\n1\n`).blocks.at(-1)!;
      assert.ok([block, ...block.frames].some((container) => findColumn(container, "_zzz")?.loop.rowCount === 1));
    });
  }

  test("_loop, loop and a forgotten loop_ are read as loops", () => {
    for (const start of ["_loop\n", "loop\n", ""]) {
      const entry = parseCif(`data_a\n${start}_b\n_c\n1 2\n3 4\n`).blocks[0]!.entries[0];
      assert.ok(entry?.kind === "loop");
      assert.equal(entry.value(1, 0)?.text, "3");
    }
  });

  test("stop_ is no value", () => {
    assert.equal(valuesOf(parseCif("data_a\nloop_ _b 1 2 stop_\n").blocks[0]!, "_b").length, 2);
  });

  test("data with a blank opens a block of this name", () => {
    assert.deepEqual(
      parseCif("data_a\n_b 1\ndata c\n_b 1\ndata_ d\n_b 1\n").blocks.map((block) => block.code),
      ["a", "c", "d"],
    );
  });
});

describe("odd number of values in a loop", () => {
  const atoms = (...rows: string[]): string =>
    `data_a\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n${rows.join("\n")}\n_b 1\n`;
  const rows = ["Li 0 0 0.2829", "Nb 0 0 0", "O 0.0492 0.3446 0.0647"];

  for (const [at, row] of rows.entries()) {
    test(`a value deleted from row ${at + 1}`, () => {
      for (const [column, value] of row.split(" ").entries()) {
        const shorter = row.split(" ").toSpliced(column, 1).join(" ");
        const document = parseCif(atoms(...rows.with(at, shorter)));
        assert.deepEqual(places(document), [`loop-count ${7 + at}:1-${shorter.length + 1}`], value);
        assert.match(document.issues[0]!.message, /3 values for the 4 names .*1 value missing/);
      }
    });

    test(`a value too much in row ${at + 1}`, () => {
      const document = parseCif(atoms(...rows.with(at, `${row} 1.0`)));
      assert.deepEqual(places(document), [`loop-count ${7 + at}:1-${row.length + 5}`]);
    });
  }

  test("the good rows stay as they are", () => {
    const loop = parseCif(atoms(rows[0]!, "Nb 0 0", rows[2]!)).blocks[0]!.entries[0];
    assert.ok(loop?.kind === "loop");
    assert.equal(loop.rowCount, 2);
    assert.equal(loop.value(1, 0)?.text, "O");
    assert.equal(loop.value(1, 3)?.text, "0.0647");
  });

  test("two short rows are two slips, a row on two lines is none", () => {
    const document = parseCif(atoms("Li 0 0", "Nb 0 0 0", "O 0.0492\n0.3446 0.0647", "Ta 0 0 0", "Ti 0 0 0", "V 0"));
    assert.deepEqual(places(document), ["loop-count 7:1-7", "loop-count 13:1-4"]);
  });

  test("rows on several lines: from the start of the row", () => {
    const good = "1 'first author'\n;\nGrenoble\n;\nx";
    const document = parseCif(`data_a\nloop_\n_a _b _c _d\n${good}\n2 second\nx\n${good}\n_e 1\n`);
    assert.deepEqual(places(document), ["loop-count 9:1-10:2"]);
  });

  test("rows on several lines: the last row", () => {
    const document = parseCif("data_a\nloop_\n_a _b _c\n1 2\n3\n4 5\n6\n7 8\n");
    assert.deepEqual(places(document), ["loop-count 8:1-4"]);
    assert.match(document.issues[0]!.message, /row has 2 values for the 3 names/);
  });

  test("values that run on keep their rows", () => {
    const loop = parseCif("data_a\nloop_\n_a _b _c\n1 2 3\n4 5 6 7 8 9 10 11 12 13\n14 15 16 17\n").blocks[0]!
      .entries[0];
    assert.ok(loop?.kind === "loop");
    assert.deepEqual([loop.rowCount, loop.value(4, 2)?.text], [5, "15"]);
  });

  test("rows on several lines: the first row", () => {
    assert.deepEqual(places(parseCif("data_a\nloop_\n_a _b _c\n1 2\n4 5\n6\n7 8\n9\n")), ["loop-count 4:1-4"]);
  });

  test("values that run on: the last row", () => {
    assert.deepEqual(places(parseCif("data_a\nloop_ _a _b _c 0 1 2 3 4\n5 6 7 8 9\n")), ["loop-count 3:9-10"]);
  });
});

describe("messages name the cause", () => {
  const messages: Readonly<Record<string, readonly [string, RegExp]>> = {
    "text without quotes": ["data_a\n_b bad text here\n", /quotes: 'bad text here'/],
    _loop: ["data_a\n_loop\n_b\n1\n", /write loop_/],
    loop: ["data_a\nloop\n_b\n1\n", /write loop_/],
    "forgotten loop_": ["data_a\n_b\n_c\n1 2\n", /write loop_ before _b/],
    "blank in block name": ["data_my crystal\n", /write data_my_crystal/],
    "data with a blank": ["data LiNbO3\n", /write data_LiNbO3/],
    "keyword as value": ["data_a\n_b loop_\n_c 1\n", /loop_.*keyword.*quote/],
    "first of two": ["data_a\n\n_b 1\n_b 2\n", /_b .*line 3/],
    "character and its code": ["data_a\n_b 'café'\n", /"é" \(U\+00E9\).*\\'e/],
    "decomposed character": ["data_a\n_b A\u030A\n", /U\+030A/],
  };
  for (const [name, [text, expected]] of Object.entries(messages)) {
    test(name, () => assert.match(parseCif(text).issues[0]!.message, expected));
  }
});

test("a binary file gives at most a hundred issues of a kind, and says that there are more", () => {
  let seed = 7;
  const byte = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed & 255;
  };
  const { issues } = parseCif(String.fromCharCode(...Array.from({ length: 60_000 }, byte)));
  const characters = issues.filter((issue) => issue.code === "syntax/illegal-character");
  assert.equal(characters.length, 101);
  assert.match(characters.at(-1)!.message, /more problems of this kind/);
});

test("messages that are not listed are not made", () => {
  const issues = createIssueList();
  let made = 0;
  for (let i = 0; i < 1000; i++) issues.add("bad-tag", () => `${++made}`, { start: i, end: i });
  assert.equal(made, 100);
  assert.equal(issues.sorted().length, 101);
});

test("only the first characters decide on the version", () => {
  assert.equal(parseCif("#\\#CIF_2.0").version, "2.0");
  assert.equal(parseCif("\uFEFF#\\#CIF_2.0 \n").version, "2.0");
  assert.equal(parseCif("\n#\\#CIF_2.0\n").version, "1.1");
  assert.equal(parseCif("#\\#CIF_2.01\n").version, "1.1");
});
