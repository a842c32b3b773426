import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";

const folder = mkdtempSync(path.join(tmpdir(), "df-xrm-check-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}

/** The built command: what a user and a script run. */
function check(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["dist/cli.cjs", "check", ...args], {
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

interface Report {
  readonly file: string;
  readonly diagnostics: readonly {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly severity: string;
    readonly code: string;
    readonly message: string;
    readonly block: string | null;
    readonly names: readonly string[];
    readonly related: readonly unknown[];
  }[];
}

const reports = (...args: string[]): Report[] => JSON.parse(check(...args, "--json").stdout) as Report[];
const codes = (report: Report | undefined): string[] => report?.diagnostics.map(({ code }) => code) ?? [];

const SLIP = "data_a\n_chemical_name_common lead\n_cell_lenght_a 5\n_chemical_name_mineral native lead\n";

const DICTIONARY = `#\\#CIF_2.0
data_LAB_DIC
_dictionary.title LAB_DIC
_dictionary.class Instance
_dictionary.version 1.0.0
_dictionary.date 2026-01-01
save_LAB
_definition.id LAB
_definition.scope Category
_definition.class Set
_name.category_id LAB_DIC
_name.object_id LAB
save_
save_lab.shift
_definition.id '_lab.shift'
_name.category_id lab
_name.object_id shift
_type.purpose Number
_type.source Recorded
_type.container Single
_type.contents Integer
_import.get [{'file':'shared.dic' 'save':'shifts'}]
save_
`;

describe("df-xrm check", () => {
  test("problems of text and dictionary in order of position, in the stable form", () => {
    const name = file("slip.cif", SLIP);
    const [report, ...others] = reports(name);
    assert.deepEqual(others, []);
    assert.equal(report?.file, name);
    assert.deepEqual(
      report?.diagnostics.map(({ code, line, column, endLine, endColumn, severity, block, names }) => ({
        code,
        place: [line, column, endLine, endColumn],
        severity,
        block,
        names,
      })),
      [
        {
          code: "dictionary/unknown-tag",
          place: [3, 1, 3, 15],
          severity: "warning",
          block: "a",
          names: ["_cell_lenght_a"],
        },
        {
          code: "syntax/unexpected-value",
          place: [4, 31, 4, 35],
          severity: "error",
          block: "a",
          names: [],
        },
      ],
    );
    assert.deepEqual(Object.keys(report.diagnostics[0]!), [
      "line",
      "column",
      "endLine",
      "endColumn",
      "severity",
      "code",
      "message",
      "block",
      "names",
      "related",
    ]);
  });

  test("status 1 on an error only", () => {
    assert.equal(check(file("slip.cif", SLIP)).status, 1);
    assert.equal(check(file("warned.cif", SLIP.replace("native lead", "lead"))).status, 0);
  });

  test("text: one line a problem, as compilers write it", () => {
    const name = file("slip.cif", SLIP);
    const lines = check(name).stdout.trim().split("\n");
    assert.equal(lines.length, 2);
    assert.match(lines[0]!, /:3:1: warning: .*_cell_length_a.* \[dictionary\/unknown-tag\]$/);
    assert.ok(lines.every((line) => line.startsWith(`${name}:`)));
    assert.equal(check(name, "--format", "text").stdout, check(name).stdout);
  });

  test("SARIF: rules and results with regions", () => {
    const log = JSON.parse(check(file("slip file.cif", SLIP), "--format=sarif").stdout);
    assert.equal(log.version, "2.1.0");
    const [run] = log.runs;
    assert.equal(run.columnKind, "utf16CodeUnits");
    assert.deepEqual(
      run.tool.driver.rules.map(({ id }: { id: string }) => id),
      ["dictionary/unknown-tag", "syntax/unexpected-value"],
    );
    const [first, second] = run.results;
    assert.equal(first.level, "warning");
    assert.equal(second.level, "error");
    assert.equal(run.tool.driver.rules[second.ruleIndex].id, second.ruleId);
    const { artifactLocation, region } = second.locations[0].physicalLocation;
    assert.match(artifactLocation.uri, /slip%20file\.cif$/);
    assert.deepEqual(region, { startLine: 4, startColumn: 31, endLine: 4, endColumn: 35 });
  });

  test("a problem of two places has the other one in JSON and SARIF", () => {
    const name = file("twice.cif", "data_a\n_chemical_name_common lead\n_chemical_name_common tin\n");
    const [twice] = reports(name)[0]!.diagnostics;
    assert.deepEqual(twice?.related, [{ line: 2, column: 1, endLine: 2, endColumn: 22, message: "The first name" }]);
    const [result] = JSON.parse(check(name, "--format", "sarif").stdout).runs[0].results;
    const [place, ...others] = result.relatedLocations;
    assert.deepEqual(others, []);
    assert.deepEqual(place.message, { text: "The first name" });
    assert.deepEqual(place.physicalLocation.region, { startLine: 2, startColumn: 1, endLine: 2, endColumn: 22 });
    assert.deepEqual(place.physicalLocation.artifactLocation, result.locations[0].physicalLocation.artifactLocation);
    const [alone] = JSON.parse(check(file("slip.cif", SLIP), "--format", "sarif").stdout).runs[0].results;
    assert.ok(!("relatedLocations" in alone));
  });

  test("--severity makes problems louder, milder or silent, and the exit status follows", () => {
    const name = file("slip.cif", SLIP);
    const told = (...args: string[]) =>
      reports(name, ...args)[0]!.diagnostics.map(({ code, severity }) => `${code} ${severity}`);
    assert.deepEqual(told("--severity", "syntax/*=hint", "--severity=dictionary/unknown-tag=information"), [
      "dictionary/unknown-tag information",
      "syntax/unexpected-value hint",
    ]);
    assert.deepEqual(told("--severity", "syntax/*=off", "--severity", "syntax/unexpected-value=warning"), [
      "dictionary/unknown-tag warning",
      "syntax/unexpected-value warning",
    ]);
    assert.equal(check(name, "--severity", "syntax/unexpected-value=off").status, 0);
    const warned = file("warned.cif", SLIP.replace("native lead", "lead"));
    assert.equal(check(warned).status, 0);
    assert.equal(check(warned, "--severity", "dictionary/*=error").status, 1);
    const [run] = JSON.parse(check(name, "--format", "sarif", "--severity", "syntax/*=hint").stdout).runs;
    assert.deepEqual(
      run.results.map(({ level }: { level: string }) => level),
      ["warning", "note"],
    );
  });

  test("--severity with a code or level that there is not is wrong use, with what may be meant", () => {
    for (const [argument, message] of [
      ["crystal/cell-volum=off", /"crystal\/cell-volum": is crystal\/cell-volume meant\?/],
      ["crystal=off", /no code "crystal": /],
      ["plan/hkl=off", /no code "plan\/hkl": /],
      ["crystal/cell-volume=of", /"of": write one of error, warning, information, hint, off/],
      ["crystal/cell-volume", /"": write one of/],
    ] as const) {
      const { status, stderr } = check(file("slip.cif", SLIP), "--severity", argument);
      assert.equal(status, 2, argument);
      assert.match(stderr, message);
    }
    assert.match(check(file("slip.cif", SLIP), "--severity").stderr, /--severity needs a value/);
  });

  test("--no-dictionary leaves the dictionaries out", () => {
    assert.deepEqual(codes(reports(file("slip.cif", SLIP), "--no-dictionary")[0]), ["syntax/unexpected-value"]);
  });

  test("--dictionary replaces the built-in tables, with what the file imports from beside it", () => {
    const dictionary = file("lab.dic", DICTIONARY);
    file("shared.dic", "#\\#CIF_2.0\ndata_SHARED\nsave_shifts\n_enumeration.range 1:6\nsave_\n");
    const name = file("lab.cif", "data_a\n_lab.shift 7\n_chemical_name_common lead\n");
    assert.deepEqual(codes(reports(name, "--dictionary", dictionary)[0]), [
      "dictionary/range",
      "dictionary/unknown-tag",
    ]);
    assert.deepEqual(codes(reports(name)[0]), ["dictionary/unknown-tag"]);
    const both = reports(
      name,
      "--dictionary",
      dictionary,
      `--dictionary=${file("more.dic", DICTIONARY.replaceAll("lab", "more").replaceAll("LAB", "MORE"))}`,
    );
    assert.deepEqual(codes(both[0]), ["dictionary/range", "dictionary/unknown-tag"]);
  });

  test("several files are reported in the order given, and the examples have no problem", () => {
    const names = readdirSync("examples")
      .filter((name) => name.endsWith(".cif"))
      .map((name) => `examples/${name}`);
    assert.ok(names.length >= 9);
    const all = reports(...names);
    assert.deepEqual(
      all.map(({ file: name }) => name),
      names,
    );
    assert.deepEqual(
      all.flatMap(({ diagnostics }) => diagnostics),
      [],
    );
  });

  test("2e5 loops of one row need 150 MB, not a kilobyte each", () => {
    const loops = Array.from({ length: 2e5 }, (_, i) => `loop_\n_a${i}\n1\n`);
    const name = file("loops.cif", `data_a\n${loops.join("")}`);
    const run = spawnSync(process.execPath, ["--max-old-space-size=150", "dist/cli.cjs", "check", name, "--json"]);
    const [report] = JSON.parse(run.stdout.toString()) as Report[];
    assert.equal(report?.diagnostics.length, 1001);
  });

  test("a message that quotes a line of any length is cut", () => {
    const long = file("long.cif", `data_a\n_cell_length_a ${"x".repeat(100_000)}\n`);
    const messages = reports(long).flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message));
    assert.ok(messages.some((message) => message.startsWith("'xxx") && message.endsWith("…")));
    assert.ok(messages.every((message) => message.length <= 2000));
  });

  for (const [what, args, message] of [
    ["no file", [], /at least one file/],
    ["an unknown format", ["a.cif", "--format", "xml"], /text, json, sarif/],
    ["an option without its value", ["a.cif", "--dictionary"], /--dictionary needs a value/],
    ["an unknown option", ["a.cif", "--fast"], /unknown option --fast/],
    ["a dictionary that is not there", ["examples/LiNbO3.cif", "--dictionary", "none.dic"], /cannot read none\.dic/],
    ["a CIF for a dictionary", ["examples/LiNbO3.cif", "--dictionary", "examples/silicon.cif"], /not a dictionary/],
    ["a dictionary and none", ["a.cif", "--dictionary", "a.dic", "--no-dictionary"], /exclude/],
  ] as const) {
    test(`${what}: status 2 and one line that says so`, () => {
      const { stderr, status } = check(...args);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split("\n").length, 1);
    });
  }
});
