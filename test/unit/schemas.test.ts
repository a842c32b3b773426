import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { INSTRUMENTS } from "../../core/experiment/index.ts";
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
    for (const { fileMatch } of jsonValidation) assert.ok(jsonc.filenamePatterns.includes(fileMatch), fileMatch);
  });

  test("describe every value that they know", () => {
    const undescribed = (schema: Schema, path: string): string[] => [
      ...(schema.description ? [] : [path]),
      ...Object.entries(schema.properties ?? {}).flatMap(([key, child]) => undescribed(child, `${path}/${key}`)),
    ];
    for (const name of readdirSync("schemas")) {
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
