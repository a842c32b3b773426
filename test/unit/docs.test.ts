/** Documentation that repeats the code is generated from it, and what it links to is there. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { manifestSettings, reference } from "../../scripts/lib/reference.ts";

const pages = ["README.md", "CHANGELOG.md", "NOTICE.md", ...readdirSync("docs").map((name) => `docs/${name}`)];

describe("documentation", () => {
  test("docs/reference.md is what npm run docs writes", () => {
    assert.ok(readFileSync("docs/reference.md", "utf8") === reference(), "run npm run docs");
  });

  test("the README has the table of settings", () => {
    assert.ok(
      readFileSync("README.md", "utf8").includes(manifestSettings()),
      "put the table of docs/reference.md into the README",
    );
  });

  test("docs/checks.md has one entry for every code that is written out in the source, and none else", () => {
    const groups =
      "crystal|xray|plan|light|reach|mount|instrument|lens|json|file|server|orientation|template|syntax|dictionary";
    const codes = new Set<string>();
    for (const folder of ["core", "server", "extension", "cli", "export", "webview"]) {
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        if (!name.endsWith(".ts") || name.includes("generated")) continue;
        const text = readFileSync(join(folder, name), "utf8");
        for (const [, code = ""] of text.matchAll(new RegExp(`"((?:${groups})/[a-z0-9-]+)"`, "g"))) codes.add(code);
        for (const [, code = ""] of text.matchAll(/\bcheckJsonText\(.*"(\S+)"\)/g)) codes.add(`${code}-unknown-key`);
        for (const [, slug] of text.matchAll(/\bfault\(\s*"([a-z0-9-]+)"/g)) codes.add(`instrument/${slug}`);
        const isDictionary = name.includes("dictionary");
        if (name.startsWith("crystal/checks")) {
          for (const [, slug] of text.matchAll(/\bissue\(\s*"([a-z0-9-]+)"/g)) codes.add(`crystal/${slug}`);
        }
        if (folder !== "core" || !name.startsWith("cif")) continue;
        for (const [, slug] of text.matchAll(/\b(?:issues\.)?add\(\s*"([a-z0-9-]+)"/g)) {
          codes.add(`${isDictionary ? "dictionary" : "syntax"}/${slug}`);
        }
      }
    }
    assert.ok(codes.size > 200, `${codes.size} codes`);
    const entries = [...readFileSync("docs/checks.md", "utf8").matchAll(/^### (\S+)\n\n\S.{10}/gm)].map(
      ([, code]) => code!,
    );
    assert.deepEqual(entries.sort(), [...codes].sort());
  });

  test("links and pictures lead to files that are there", () => {
    let links = 0;
    for (const page of pages.filter((name) => name.endsWith(".md"))) {
      for (const [, target = ""] of readFileSync(page, "utf8").matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
        if (/^[a-z]+:/i.test(target)) continue;
        assert.ok(existsSync(join(dirname(page), target)), `${page} links to ${target}`);
        links++;
      }
    }
    assert.ok(links > 3);
  });

  test("every command of the editor that a page names is there", () => {
    const { commands } = JSON.parse(readFileSync("package.json", "utf8")).contributes;
    const titles = new Set(commands.map(({ title }: { title: string }) => title));
    const named = pages
      .filter((name) => name.endsWith(".md"))
      .flatMap((page) =>
        [...readFileSync(page, "utf8").matchAll(/[*`"]DF-XRM: ([^*`"]+)[*`"]/g)].map(([, title]) => title!),
      );
    assert.ok(named.length > 10, `${named.length} commands`);
    assert.deepEqual(
      named.filter((title) => !titles.has(title)),
      [],
    );
  });

  test("every script of npm that a page names is there", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    for (const page of pages.filter((name) => name.endsWith(".md"))) {
      for (const [, name = ""] of readFileSync(page, "utf8").matchAll(/npm run ([a-z-]+)/g)) {
        assert.ok(name in scripts, `${page}: npm run ${name}`);
      }
    }
  });
});
