import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { inRoot, root } from "../../scripts/lib/paths.ts";
import { run } from "../../scripts/lib/processes.ts";

describe("the launcher with a desktop VS Code (a stand-in for it)", () => {
  const folder = mkdtempSync(join(tmpdir(), "df-xrm-launcher-"));
  after(() => rmSync(folder, { recursive: true }));

  for (const code of [0, 3]) {
    test(`passes extension, suite and workspace; exit code ${code} of VS Code is a ${code ? "failure" : "success"}`, async () => {
      const executable = join(folder, `code-${code}`);
      const record = join(folder, `arguments-${code}`);
      writeFileSync(executable, `#!/bin/sh\nprintf '%s\\n' "$@" > '${record}'\nexit ${code}\n`);
      chmodSync(executable, 0o755);
      const ended = await run(process.execPath, [inRoot("scripts", "run.mjs"), "test-vscode"], {
        env: { ...process.env, VSCODE_EXECUTABLE: executable },
      });
      const received = readFileSync(record, "utf8").split("\n");
      assert.ok(received.includes(`--extensionDevelopmentPath=${root}`), received.join(" "));
      assert.ok(received.includes(`--extensionTestsPath=${inRoot("out", "test", "index.cjs")}`), received.join(" "));
      assert.ok(received.includes("--disable-extensions"));
      assert.ok(received.some((argument) => /df-xrm-suite-\w+\/examples$/.test(argument)));
      assert.equal(ended.code === 0, code === 0, ended.output);
    });
  }
});
