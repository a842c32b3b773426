/** No suite that runs inside VS Code is forgotten by the entry that lists them. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

for (const folder of ["test/vscode", "test/web"]) {
  test(`every suite of ${folder} is run`, () => {
    const entry = readFileSync(`${folder}/index.ts`, "utf8");
    const suites = readdirSync(`${folder}/suite`).filter((name) => name.endsWith(".test.ts"));
    assert.ok(suites.length > 0);
    assert.deepEqual(
      suites.filter((name) => !entry.includes(`import("./suite/${name}")`)),
      [],
    );
  });
}
