import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { inRoot } from "../../scripts/lib/paths.ts";
import { packagedFiles } from "./vsix.ts";

const manifest = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));

describe("the extension package", () => {
  let files: ReadonlyMap<string, number>;
  let size: number;
  before(async () => {
    ({ files, size } = await packagedFiles());
  });

  test("holds every file that the manifest names", () => {
    const named = JSON.stringify([manifest.main, manifest.browser, manifest.icon, manifest.contributes]).match(
      /"[\w./-]+\.(c?js|json|png|svg|md)"/g,
    )!;
    assert.ok(named.length >= 5, named.join());
    for (const quoted of named) {
      const file = quoted.slice(1, -1).replace(/^\.\//, "");
      assert.ok(files.has(file), `${file} is missing`);
    }
  });

  test("holds both language servers and the panels", () => {
    const panels = ["geometry", "attenuation", "reflections"]
      .flatMap((name) => [`${name}.js`, `${name}.css`])
      .concat("survey.worker.js");
    for (const file of ["server.cjs", "server.worker.js", "export.cjs", ...panels.map((name) => `webview/${name}`)]) {
      assert.ok((files.get(`dist/${file}`) ?? 0) > 0, `dist/${file} is missing`);
    }
  });

  test("holds nothing that is for development", () => {
    const stray = [...files.keys()].filter((name) =>
      /\.(map|ts|mts|tsbuildinfo)$|^(test|scripts|tools|out|core|node_modules)\/|^\./.test(name),
    );
    assert.deepEqual(stray, []);
  });

  test("holds licence, change log and read-me with its pictures", () => {
    for (const file of ["LICENSE.txt", "changelog.md", "readme.md"]) assert.ok(files.has(file), `${file} is missing`);
    const readme = readFileSync(inRoot("README.md"), "utf8");
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)\s]+)|<img[^>]+src="([^"]+)"/g)].map((m) => m[1] ?? m[2]!);
    assert.ok(pictures.length > 0, "The read-me shows no picture");
    for (const picture of pictures) assert.ok(files.has(picture.replace(/^\.\//, "")), `${picture} is missing`);
  });

  test("is smaller than 1.5 MB", () => {
    assert.ok(size < 1.5e6, `${size} bytes`);
  });
});
