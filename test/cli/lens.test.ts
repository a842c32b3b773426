import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { closeTo } from "../unit/close.ts";
import { UPSTREAM_TEXT } from "../unit/lenses.ts";

const folder = mkdtempSync(path.join(tmpdir(), "df-xrm-lens-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
}

function run(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["dist/cli.cjs", "lens", ...args], {
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

const KEYS = [
  "inFocus",
  "d1_mm",
  "dL_mm",
  "d2_mm",
  "M",
  "focalLength_mm",
  "numericalAperture_fwhm_mrad",
  "depthOfField_um",
  "mountPoint",
  "issues",
];

interface Report {
  readonly inFocus: boolean;
  readonly d1_mm: number | null;
  readonly M: number | null;
  readonly mountPoint: { readonly x_mm: number; readonly y_mm: number } | null;
  readonly issues: readonly { readonly code: string; readonly line: number | null; readonly column: number | null }[];
}

describe("df-xrm lens", () => {
  const lens = file("id06.lens", UPSTREAM_TEXT);

  test("in focus: the stable keys and the exact place", () => {
    const { stdout, status, stderr } = run(
      lens,
      "--energy",
      "17",
      "--two-theta",
      "11.16",
      "--d-tot",
      "5096.39",
      "--json",
    );
    assert.equal(status, 0, stderr);
    const report = JSON.parse(stdout) as Report;
    assert.deepEqual(Object.keys(report), KEYS);
    closeTo(report.d1_mm!, 209.039, 0.11);
    closeTo(report.M!, 17.01, 0.02);
    assert.deepEqual(Object.keys(report.mountPoint!), ["x_mm", "y_mm"]);
  });

  test("not in focus: the same keys, null, the reason, and exit status 1", () => {
    const { stdout, status } = run(lens, "--energy", "40", "--two-theta", "6", "--d-tot-horizontal", "5000", "--json");
    assert.equal(status, 1);
    const report = JSON.parse(stdout) as Report;
    assert.deepEqual(Object.keys(report), KEYS);
    assert.deepEqual([report.inFocus, report.d1_mm, report.M, report.mountPoint], [false, null, null, null]);
    assert.equal(report.issues[0]?.code, "lens/no-focus");
  });

  test("a broken file: its line, in the report and on standard error", () => {
    const broken = file("broken.lens", UPSTREAM_TEXT.replace("= 68", '= "many"'));
    const { stdout, stderr, status } = run(broken, "--energy", "17", "--two-theta", "6", "--d-tot", "5000", "--json");
    assert.equal(status, 1);
    assert.deepEqual(
      (JSON.parse(stdout) as Report).issues.map(({ code, line, column }) => [code, line, column]),
      [["lens/value", 5, 21]],
    );
    assert.match(stderr, /broken\.lens:5:21: number_of_lenses is "many"/);
  });

  test("converts to the other format and back to the same text", () => {
    const own = run(lens, "--convert", "json").stdout;
    const back = run(file("id06.dfxrm-lens.json", own), "--convert", "lens").stdout;
    assert.equal(run(file("back.lens", back), "--convert", "json").stdout, own);
  });

  test("wrong use is told with status 2", () => {
    for (const args of [
      [lens, "--energy", "17", "--two-theta", "6"],
      [lens, "--energy", "17", "--two-theta", "6", "--d-tot", "1", "--d-tot-horizontal", "1"],
      [lens, "--two-theta", "6", "--d-tot", "1"],
      ["missing.lens", "--energy", "17", "--two-theta", "6", "--d-tot", "5000"],
      [lens, "--convert", "xml"],
    ]) {
      assert.equal(run(...args).status, 2, args.join(" "));
    }
  });
});
