import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { inRoot, root } from "../../scripts/lib/paths.ts";
import { until } from "../../scripts/lib/until.ts";

describe("npm start", () => {
  const started: ChildProcess[] = [];
  after(() => {
    for (const child of started) child.kill("SIGKILL");
  });

  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    test(`serves VS Code behind a token; ${signal} leaves no process`, async () => {
      const child = spawn(process.execPath, [inRoot("scripts", "run.mjs"), "start", "--no-open"], { cwd: root });
      started.push(child);
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (data: Buffer) => {
          output += data;
        });
      }
      const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
      const url = await until("the address", () => /http:\/\/127\.0\.0\.1:\S+/.exec(output)?.[0], 120_000);
      assert.match(url, /LiNbO3\.cif/);

      const entered = await fetch(url, { redirect: "manual" });
      const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
      const page = await fetch(new URL(entered.headers.get("location") ?? "", url), { headers: { cookie } });
      assert.equal(page.status, 200);
      assert.match(await page.text(), /workbench/);
      const stranger = new URL(url);
      stranger.searchParams.delete("tkn");
      assert.equal((await fetch(stranger)).status, 403);

      // The name of the folder stands in the command line of each process of the server.
      const folder = `start-${child.pid}`;
      assert.ok(processesWith(folder).length > 0);
      child.kill(signal);
      assert.equal(await ended, code);
      await until("all processes are gone", () => processesWith(folder).length === 0);
    });
  }
});

/** Command lines of running processes that contain this text. */
function processesWith(text: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        return "";
      }
    })
    .filter((line) => line.includes(text));
}
