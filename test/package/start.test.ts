import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { basename } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { inRoot, root } from "../../scripts/lib/paths.ts";
import { until } from "../../scripts/lib/until.ts";

const own = [process.execPath, inRoot("scripts", "run.mjs"), "start", "--no-open"] as const;
const npm = ["npm", "start", "--", "--no-open"] as const;

describe("npm start", () => {
  let browser: Browser;
  const started: ChildProcess[] = [];
  before(async () => {
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    for (const child of started) child.kill("SIGKILL");
  });

  for (const { command, signal } of [
    { command: own, signal: "SIGINT" },
    { command: own, signal: "SIGKILL" },
    { command: npm, signal: "SIGTERM" },
  ] as const) {
    const [program, ...options] = command;
    test(`serves LiNbO3.cif behind a token; ${signal} to ${basename(program)} leaves no process`, async () => {
      const child = spawn(program, options, { cwd: root });
      started.push(child);
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (data: Buffer) => {
          output += data;
        });
      }
      const ended = new Promise((resolve) => child.once("exit", resolve));
      const url = await until("the address", () => /http:\/\/127\.0\.0\.1:\S+/.exec(output)?.[0], 120_000);

      const withoutToken = new URL(url);
      withoutToken.searchParams.delete("tkn");
      assert.equal((await fetch(withoutToken)).status, 403);
      const page = await browser.newPage();
      await page.goto(url);
      await page.locator(".codelens-decoration a", { hasText: "Geometry" }).waitFor();

      // npm or node, the VS Code server, its extension host, the language server.
      const processes = descendants(child.pid!);
      assert.ok(processes.length >= 4, `${processes.length} processes`);
      child.kill(signal);
      await ended;
      await until("all processes are gone", () => !processes.some((pid) => running().has(pid)));
      await page.close();
    });
  }
});

/** Running processes with their parents. */
function running(): ReadonlyMap<number, number> {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,stat="], { encoding: "utf8" }).trim().split("\n");
  const alive = lines.map((line) => line.trim().split(/\s+/)).filter(([, , state]) => !state?.startsWith("Z"));
  return new Map(alive.map(([pid, parent]) => [Number(pid), Number(parent)]));
}

/** A process and all that it has started, directly or not. */
function descendants(ancestor: number): readonly number[] {
  const parents = running();
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === ancestor || isBelow(parents.get(pid)));
  return [...parents.keys()].filter(isBelow);
}
