import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { type Benchmark, median } from "../../scripts/lib/benchmark.ts";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { inRoot, root } from "../../scripts/lib/paths.ts";
import { startServer } from "../../scripts/lib/vscode-server.ts";
import { extensionTests } from "../../scripts/lib/workbench.ts";

const RUNS = 5;
const entry = inRoot("out", "bench", "activation.cjs");

/** Activates the extension in the extension host of a VS Code that shows an empty folder. */
async function activation_ms(): Promise<number> {
  await build({
    entryPoints: [inRoot("test", "bench", "activation.ts")],
    outfile: entry,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
  });
  const folder = mkdtempSync(join(tmpdir(), "df-xrm-bench-"));
  const [workspace, answer] = [join(folder, "empty"), join(folder, "answer")];
  mkdirSync(workspace);
  const server = await startServer({ env: { DFXRM_ACTIVATION: answer } });
  const browser = await launchBrowser();
  try {
    const times: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      const page = await browser.newPage();
      const ended = await extensionTests(page);
      await page.goto(
        server.url(workspace, [
          ["extensionDevelopmentPath", server.uri(root)],
          ["extensionTestsPath", server.uri(entry)],
        ]),
      );
      if ((await ended()) !== 0) throw new Error("The extension was not activated.");
      times.push(Number(readFileSync(answer, "utf8")));
      await page.close();
    }
    return median(times);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const title = "The extension in VS Code";

export const benchmarks: readonly Benchmark[] = [
  { name: "activation, its code loaded anew", budget: 150, unit: "ms", figure: activation_ms },
];
