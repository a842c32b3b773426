import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CodeLens, DocumentSymbol } from "vscode-languageserver";
import { opened } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

const uri = "file:///crystal.cif";

describe("document symbols", () => {
  test("blocks hold loops and runs of items, each with its exact name range", async () => {
    const text = `${LITHIUM_NIOBATE}data_second\n_chemical_name_common lead\n`;
    const { ask } = await opened(text);
    const [first, second] = await ask<DocumentSymbol[]>("documentSymbol");
    assert.equal(first?.name, "LiNbO3");
    assert.deepEqual(first?.selectionRange, { start: { line: 0, character: 0 }, end: { line: 0, character: 11 } });
    assert.deepEqual(
      first?.children?.map(({ name, detail }) => [name, detail]),
      [
        ["_cell", undefined],
        ["_space_group_name_H-M_alt", "R 3 c :H"],
        ["_atom_site", "3 rows"],
      ],
    );
    const [cell, , sites] = first.children!;
    assert.equal(cell?.children?.length, 6);
    assert.deepEqual(cell.children[2], {
      name: "_cell_length_c",
      kind: 7,
      detail: "13.8631(4)",
      range: { start: { line: 3, character: 0 }, end: { line: 3, character: 25 } },
      selectionRange: { start: { line: 3, character: 0 }, end: { line: 3, character: 14 } },
    });
    assert.equal(sites?.children?.length, 5);
    assert.equal(second?.name, "second");
  });

  test("every range lies within that of its parent, and every selection within its range", async () => {
    const { ask } = await opened(`${LITHIUM_NIOBATE}save_frame\n_a.b 1\n_a.c 2\nsave_\nloop_\n_x\n_y\n1 2 3\ndata_\n`);
    const notAfter = (a: { line: number; character: number }, b: typeof a): boolean =>
      a.line < b.line || (a.line === b.line && a.character <= b.character);
    const inside = (inner: DocumentSymbol["range"], outer: DocumentSymbol["range"]): boolean =>
      notAfter(outer.start, inner.start) && notAfter(inner.end, outer.end);
    const check = (symbol: DocumentSymbol): number => {
      assert.ok(inside(symbol.selectionRange, symbol.range), `selection of ${symbol.name}`);
      assert.notEqual(symbol.name, "");
      for (const child of symbol.children ?? []) assert.ok(inside(child.range, symbol.range), child.name);
      return (symbol.children ?? []).map(check).reduce((a, b) => a + b, 1);
    };
    const counts = (await ask<DocumentSymbol[]>("documentSymbol")).map(check);
    assert.equal(counts.length, 2);
    assert.ok(counts[0]! >= 20, `${counts[0]} symbols`);
  });
});

describe("CodeLens", () => {
  const lensesOf = async (text: string, of = uri) => (await opened(text, of)).ask<CodeLens[]>("codeLens");

  test("three panels above a block with a cell, none above one without", async () => {
    const lenses = await lensesOf(`data_paper\n_publ_section_title 'On lead'\n${LITHIUM_NIOBATE}`);
    assert.deepEqual(
      lenses.map(({ command, range }) => [command?.title, command?.command, range.start.line]),
      [
        ["Geometry", "dfxrm.showGeometry", 2],
        ["Reflections", "dfxrm.showReflections", 2],
        ["Attenuation", "dfxrm.showAttenuation", 2],
      ],
    );
    assert.deepEqual(lenses[0]?.command?.arguments, [{ uri, block: "LiNbO3" }]);
  });

  test("the side of a comparison has none", async () => {
    assert.deepEqual(await lensesOf(LITHIUM_NIOBATE, "git:/crystal.cif?x"), []);
  });
});
