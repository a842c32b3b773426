import { readdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { type Benchmark, line, type Measured, measure, record } from "./lib/benchmark.ts";
import { makePackage } from "./lib/build.ts";
import { inRoot } from "./lib/paths.ts";

/**
 * `npm run bench`: every row of test/bench with its budget, from minified bundles, median of runs. A run of all of them is
 * kept in docs/benchmarks.md.
 */
export async function main(names: readonly string[]): Promise<number> {
  const busy = (loadavg()[0] ?? 0).toFixed(1);
  process.env["DFXRM_VSIX"] = await makePackage();
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
  const groups: Record<string, Measured[]> = {};
  for (const name of files) {
    const module = await import(pathToFileURL(join(outdir, name.replace(/\.ts$/, ".mjs"))).href);
    if (typeof module.title !== "string") throw new Error(`${name} exports no title.`);
    console.log(`\n${module.title}`);
    const rows: Measured[] = [];
    groups[module.title] = rows;
    for (const benchmark of module.benchmarks as readonly Benchmark[]) {
      const measured = await measure(benchmark);
      console.log(line(measured));
      rows.push(measured);
    }
    await module.close?.();
  }
  if (names.length === 0) {
    const [cpu] = cpus();
    const date = new Date().toISOString().slice(0, 10);
    const machine = `${cpus().length} cores ${cpu?.model.trim() || process.arch}`;
    const software = `${process.platform}, Node ${process.versions.node}, load ${busy} of other programs at the start`;
    writeFileSync(inRoot("docs", "benchmarks.md"), record(groups, { date, machine, software }));
    console.log("\nkept in docs/benchmarks.md");
  }
  return 0;
}
