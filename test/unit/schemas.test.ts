import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { CODES } from "../../cli/codes.generated.ts";
import { INSTRUMENTS } from "../../core/experiment/index.ts";
import { codesModule } from "../../scripts/lib/codes.ts";
import { schemas } from "../../scripts/lib/schemas.ts";

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
}
const read = (name: string): Schema => JSON.parse(readFileSync(`schemas/${name}`, "utf8"));
const manifest = JSON.parse(readFileSync("package.json", "utf8"));

describe("JSON schemas", () => {
  test("are those of the validators (npm run schemas writes them anew)", () => {
    const expected = schemas();
    assert.deepEqual(readdirSync("schemas").sort(), Object.keys(expected).sort());
    for (const [name, text] of Object.entries(expected)) {
      assert.equal(readFileSync(`schemas/${name}`, "utf8"), text, `schemas/${name}`);
    }
  });

  test("are each used for files that open as JSON with comments", () => {
    const { jsonValidation, languages } = manifest.contributes;
    const urls = jsonValidation.map(({ url }: { url: string }) => url.replace("./schemas/", ""));
    assert.deepEqual(urls.sort(), readdirSync("schemas").sort());
    const jsonc = languages.find(({ id }: { id: string }) => id === "jsonc");
    for (const { fileMatch, url } of jsonValidation) {
      assert.ok(url.includes("settings") || jsonc.filenamePatterns.includes(fileMatch), fileMatch);
    }
  });

  test("the settings' has the codes of docs/checks.md and their families, the command those that it finds", () => {
    assert.equal(readFileSync("cli/codes.generated.ts", "utf8"), codesModule(), "run npm run schemas");
    const { definitions } = JSON.parse(readFileSync("schemas/dfxrm-settings.schema.json", "utf8"));
    const names: string[] = definitions.severity.propertyNames.enum;
    for (const name of ["crystal/*", "crystal/cell-volume", "plan/hkl", "syntax/*", "file/too-large"]) {
      assert.ok(names.includes(name), name);
    }
    for (const name of ["server/*", "server/failed"]) assert.ok(!names.includes(name), name);
    assert.ok(CODES.includes("crystal/cell-volume") && !CODES.includes("plan/hkl"));
  });

  test("describe every value that they know", () => {
    const undescribed = (schema: Schema, path: string): string[] => [
      ...(schema.description ? [] : [path]),
      ...Object.entries(schema.properties ?? {}).flatMap(([key, child]) => undescribed(child, `${path}/${key}`)),
    ];
    for (const name of readdirSync("schemas").filter((file) => !file.includes("settings"))) {
      const missing = Object.entries(read(name).properties ?? {}).flatMap(([key, child]) => undescribed(child, key));
      assert.deepEqual(missing, [], name);
    }
  });

  test("the plan's offers the shipped instruments, the choices and the ranges", () => {
    const { properties: plan, required } = read("dfxrm-plan.schema.json");
    for (const id of plan?.["instrument"]?.examples ?? []) assert.ok(INSTRUMENTS.some((known) => known.id === id));
    assert.equal(plan?.["instrument"]?.examples?.[0], "esrf-id03");
    assert.deepEqual(plan?.["sample"]?.properties?.["perfection"]?.enum, ["perfect", "deformed"]);
    const energy = plan?.["beam"]?.properties?.["energy_keV"];
    assert.deepEqual([energy?.minimum, energy?.maximum, energy?.default], [1, 150, 17]);
    assert.deepEqual(required, ["version", "cif", "beam", "sample", "instrument"]);
  });
});
