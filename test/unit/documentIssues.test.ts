import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { documentIssues } from "../../core/crystal/index.ts";

const CELL = ["a", "b", "c"].map((axis) => `_cell_length_${axis} 5`).join("\n");
const ANGLES = ["alpha", "beta", "gamma"].map((angle) => `_cell_angle_${angle} 90`).join("\n");
const issuesOf = (text: string) => documentIssues(parseCif(text)).map(({ code, severity }) => `${severity} ${code}`);

describe("problems of a document, each told once and as hard as it is", () => {
  test("a list of reflections has a cell but no atoms: that is no error", () => {
    const issues = issuesOf(
      `data_x\n${CELL}\n${ANGLES}\nloop_\n_refln_index_h\n_refln_index_k\n_refln_index_l\n1 0 0\n`,
    );
    assert.ok(issues.includes("information crystal/no-atoms"));
    assert.deepEqual(
      issues.filter((issue) => issue.startsWith("error")),
      [],
    );
  });

  test("atoms without symmetry are an error", () => {
    const atoms = "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nSi 0 0 0\n";
    assert.ok(issuesOf(`data_x\n${CELL}\n${ANGLES}\n${atoms}`).includes("error crystal/missing-symmetry"));
  });

  test("a missing cell length is told as a fault of the text only", () => {
    const issues = issuesOf(`data_x\n${CELL.replace("_a 5", "_a")}\n${ANGLES}\n`);
    assert.equal(issues.filter((issue) => issue.startsWith("error")).length, 1);
    assert.ok(issues.includes("error syntax/missing-value"));
  });

  test("of a kind a thousand are listed in a file, and then it is said that there are more", () => {
    const blocks = Array.from({ length: 1200 }, (_, i) => `data_b${i}\n_cell_length_a 5\n_cell_length_b x${i}\n`);
    const text = blocks.join("");
    const values = documentIssues(parseCif(text)).filter(({ code }) => code === "crystal/cell-value");
    assert.equal(values.length, 1001);
    assert.match(values.at(-1)!.message, /more problems of this kind.*first 1000/);
    assert.equal(values.at(-1)!.block, "b500");
  });

  test("an error is listed behind a thousand informations of its kind", () => {
    const list = `data_x\n${CELL}\n${ANGLES}\n`;
    const lists = Array.from({ length: 1200 }, (_, i) => list.replace("_x", `_x${i}`));
    const atoms = "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nSi 0 0 0\n";
    const issues = issuesOf(`${lists.join("")}${list}${atoms}`);
    const missing = issues.filter((issue) => issue.endsWith("crystal/missing-symmetry"));
    assert.equal(missing.length, 1002);
    assert.equal(missing.at(-1), "error crystal/missing-symmetry");
  });

  test("a bibliography is not meant as a crystal", () => {
    assert.deepEqual(issuesOf("data_x\n_journal_year 1966\n"), []);
  });
});
