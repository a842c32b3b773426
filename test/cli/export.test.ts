import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { WebIO } from "@gltf-transform/core";
import { createDraftPlan, planText } from "../../core/experiment/index.ts";
import { EXPORT_FORMATS } from "../../core/report/formats.ts";

const folder = mkdtempSync(path.join(tmpdir(), "df-xrm-export-"));
after(() => rmSync(folder, { recursive: true }));
copyFileSync("examples/LiNbO3.cif", path.join(folder, "LiNbO3.cif"));

function file(name: string, text: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
}

const PLAN = file(
  "夜勤 6.dfxrm.json",
  planText({
    ...createDraftPlan("LiNbO3.cif", "LiNbO3"),
    reflection: { hkl: [0, 0, 6] },
    lens: { file: "id06", detectorDistance_mm: 5000 },
  }),
);

function run(...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["dist/cli.cjs", "export", ...args]);
  return { bytes: new Uint8Array(stdout), stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8"), status };
}

/** Of (0 0 6) at 17 keV with c = 13.8631 A: 2 asin(lambda / (2 d)). */
const twoTheta = 2 * Math.asin((12.398419843320026 / 17) * (6 / 13.8631) * 0.5);
const degrees = (twoTheta * 180) / Math.PI;
const beside_mm = 5000 * Math.tan(twoTheta);
const near = (value: number, wanted: number, what: string): void =>
  assert.ok(Math.abs(value - wanted) < 1e-6, `${what}: ${value}, not ${wanted}`);

interface MotorFile {
  readonly motors: readonly { readonly name: string; readonly value: number }[];
}

/** What a file of each format must hold. */
const HOLDS: Readonly<Record<(typeof EXPORT_FORMATS)[number]["id"], (bytes: Uint8Array) => void | Promise<void>>> = {
  pdf: (bytes) => {
    const text = Buffer.from(bytes).toString("latin1");
    assert.match(text, /^%PDF-1\.\d[\s\S]*%%EOF\s*$/);
    assert.match(text, /\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
  },
  html: (bytes) => {
    const html = Buffer.from(bytes).toString("utf8");
    assert.match(html, /^<!doctype html>/i);
    assert.match(html, /夜勤 6/);
    assert.ok(html.includes(`${degrees.toFixed(4)}°`));
  },
  md: (bytes) =>
    assert.ok(
      Buffer.from(bytes)
        .toString("utf8")
        .includes(`${degrees.toFixed(4)}°`),
    ),
  svg: (bytes) => assert.match(Buffer.from(bytes).toString("utf8"), /^<svg [\s\S]*<\/svg>\s*$/),
  glb: async (bytes) => {
    const nodes = (await new WebIO().readBinary(bytes)).getRoot().listNodes();
    const place = nodes.find((node) => node.getName() === "Detector")!.getWorldTranslation();
    near(place[1], beside_mm / 1000, "detector up in metres");
  },
  csv: (bytes) => {
    const rows = Buffer.from(bytes)
      .toString("utf8")
      .trimEnd()
      .split("\r\n")
      .map((row) => row.split(","));
    const planned = rows.find((row) => row.slice(0, 3).join() === "0,0,6")!;
    near(Number(planned[3]), 13.8631 / 6, "d");
    near(Number(planned[4]), degrees, "2theta");
  },
  json: (bytes) => {
    const all = JSON.parse(Buffer.from(bytes).toString("utf8"));
    assert.ok(JSON.stringify(all).includes(`"twoTheta_deg":${String(degrees).slice(0, 10)}`));
  },
  motors: (bytes) => assert.match(Buffer.from(bytes).toString("utf8"), new RegExp(`ffz +${beside_mm.toFixed(4)}`)),
  "motors-csv": (bytes) => {
    const row = /^ffz,([\d.]+),mm/m.exec(Buffer.from(bytes).toString("utf8"));
    near(Number(row?.[1]), beside_mm, "ffz");
  },
  "motors-json": (bytes) => {
    const { motors } = JSON.parse(Buffer.from(bytes).toString("utf8")) as MotorFile;
    near(motors.find(({ name }) => name === "ffz")!.value, beside_mm, "ffz");
    near(motors.find(({ name }) => name === "obpitch")!.value, degrees, "obpitch");
  },
};
const BINARY = new Set<string>(["pdf", "glb"]);

/** The same, without what differs from minute to minute. */
const timeless = (text: string): string => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "");

describe("df-xrm export", () => {
  for (const { id, kind } of EXPORT_FORMATS) {
    test(`${id}: written to a file; to standard output where it is a text`, async () => {
      const target = path.join(folder, `${id} Ω.${kind}`);
      const { stdout, stderr, status } = run(PLAN, "--format", id, "-o", target);
      assert.deepEqual([status, stdout, stderr], [0, "", ""]);
      await HOLDS[id](new Uint8Array(readFileSync(target)));
      const piped = run(PLAN, "--format", id);
      if (BINARY.has(id)) {
        assert.deepEqual([piped.status, piped.stdout], [2, ""]);
        assert.match(piped.stderr, /give a file with -o/);
      } else assert.equal(timeless(piped.stdout), timeless(readFileSync(target, "utf8")));
    });
  }

  test("Letter paper", () => {
    const target = path.join(folder, "letter.pdf");
    assert.equal(run(PLAN, "--format", "pdf", "--paper", "letter", "-o", target).status, 0);
    assert.match(readFileSync(target, "latin1"), /\/MediaBox \[0 0 612\.? ?\d* 792/);
  });

  for (const name of ["bliss", "spec"]) {
    test(`the template for ${name} names every motor of the plan`, () => {
      const { stdout, stderr, status } = run(PLAN, "--template", `examples/templates/${name}.txt`);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /TO BE READ BY A PERSON/);
      const { motors } = JSON.parse(run(PLAN, "--format", "motors-json").stdout) as MotorFile;
      assert.equal(motors.length, 9);
      for (const { name, value } of motors) assert.match(stdout, new RegExp(`\\b${name}\\b[ ,]+${value.toFixed(4)}`));
    });
  }

  test("a template with a name that is not there is told with its line, and nothing is written", () => {
    const template = file("own.txt", "umv mu {{motor.mu}}\numv ffz {{motor.fzz}}\n");
    const target = path.join(folder, "own-out.txt");
    const { status, stderr } = run(PLAN, "--template", template, "-o", target);
    assert.equal(status, 1);
    assert.match(stderr, /own\.txt:2:9: .*"motor\.fzz".*Did you mean "motor\.ffz"/);
    assert.ok(!existsSync(target));
  });

  const target = path.join(folder, "never");
  const wrongUse: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["an unknown format", [PLAN, "--format", "docx", "-o", target], /--format is one of pdf, html/],
    ["no format", [PLAN, "-o", target], /--format is one of/],
    ["an unknown paper", [PLAN, "--format", "pdf", "--paper", "a5", "-o", target], /a4 or letter/],
    ["no plan", ["--format", "pdf", "-o", target], /give one plan file/],
    [
      "a plan that is not there",
      [path.join(folder, "no.json"), "--format", "md", "-o", target],
      /cannot read .*ENOENT/,
    ],
    [
      "a CIF that is not there",
      [file("orphan.dfxrm.json", planText(createDraftPlan("gone.cif", ""))), "--format", "md", "-o", target],
      /cannot read .*gone\.cif/,
    ],
    ["format and template", [PLAN, "--format", "md", "--template", "x", "-o", target], /not both/],
  ];
  for (const [what, args, message] of wrongUse) {
    test(`${what} is wrong use: exit status 2, one line, no file`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
      assert.ok(!existsSync(target));
    });
  }

  const broken: readonly (readonly [string, string, RegExp])[] = [
    ["no JSON", "{", /JSON|comma|brace|\}|expected/i],
    ["an unknown instrument", planText({ ...createDraftPlan("LiNbO3.cif", ""), instrument: "esrf-id99" }), /esrf-id99/],
    [
      "a reflection beyond the wavelength",
      planText({ ...createDraftPlan("LiNbO3.cif", "LiNbO3"), reflection: { hkl: [0, 0, 60] } }),
      /wavelength|Bragg|0 0 60|0,0,60/,
    ],
  ];
  for (const [what, text, message] of broken) {
    test(`a broken plan (${what}) is exit status 1 with the reason, and no file`, () => {
      const { status, stdout, stderr } = run(file("broken.dfxrm.json", text), "--format", "pdf", "-o", target);
      assert.match(stderr, message);
      assert.deepEqual([status, stdout], [1, ""]);
      assert.ok(!existsSync(target));
    });
  }

  test("a place that cannot be written is said, and what was there stays", () => {
    const taken = path.join(folder, "a folder.md");
    mkdirSync(taken);
    const { status, stderr } = run(PLAN, "--format", "md", "-o", taken);
    assert.equal(status, 2);
    assert.match(stderr, /cannot write .*EISDIR/);
    assert.deepEqual(readdirSync(taken), []);
    const { status: second, stderr: said } = run(PLAN, "--format", "md", "-o", path.join(folder, "gone", "x.md"));
    assert.equal(second, 2);
    assert.match(said, /cannot write .*ENOENT/);
  });
});
