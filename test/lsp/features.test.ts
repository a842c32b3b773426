import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CodeLens, DocumentSymbol, Hover, MarkupContent } from "vscode-languageserver";
import { createManualRuntime, positionOf, startInMemory } from "./client.ts";
import { LITHIUM_NIOBATE, VOLUME } from "./texts.ts";

const uri = "file:///crystal.cif";

async function opened(text: string, of = uri) {
  const client = await startInMemory(createManualRuntime());
  client.open(of, text);
  const ask = <T>(method: string, more: object = {}) =>
    client.connection.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri: of }, ...more });
  return { client, ask };
}

const hoverAt = async (text: string, mark: string, offset = 0): Promise<{ hover: Hover | null; value: string }> => {
  const { ask } = await opened(text);
  const hover = await ask<Hover | null>("hover", { position: positionOf(text, mark, offset) });
  return { hover, value: hover ? (hover.contents as MarkupContent).value : "" };
};

describe("hover", () => {
  test("a cell length says its value, its uncertainty, what it is, and the whole cell", async () => {
    const { hover, value } = await hoverAt(LITHIUM_NIOBATE, "_cell_length_a", 3);
    assert.match(value, /a = 5\.14829 Å/);
    assert.match(value, /standard uncertainty 0\.00002 Å/);
    assert.match(value, /edge a/);
    assert.match(value, /5\.14829, 5\.14829, 13\.8631 Å/);
    assert.match(value, /90°, 90°, 120°/);
    assert.ok(value.includes(`V = ${VOLUME}`));
    // 6 formula units of 147.84 u in 318.21 cubic angstrom.
    assert.match(value, /4\.62\d g\/cm³|4\.63\d g\/cm³/);
    assert.deepEqual(hover?.range, {
      start: { line: 1, character: 0 },
      end: { line: 1, character: "_cell_length_a 5.14829(2)".length },
    });
  });

  test("the value has the same hover as its name, in the newer spelling too", async () => {
    const text = LITHIUM_NIOBATE.replaceAll("_cell_length_", "_cell.length_");
    const { value } = await hoverAt(text, "13.8631", 2);
    assert.match(value, /c = 13\.8631 Å/);
    assert.match(value, /standard uncertainty 0\.0004 Å/);
  });

  test("an unknown value and a crystal that cannot be built are said, not guessed", async () => {
    const text = LITHIUM_NIOBATE.replace("_cell_length_a 5.14829(2)", "_cell_length_a ?");
    const { value } = await hoverAt(text, "_cell_length_a", 1);
    assert.match(value, /not known/);
    assert.doesNotMatch(value, /NaN|density|V =/);
  });

  test("text of the file cannot become markup", async () => {
    const text = LITHIUM_NIOBATE.replace("_cell_length_a 5.14829(2)", "_cell_length_a [x](command:evil)<b>`");
    const { value } = await hoverAt(text, "_cell_length_a", 1);
    assert.ok(value.includes("\\[x\\]\\(command:evil\\)\\<b\\>\\`"), value);
  });

  test("there is none on other items, in a loop and in white space", async () => {
    for (const mark of ["'R 3 c", "Nb1", "loop_"]) assert.equal((await hoverAt(LITHIUM_NIOBATE, mark)).hover, null);
  });
});

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
