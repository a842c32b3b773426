import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const configuration = JSON.parse(
  readFileSync(new URL("../../syntaxes/language-configuration.json", import.meta.url), "utf8"),
) as { wordPattern: string; folding: { markers: { start: string; end: string } } };

test("a word of the editor is a whole data name or value", () => {
  const words = (line: string): string[] => line.match(new RegExp(configuration.wordPattern, "g")) ?? [];
  assert.deepEqual(words("_atom_site.fract_x _symmetry_space_group_name_H-M"), [
    "_atom_site.fract_x",
    "_symmetry_space_group_name_H-M",
  ]);
  assert.deepEqual(words("_atom_site_aniso_U[1][1] _refine_ls_shift/su_max"), [
    "_atom_site_aniso_U[1][1]",
    "_refine_ls_shift/su_max",
  ]);
  assert.deepEqual(words("Nb1 -0.25 'P 63/m' data_LiNbO3"), ["Nb1", "-0.25", "P", "63/m", "data_LiNbO3"]);
});

test("a save frame folds from its header to its end", () => {
  const start = new RegExp(configuration.folding.markers.start);
  const end = new RegExp(configuration.folding.markers.end);
  const matches = ["save_cell.length_a", "SAVE_x", "save_", "Save_ ", "_save_x", "loop_"].map((line) => [
    start.test(line),
    end.test(line),
  ]);
  assert.deepEqual(matches, [
    [true, false],
    [true, false],
    [false, true],
    [false, true],
    [false, false],
    [false, false],
  ]);
});
