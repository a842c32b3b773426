import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { closeTo } from "../unit/close.ts";

const folder = mkdtempSync(path.join(tmpdir(), "df-xrm-plan-"));
after(() => rmSync(folder, { recursive: true }));
copyFileSync("examples/LiNbO3.cif", path.join(folder, "LiNbO3.cif"));

const PLAN = {
  version: 1,
  cif: { path: "LiNbO3.cif", block: "LiNbO3" },
  beam: { energy_keV: 17, width_um: 200, height_um: 0.6 },
  sample: { thickness_um: 150, height_um: 5000, width_um: 3000, up: "(0,0,1)", exit: "(-1,-1,0)" },
  reflection: { hkl: [0, 0, 6] },
  instrument: "esrf-id03",
  lens: { file: "id06", detectorDistance_mm: 5000 },
};

function run(plan: unknown, ...more: string[]) {
  const file = path.join(folder, "a.dfxrm.json");
  writeFileSync(file, typeof plan === "string" ? plan : JSON.stringify(plan, null, 2));
  return spawnSync(process.execPath, ["dist/cli.cjs", "plan", file, ...more], { encoding: "utf8" });
}

interface Verdict {
  question: string;
  answer: string;
  value: number | null;
  limit: number | null;
}

describe("df-xrm plan", () => {
  test("the stable form: its keys, the three verdicts in order, exit 0 where none is no", () => {
    const { stdout, status, stderr } = run(PLAN, "--json");
    assert.equal(status, 0, stderr);
    const report = JSON.parse(stdout);
    assert.deepEqual(Object.keys(report), [
      "crystal",
      "attenuation",
      "reflection",
      "geometry",
      "lens",
      "verdicts",
      "issues",
    ]);
    const verdicts = report.verdicts as Verdict[];
    assert.deepEqual(
      verdicts.map(({ question }) => question),
      ["light", "reach", "mount"],
    );
    for (const verdict of verdicts) {
      assert.deepEqual(Object.keys(verdict), [
        "question",
        "answer",
        "value",
        "limit",
        "unit",
        "sentence",
        "suggestion",
      ]);
    }
    closeTo(report.geometry.goniometer[0].solution[0].angle_deg, 9.0807, 1e-4);
    closeTo(report.lens.d1_mm, 208.51, 0.05);
    assert.equal(report.reflection.multiplicity, 2);
  });

  test("exit 1 where a verdict is no, with the suggestion for people", () => {
    const { stdout, status } = run({ ...PLAN, reflection: { hkl: [1, -1, 2] } });
    assert.equal(status, 1);
    assert.match(stdout, /reach {2}NO\n {2}x As mounted chi would have to go to 57\.25°/);
    assert.match(stdout, /> Put a wedge of 54°/);
    assert.match(stdout, /180° about exit {2}\(-1,1,-2\) \|F\| 208\.\d+ {3}cannot be told apart/);
  });

  test("a refused plan: its place in the file, keys kept, exit 1", () => {
    const refused = run({ ...PLAN, sample: { ...PLAN.sample, exit: "(0,0,1)" } }, "--json");
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /a\.dfxrm\.json:\d+:\d+: Exit \(0,0,1\) is parallel to up \(0,0,1\)/);
    const report = JSON.parse(refused.stdout);
    assert.equal(report.attenuation, null);
    assert.deepEqual(report.verdicts, []);
    assert.equal(report.issues[0].code, "plan/exit-parallel-to-up");
    assert.ok(report.issues[0].line > 1);
  });

  test("a file that is no plan is refused with exit 1, a missing one with exit 2", () => {
    assert.equal(run("{ 17 }").status, 1);
    assert.equal(run({ ...PLAN, cif: { path: "none.cif", block: "" } }).status, 2);
  });
});
