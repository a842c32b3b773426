import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { CompletionItem, CompletionList, MarkupContent, TextEdit } from "vscode-languageserver";
import { parseCif } from "../../core/cif/index.ts";
import { crystalFromCif, SETTINGS } from "../../core/crystal/index.ts";
import { applied, atCursor, opened } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

/** What is offered at the `|` of a text, in the order in which editors show it. */
async function offered(marked: string) {
  const { text, position } = atCursor(marked);
  const { ask, client } = await opened(text);
  const list = await ask<CompletionList>("completion", { position });
  const items = [...list.items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
  const accept = (label: string): string => {
    const item = items.find((candidate) => candidate.label === label);
    assert.ok(item, `${label} is not offered: ${items.slice(0, 20).map((candidate) => candidate.label)}`);
    return applied(text, [item.textEdit as TextEdit]);
  };
  return { list, items, labels: items.map(({ label }) => label), accept, client };
}

describe("completion of data names", () => {
  test("fits what was typed, and what the block has already comes last", async () => {
    const { labels, accept } = await offered("data_a\n_cell_length_a 5\n_cell_len|\n");
    assert.deepEqual(labels.slice(0, 2), ["_cell_length_b", "_cell_length_c"]);
    assert.ok(labels.indexOf("_cell_length_a") > labels.indexOf("_cell_length_c"));
    assert.equal(accept("_cell_length_b"), "data_a\n_cell_length_a 5\n_cell_length_b\n");
  });

  test("follows the spelling of the file", async () => {
    const { labels } = await offered("data_a\n_cell.length_a 5\n_cell|\n");
    assert.ok(labels.includes("_cell.length_b") && !labels.includes("_cell_length_b"));
    const old = (await offered("data_a\n_cell_length_a 5\n_cell_me|\n")).labels.map((label) => label.includes("."));
    assert.equal(old[0], false);
    assert.ok(old.indexOf(true) > 3, "names without an old spelling come behind those with one");
  });

  test("in the header of a loop, names of its category only", async () => {
    const { labels, accept } = await offered(
      LITHIUM_NIOBATE.replace("_atom_site_fract_x\n", "_atom_site_fract_x\n_at|\n"),
    );
    assert.ok(labels.includes("_atom_site_occupancy"));
    assert.ok(
      labels.every((label) => label.startsWith("_atom_site") || !label.startsWith("_")),
      labels.join(),
    );
    assert.ok(labels.indexOf("_atom_site_label") > labels.indexOf("_atom_site_occupancy"));
    assert.ok(accept("_atom_site_occupancy").includes("_atom_site_fract_x\n_atom_site_occupancy\n_atom_site_fract_y"));
  });

  test("behind loop_, names that stand in loops", async () => {
    const { labels } = await offered("data_a\nloop_\n|");
    assert.ok(labels.includes("_atom_site_label"));
    assert.ok(!labels.includes("_cell_length_a"));
  });

  test("an outdated name leads to the one of today", async () => {
    const { accept } = await offered("data_a\nloop_\n_symmetry_equiv_pos_as|\n");
    assert.match(accept("_space_group_symop_operation_xyz"), /\n_space_group_symop_operation_xyz\n/);
  });

  test("a long list is cut, says so, and is narrowed by typing", async () => {
    const { list } = await offered("data_a\n_|\n");
    assert.ok(list.isIncomplete && list.items.length <= 210, `${list.items.length}`);
    assert.equal((await offered("data_a\n_cell_length|\n")).list.isIncomplete, false);
  });

  test("an item is explained when it is looked at", async () => {
    const { items, client } = await offered("data_a\n_cell_vol|\n");
    const item = items.find(({ label }) => label === "_cell_volume");
    const resolved = await client.connection.sendRequest<CompletionItem>("completionItem/resolve", item);
    assert.match((resolved.documentation as MarkupContent).value, /Category `cell`/);
  });
});

describe("completion of keywords and values", () => {
  test("keywords where an entry may begin", async () => {
    assert.deepEqual((await offered("data_a\n_cell_length_a 5\nlo|\n")).labels, ["loop_"]);
    assert.deepEqual((await offered("da|")).labels, ["data_"]);
    assert.ok((await offered("data_a\nloop_\n_a\n_b\n1 2\nlo|\n")).labels.includes("loop_"));
  });

  test("the states of an item", async () => {
    const { labels, accept } = await offered("data_a\n_space_group_crystal_system |\n");
    for (const system of ["triclinic", "hexagonal", "?", "."]) assert.ok(labels.includes(system), system);
    assert.equal(accept("cubic"), "data_a\n_space_group_crystal_system cubic\n");
  });

  test("symbols of space groups, quoted, also within quotes that are begun", async () => {
    const marked = "data_a\n_space_group_name_H-M_alt |\n";
    const { labels, accept } = await offered(marked);
    assert.equal(labels.length - 2, new Set(SETTINGS.map(({ hm }) => hm)).size);
    assert.equal(accept("P 1 21/c 1"), "data_a\n_space_group_name_H-M_alt 'P 1 21/c 1'\n");
    const begun = await offered("data_a\n_symmetry_space_group_name_H-M 'P 1 21|'\n");
    assert.equal(begun.accept("P 1 21/c 1"), "data_a\n_symmetry_space_group_name_H-M 'P 1 21/c 1'\n");
    assert.ok((await offered("data_a\n_space_group_name_Hall |\n")).labels.includes("-P 2ybc"));
  });

  test("labels of the block where a loop refers to them", async () => {
    const { labels } = await offered(
      `${LITHIUM_NIOBATE}loop_\n_geom_bond_atom_site_label_1\n_geom_bond_atom_site_label_2\n_geom_bond_distance\nNb1 |\n`,
    );
    assert.deepEqual(labels.slice(0, 3), ["Nb1", "Li1", "O1"]);
  });

  test("elements, those of the block first", async () => {
    const { labels } = await offered(`${LITHIUM_NIOBATE}Ti1 T|`);
    assert.deepEqual(labels.slice(0, 3), ["Nb", "Li", "O"]);
    assert.ok(labels.includes("Ti"));
  });

  test("nothing in comments, text fields and headers", async () => {
    for (const marked of ["data_a\n# _cell|\n", "data_a\n_x\n;\n_cell|\n;\n", "data_ab|"]) {
      assert.deepEqual((await offered(marked)).labels, [], marked);
    }
  });
});

describe("snippets", () => {
  const snippets: Record<string, { prefix: string | string[]; body: string[]; description: string }> = JSON.parse(
    readFileSync("syntaxes/snippets/cif.json", "utf8"),
  );
  /** What a snippet writes if every place is left as it is. */
  const expanded = (body: readonly string[]): string =>
    body
      .join("\n")
      .replace(/\$\{\d+:([^}]*)\}|\$\d/g, (_, text: string | undefined) => text ?? "")
      .replaceAll("\\\\", "\\");

  for (const [name, { body }] of Object.entries(snippets)) {
    test(`${name} is sound CIF`, () => {
      const text = expanded(body);
      const start = /^(?:data_|#)/.test(text) ? "" : text.startsWith(";") ? "data_a\n_x\n" : "data_a\n";
      const { issues, version } = parseCif(start + text);
      assert.deepEqual(issues, []);
      assert.equal(version, text.startsWith("#") ? "2.0" : "1.1");
    });
  }

  test("the structure is a crystal", () => {
    const text = expanded(snippets["Crystal structure"]!.body);
    const crystal = crystalFromCif(parseCif(text));
    assert.ok(crystal.ok);
    assert.equal(crystal.value.spaceGroup.number, 161);
  });
});
