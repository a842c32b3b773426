import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { inRoot } from "../../scripts/lib/paths.ts";

interface Metafile {
  readonly inputs: Readonly<
    Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>
  >;
}

/** The package or top folder that a path of a metafile belongs to. */
function ownerOf(path: string): string {
  const [, inModules] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return inModules ?? path.split("/")[0]!;
}

/** What a bundle is made of, and what it expects from its surroundings. */
function madeOf(bundle: string) {
  const { inputs } = JSON.parse(readFileSync(inRoot("out", "meta", `${bundle}.json`), "utf8")) as Metafile;
  const externals = Object.values(inputs).flatMap(({ imports }) => imports.filter(({ external }) => external));
  return {
    inputs,
    owners: new Set(Object.keys(inputs).map(ownerOf)),
    externals: new Set(externals.map(({ path }) => path)),
  };
}

describe("dependency rule, on what the bundles are really made of", () => {
  const forbidden: Readonly<Record<string, readonly string[]>> = {
    server: ["core", "three", "uplot", "webview", "extension", "cli", "export", "vscode"],
    "server.worker": ["three", "uplot", "webview", "extension", "cli", "export", "vscode", "node"],
    extension: ["three", "uplot", "webview", "cli", "server", "jspdf", "@gltf-transform/core"],
    "extension.web": ["three", "uplot", "webview", "cli", "server", "jspdf", "@gltf-transform/core", "node"],
    webview: ["extension", "server", "cli", "vscode", "node", "vscode-languageclient", "vscode-languageserver"],
    "survey.worker": [
      "three",
      "uplot",
      "@preact/signals-core",
      "extension",
      "server",
      "cli",
      "export",
      "vscode",
      "node",
    ],
    export: ["three", "uplot", "webview", "cli", "server", "extension", "vscode", "html2canvas", "canvg", "core-js"],
    cli: ["three", "uplot", "webview", "extension", "server", "vscode"],
  };
  for (const [bundle, names] of Object.entries(forbidden)) {
    test(`${bundle} has nothing of ${names.join(", ")}`, () => {
      const { owners, externals } = madeOf(bundle);
      // The server of the Node host is the bundle of the worker, run in a process.
      if (!names.includes("core")) assert.ok(owners.has("core"), "The bundle should hold something of core");
      const isNode = (name: string) => name.startsWith("node:") || ["fs", "path", "os", "child_process"].includes(name);
      const all = new Set([...owners, ...externals, ...([...externals].some(isNode) ? ["node"] : [])]);
      assert.deepEqual(
        names.filter((name) => all.has(name)),
        [],
      );
    });
  }

  test("core imports itself, valibot and the parsers of JSON and TOML only", () => {
    for (const bundle of Object.keys(forbidden)) {
      for (const [path, { imports }] of Object.entries(madeOf(bundle).inputs)) {
        if (ownerOf(path) !== "core") continue;
        for (const imported of imports) {
          assert.ok(
            ["core", "valibot", "jsonc-parser", "smol-toml"].includes(ownerOf(imported.path)),
            `${path} imports ${imported.path}`,
          );
        }
      }
    }
  });
});

test("NOTICE.md names every bundled package with its licence, and no other", () => {
  const notice = readFileSync(inRoot("NOTICE.md"), "utf8");
  const shipped = ["extension", "extension.web", "server", "server.worker", "webview", "export", "cli"];
  const own = new Set(["cli", "core", "export", "extension", "server", "webview"]);
  const packages = new Set(shipped.flatMap((bundle) => [...madeOf(bundle).owners]).filter((name) => isPackage(name)));
  const licenceOf = (name: string): string =>
    JSON.parse(readFileSync(inRoot("node_modules", name, "package.json"), "utf8")).license;
  const listed = new Map<string, string>();
  for (const [, names = "", licence = ""] of notice.matchAll(/^\| (`[^|]+`) \| ([^|]+) \| [^|]+ \|$/gm)) {
    for (const name of names.split(", ")) listed.set(name.replaceAll("`", ""), licence);
  }
  assert.deepEqual([...listed].sort(), [...packages].map((name) => [name, licenceOf(name)]).sort());
  function isPackage(name: string): boolean {
    return !own.has(name) && existsSync(inRoot("node_modules", name, "package.json"));
  }
});
