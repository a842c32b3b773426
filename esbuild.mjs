// Builds every bundle, or those that are named. --watch rebuilds on change, --production minifies and leaves out source maps.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build, context } from "esbuild";
import { slimClient } from "./scripts/lib/slim-client.mjs";
import { slimThree } from "./scripts/lib/slim-three.mjs";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");
const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
  target: "es2022",
  define: { "process.env.NODE_ENV": production ? '"production"' : '"development"' },
};
// jsonc-parser's "main" is UMD, whose requires no bundler can follow.
const node = {
  ...common,
  platform: "node",
  format: "cjs",
  target: "node20",
  mainFields: ["module", "main"],
  external: ["vscode"],
};

/** Mocha's browser build is UMD inside a package of ES modules: without its own scope it would take over our exports. */
const mochaForBrowsers = {
  name: "mocha-for-browsers",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]mocha[\\/]mocha\.js$/ }, async ({ path }) => ({
      contents: `(function (module, exports, define, require) {${await readFile(path, "utf8")}\n}).call(globalThis)`,
    })),
};

/** jsPDF draws what we tell it to: what it would load to turn web pages and pictures into PDF stays out. */
const jspdfAlone = {
  name: "jspdf-alone",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^jspdf$/ }, () => ({ path: resolve("node_modules/jspdf/dist/jspdf.es.min.js") }));
    onResolve({ filter: /^(html2canvas|canvg|dompurify|fast-png)$/ }, ({ path }) => ({ path, namespace: "left-out" }));
    onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "export const decode = undefined;" }));
  },
};

/** The tables of X-ray data are in the panel that starts the worker; it hands them over as a global. */
const tablesOfPanel = {
  name: "tables-of-panel",
  setup: ({ onLoad }) =>
    onLoad({ filter: /xray[\\/]tables[\\/]\w+\.generated\.ts$/ }, async ({ path }) => {
      const names = [...(await readFile(path, "utf8")).matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
      return { contents: names.map((name) => `export const ${name} = globalThis.xrayTables.${name};`).join("\n") };
    }),
};

/** Bundle name -> esbuild options. The name is also the name of its metafile in out/meta. */
const bundles = {
  extension: {
    ...node,
    plugins: [slimClient()],
    entryPoints: ["extension/main.node.ts"],
    outfile: "dist/extension.cjs",
  },
  "extension.web": {
    ...common,
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
    plugins: [slimClient()],
    entryPoints: ["extension/main.web.ts"],
    outfile: "dist/extension.web.js",
  },
  server: { ...node, entryPoints: ["server/node.ts"], outfile: "dist/server.cjs" },
  "server.worker": {
    ...common,
    platform: "browser",
    format: "iife",
    entryPoints: ["server/worker.ts"],
    outfile: "dist/server.worker.js",
  },
  webview: {
    ...common,
    platform: "browser",
    format: "esm",
    splitting: true,
    target: "chrome122",
    sourcemap: production ? false : "inline",
    plugins: [slimThree(process.cwd())],
    entryPoints: {
      geometry: "webview/geometry/main.ts",
      attenuation: "webview/attenuation/main.ts",
      reflections: "webview/reflections/main.ts",
      lens: "webview/lens/main.ts",
    },
    outdir: "dist/webview",
  },
  "survey.worker": {
    ...common,
    platform: "browser",
    format: "iife",
    target: "chrome122",
    sourcemap: false,
    plugins: [tablesOfPanel],
    entryPoints: ["webview/reflections/survey.worker.ts"],
    outfile: "dist/webview/survey.worker.js",
  },
  /** The writers of the export, loaded by either extension host when something is exported. */
  export: {
    ...common,
    platform: "browser",
    format: "cjs",
    external: ["node:*"],
    plugins: [jspdfAlone],
    entryPoints: ["export/index.ts"],
    outfile: "dist/export.cjs",
  },
  cli: {
    ...node,
    plugins: [jspdfAlone],
    entryPoints: ["cli/main.ts"],
    outfile: "dist/cli.cjs",
    banner: { js: "#!/usr/bin/env node" },
  },
  "test.vscode": {
    ...node,
    minify: false,
    external: ["vscode", "mocha"],
    entryPoints: ["test/vscode/index.ts"],
    outfile: "out/test/index.cjs",
  },
  "test.web": {
    ...common,
    minify: false,
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
    plugins: [mochaForBrowsers],
    entryPoints: ["test/web/index.ts"],
    outfile: "out/test-web/index.js",
  },
};

// The worker lies among the panels, whose build empties the folder.
const isWanted = (name) =>
  named.length === 0 || named.includes(name) || (name === "survey.worker" && named.includes("webview"));
const wanted = Object.entries(bundles).filter(([name]) => isWanted(name));
if (watch) {
  for (const [, options] of wanted) await (await context(options)).watch();
} else {
  await mkdir("out/meta", { recursive: true });
  // The names of chunks change with their content; old ones would be packaged too.
  if (wanted.some(([name]) => name === "webview")) await rm("dist/webview", { recursive: true, force: true });
  await Promise.all(
    wanted.map(async ([name, options]) => {
      const result = await build(options);
      await writeFile(`out/meta/${name}.json`, JSON.stringify(result.metafile));
    }),
  );
}
