import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { CompletionItem, CompletionList, MarkupContent, TextEdit } from "vscode-languageserver";
import { parseCif } from "../../core/cif/index.ts";
import { crystalFromCif, SETTINGS } from "../../core/crystal/index.ts";
import { applied, atCursor, opened } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

/** What is offered at the `|` of a text, in the order in which editors show it. */
async function offered(marked: string, uri?: string) {
  const { text, position } = atCursor(marked);
  const { ask, client } = await opened(text, uri);
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
  test("fits what was typed, without what the block has already", async () => {
    const { labels, accept } = await offered("data_a\n_cell_length_a 5\n_cell_len|\n");
    assert.deepEqual(labels.slice(0, 2), ["_cell_length_b", "_cell_length_c"]);
    assert.ok(!labels.includes("_cell_length_a"));
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
    assert.ok(!labels.includes("_atom_site_label"));
    assert.ok(accept("_atom_site_occupancy").includes("_atom_site_fract_x\n_atom_site_occupancy\n_atom_site_fract_y"));
  });

  test("at the beginning of a line, what files of crystals have, then the keywords, then the rest", async () => {
    const { labels } = await offered("data_a\n|");
    assert.deepEqual(labels.slice(0, 3), ["_chemical_formula_sum", "_cell_length_a", "_cell_length_b"]);
    assert.deepEqual(labels.slice(8, 10), ["loop_", "data_"]);
    assert.ok(labels.indexOf("_space_group_name_H-M_alt") > 9);
    assert.ok(labels.indexOf("_audit_block_code") > labels.indexOf("_space_group_name_H-M_alt"));
  });

  test("behind an item, the others of its category in their usual order, wherever the cursor stands", async () => {
    const cell = ["_cell_length_b", "_cell_length_c", "_cell_angle_alpha", "_cell_angle_beta", "_cell_angle_gamma"];
    assert.deepEqual((await offered("data_a\n_cell_length_a 5\n|")).labels.slice(0, 5), cell);
    assert.deepEqual(
      (await offered("data_a\n_cell_length_a 5\n_|\n_space_group_IT_number 1\n")).labels.slice(0, 5),
      cell,
    );
    const { labels } = await offered("data_a\n_space_group_name_H-M_alt 'P 1'\n|\n_cell_length_a 5\n");
    assert.deepEqual(labels.slice(0, 3), [
      "_space_group_name_Hall",
      "_space_group_IT_number",
      "_space_group_crystal_system",
    ]);
  });

  test("in the header of a loop, its columns in their usual order, then the rare ones, then those of its relatives", async () => {
    const { labels } = await offered("data_a\nloop_\n_atom_site_label\n_|\n");
    assert.deepEqual(labels.slice(0, 5), [
      "_atom_site_type_symbol",
      "_atom_site_fract_x",
      "_atom_site_fract_y",
      "_atom_site_fract_z",
      "_atom_site_occupancy",
    ]);
    const [own, relative] = ["_atom_site_attached_hydrogens", "_atom_site_aniso_label"].map((name) =>
      labels.indexOf(name),
    );
    assert.ok(own! > 4 && relative! > own!, `${own} ${relative}`);
    const aniso = await offered("data_a\nloop_\n_atom_site_aniso_label\n_atom_site_aniso_U_11\n_|\n");
    assert.deepEqual(aniso.labels.slice(0, 2), ["_atom_site_aniso_U_22", "_atom_site_aniso_U_33"]);
  });

  test("behind loop_, first the columns that tables begin with, of tables that the block lacks", async () => {
    const { labels } = await offered("data_a\nloop_\n_atom_site_label\nA\nloop_\n|");
    assert.deepEqual(labels.slice(0, 2), ["_space_group_symop_operation_xyz", "_atom_site_aniso_label"]);
    assert.ok(!labels.slice(0, 100).includes("_atom_site_fract_x"));
    assert.ok(!labels.includes("loop_"));
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
    assert.deepEqual((await offered("da|")).labels, ["data_crystal", "data_"]);
    assert.ok((await offered("data_a\nloop_\n_a\n_b\n1 2\nlo|\n")).labels.includes("loop_"));
  });

  test("a block is named as its file, where that holds none yet", async () => {
    const empty = await offered("|");
    assert.deepEqual(empty.labels, ["data_crystal", "data_"]);
    assert.equal(empty.accept("data_crystal"), "data_crystal");
    assert.ok(empty.items.every(({ documentation, detail }) => documentation !== undefined && detail !== undefined));
    const begun = await offered("data_|\n_cell_length_a 5\n");
    assert.deepEqual(begun.labels, ["data_crystal"]);
    assert.equal(begun.accept("data_crystal"), "data_crystal\n_cell_length_a 5\n");
    const uri = "file:///c/My%20crystal%20(3).v2.cif";
    assert.equal((await offered("|", uri)).labels[0], "data_My_crystal_3_.v2");
    assert.deepEqual((await offered("data_a\n_x 1\ndat|")).labels, ["data_"]);
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

  test("symbols of space groups that the rest of the block speaks for come first", async () => {
    const first = async (rest: string): Promise<readonly [string, string | undefined]> => {
      const { items } = await offered(
        LITHIUM_NIOBATE.replace("_space_group_name_H-M_alt 'R 3 c :H'", `${rest}_space_group_name_H-M_alt |`),
      );
      return [items[0]!.label, items[0]!.detail];
    };
    assert.deepEqual(await first(""), ["P 3", "No. 143, P 3 (fits the cell)"]);
    assert.deepEqual(await first("_space_group_IT_number 161\n"), [
      "R 3 c :H",
      'No. 161, R 3 -2"c (the number of the group)',
    ]);
    assert.deepEqual(await first("_space_group_name_Hall '-R 3'\n"), ["R -3 :H", "No. 148, -R 3 (the other symbol)"]);
    assert.deepEqual(await first("loop_\n_space_group_symop_operation_xyz\nx,y,z\n-x,-y,-z\n"), [
      "P -1",
      "No. 2, -P 1 (its operations are listed)",
    ]);
    const { items } = await offered("data_a\n_space_group_name_H-M_alt |\n");
    assert.deepEqual([items[0]!.label, items[0]!.detail], ["P 1", "No. 1, P 1"]);
  });

  test("what follows from the rest of the block", async () => {
    const computed = async (name: string): Promise<string> => {
      const { items } = await offered(LITHIUM_NIOBATE.replace("loop_", `${name} |\nloop_`));
      return `${items[0]!.label}: ${items[0]!.detail}`;
    };
    assert.equal(await computed("_cell_volume"), "318.21: computed from the cell");
    assert.equal(await computed("_cell.volume"), "318.21: computed from the cell");
    assert.equal(await computed("_exptl_crystal_density_diffrn"), "4.629: computed from cell and atoms");
    assert.equal(await computed("_space_group_IT_number"), "161: computed from the symmetry");
    // The other states stand behind the one that is right.
    assert.equal(await computed("_space_group_crystal_system"), "trigonal: computed from the symmetry");
  });

  test("defaults, wavelengths of tubes, the date", async () => {
    const first = async (text: string): Promise<readonly [string, string | undefined]> => {
      const { items } = await offered(text);
      return [items[0]!.label, items[0]!.detail];
    };
    assert.deepEqual(await first("data_a\n_geom_bond_site_symmetry_2 |\n"), ["1_555", "taken where it is not given"]);
    assert.deepEqual(await first("data_a\n_diffrn_radiation_type 'Mo K\\a'\n_diffrn_radiation_wavelength |\n"), [
      "0.71073",
      "Mo Kα, in Å",
    ]);
    const { accept } = await offered("data_a\n_diffrn_radiation_type |\n");
    assert.equal(accept("Cu K\\a"), "data_a\n_diffrn_radiation_type 'Cu K\\a'\n");
    const [date, words] = await first("data_a\n_audit_creation_date |\n");
    assert.equal(words, "today");
    assert.ok(Math.abs(Date.parse(date) - Date.now()) < 2 * 86_400_000, date);
  });

  test("a value is explained as its name is, its state in our words", async () => {
    const { items, client } = await offered("data_a\nloop_\n_atom_site_label\n_atom_site_adp_type\nA |\n");
    assert.equal(items[0]?.detail, "anisotropic, U_ij");
    for (const item of items) {
      const resolved = await client.connection.sendRequest<CompletionItem>("completionItem/resolve", item);
      assert.match((resolved.documentation as MarkupContent).value, /_atom\\_site\\_adp\\_type/, item.label);
    }
  });

  test("labels of the block where a loop refers to them, with their atoms", async () => {
    const { items, labels } = await offered(
      `${LITHIUM_NIOBATE}loop_\n_geom_bond_atom_site_label_1\n_geom_bond_atom_site_label_2\n_geom_bond_distance\nNb1 |\n`,
    );
    assert.deepEqual(labels.slice(0, 3), ["Nb1", "Li1", "O1"]);
    assert.equal(items[2]?.detail, "O 0.0492 0.3446 0.0647");
  });

  test("labels that a list of displacements lacks, also where its first row begins", async () => {
    const header = `${LITHIUM_NIOBATE}loop_\n_atom_site_aniso_label\n_atom_site_aniso_U_11\n`;
    assert.deepEqual((await offered(`${header}Li1 0.01\n|`)).labels.slice(0, 3), ["Nb1", "O1", "?"]);
    const first = (await offered(`${header}|`)).labels;
    assert.deepEqual(first.slice(5, 8), ["Nb1", "Li1", "O1"]);
    assert.deepEqual((await offered(`${header}N|`)).labels, ["Nb1", "Li1", "O1"]);
  });

  test("labels that no atom has in the list of atoms", async () => {
    assert.deepEqual((await offered(`${LITHIUM_NIOBATE}|`)).labels.slice(0, 4), ["Nb2", "Li2", "O2", "?"]);
    const text = "data_a\n_chemical_formula_sum 'Ba Ti O3'\nloop_\n_atom_site_label\n_atom_site_fract_x\n|";
    assert.ok((await offered(text)).labels.includes("Ba1"));
  });

  test("operations that the list lacks, with their meaning", async () => {
    const list = "loop_\n_space_group_symop_operation_xyz\nx,y,z\n-x,-y,-z\n|";
    const { items, accept } = await offered(`data_a\n_space_group_name_H-M_alt 'P 1 21/c 1'\n${list}`);
    assert.deepEqual(
      items.slice(0, 2).map(({ label, detail }) => [label, detail?.replace(/ .*/, "")]),
      [
        ["-x, y+1/2, -z+1/2", "2-fold"],
        ["x, -y+1/2, z+1/2", "c"],
      ],
    );
    assert.match(accept("x, -y+1/2, z+1/2"), /\n'x, -y\+1\/2, z\+1\/2'$/);
    // None of the settings of this group has the two that are listed.
    assert.equal((await offered(`data_a\n_space_group_name_H-M_alt 'P 1 2 1'\n${list}`)).labels[0], "?");
  });

  test("elements: the one of the label, those of the block, all others", async () => {
    const { labels, items } = await offered(`${LITHIUM_NIOBATE}Ti1 |`);
    assert.deepEqual(labels.slice(0, 4), ["Ti", "Nb", "Li", "O"]);
    assert.equal(items[0]?.detail, "as in Ti1");
    assert.ok(labels.includes("W"));
    const charged = await offered(`${LITHIUM_NIOBATE.replace("Nb1 Nb", "Nb1 Nb5+")}Nb2 |`);
    assert.deepEqual(charged.labels.slice(0, 2), ["Nb5+", "Nb"]);
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
