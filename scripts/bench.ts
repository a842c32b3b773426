import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import type { Benchmark } from "./lib/benchmark.ts";
import { build } from "./lib/build.ts";
import { inRoot } from "./lib/paths.ts";

/** Runs before the timing starts, so that the engine has compiled what it will. */
const WARM_UP_ms = 300;

/** `npm run bench`: every row of test/bench with its budget, from minified bundles, median of runs. */
export async function main(names: readonly string[]): Promise<number> {
  await build("production");
  const files = readdirSync(inRoot("test", "bench")).filter(
    (name) => name.endsWith(".bench.ts") && (names.length === 0 || names.includes(basename(name, ".bench.ts"))),
  );
  const outdir = inRoot("out", "bench");
  await bundle({
    entryPoints: files.map((name) => inRoot("test", "bench", name)),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  });
  for (const name of files) {
    console.log(`\n${basename(name, ".bench.ts")}`);
    const module = await import(pathToFileURL(join(outdir, name.replace(/\.ts$/, ".mjs"))).href);
    for (const benchmark of module.benchmarks as readonly Benchmark[]) console.log(await measure(benchmark));
    await module.close?.();
  }
  return 0;
}

async function measure({ name, budget_ms, repeats = 15, run }: Benchmark): Promise<string> {
  for (const began = performance.now(); performance.now() - began < WARM_UP_ms; ) await run();
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1] ?? Number.NaN;
  const verdict = median <= budget_ms ? "" : "   over budget";
  return `  ${name.padEnd(62)} ${median.toFixed(2).padStart(9)} ms   budget ${String(budget_ms).padStart(5)} ms${verdict}`;
}
