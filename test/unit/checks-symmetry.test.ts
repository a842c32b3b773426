import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applied, fixesOf, found, issuesOf, oneIssue, only, RUTILE, spoilt } from "./checksRutile.ts";

describe("symmetry", () => {
  test("operators that the symbol asks for and the list lacks are named", () => {
    const text = spoilt(["_space_group_name_Hall '-P 4n 2n'\n", ""], ["\n16 y,x,z", ""]);
    assert.deepEqual(
      found(text).filter((line) => line.startsWith("sym")),
      [
        "symop-space-group-mismatch warning 'P 42/m n m'",
        "symmetry-not-a-group warning _space_group_symop_operation_xyz",
      ],
    );
    const mismatch = issuesOf(text).find(({ code }) => code === "crystal/symop-space-group-mismatch");
    assert.match(mismatch!.message, /lacks 'y, x, z'/);
    const fix = mismatch!.fixes?.find(({ title }) => title.startsWith("Replace the list"));
    assert.ok(fix);
    assert.deepEqual(
      found(applied(text, fix)).filter((line) => line.startsWith("sym")),
      [],
    );
  });

  test("operators that are too many are named, and the symbol that fits is offered", () => {
    const text = spoilt(
      ["'P 42/m n m'", "'P 42 n m'"],
      ["_space_group_name_Hall '-P 4n 2n'\n", ""],
      ["_IT_number 136", "_IT_number 102"],
    );
    const issue = only(text);
    assert.equal(issue.code, "crystal/symop-space-group-mismatch");
    assert.match(issue.message, /has '.*' and 4 more too many/);
    assert.deepEqual(fixesOf(issue), ["Replace by 'P 42/m n m'", "Replace the list by the 8 operators of 'P 42 n m'"]);
  });

  test("another origin is no contradiction, but told", () => {
    const shifted = spoilt(
      ["'-P 4n 2n'", "'-P 4 2'"],
      ["'P 42/m n m'", "'P 4/m m m'"],
      ["_IT_number 136", "_IT_number 123"],
    );
    assert.ok(found(shifted).every((line) => line.startsWith("symop-space-group-mismatch information")));
    assert.equal(issuesOf(shifted).length, 2);
  });

  test("Hall symbol, number and crystal system against the rest", () => {
    oneIssue("symop-space-group-mismatch warning '-P 2 2'", ["'-P 4n 2n'", "'-P 2 2'"]);
    oneIssue("space-group-number warning 135", ["_IT_number 136", "_IT_number 135"]);
    oneIssue("crystal-system information cubic", ["system tetragonal", "system cubic"]);
    const symbols = "data_x\n_space_group_name_H-M_alt 'P n m a'\n_space_group_name_Hall '-P 2yc'\n_cell_length_a 4\n";
    assert.ok(found(symbols).includes("space-group-mismatch warning 'P n m a'"));
    const trigonal = "data_x\n_space_group_name_H-M_alt 'R -3 c :H'\n_symmetry_cell_setting hexagonal\n";
    assert.deepEqual(found(trigonal), [], "hexagonal axes of a trigonal group");
  });

  test("symbols in another spelling are understood, misspelt ones corrected", () => {
    const hm = (symbol: string): readonly (readonly string[])[] =>
      issuesOf(`data_x\n_space_group_name_H-M_alt '${symbol}'\n`).map((issue) => [issue.severity, ...fixesOf(issue)]);
    assert.deepEqual(hm("P 1 21/n 1"), []);
    assert.deepEqual(hm("P21/c"), []);
    assert.deepEqual(hm("P2(1)/c"), [["hint", "Replace by 'P 1 21/c 1'"]]);
    assert.deepEqual(hm("P 21/n"), [["hint", "Replace by 'P 1 21/n 1'"]]);
    assert.deepEqual(hm("F d 3 m S"), [["hint", "Replace by 'F d -3 m :1'"]]);
    assert.deepEqual(hm("C m c a"), [["hint", "Replace by 'C m c e'"]]);
    assert.deepEqual(hm("R -3 c H"), [["hint", "Replace by 'R -3 c :H'"]]);
    assert.deepEqual(hm("P 63/m m cc"), [["warning", "Replace by 'P 63/m m c'"]]);
    assert.deepEqual(hm("Q 9 9 9"), [["information"]]);
    oneIssue("space-group-spelling warning 'P 4 2 m n m'", ["'P 42/m n m'", "'P 4 2 m n m'"]);
  });

  test("operators that repeat others, and ones that cannot be read", () => {
    const repeated = oneIssue("duplicate-symop warning x+1,y,z-1", ["\n16 y,x,z", "\n16 y,x,z\n17 x+1,y,z-1"]);
    assert.match(repeated.message, /repeats 'x,y,z' of row 1/);
    const twice = spoilt(["\n16 y,x,z", "\n16 y,x,z\n17 x+1,y,z-1"]);
    assert.equal(applied(twice, only(twice).fixes![0]!), RUTILE);
    assert.ok(found(spoilt(["\n16 y,x,z", "\n16 y,x"])).includes("symmetry-operation error y,x"));
  });

  test("a list that lacks products of its operators names them and is completed", () => {
    const text =
      "data_x\n_space_group_name_H-M_alt 'P 2/m'\nloop_\n_symmetry_equiv_pos_as_xyz\nx,y,z\n-x,y,-z\n-x,-y,-z\n";
    const open = issuesOf(text).find(({ code }) => code === "crystal/symmetry-not-a-group");
    assert.match(open!.message, /products 'x, -y, z' are missing/);
    const closed = found(applied(text, open!.fixes![0]!));
    assert.deepEqual(
      closed.filter((line) => line.startsWith("sym")),
      [],
    );
    const endless = issuesOf(text.replace("-x,y,-z", "x+0.0123,y,z")).find(
      ({ code }) => code === "crystal/symmetry-not-a-group",
    );
    assert.match(endless!.message, /never end/);
  });

  test("symmetry that is not given, in part or at all", () => {
    const operators = RUTILE.slice(
      RUTILE.indexOf("loop_\n_space_group_symop_id"),
      RUTILE.indexOf("loop_\n_atom_site_label"),
    );
    const unlisted = oneIssue("missing-symmetry hint data_rutile", [operators, ""]);
    assert.deepEqual(unlisted.names, []);
    oneIssue(
      "missing-symmetry hint data_rutile",
      ["_space_group_name_H-M_alt 'P 42/m n m'\n", ""],
      ["_space_group_name_Hall '-P 4n 2n'\n", ""],
    );
    const byNumber = spoilt(
      [operators, ""],
      ["_space_group_name_H-M_alt 'P 42/m n m'\n", ""],
      ["_space_group_name_Hall '-P 4n 2n'\n", ""],
    );
    assert.ok(found(byNumber).includes("missing-symmetry warning 136"));
    const none = spoilt(
      [operators, ""],
      ["_space_group_IT_number 136\n", ""],
      ["_space_group_name_H-M_alt 'P 42/m n m'\n", ""],
      ["_space_group_name_Hall '-P 4n 2n'\n", ""],
    );
    assert.ok(found(none).includes("missing-symmetry error data_rutile"));
    assert.equal(issuesOf(none).filter(({ code }) => code === "crystal/missing-symmetry").length, 1);
  });
});
