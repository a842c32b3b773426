import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { COMMANDS } from "../../cli/commands/index.ts";
import { closeTo } from "../unit/close.ts";

/** The built command: what a user and a script run. */
const CLI = "dist/cli.cjs";

const folder = mkdtempSync(path.join(tmpdir(), "df-xrm-cli-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}

function run(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, ...args], { encoding: "utf8" });
  return { stdout, stderr, status };
}

function json<T>(...args: string[]): T {
  const { stdout, stderr, status } = run(...args, "--json");
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as T;
}

const LINBO3 = "examples/LiNbO3.cif";

describe("df-xrm", () => {
  test("--help tells all commands, and after a command its own use", () => {
    const all = run("--help");
    assert.equal(all.status, 0);
    for (const name of Object.keys(COMMANDS)) {
      assert.match(all.stdout, new RegExp(`^  df-xrm ${name} `, "m"));
      const own = run(name, "--help");
      assert.equal(own.status, 0);
      assert.ok(own.stdout.startsWith(`df-xrm ${name} `), own.stdout);
    }
  });

  test("structure: cell, group, contents, density in the stable form", () => {
    const report = json<Record<string, never>>("structure", LINBO3);
    assert.deepEqual(Object.keys(report), ["block", "cell", "spaceGroup", "contents", "density_g_cm3", "issues"]);
    const { block, cell, spaceGroup, contents, density_g_cm3 } = report as unknown as {
      block: string;
      cell: Record<string, number>;
      spaceGroup: { hm: string; number: number; operations: string[] };
      contents: Record<string, number>;
      density_g_cm3: number;
    };
    assert.equal(block, "LiNbO3");
    assert.deepEqual(Object.keys(cell), ["a", "b", "c", "alpha", "beta", "gamma", "volume_A3"]);
    closeTo(cell["volume_A3"]!, 318.2123, 1e-3);
    assert.equal(spaceGroup.number, 161);
    assert.equal(spaceGroup.operations.length, 18);
    assert.deepEqual(contents, { Li: 6, Nb: 6, O: 18 });
    closeTo(density_g_cm3, 4.629, 1e-3);
  });

  test("attenuation: the published length of LiNbO3 at 17 keV, several energies, thickness optional", () => {
    const { points } = json<{ points: Record<string, number | null>[] }>(
      "attenuation",
      LINBO3,
      "--energy",
      "8.048,17",
      "--thickness",
      "150",
    );
    assert.deepEqual(Object.keys(points[0]!), ["energy_keV", "attenuationLength_um", "delta", "beta", "transmission"]);
    closeTo(points[0]!["attenuationLength_um"]!, 22.848, 1e-2);
    closeTo(points[1]!["attenuationLength_um"]!, 174.581, 1e-2);
    closeTo(points[1]!["transmission"]!, 0.4235, 1e-4);
    const without = json<{ points: Record<string, number | null>[] }>("attenuation", LINBO3, "--energy", "17");
    assert.equal(without.points[0]!["transmission"], null);
  });

  test("reflections: absent ones with the reason on request; ions that the table lacks are named", () => {
    const { absent } = json<{ absent: { hkl: number[]; absence: string }[] }>(
      ...["reflections", "examples/silicon.cif", "--energy", "30", "--absent"],
    );
    const reasons = new Map(absent.map(({ hkl, absence }) => [String(hkl), absence]));
    assert.deepEqual(
      [reasons.get("2,2,2"), reasons.get("2,0,0"), reasons.get("2,2,0")],
      ["sites", "symmetry", undefined],
    );
    const nitride = file(
      "GaN.cif",
      "data_GaN\n_cell_length_a 3.19\n_cell_length_b 3.19\n_cell_length_c 5.189\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120\n_space_group_name_H-M_alt 'P 63 m c'\nloop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nGa1 Ga3+ .33333 .66667 0\nN1 N3- .33333 .66667 .377\n",
    );
    const ionic = json<{ issues: { code: string; line: number }[]; reflections: { F: number }[] }>(
      ...["reflections", nitride, "--energy", "17", "--form-factors", "ionic"],
    );
    assert.deepEqual(
      ionic.issues.map(({ code, line }) => [code, line]),
      [["xray/no-ion", 16]],
    );
    const neutral = json<{ issues: unknown[]; reflections: { F: number }[] }>("reflections", nitride, "--energy", "17");
    assert.deepEqual(neutral.issues, []);
    assert.notEqual(neutral.reflections[0]!.F, ionic.reflections[0]!.F);
  });

  test("reflections: one row a Laue class with the stable keys", () => {
    const report = json<{ energy_keV: number; wavelength_A: number; reflections: Record<string, unknown>[] }>(
      "reflections",
      LINBO3,
      "--energy",
      "17",
    );
    closeTo(report.wavelength_A, 0.7293188, 1e-7);
    assert.equal(report.reflections.length, 44);
    assert.deepEqual(Object.keys(report.reflections[0]!).sort(), [
      "F",
      "F_friedel",
      "d_A",
      "hkl",
      "multiplicity",
      "relativeIntensity",
      "twoTheta_deg",
    ]);
    assert.deepEqual(report.reflections[0]!["hkl"], [1, 0, -2]);
  });

  test("geometry: DF-XRM_viz's README case, both stacks, negative indices as they are", () => {
    const common = ["geometry", LINBO3, "--energy", "17", "--hkl", "1,-1,2", "--up", "(0,0,1)", "--exit", "(-1,-1,0)"];
    const report = json<{
      twoTheta_deg: number;
      goniometer: { solution: { axis: string; angle_deg: number }[]; withinLimits: boolean; violations: string[] }[];
      path: { transmission: number };
      extinctionLength_um: number;
      issues: unknown[];
    }>(...common);
    closeTo(report.twoTheta_deg, 11.161381679, 1e-8);
    assert.deepEqual(
      report.goniometer[0]!.solution.map(({ axis }) => axis),
      ["mu", "omega", "chi", "phi"],
    );
    closeTo(report.goniometer[0]!.solution[2]!.angle_deg, 57.24984127239077, 1e-8);
    assert.equal(report.goniometer[0]!.withinLimits, false);
    closeTo(report.path.transmission, 0.42177, 1e-4);
    closeTo(report.extinctionLength_um, 23.293, 0.2);
    assert.deepEqual(report.issues, []);
    const viz = json<typeof report>(...common, "--instrument", "df-xrm-viz");
    assert.deepEqual(
      viz.goniometer[0]!.solution.map(({ axis }) => axis),
      ["omega", "chi", "phi"],
    );
    const negative = json<typeof report>("geometry", LINBO3, "--energy", "17", "--hkl", "-1,1,-2");
    closeTo(negative.twoTheta_deg, 11.161381679, 1e-8);
  });

  test("check: nothing on the examples; a deleted loop value is an error on its line, status 1", () => {
    const [clean] = json<{ diagnostics: unknown[] }[]>("check", LINBO3);
    assert.deepEqual(clean?.diagnostics, []);
    const broken = file("broken.cif", "data_x\nloop_\n_atom_site_label\n_atom_site_fract_x\nA 0\nB\nC 0.5\n");
    const { stdout, status } = run("check", broken, "--json");
    assert.equal(status, 1);
    const [report] = JSON.parse(stdout) as {
      file: string;
      diagnostics: { line: number; code: string; severity: string; block: string; names: string[] }[];
    }[];
    const fault = report?.diagnostics.find(({ code }) => code === "syntax/loop-count");
    assert.equal(fault?.line, 6);
    assert.equal(fault?.severity, "error");
    assert.equal(fault?.block, "x");
  });

  for (const [what, content, code] of [
    ["an empty file", "", /no-block|no-cell|no-data-block|empty/],
    ["a binary file", Buffer.from([0, 255, 254, 1, 2, 3, 0, 200]), /./],
    ["a CIF without a cell", "data_x\n_chemical_formula_sum Si\n", /no-cell/],
    [
      "a CIF without atoms",
      "data_x\n_cell_length_a 5\n_cell_length_b 5\n_cell_length_c 5\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n_space_group_name_H-M_alt 'P 1'\n",
      /no-atoms/,
    ],
    [
      "'?' for a length",
      "data_x\n_cell_length_a ?\n_cell_length_b 5\n_cell_length_c 5\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n",
      /cell-value/,
    ],
  ] as const) {
    test(`${what}: no crystal, the reason on standard error and in the JSON, status 1`, () => {
      const name = file(`${what.replace(/\W/g, "_")}.cif`, content);
      const { stdout, stderr, status } = run("structure", name, "--json");
      assert.equal(status, 1);
      assert.match(stderr, /^df-xrm: .+\n/);
      const report = JSON.parse(stdout) as { cell: unknown; issues: { code: string }[] };
      assert.equal(report.cell, null);
      assert.ok(
        report.issues.some((issue) => code.test(issue.code)),
        JSON.stringify(report.issues),
      );
    });
  }

  test("geometry: an instrument is read from a file of any name, and its faults are told at their place there", () => {
    const template = readFileSync("examples/template.dfxrm-instrument.json", "utf8");
    const mine = file("my-instrument", template);
    const args = ["geometry", LINBO3, "--energy", "17", "--hkl", "0,0,6", "--instrument", mine];
    assert.equal(run(...args).status, 0);
    writeFileSync(mine, template.replace(/"stack": \[/, '"stack": 1, "other": ['));
    const { status, stderr } = run(...args);
    assert.equal(status, 1);
    assert.match(stderr, /my-instrument:\d+:\d+: stack must be a list/);
  });

  test("undefined geometry: keys kept, values null, the reason said, status 1", () => {
    const { stdout, stderr, status } = run(
      "geometry",
      LINBO3,
      "--energy",
      "17",
      "--hkl",
      "0,0,6",
      "--up",
      "(1,0,0)",
      "--exit",
      "(0,0,1)",
      "--json",
    );
    assert.equal(status, 1);
    assert.match(stderr, /parallel to Q/);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(report["twoTheta_deg"], null);
    assert.equal(report["path"], null);
  });

  for (const [what, args, message] of [
    ["no such command", ["fly"], /no command "fly"/],
    ["no file", ["structure"], /give one CIF file/],
    ["a file that is not there", ["structure", "nowhere.cif"], /cannot read nowhere\.cif \(ENOENT\)/],
    ["an unknown option", ["structure", LINBO3, "--colour", "red"], /colour/],
    ["no energy", ["reflections", LINBO3], /--energy is missing/],
    ["text for a number", ["reflections", LINBO3, "--energy", "high"], /needs a number/],
    ["two indices", ["geometry", LINBO3, "--energy", "17", "--hkl", "1,2"], /three whole numbers/],
    [
      "an instrument that is neither file nor id",
      ["geometry", LINBO3, "--energy", "17", "--instrument", "id99.json"],
      /no file "id99\.json", and no instrument of this id; known are esrf-id03, /,
    ],
  ] as const) {
    test(`${what}: status 2 and one line that says so`, () => {
      const { stderr, status } = run(...args);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split("\n").length, 1);
    });
  }
});
