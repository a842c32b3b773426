/** Requests that are none of ours are answered with the reason, and the server goes on. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  CRYSTAL_REQUEST,
  type CrystalAnswer,
  EXPORT_REQUEST,
  type ExportAnswer,
  PLAN_SUMMARY_REQUEST,
  RESOURCE_CHANGED,
  RESOURCE_REQUEST,
} from "../../core/protocol/index.ts";
import { createManualRuntime, startInMemory, until } from "./client.ts";

const CIF = readFileSync("examples/LiNbO3.cif", "utf8");
const WRONG: readonly object[] = [
  {},
  { uri: 7 },
  { uri: "file:///a.cif", text: CIF, energy_keV: "17" },
  { plan: null },
];

describe("wrong messages", () => {
  test("to the server: each request gets the reason, and the next right one its answer", async () => {
    const { connection } = await startInMemory(createManualRuntime());
    for (const params of WRONG) {
      const crystal = await connection.sendRequest<CrystalAnswer>(CRYSTAL_REQUEST, params);
      assert.equal(crystal.crystal, null);
      assert.match(crystal.issues[0]?.message ?? "", /was not understood: \S/);
      const exported = await connection.sendRequest<ExportAnswer>(EXPORT_REQUEST, params);
      assert.ok(!exported.ok);
      assert.match(exported.issues[0]?.message ?? "", /was not understood: \S/);
      assert.match(await connection.sendRequest<string>(PLAN_SUMMARY_REQUEST, params), /was not understood: \S/);
    }
    await connection.sendNotification(RESOURCE_CHANGED, { uri: null });
    const right = { uri: "file:///a.cif", text: CIF, energy_keV: 17 };
    assert.ok((await connection.sendRequest<CrystalAnswer>(CRYSTAL_REQUEST, right)).crystal);
  });

  test("from the client: an answer that is none is told where the file is named", async () => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime);
    client.connection.onRequest(RESOURCE_REQUEST, () => ({ text: 7 }));
    const uri = "file:///experiment/a.dfxrm.json";
    client.open(uri, readFileSync("examples/LiNbO3.dfxrm.json", "utf8"));
    await until(() => runtime.waiting > 0, "a reading of the file");
    runtime.flush();
    const found = await client.diagnostics(uri, 1);
    const missing = found.find(({ code }) => code === "plan/cif-missing");
    assert.match(JSON.stringify(missing?.message), /the answer of the editor was not understood/);
  });
});
