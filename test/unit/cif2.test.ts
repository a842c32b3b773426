import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CifDocument, type CifValue, findColumn, nameKey, parseCif, valuesOf } from "../../core/cif/index.ts";

const read = (body: string): CifDocument => parseCif(`#\\#CIF_2.0\n${body}`);

/** Issues as `slug line:column-column`, or `slug line:column-line:column` over several lines. */
const places = (body: string): string[] => {
  const { issues, lines } = read(body);
  return issues.map(({ code, range }) => {
    const from = lines.position(range!.start);
    const to = lines.position(range!.end);
    const end = from.line === to.line ? `${to.column}` : `${to.line}:${to.column}`;
    return `${code.replace("syntax/", "")} ${from.line}:${from.column}-${end}`;
  });
};

const value = (source: string): CifValue => valuesOf(read(`data_a\n_a\n${source}\n`).blocks[0]!, "_a")[0]!;

type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };
/** A value as JSON would hold it. */
const plain = (from: CifValue): Plain => {
  if (from.items) return from.items.map(plain);
  if (from.entries) return Object.fromEntries(from.entries.map((entry) => [entry.key, plain(entry.value)]));
  return from.text;
};

describe("values of CIF 2.0", () => {
  const values: Readonly<Record<string, Plain>> = {
    "[]": [],
    "[ ]": [],
    "[# note\n]": [],
    "[.]": ["."],
    "[1 2.5(3) a:b # note ]\n -]": ["1", "2.5(3)", "a:b", "-"],
    "['a b' \"c ] d\" '''e\n'f''' \"\"\"g\"\"\"]": ["a b", "c ] d", "e\n'f", "g"],
    "[\n;text ] }\n;\n]": ["text ] }"],
    "[\n;text\n;]": ["text"],
    "[1,2]": ["1,2"],
    "[[1 2] [3 [4]] []]": [["1", "2"], ["3", ["4"]], []],
    "[{'a':1} {}]": [{ a: "1" }, {}],
    "{'a':1 \"b\": 2 '''c''':\nx}": { a: "1", b: "2", c: "x" },
    "{'a':\n;text\n;\n'b':[1] 'c': # note\n?}": { a: "text", b: ["1"], c: "?" },
    '{ "key"::value "":x }': { key: ":value", "": "x" },
    "{'a':{'a':{'a':'b'}}}": { a: { a: { a: "b" } } },
    "{'a':1:2,3}": { a: "1:2,3" },
    "'''it's'''": "it's",
    '"""a\n"b" ""c"""': 'a\n"b" ""c',
    "''": "",
    "''''''": "",
    "a:b,c": "a:b,c",
    "a\u00A0b": "a\u00A0b",
  };
  for (const [source, expected] of Object.entries(values)) {
    test(JSON.stringify(source), () => assert.deepEqual(plain(value(source)), expected));
  }

  test("kinds, ranges and keys", () => {
    const written = "#\\#CIF_2.0\ndata_a\n_a {'k':[x \"y\"]   \"\"\"l\"\"\":'z' 'm':'''n'''}\n";
    const table = valuesOf(parseCif(written).blocks[0]!, "_a")[0]!;
    const shown = (range: { start: number; end: number }): string => written.slice(range.start, range.end);
    assert.deepEqual([table.kind, table.text], ["table", written.slice(21, -1)]);
    assert.deepEqual(
      table.entries!.map((entry) => [entry.key, shown(entry.keyRange), entry.value.kind, shown(entry.value.range)]),
      [
        ["k", "'k'", "list", '[x "y"]'],
        ["l", '"""l"""', "single-quoted", "'z'"],
        ["m", "'m'", "triple-quoted", "'''n'''"],
      ],
    );
    assert.deepEqual(
      table.entries![0]!.value.items!.map(({ kind, range }) => [kind, shown(range)]),
      [
        ["unquoted", "x"],
        ["double-quoted", '"y"'],
      ],
    );
    assert.equal(table.items, undefined);
    assert.equal(value("[?]").items![0]!.kind, "unknown");
  });

  test("lists in a loop", () => {
    const block = read("data_a\nloop_\n_i\n_m\n1 [1 0\n0] # first\n2 [0\n[1]]\n3 []\n_b 1\n").blocks[0]!;
    const { loop } = findColumn(block, "_m")!;
    assert.deepEqual(
      [0, 1, 2].map((row) => plain(loop.value(row, 1)!)),
      [["1", "0", "0"], ["0", ["1"]], []],
    );
    assert.deepEqual(valuesOf(block, "_b").map(plain), ["1"]);
  });

  test("line ends read as LF", () => {
    const [text] = valuesOf(parseCif("#\\#CIF_2.0\r\ndata_a\r\n_a ['''x\r\ny\rz''']\r\n").blocks[0]!, "_a");
    assert.deepEqual(plain(text!), ["x\ny\nz"]);
  });
});

describe("valid CIF 2.0", () => {
  const valid: Readonly<Record<string, string>> = {
    "brackets in names of blocks, frames and data": "data_a[1]\n_b{c}[2] 1\nsave_x{2}\n_c 1\nsave_\n",
    "an empty frame": "data_a\nsave_f\nsave_\ndata_b",
    "long names": `data_${"a".repeat(100)}\n_${"b".repeat(100)} 1\n`,
    "letters of all scripts": "data_Å\n_п 'に'\n_\u{1F600} \u{10FFFD}\n",
    "a byte order mark within": "data_a\n_b x\uFEFFy\n",
    "a tab between brackets": "data_a\n_b [\t[\t]\t]\n",
    "a list at the end of the file": "data_a\n_b [1]",
    "text fields in containers": "data_a\n_b [\n;x\n;\n;y\n;]\n_c {'k':\n;z\n;}\n",
    "a definition of a dictionary":
      "data_D\nsave_a.b\n_definition.id '_a.b'\n_import.get [{'file':x.cif 'save':c} {'file':x.cif 'save':d}]\n_m.e\n;\n With r as a {\n x[1]\n;\nsave_\n",
  };
  for (const [name, body] of Object.entries(valid)) {
    test(name, () => {
      assert.deepEqual(
        read(body).issues.filter(({ severity }) => severity !== "hint"),
        [],
      );
    });
  }
});

/** What is written, and where each problem is expected: one slip, one issue. The data name stands in line 3. */
const slips: Readonly<Record<string, readonly [string, ...string[]]>> = {
  "list not closed before a name": ["_b [1 2\n_c 1\n", "unclosed-list-or-table 3:4-5"],
  "list not closed before a name on its line": ["_b [1 2 _c 1\n", "unclosed-list-or-table 3:4-5"],
  "list not closed before a loop": ["_b [1 [2]\nloop_\n_c 1\n", "unclosed-list-or-table 3:4-5"],
  "list not closed before a block": ["_b [\n1\ndata_c\n_c 1\n", "unclosed-list-or-table 3:4-5"],
  "list not closed at the end": ["_b [1 [2 3", "unclosed-list-or-table 3:4-5"],
  "table not closed": ["_b {'k':1\n'l':\n_c 1\n", "unclosed-list-or-table 3:4-5"],
  "table not closed in a list": ["_b [1 {'k':2]\n_c 1\n", "unclosed-list-or-table 3:7-8"],
  "wrong bracket": ["_b [1 2}\n_c 1\n", "unexpected-delimiter 3:8-9"],
  "bracket too much": ["_b [1 2]]\n_c 1\n", "unexpected-delimiter 3:9-10"],
  "bracket apart": ["_b 1 ]\n_c 1\n", "unexpected-delimiter 3:6-7"],
  "bracket as a value": ["_b }\n_c 1\n", "unexpected-delimiter 3:4-5"],
  "bracket in a value": ["_b U[1]\n_c 1\n", "bad-unquoted-value 3:4-8"],
  "bracket at the end of a value": ["_b 1]\n_c 1\n", "bad-unquoted-value 3:4-6"],
  "reference to a frame": ["_b $x\n_c [$y]\n", "bad-unquoted-value 3:4-6", "bad-unquoted-value 4:5-7"],
  "no blank behind a list": ["_b [1]2\n_c 1\n", "missing-whitespace 3:7-8"],
  "no blank before a comment": ["_b [1]# note\n_c 1\n", "missing-whitespace 3:7-8"],
  "no blank between lists": ["_b [[1][2]]\n_c 1\n", "missing-whitespace 3:8-9"],
  "no blank before a list": ["_b [1[2]]\n_c 1\n", "missing-whitespace 3:6-7"],
  "no blank behind a quote": ["_b ['x'y]\n_c 1\n", "missing-whitespace 3:8-9"],
  "no blank before a comment in a list": ["_b ['x'#y]\n_c 1\n", "missing-whitespace 3:8-9"],
  "no blank behind a text field": ["_b [\n;x\n;y]\n_c 1\n", "missing-whitespace 5:2-3"],
  "no blank between table entries": ["_b {'k':'x''l':2}\n_c 1\n", "missing-whitespace 3:12-13"],
  "commas in a list": ["_b ['x', 'y', 'z']\n_c 1\n", "missing-whitespace 3:8-9", "missing-whitespace 3:13-14"],
  "commas in a table": ["_b {'k':'x', 'l':'y'}\n_c 1\n", "missing-whitespace 3:12-13"],
  "a key in a list": ["_b ['k':1]\n_c 1\n", "missing-whitespace 3:8-9"],
  "apostrophe in quotes": ["_b 'O'Neill'\n_c 1\n", "missing-whitespace 3:7-8"],
  "four quotes at the end": ["_b '''x''''\n_c 1\n", "missing-whitespace 3:11-12"],
  "quote not closed": ["_b 'x y\n_c 1\n", "unterminated-quote 3:4-8"],
  "quote not closed in a list": ["_b [1 'x y]\n_c 1\n", "unterminated-quote 3:7-11"],
  "quote not closed in a longer list": ['_b [\n\'x y\n"z"]\n_c 1\n', "unterminated-quote 4:1-5"],
  "triple quote not closed": ["_b '''x\ny\n_c 1\n", "unterminated-quote 3:4-8"],
  "triple quote not closed before another": ["_b '''x\ny\n_c '''z'''\n_d 1\n", "unterminated-quote 3:4-8"],
  "text field not closed in a list": ["_b [\n;x\ny\n]\n_c 1\n", "unterminated-text 4:1-3"],
  "key without quotes": ["_b {k:1 l: 2 'm':3}\n_c 1\n", "table-key 3:5-8", "table-key 3:9-11"],
  "key without quotes and its colon apart": ["_b {k : 1}\n_c 1\n", "table-key 3:5-6"],
  "no colon": ["_b {'k' 1}\n_c 1\n", "table-key 3:5-8"],
  "blank before the colon": ["_b {'k' :1 'l' : 2}\n_c 1\n", "table-key 3:5-8", "table-key 3:12-15"],
  "text field as a key": ["_b {\n;k\n;:1}\n_c 1\n", "table-key 4:1-5:2"],
  "list as a key": ["_b {[1] :2}\n_c 1\n", "table-key 3:5-6"],
  "key twice": ["_b {'k':1 'K':2 \"k\":3}\n_c {'k':{'k':1}}\n", "duplicate-key 3:17-20"],
  "key twice, composed and not": ["_b {'\u00C5':1 'A\u030A':2}\n_c 1\n", "duplicate-key 3:11-15"],
  "key without a value": ["_b {'k': 'l':}\n_c 1\n", "missing-value 3:5-8", "missing-value 3:10-13"],
  "data name in a list": ["_b [_x.y\n_x.z]\n_c 1\n", "bad-unquoted-value 3:5-9", "bad-unquoted-value 4:1-5"],
  "keyword in a list": ["_b [1 loop_]\n_c 1\n", "bad-unquoted-value 3:7-12"],
  "reserved word in a list": ["_b [stop_]\n_c 1\n", "reserved-word 3:5-10"],
  "rows with lists": ["loop_ _b _c\n[1 2] {'k':1}\n[3]\n", "loop-count 5:1-4"],
  "control character in a list": ["_b [\u0007]\n_c 1\n", "illegal-character 3:5-6"],
  noncharacters: ["_b \uFDD0\u{1FFFE}\n_c \uD800x\n", "illegal-character 3:4-7", "illegal-character 4:4-5"],
  "C1 control": ["_b x\u0085y\n_c 1\n", "illegal-character 3:5-6"],
  "bytes that are not UTF-8": ["_b [\uFFFD]\n_c 1\n", "bad-encoding 3:5-6"],
  "names that differ in case": ["_Σίσυφος 1\n_σίσυφοσ 2\n_c 1\n", "duplicate-tag 4:1-9"],
  "names that differ in composition": ["_\u00C5 1\n_a\u030A 2\n_c 1\n", "duplicate-tag 4:1-4"],
  "long line": [`_b ${"\u{1F600}".repeat(2046)}\n_c ${"\u{1F600}".repeat(2045)}\n`, "line-too-long 3:4094-4096"],
};

describe("slips in CIF 2.0", () => {
  for (const [name, [body, ...expected]] of Object.entries(slips)) {
    test(name, () => assert.deepEqual(places(`data_a\n${body}`), expected));
    test(`${name}: reading goes on`, () => {
      const block = read(`data_a\n${body}\nloop_\n_zzz\n1\n`).blocks.at(-1)!;
      assert.equal(findColumn(block, "_zzz")?.loop.rowCount, 1);
    });
  }

  test("the slips of CIF 1.1 are found", () => {
    assert.deepEqual(places("data_a\n_b 1\n_b 2\n_c\n"), ["duplicate-tag 4:1-3", "missing-value 5:1-3"]);
  });

  test("what stands around a slip is kept", () => {
    const kept: Readonly<Record<string, Plain>> = {
      "[1 {'k':2] ": ["1", { k: "2" }],
      "[1 [2} 3]": ["1", ["2"], "3"],
      "[1 'x]": ["1", "x"],
      "{'k' :1 'l':2}": { l: "2" },
      "{'k': 'l':2}": { l: "2" },
      "{'k':1 'l':": { k: "1" },
      "[1 [2": ["1", ["2"]],
    };
    for (const [source, expected] of Object.entries(kept)) assert.deepEqual(plain(value(source)), expected, source);
  });
});

describe("messages name the cause", () => {
  const messages: Readonly<Record<string, readonly [string, RegExp]>> = {
    apostrophe: ["'O'Neill'", /CIF 2\.0 allows no ' within/],
    comma: ["['x', 'y']", /comma/],
    "bracket in a word": ["U[1]", /not contain \[: write 'U\[1\]' in quotes/],
    "wrong bracket": ["[1\n2}", /list that opens at line 4 ends with \], not with \}/],
    "unclosed list": ["[[1", /2 closing brackets are missing/],
    "unclosed table": ["{'k':1", /write \} behind its last value/],
    "key without quotes": ["{k:1}", /write 'k':value/],
    "blank before a colon": ["{'k' :1}", /colon .* right behind its key: write 'k':value/],
    "name in a list": ["[_x.y]", /'_x\.y' in quotes/],
    "key twice": ["{'k':1\n'k':2}", /"k" .* line 4/],
  };
  for (const [name, [source, expected]] of Object.entries(messages)) {
    test(name, () => assert.match(read(`data_a\n_b\n${source}\n`).issues[0]!.message, expected));
  }
});

test("names are the same by the Unicode canonical caseless match", () => {
  const same = [
    ["_Straße", "_STRASSE", "_straẞe"],
    ["_É", "_é", "_E\u0301"],
    ["_Σ", "_σ", "_ς"],
    ["_\u212B", "_å"],
    ["_K", "_\u212A"],
    ["_ﬁ", "_FI"],
    ["_\u1E9B\u0323", "_\u1E69"],
  ];
  for (const names of same) assert.equal(new Set(names.map(nameKey)).size, 1, names.join(" "));
  assert.equal(new Set(["_i", "_ı", "_I\u0307", "_e", "_é"].map(nameKey)).size, 5);
});

test("a million brackets are read, closed or not", () => {
  const depth = 1_000_000;
  for (const close of ["]".repeat(depth), "", "}".repeat(depth)]) {
    const document = read(`data_a\n_b ${"[".repeat(depth)}${close}\n_c 1\n`);
    assert.equal(valuesOf(document.blocks[0]!, "_b")[0]!.items!.length, 1);
    assert.equal(valuesOf(document.blocks[0]!, "_c").length, 1);
  }
});
