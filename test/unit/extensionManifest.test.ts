import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { EXAMPLES } from "../../core/protocol/index.ts";
import { LEVELS } from "../../core/util/index.ts";
import { baseName, isCifName, isOfHistory, movedUri } from "../../extension/names.ts";
import { createNonce, panelHtml } from "../../extension/panels/html.ts";
import { DEFAULT_SETTINGS } from "../../server/settings.ts";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const { commands, configuration, languages, grammars, menus, submenus } = manifest.contributes;
const kinds = ["geometry", "reflections", "attenuation", "lens"] as const;

describe("manifest", () => {
  test("the settings' defaults are those of the server", () => {
    const defaults = Object.fromEntries(
      Object.entries<{ default: unknown }>(configuration.properties).map(([name, { default: value }]) => [name, value]),
    );
    assert.deepEqual(defaults, {
      "dfxrm.diagnostics.enabled": DEFAULT_SETTINGS.diagnosticsEnabled,
      "dfxrm.diagnostics.severity": Object.fromEntries(DEFAULT_SETTINGS.levels),
      "dfxrm.codeLens.enabled": DEFAULT_SETTINGS.codeLensEnabled,
      "dfxrm.maxFileSizeMB": DEFAULT_SETTINGS.maxFileSizeMB,
      "dfxrm.inlayHints.enabled": DEFAULT_SETTINGS.inlayHintsEnabled,
      "dfxrm.cif.dictionaries": DEFAULT_SETTINGS.dictionaries,
    });
  });

  test("the setting of severities offers the levels that there are", () => {
    const { additionalProperties } = configuration.properties["dfxrm.diagnostics.severity"];
    assert.deepEqual(additionalProperties.enum, LEVELS);
  });

  test("every panel restores by its activation event, and every menu entry is a command", () => {
    for (const kind of kinds) assert.ok(manifest.activationEvents.includes(`onWebviewPanel:dfxrm.${kind}`));
    const names = new Set(commands.map(({ command }: { command: string }) => command));
    for (const { command, submenu } of Object.values<{ command?: string; submenu?: string }[]>(menus).flat()) {
      if (submenu === undefined) assert.ok(names.has(command ?? ""), command);
      else assert.ok(submenu in menus && submenus.some(({ id }: { id: string }) => id === submenu), submenu);
    }
    assert.ok(commands.every(({ category }: { category: string }) => category === "DF-XRM"));
  });

  test("the walkthrough shows pictures that are there and runs commands that exist", () => {
    const known = new Set(commands.map(({ command }: { command: string }) => command));
    const { walkthroughs, viewsWelcome } = manifest.contributes;
    const texts: string[] = viewsWelcome.map(({ contents }: { contents: string }) => contents);
    for (const { steps } of walkthroughs) {
      for (const { description, media, completionEvents } of steps) {
        assert.ok(existsSync(media.image) && media.altText !== "", media.image);
        texts.push(description);
        for (const event of completionEvents) assert.match(event, /^on(Command:dfxrm\.\w+|Language:cif)$/);
      }
    }
    const run = texts.flatMap((text) => [...text.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command));
    assert.ok(run.length >= 4);
    assert.deepEqual(
      run.filter((command) => !known.has(command)),
      [],
    );
  });

  test("every file it names is there", () => {
    const files = [manifest.icon, ...grammars.map(({ path }: { path: string }) => path), languages[0].configuration];
    for (const kind of kinds) files.push(`media/${kind}-light.svg`, `media/${kind}-dark.svg`);
    for (const file of files) assert.ok(existsSync(file), file);
  });

  test("the first line decides for CIF where it holds the magic code", () => {
    const firstLine = new RegExp(languages[0].firstLine);
    for (const line of ["#\\#CIF_1.1", "#\\#CIF_2.0", "\uFEFF#\\#CIF_2.0"]) assert.match(line, firstLine);
    for (const line of ["# CIF", "data_a", " #\\#CIF_1.1"]) assert.doesNotMatch(line, firstLine);
  });
});

describe("examples", () => {
  test("the list is the folder", () => {
    const files = readdirSync("examples").filter((name) => name.endsWith(".cif"));
    assert.deepEqual(EXAMPLES.map(({ file }) => file).sort(), files.sort());
  });
});

describe("page of a panel", () => {
  const source = {
    cspSource: "https://host",
    nonce: createNonce(),
    script: "https://host/g.js",
    style: "https://host/g.css",
  };

  test("its policy lets in nothing but the extension's own files, and no inline code", () => {
    const html = panelHtml("geometry", source);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    assert.match(policy, /^default-src 'none'; /);
    assert.doesNotMatch(policy, /unsafe|\*|https?:(?!\/\/host)/);
    const scripts = [...html.matchAll(/<script[^>]*>([^<]*)<\/script>/g)];
    assert.equal(scripts.length, 1);
    assert.equal(scripts[0]?.[1], "");
    assert.ok(scripts[0]?.[0].includes(`nonce="${source.nonce}"`));
    assert.doesNotMatch(html, /<style|\son\w+=|style=/);
  });

  test("a nonce is long and used once", () => {
    assert.match(source.nonce, /^[0-9a-f]{32}$/);
    assert.notEqual(createNonce(), createNonce());
  });
});

describe("names of files", () => {
  const uri = (path: string, scheme = "file") => ({
    scheme,
    authority: "",
    path,
    with: ({ path: to }: { path: string }) => uri(to, scheme),
  });
  const moved = (...paths: readonly [string, string, string]) => {
    const [at, from, to] = paths.map((path) => uri(path));
    return movedUri(at as never, from as never, to as never)?.path;
  };

  test("a file follows its own renaming and that of a folder above it", () => {
    assert.equal(moved("/a/b.cif", "/a/b.cif", "/a/c.cif"), "/a/c.cif");
    assert.equal(moved("/a/b/c.cif", "/a", "/x"), "/x/b/c.cif");
    assert.equal(moved("/ab/c.cif", "/a", "/x"), undefined);
    assert.equal(movedUri(uri("/a") as never, uri("/a", "untitled") as never, uri("/b") as never), undefined);
  });

  test("base names, and what counts as a CIF", () => {
    assert.equal(baseName(uri("/a/b.cif")), "b.cif");
    assert.equal(baseName(uri("Untitled-1")), "Untitled-1");
    assert.deepEqual(
      ["/a.cif", "/a.mCIF", "/a.cif.txt", "/cif"].map((path) => isCifName(uri(path))),
      [true, true, false, false],
    );
    assert.deepEqual(
      ["git", "file"].map((scheme) => isOfHistory(uri("/a.cif", scheme))),
      [true, false],
    );
  });
});
