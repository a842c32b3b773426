import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Diagnostic, Hover, MarkupContent } from "vscode-languageserver";
import {
  RESOURCE_CHANGED,
  RESOURCE_REQUEST,
  type ResourceAnswer,
  type ResourceParams,
} from "../../core/protocol/index.ts";
import { createManualRuntime, positionOf, startInMemory, until } from "./client.ts";

const uri = "file:///crystal.cif";

/** A dictionary of a laboratory, written for this test. */
const beamtime = (max: number): string => `#\\#CIF_2.0
data_BEAMTIME_DIC
_dictionary.title BEAMTIME_DIC
_dictionary.class Instance
_dictionary.version 1.0.0
_dictionary.date 2026-01-01
save_BEAMTIME
_definition.id BEAMTIME
_definition.scope Category
_definition.class Set
_name.category_id BEAMTIME_DIC
_name.object_id BEAMTIME
save_
save_beamtime.shift
_definition.id '_beamtime.shift'
_definition.class Attribute
_description.text 'Which of the shifts of eight hours it was, counted from the first.'
_name.category_id beamtime
_name.object_id shift
_type.purpose Number
_type.source Recorded
_type.container Single
_type.contents Integer
_enumeration.range 1:${max}
_import.get [{'file':'shared.dic' 'save':'units_none'}]
save_
`;
const SHARED = "#\\#CIF_2.0\ndata_SHARED\nsave_units_none\n_units.code none\nsave_\n";
const CIF = "data_a\n_beamtime.shift 7\n_beamtime.shfit 2\n";

/** A server whose client has these files, with the setting that names the dictionaries. */
async function started(files: Map<string, string>, dictionaries: unknown) {
  const runtime = createManualRuntime();
  const client = await startInMemory(runtime, { workspace: { configuration: true } });
  const asked: ResourceParams[] = [];
  client.settings = () => ({ cif: { dictionaries } });
  client.connection.onRequest<ResourceAnswer, never>(RESOURCE_REQUEST, (params: ResourceParams) => {
    asked.push(params);
    const text = files.get(params.path);
    const at = `file:///lab/${params.path}`;
    return text === undefined ? { problem: "there is no such file in the workspace.", uri: at } : { uri: at, text };
  });
  /** Runs both steps of the check, and gives what the second has sent. */
  const check = async (): Promise<readonly Diagnostic[]> => {
    const before = client.published.length;
    await until(() => runtime.waiting > 0, "the first step");
    runtime.flush();
    await until(() => client.published.length > before, "the problems of the text");
    await until(() => runtime.waiting > 0, "the second step");
    runtime.flush();
    await until(() => client.published.length > before + 1, "the problems that the dictionaries find");
    return client.published.at(-1)!.diagnostics;
  };
  const changed = (path: string) =>
    client.connection.sendNotification(RESOURCE_CHANGED, { uri: `file:///lab/${path}` });
  return { client, runtime, asked, check, changed };
}

const codes = (found: readonly Diagnostic[]): unknown[] => found.map(({ code, range }) => [code, range.start.line]);

describe("dictionaries of the user", () => {
  test("are asked for with what they import, check files and explain names", async () => {
    const files = new Map([
      ["lab/beamtime.dic", beamtime(6)],
      ["shared.dic", SHARED],
    ]);
    const { client, asked, check } = await started(files, ["lab/beamtime.dic"]);
    client.open(uri, CIF);
    const found = await check();
    assert.deepEqual(codes(found), [
      ["dictionary/range", 1],
      ["dictionary/unknown-tag", 2],
    ]);
    assert.match(String(found[1]?.message), /_beamtime\.shift/);
    assert.deepEqual(asked, [
      { path: "lab/beamtime.dic" },
      { path: "shared.dic", base: "file:///lab/lab/beamtime.dic" },
    ]);
    const hover = await client.connection.sendRequest<Hover>("textDocument/hover", {
      textDocument: { uri },
      position: positionOf(CIF, "_beamtime.shift"),
    });
    assert.match((hover.contents as MarkupContent).value, /shifts of eight hours/);
  });

  test("are read again when they change", async () => {
    const files = new Map([
      ["beamtime.dic", beamtime(6)],
      ["shared.dic", SHARED],
    ]);
    const { client, check, changed } = await started(files, ["beamtime.dic"]);
    client.open(uri, CIF);
    await check();
    files.set("beamtime.dic", beamtime(9));
    await changed("beamtime.dic");
    assert.deepEqual(codes(await check()), [["dictionary/unknown-tag", 2]]);
  });

  test("one that is not there is told on every file, until it is there", async () => {
    const files = new Map<string, string>([["shared.dic", SHARED]]);
    const { client, check, changed } = await started(files, ["beamtime.dic", 7]);
    client.open(uri, CIF);
    const [first] = await check();
    assert.equal(first?.code, "dictionary/not-loaded");
    assert.match(String(first?.message), /beamtime\.dic.*no such file/);
    files.set("beamtime.dic", beamtime(9));
    await changed("beamtime.dic");
    assert.deepEqual(codes(await check()), [["dictionary/unknown-tag", 2]]);
  });

  test("an import that is missing is told, and the rest is used", async () => {
    const { client, check } = await started(new Map([["beamtime.dic", beamtime(6)]]), ["beamtime.dic"]);
    client.open(uri, CIF);
    const found = await check();
    assert.deepEqual(
      codes(found).map((entry) => (entry as unknown[])[0]),
      ["dictionary/not-loaded", "dictionary/range", "dictionary/unknown-tag"],
    );
    assert.match(String(found[0]?.message), /shared\.dic/);
  });

  test("a file that is no dictionary is told so", async () => {
    const { client, check } = await started(new Map([["a.dic", "data_x\n_y 1\n"]]), ["a.dic"]);
    client.open(uri, CIF);
    const found = await check();
    assert.ok(
      found.some(({ code }) => code === "dictionary/not-loaded"),
      JSON.stringify(found),
    );
  });

  test("an editor that hands out no files gets a note, not silence", async () => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime, { workspace: { configuration: true } });
    client.settings = () => ({ cif: { dictionaries: ["a.dic"] } });
    client.open(uri, CIF);
    await until(() => runtime.waiting > 0, "the first step");
    runtime.flush();
    await until(() => runtime.waiting > 0, "the second step");
    runtime.flush();
    await until(() => client.published.length > 1, "the second list");
    assert.match(String(client.published[1]?.diagnostics[0]?.message), /a\.dic/);
  });
});
