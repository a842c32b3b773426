import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { inRoot, root } from "../../scripts/lib/paths.ts";

const npm = (args: readonly string[], cwd: string): string => execFileSync("npm", args, { cwd, encoding: "utf8" });

describe("the package of the command, as npm would publish it", () => {
  const folder = mkdtempSync(join(tmpdir(), "df-xrm-cli-"));
  let files: readonly string[];
  before(() => {
    // What prepack would build is built.
    const [packed] = JSON.parse(npm(["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root));
    files = packed.files.map(({ path }: { path: string }) => path);
    const options = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    npm(["install", "--prefix", folder, ...options, join(folder, packed.filename)], folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const command = (...args: readonly string[]) =>
    spawnSync(join(folder, "node_modules", ".bin", "df-xrm"), args, { cwd: folder, encoding: "utf8" });

  test("holds the command, its notices and nothing else", () => {
    const expected = ["CHANGELOG.md", "CITATION.cff", "LICENSE", "NOTICE.md", "README.md", "package.json"];
    assert.deepEqual([...files].sort(), [...expected, "dist/cli.cjs", "dist/cli.cjs.LEGAL.txt"].sort());
    const { dependencies, bin } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
    assert.equal(dependencies, undefined, "it needs no other package");
    assert.deepEqual(bin, { "df-xrm": "./dist/cli.cjs" });
  });

  test("df-xrm --help names every subcommand", () => {
    const { status, stdout } = command("--help");
    assert.equal(status, 0);
    for (const name of ["check", "structure", "attenuation", "reflections", "geometry", "lens", "plan", "export"]) {
      assert.match(stdout, new RegExp(`df-xrm ${name} `));
    }
  });

  test("df-xrm structure reads a CIF away from the sources", () => {
    const { status, stdout } = command("structure", inRoot("examples", "silicon.cif"), "--json");
    assert.equal(status, 0);
    const { cell, contents } = JSON.parse(stdout);
    assert.equal(contents.Si, 8);
    assert.ok(Math.abs(cell.a - 5.431) < 1e-3);
  });

  test("df-xrm export writes a PDF away from the sources", () => {
    const plan = inRoot("examples", "LiNbO3.dfxrm.json");
    assert.equal(command("export", plan, "--format", "pdf", "-o", "page.pdf").status, 0);
    assert.equal(readFileSync(join(folder, "page.pdf")).subarray(0, 5).toString(), "%PDF-");
  });
});
