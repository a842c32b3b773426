import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  definitionAt,
  formatDocument,
  formatRange,
  parseCif,
  referencesAt,
  renameAt,
  renameTargetAt,
} from "../../core/cif/index.ts";
import type { TextEdit } from "../../core/util/index.ts";

const apply = (text: string, edits: readonly TextEdit[]): string =>
  [...edits]
    .reverse()
    .reduce((result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end), text);

const format = (text: string): string => apply(text, formatDocument(parseCif(text)));

describe("formatting", () => {
  const layouts: Readonly<Record<string, readonly [string, string]>> = {
    "values of neighbouring items in one column": [
      "data_a\n_cell_length_a 5.1\n_z\t'x y' # why\n_cell_volume   ?\n",
      "data_a\n_cell_length_a 5.1\n_z             'x y' # why\n_cell_volume   ?\n",
    ],
    "groups end at blank lines, comments and text fields": [
      "data_a\n_a 1\n\n_long_name 2\n# note\n_b  3\n_c\n;x\n;\n_dd  4\n",
      "data_a\n_a 1\n\n_long_name 2\n# note\n_b 3\n_c\n;x\n;\n_dd 4\n",
    ],
    "a short value moves up to its name": ["data_a\n_a\n  'x y'\n_bb 1\n", "data_a\n_a  'x y'\n_bb 1\n"],
    "a long value keeps its line": [
      `data_a\n_a\n  '${"x".repeat(80)}'\n_bbb 1\n`,
      `data_a\n_a\n  '${"x".repeat(80)}'\n_bbb 1\n`,
    ],
    "a value behind a comment keeps its line": ["data_a\n_a # why\n  1\n_bbb 2\n", "data_a\n_a # why\n  1\n_bbb 2\n"],
    "everything begins a line": [
      "data_a _b 1 _c 2 loop_ _d _e 1 2 3 4 data_f save_g _h 1 save_",
      "data_a\n_b 1\n_c 2\nloop_\n_d\n_e\n1 2\n3 4\ndata_f\nsave_g\n_h 1\nsave_\n",
    ],
    "text in columns from the left": [
      "data_a\nloop_\n_a\n_b\nC1 'x y' \nC10 x\n",
      "data_a\nloop_\n_a\n_b\nC1  'x y'\nC10 x\n",
    ],
    "numbers by their decimal points": [
      "data_a\nloop_\n_a\n_b\n_c\n-0.25(3) 10 x\n.5 -1 y\n? . z\n12 2.e3 w\n",
      "data_a\nloop_\n_a\n_b\n_c\n-0.25(3) 10    x\n  .5     -1    y\n ?        .    z\n12        2.e3 w\n",
    ],
    "a long value reaches into the next column": [
      `data_a\nloop_\n_a\n_b\nx 1\n'${"y".repeat(50)}' 2\nzz   3\n`,
      `data_a\nloop_\n_a\n_b\nx  1\n'${"y".repeat(50)}' 2\nzz 3\n`,
    ],
    "rows on several lines stay, others are aligned": [
      "data_a\nloop_\n_a\n_b\nx  1\nyy\n  2\nz\n;\ntext  1\n;\nwww 3\n",
      "data_a\nloop_\n_a\n_b\nx   1\nyy\n  2\nz\n;\ntext  1\n;\nwww 3\n",
    ],
    "comments within a loop": [
      "data_a\nloop_ # l\n_a # a\n# names\n_b\n# rows\n\n\n\nx  1 # first\n  # next\ny 2\n",
      "data_a\nloop_ # l\n_a # a\n# names\n_b\n# rows\n\nx 1 # first\n  # next\ny 2\n",
    ],
    "indentation of loops and of frames": [
      "data_a\nsave_f\n    _a 1\n    _bb 2\n     loop_\n      _c\n      _d\n        1  2\n 10 2\nsave_\n",
      "data_a\nsave_f\n    _a  1\n    _bb 2\n     loop_\n      _c\n      _d\n       1 2\n      10 2\nsave_\n",
    ],
    "one blank line of several, none at the end": [
      "# head\n\n\n\ndata_a\n\n\n_b 1\n\n \n\n_c 2\n\n# end\n\n\n",
      "# head\n\n\n\ndata_a\n\n_b 1\n\n_c 2\n\n# end\n",
    ],
    "text fields as they are": [
      "data_a\n_b\n\n\n;  x\n\n\n y  \n;   _c 1\n",
      "data_a\n_b\n\n;  x\n\n\n y  \n;\n_c 1\n",
    ],
    "the line ends of the file": ["data_a\r\n_b  1 _c 2\r\n", "data_a\r\n_b 1\r\n_c 2\r\n"],
    "a semicolon does not come to begin a line": [
      "data_a\nloop_\n_a\n_b\nx 1 ;y 2\n",
      "data_a\nloop_\n_a\n_b\nx  1\n ;y 2\n",
    ],
    "lists and tables keep their inside": [
      "#\\#CIF_2.0\ndata_a\n_b   [1  2\n 3]\n_ccc {'k':  1}\nloop_ _d _e\n[1 2]   x [3]  y\n",
      "#\\#CIF_2.0\ndata_a\n_b   [1  2\n 3]\n_ccc {'k':  1}\nloop_\n_d\n_e\n[1 2] x\n[3]   y\n",
    ],
    "what an error touches stays": [
      "data_a\n_b   1 2\n_c    'x\n_d   1\nloop_ _e _f\n1   2\n3\n_g    1\n_hh   2\n",
      "data_a\n_b 1 2\n_c    'x\n_d 1\nloop_ _e _f\n1   2\n3\n_g  1\n_hh 2\n",
    ],
    "slips that leave the order clear do not hinder": [
      "data_a\n_b   'Å'\n_b   2\n_ccc 3\n",
      "data_a\n_b   'Å'\n_b   2\n_ccc 3\n",
    ],
    "comments only": ["# a\n\n\n# b", "# a\n\n\n# b"],
    nothing: ["", ""],
  };
  for (const [name, [text, expected]] of Object.entries(layouts)) {
    test(name, () => {
      assert.equal(format(text), expected);
      assert.equal(format(expected), expected);
    });
  }

  test("a comment before everything does not become the magic code", () => {
    for (const text of [" #\\#CIF_2.0\ndata_a\n_b  [1\n", "\n\n#\\#CIF_2.0\ndata_a _b 1\n"]) {
      assert.equal(parseCif(format(text)).version, "1.1");
    }
  });

  test("no line grows beyond 2048 characters", () => {
    const names = Array.from({ length: 21 }, (_, i) => `_n${i}`).join("\n");
    const rows = [`x${` ${"y".repeat(101)}`.repeat(20)}`, `${"x".repeat(40)}${" y".repeat(20)}`];
    assert.deepEqual(parseCif(format(`data_a\nloop_\n${names}\n${rows.join("\n")}\n`)).issues, []);
    const comment = `data_a\n_${"n".repeat(70)} 1\n_b 2 # ${"x".repeat(2000)}\n`;
    assert.deepEqual(parseCif(format(comment)).issues, []);
    const item = `data_a\n_${"n".repeat(70)} 1\n_b '${"x".repeat(2000)}'\n`;
    assert.deepEqual(parseCif(format(item)).issues, []);
  });

  test("a range: only its lines", () => {
    const text = "data_a\n_a   1\n_b   2\n_c   3\n";
    const start = text.indexOf("_b") + 1;
    const edits = formatRange(parseCif(text), { start, end: start });
    assert.equal(apply(text, edits), "data_a\n_a   1\n_b 2\n_c   3\n");
  });

  test("a range: its rows stand in the columns of the whole loop", () => {
    const text = "data_a\nloop_\n_a\n_b\n1   2\n3   4\n-10 5\n";
    const start = text.indexOf("3 ");
    const edits = formatRange(parseCif(text), { start, end: start + 1 });
    assert.equal(apply(text, edits), "data_a\nloop_\n_a\n_b\n1   2\n  3 4\n-10 5\n");
  });

  test("a line takes one edit", () => {
    const rows = "1   2   3   4\n".repeat(50);
    assert.equal(formatDocument(parseCif(`data_a\nloop_ _a _b _c _d\n${rows}_e 1\n`)).length, 51);
  });
});

const crystal = `data_LiNbO3
_audit_block_code linbo3
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_calc_attached_atom
Li1 Li .
Nb Nb Li1
O1 O ?
loop_
_atom_site_aniso_label
_atom_site_aniso_U_11
'Li1' 0.01
"O1" 0.02
loop_
_geom_bond.atom_site_label_1
_geom_bond.atom_site_label_2
_geom_bond.publ_flag
Nb O1 Nb
Nb Li1 ?
_geom_hbond_atom_site_label_D O9
data_other
_audit_link_block_code 'LiNbO3'
loop_
_atom_site_label
Nb
`;
const cif = parseCif(crystal);
const at = (needle: string, shift = 0): number => crystal.indexOf(needle) + shift;
const lines = (ranges: readonly { start: number; end: number }[]): string[] =>
  ranges.map(({ start, end }) => `${cif.lines.position(start).line} ${crystal.slice(start, end)}`);

describe("references", () => {
  test("of the label of an atom, in all columns of labels of its block", () => {
    for (const needle of ["Li1 Li", "Li1'", "Li1 ?"]) {
      assert.deepEqual(lines(referencesAt(cif, at(needle, 1))), ["7 Li1", "8 Li1", "13 Li1", "20 Li1"]);
    }
    assert.deepEqual(lines(referencesAt(cif, at("Nb Nb"))), ["8 Nb", "19 Nb", "20 Nb"]);
  });

  test("of a block", () => {
    for (const needle of ["data_LiNbO3", "linbo3", "LiNbO3'"]) {
      assert.deepEqual(lines(referencesAt(cif, at(needle, 6))), ["1 LiNbO3", "2 linbo3", "23 LiNbO3"], needle);
    }
  });

  test("of nothing else", () => {
    for (const needle of ["_audit", "Li .", "Nb Li1\nO1", "?\nloop_", "0.01", "loop_"]) {
      const offset = at(needle);
      assert.deepEqual(referencesAt(cif, offset), [], needle);
      assert.equal(renameTargetAt(cif, offset), undefined);
    }
  });

  test("the definition of a label is its row in the list of atoms", () => {
    assert.deepEqual(definitionAt(cif, at('"O1', 2)), { start: at("O1 O"), end: at("O1 O", 2) });
    assert.equal(definitionAt(cif, at("O9")), undefined);
    assert.deepEqual(definitionAt(cif, at("linbo3")), { start: 5, end: 11 });
  });
});

describe("renaming", () => {
  const rename = (offset: number, newName: string): string => {
    const result = renameAt(cif, offset, newName);
    return result.ok ? apply(crystal, result.value) : result.issues[0]!.message;
  };

  test("a label wherever it stands, quotes kept", () => {
    assert.equal(rename(at("Li1'"), "Li2"), crystal.replaceAll("Li1", "Li2"));
    assert.equal(rename(at("O1 O"), "O1'"), crystal.replaceAll("O1", "O1'"));
  });

  test("a block wherever it stands", () => {
    assert.equal(
      rename(at("data_LiNbO3"), "LiTaO3"),
      crystal.replaceAll("LiNbO3", "LiTaO3").replace("linbo3", "LiTaO3"),
    );
    assert.deepEqual(renameTargetAt(cif, 0), { range: { start: 5, end: 11 }, text: "LiNbO3" });
  });

  test("one of two blocks with the same name", () => {
    const text = "data_a\n_b 1\ndata_A\n_audit_block_code a\ndata_c\n_audit_link_block_code a\n";
    const result = renameAt(parseCif(text), text.indexOf("data_A"), "d");
    assert.ok(result.ok);
    assert.equal(apply(text, result.value), text.replace("data_A\n_audit_block_code a", "data_d\n_audit_block_code d"));
  });

  const refused: Readonly<Record<string, readonly [number, string, RegExp]>> = {
    "a name that is taken": [at("Li1 Li"), "Nb", /stands already at line 8/],
    "a name that is taken by a bond only": [at("Li1 Li"), "O9", /stands already at line 21/],
    "a block name that is taken": [0, "OTHER", /stands already at line 22/],
    blanks: [at("Li1 Li"), "Li 1", /blanks: write Li_1/],
    nothing: [at("Li1 Li"), "", /empty/],
    "other characters than ASCII": [at("Li1 Li"), "Liα", /α/],
    keywords: [at("Li1 Li"), "data_x", /meaning of its own/],
    "special characters": [at("Li1 Li"), "_Li", /meaning of its own/],
    "a long block name": [0, "x".repeat(76), /75/],
    "what is no label": [at("0.01"), "x", /Only labels/],
  };
  for (const [name, [offset, newName, message]] of Object.entries(refused)) {
    test(`refused: ${name}`, () => assert.match(rename(offset, newName), message));
  }

  test("CIF 2.0: other letters, but not the quote around it", () => {
    const document = parseCif("#\\#CIF_2.0\ndata_a\n_atom_site_label 'A'\n");
    const offset = document.text.indexOf("A'");
    assert.ok(renameAt(document, offset, "Aα").ok);
    for (const name of ["A'", "A[1]"]) assert.ok(!renameAt(document, offset, name).ok);
  });
});
