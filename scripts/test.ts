import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser } from "./lib/browser.ts";
import { makePackage } from "./lib/build.ts";
import { inRoot, root } from "./lib/paths.ts";
import { type Ended, run } from "./lib/processes.ts";
import { TRIED_AGAIN } from "./lib/reports.ts";

/** No layer takes so long: it hangs. */
const LIMIT_s = 600;

interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Of those that passed: how many did so only at their second try. */
  readonly late: number;
}

interface Layer {
  readonly name: string;
  /** Works on the built bundles. */
  readonly needsBuild: boolean;
  readonly run: () => Promise<Count>;
}

const layers: readonly Layer[] = [
  { name: "types", needsBuild: false, run: () => check([bin("typescript", "bin", "tsc"), "-b", "--pretty"]) },
  { name: "lint", needsBuild: false, run: () => check([bin("@biomejs", "biome", "bin", "biome"), "check", root]) },
  { name: "unit", needsBuild: false, run: () => nodeTestsTogether("unit") },
  { name: "property", needsBuild: false, run: () => nodeTestsTogether("property") },
  { name: "lsp", needsBuild: true, run: () => nodeTestsTogether("lsp") },
  { name: "cli", needsBuild: true, run: () => nodeTests("cli") },
  { name: "grammar", needsBuild: false, run: grammarTests },
  { name: "webview", needsBuild: true, run: inBrowser },
  { name: "vscode", needsBuild: true, run: () => insideAndOutside("test-vscode", "vscode") },
  { name: "web", needsBuild: true, run: () => insideAndOutside("test-web", "web") },
  { name: "package", needsBuild: true, run: () => nodeTests("package") },
];

/** `npm test`: all layers, or those that are named (`npm test -- unit vscode`). Exit code 1 if anything failed. */
export async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !layers.some((layer) => layer.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No layer is called ${unknown.join(", ")}. There are ${layers.map(({ name }) => name).join(", ")}.`,
    );
  }
  const wanted = layers.filter(({ name }) => names.length === 0 || names.includes(name));
  const results = new Map<string, Count & { readonly seconds: number }>();
  const measure = async (name: string, work: () => Promise<Count>) => {
    const began = Date.now();
    console.log(`\n=== ${name} ===`);
    const count = await work().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1, late: 0 };
    });
    results.set(name, { ...count, seconds: (Date.now() - began) / 1000 });
    return count.failed === 0;
  };

  let isBuilt: boolean | undefined;
  for (const layer of wanted) {
    if (layer.needsBuild) {
      isBuilt ??= await measure("build", async () => {
        process.env["DFXRM_VSIX"] = await makePackage();
        return { passed: 0, failed: 0, late: 0 };
      });
    }
    await measure(layer.name, async () => {
      if (layer.needsBuild && !isBuilt) throw new Error("This layer cannot start: the build failed.");
      return layer.run();
    });
  }

  console.log("");
  const atSecondTry = (late: number): string => (late > 0 ? `, ${late} passed at the second try only` : "");
  for (const [name, { passed, failed, late, seconds }] of results) {
    console.log(
      `${name.padEnd(9)} ${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s${atSecondTry(late)}`,
    );
  }
  const sum = (key: keyof Count) => [...results.values()].reduce((total, count) => total + count[key], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${atSecondTry(sum("late"))}`);
  return sum("failed") === 0 ? 0 : 1;
}

function bin(...parts: string[]): string {
  return inRoot("node_modules", ...parts);
}

function runNode(args: readonly string[]): Promise<Ended> {
  const { DFXRM_CORPUS: corpus } = process.env;
  const env = { ...process.env, ...(corpus ? { DFXRM_CORPUS: resolve(corpus) } : {}) };
  return run(process.execPath, args, { cwd: root, echo: true, env, limit_s: LIMIT_s });
}

/** A program without tests of its own: it counts only where it fails. */
async function check(args: readonly string[]): Promise<Count> {
  const { code } = await runNode(args);
  return { passed: 0, failed: code === 0 ? 0 : 1, late: 0 };
}

/** In a process for each file. */
async function nodeTests(folder: string): Promise<Count> {
  // A forced end, because programs that a test has started might keep a file from ending.
  return nodeReport([
    "--test",
    "--test-concurrency=2",
    "--test-force-exit",
    ...testFiles(inRoot("test", folder), ".test.ts"),
  ]);
}

/** In two processes, each with half of the files, which share what they load; these end by themselves. */
async function nodeTestsTogether(folder: string): Promise<Count> {
  const files = testFiles(inRoot("test", folder), ".test.ts");
  // Neighbours in the alphabet test the same thing, and take as long.
  const halves = [0, 1].map((half) => files.filter((_, i) => ((i + 1) >> 1) % 2 === half));
  const counts = await Promise.all(
    halves.map((half) => nodeReport([inRoot("scripts", "lib", "import-all.mjs"), ...half])),
  );
  return counts.reduce(added);
}

const added = (a: Count, b: Count): Count => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  late: a.late + b.late,
});

async function inBrowser(): Promise<Count> {
  // Before two processes look for it, and both find that it has to be unpacked.
  await findBrowser();
  return nodeTestsTogether("webview");
}

/** What Node's test runner reports of itself. */
async function nodeReport(args: readonly string[]): Promise<Count> {
  const seed = pathToFileURL(inRoot("test", "property", "seed.ts")).href;
  const { code, output } = await runNode(["--import", "tsx", "--import", seed, "--test-reporter=spec", ...args]);
  const counted = (what: string) => Number(new RegExp(`^ℹ ${what} (\\d+)$`, "m").exec(output)?.[1] ?? Number.NaN);
  return believe({
    code,
    passed: counted("pass"),
    failed: counted("fail") + counted("cancelled") + counted("skipped") + counted("todo"),
    late: output.match(new RegExp(`^\\s*ℹ ${TRIED_AGAIN}: `, "gm"))?.length ?? 0,
  });
}

async function mochaTests(script: string): Promise<Count> {
  const { code, output } = await runNode([inRoot("scripts", "run.mjs"), script]);
  const counted = (what: string) => Number(new RegExp(`^ {2}(\\d+) ${what}`, "m").exec(output)?.[1] ?? 0);
  return believe({ code, passed: counted("passing"), failed: counted("failing") + counted("pending"), late: 0 });
}

/** A Mocha suite in the extension host, and the tests that look at the workbench from outside. */
async function insideAndOutside(script: string, folder: string): Promise<Count> {
  const inside = await mochaTests(script);
  const outside = await nodeTests(folder);
  return added(inside, outside);
}

async function grammarTests(): Promise<Count> {
  const files = testFiles(inRoot("test", "grammar"), ".cif");
  const { code, output } = await runNode([bin("vscode-tmgrammar-test", "dist", "unit.js"), ...files]);
  const passed = output.match(/ run successfuly\./g)?.length ?? 0;
  return believe({ code, passed, failed: files.length - passed, late: 0 });
}

/** Counts that contradict the exit code, or are missing, are a failure. */
function believe({ code, passed, failed, late }: Count & { readonly code: number }): Count {
  if (Number.isNaN(passed + failed)) throw new Error(`The test runner ended with code ${code} and without counts.`);
  if (passed + failed === 0) throw new Error(`No test has run (exit code ${code}).`);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, late };
}

function testFiles(folder: string, ending: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const files = names.filter((name) => name.endsWith(ending) && !/^suite[\\/]/.test(name)).sort();
  if (files.length === 0) throw new Error(`There are no tests in ${folder}.`);
  return files.map((name) => join(folder, name));
}
