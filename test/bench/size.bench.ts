import { readFileSync, statSync } from "node:fs";
import { PANEL_KINDS } from "../../core/protocol/index.ts";
import type { Benchmark } from "../../scripts/lib/benchmark.ts";

interface Outputs {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly bytes: number; readonly imports: readonly { readonly path: string; readonly kind: string }[] }
    >
  >;
}

const { outputs } = JSON.parse(readFileSync("out/meta/webview.json", "utf8")) as Outputs;

/** All scripts that a page loads before it starts, in kB. */
function loaded_kB(entry: string): number {
  const files = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === "import-statement") visit(path);
  };
  visit(entry);
  return [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0) / 1000;
}

const size_kB = (file: string): number => statSync(file).size / 1000;

export const title = "Size";

export const benchmarks: readonly Benchmark[] = [
  ...PANEL_KINDS.map(
    (kind): Benchmark => ({
      name: `scripts of the ${kind} panel, minified`,
      budget: 950,
      unit: "kB",
      figure: () => loaded_kB(`dist/webview/${kind}.js`),
    }),
  ),
  {
    name: "extension package (VSIX)",
    budget: 1500,
    unit: "kB",
    figure: () => size_kB(process.env["DFXRM_VSIX"] ?? ""),
  },
];
