import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Benchmark } from "../../scripts/lib/benchmark.ts";

/** Loads the built extension, with a stand-in for VS Code that takes every call and answers nothing. */
const LOAD = `
const Module = require("node:module");
const anything = () =>
  new Proxy(function () {}, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => "" : key === "then" ? undefined : anything()),
    apply: () => anything(),
    construct: () => anything(),
    // esbuild copies a module's own properties and inherits the others.
    getPrototypeOf: () => anything(),
  });
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? anything() : load(name, ...rest));
const { activate } = require(require("node:path").resolve("dist/extension.cjs"));
if (typeof activate !== "function") throw new Error("The extension has no activate.");
`;

/** In a fresh thread, whose start is counted: there nothing is compiled yet. */
async function loadExtension(): Promise<void> {
  const worker = new Worker(LOAD, { eval: true });
  const [code] = await once(worker, "exit");
  if (code !== 0) throw new Error(`The extension did not load (exit code ${code}).`);
}

export const benchmarks: readonly Benchmark[] = [
  { name: "extension: its bundle loads, in a fresh thread", budget_ms: 150, repeats: 9, run: loadExtension },
];
