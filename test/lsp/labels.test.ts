import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DocumentHighlight, Location, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { applied, opened, positionOf, slice } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

const TEXT = `${LITHIUM_NIOBATE}loop_
_geom_bond_atom_site_label_1
_geom_bond_atom_site_label_2
_geom_bond_distance
Nb1 O1 1.889
Li1 'O1' 2.068
`;

describe("labels of atoms", () => {
  test("lead to their row in the list of atoms", async () => {
    const { ask } = await opened(TEXT);
    const found = await ask<Location>("definition", { position: positionOf(TEXT, "O1 1.889", 1) });
    assert.deepEqual(found.range.start, positionOf(TEXT, "O1 O "));
    assert.equal(slice(TEXT, found.range), "O1");
    assert.equal(await ask("definition", { position: positionOf(TEXT, "1.889", 1) }), null);
  });

  test("their uses are found and marked", async () => {
    const { ask } = await opened(TEXT);
    const position = positionOf(TEXT, "O1 O ", 1);
    const all = await ask<Location[]>("references", { position, context: { includeDeclaration: true } });
    assert.deepEqual(
      all.map(({ range }) => [range.start.line, slice(TEXT, range)]),
      [
        [16, "O1"],
        [21, "O1"],
        [22, "O1"],
      ],
    );
    const others = await ask<Location[]>("references", { position, context: { includeDeclaration: false } });
    assert.equal(others.length, 2);
    const marks = await ask<DocumentHighlight[]>("documentHighlight", { position });
    assert.deepEqual(
      marks.map(({ kind }) => kind),
      [3, 2, 2],
    );
    assert.equal(await ask("documentHighlight", { position: positionOf(TEXT, "5.14829") }), null);
  });

  test("are renamed with all their uses, and back", async () => {
    const { ask, uri } = await opened(TEXT);
    const position = positionOf(TEXT, "'O1'", 2);
    assert.deepEqual(await ask("prepareRename", { position }), {
      range: { start: positionOf(TEXT, "'O1'", 1), end: positionOf(TEXT, "'O1'", 3) },
      placeholder: "O1",
    });
    const edit = await ask<WorkspaceEdit>("rename", { position, newName: "O7" });
    const renamed = applied(TEXT, edit.changes![uri]!);
    assert.equal(renamed, TEXT.replaceAll(/\bO1\b/g, "O7"));
    const again = await opened(renamed);
    const back = await again.ask<WorkspaceEdit>("rename", { position, newName: "O1" });
    assert.equal(applied(renamed, back.changes![uri]!), TEXT);
  });

  test("cannot take a name that is taken or none, and the reason is said", async () => {
    const { ask } = await opened(TEXT);
    const position = positionOf(TEXT, "'O1'", 2);
    await assert.rejects(ask("rename", { position, newName: "Nb1" }), /Nb1 stands already at line 15/);
    await assert.rejects(ask("rename", { position, newName: "O 1" }), /blanks/);
    assert.equal(await ask("prepareRename", { position: positionOf(TEXT, "5.14829") }), null);
  });

  test("a block is renamed at its header", async () => {
    const { ask, uri } = await opened(TEXT);
    const edit = await ask<WorkspaceEdit>("rename", { position: positionOf(TEXT, "LiNbO3", 2), newName: "congruent" });
    assert.equal(applied(TEXT, edit.changes![uri]!), TEXT.replace("data_LiNbO3", "data_congruent"));
  });
});

describe("formatting", () => {
  const UNTIDY =
    "data_a\n_cell_length_a    5.1\n_chemical_name_common lead\nloop_\n_atom_site_label\n_atom_site_fract_x\nNb1 0.25 # c\nO1   -0.5\n";
  const options = { tabSize: 2, insertSpaces: true };

  test("aligns values and columns, keeps comments, and is done after once", async () => {
    const { ask } = await opened(UNTIDY);
    const tidy = applied(UNTIDY, await ask<TextEdit[]>("formatting", { options }));
    assert.notEqual(tidy, UNTIDY);
    assert.match(tidy, /# c/);
    assert.deepEqual(tidy.match(/\S+/g), UNTIDY.match(/\S+/g));
    const columns = ["5.1", "lead"].map((value) => positionOf(tidy, value).character);
    assert.equal(columns[0], columns[1]);
    const again = await opened(tidy);
    assert.deepEqual(await again.ask("formatting", { options }), []);
  });

  test("of a range touches no other lines", async () => {
    const { ask } = await opened(UNTIDY);
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    const edits = await ask<TextEdit[]>("rangeFormatting", { range, options });
    assert.ok(edits.length > 0);
    assert.ok(edits.every((edit) => edit.range.start.line >= 1 && edit.range.end.line <= 2));
  });

  test("of a long list is one edit", async () => {
    const long = `data_a\nloop_\n_x\n_y\n${"1 22\n333 4\n".repeat(5000)}`;
    const { ask } = await opened(long);
    const edits = await ask<TextEdit[]>("formatting", { options });
    assert.equal(edits.length, 1);
    const tidy = applied(long, edits);
    assert.deepEqual(tidy.match(/\S+/g), long.match(/\S+/g));
    assert.match(tidy, /\n1 {3,}22\n333 +4\n$|\n *1 +22\n333 +4\n$/);
  });
});
