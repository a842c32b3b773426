import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { test } from "node:test";

/** Runs a program of the system and returns what it printed. */
export const output = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: "utf8", maxBuffer: 1e8 });

/**
 * A test that needs programs of the system. On CI they have to be there; on a machine without them the test is not
 * defined, and it is said that it did not run.
 */
export function withPrograms(programs: readonly string[], name: string, run: () => void | Promise<void>): void {
  const missing = programs.filter((program) => spawnSync("which", [program]).status !== 0);
  if (missing.length === 0 || process.env["CI"] === "true") {
    test(name, async () => {
      assert.deepEqual(missing, [], "not installed");
      await run();
    });
  } else console.log(`Not run, because ${missing.join(" and ")} is not installed: ${name}`);
}
