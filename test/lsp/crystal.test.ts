import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CRYSTAL_REQUEST, type CrystalAnswer, type CrystalParams } from "../../core/protocol/index.ts";
import { createManualRuntime, startInMemory, type TestClient } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

const uri = "file:///crystal.cif";
const ask = (client: TestClient, params: Partial<CrystalParams>): Promise<CrystalAnswer> =>
  client.connection.sendRequest(CRYSTAL_REQUEST, { uri, energy_keV: 17, ...params });
const asked = async (params: Partial<CrystalParams>, open?: string): Promise<CrystalAnswer> => {
  const client = await startInMemory(createManualRuntime());
  if (open !== undefined) client.open(uri, open);
  return ask(client, params);
};

describe("dfxrm/crystal", () => {
  test("the crystal of a text that is sent along, without NaN in its JSON", async () => {
    const answer = await asked({ text: LITHIUM_NIOBATE });
    assert.equal(answer.block, "LiNbO3");
    assert.equal(answer.crystal?.sites.length, 3);
    assert.deepEqual(answer.crystal?.contents, { Li: 6, Nb: 6, O: 18 });
    assert.equal(answer.crystal?.spaceGroup.operations.length, 18);
    assert.ok(answer.defaultHkl?.every(Number.isInteger));
    assert.deepEqual(answer.issues, answer.crystal?.issues);
    assert.ok(Math.abs(answer.crystal.cell.volume_A3 - 318.21) < 0.01);
  });

  test("the crystal of an open document follows its unsaved text", async () => {
    const client = await startInMemory(createManualRuntime());
    client.open(uri, LITHIUM_NIOBATE);
    assert.equal((await ask(client, {})).crystal?.cell.c_A, 13.8631);
    client.change(uri, 2, "13.9", { start: { line: 3, character: 15 }, end: { line: 3, character: 25 } });
    assert.equal((await ask(client, {})).crystal?.cell.c_A, 13.9);
  });

  test("the block that is named, else the first one with a cell", async () => {
    const text = `data_paper\n_publ_section_title x\n${LITHIUM_NIOBATE}${LITHIUM_NIOBATE.replace("LiNbO3", "second").replace("13.8631(4)", "14")}`;
    assert.equal((await asked({ text })).block, "LiNbO3");
    assert.equal((await asked({ text, block: "second" })).crystal?.cell.c_A, 14);
  });

  for (const [what, text, block, code, message] of [
    ["an empty file", "", undefined, "crystal/no-block", /empty/],
    ["a binary file", "\u0000\u0001\ufffd\u0000PNG\r\n".repeat(50), undefined, "crystal/no-block", /data block/],
    ["a file without a cell", "data_a\n_b 1\n", undefined, "crystal/no-cell", /cell/],
    ["a block that is not there", LITHIUM_NIOBATE, "absent", "crystal/no-block", /absent/],
  ] as const) {
    test(`${what} has no crystal, and the answer says why`, async () => {
      const answer = await asked({ text, ...(block && { block }) });
      assert.equal(answer.crystal, null);
      assert.equal(answer.defaultHkl, null);
      assert.equal(answer.issues[0]?.code, code);
      assert.match(answer.issues[0].message, message);
    });
  }

  for (const [what, from, to] of [
    ["without atoms", /loop_[\s\S]*/, ""],
    ["with an unknown element", /Nb1 Nb /, "Nb1 Xx "],
    ["with ? for a cell length", /13\.8631\(4\)/, "?"],
  ] as const) {
    test(`a crystal ${what} is refused at its place`, async () => {
      const answer = await asked({ text: LITHIUM_NIOBATE.replace(from, to) });
      assert.equal(answer.block, "LiNbO3");
      assert.equal(answer.crystal, null);
      assert.match(answer.issues[0]?.code ?? "", /^crystal\//);
      assert.ok(answer.issues[0]?.range);
    });
  }

  test("an energy at which nothing can be said leaves the crystal and gives no reflection", async () => {
    for (const energy_keV of [0, 1e9, -1]) {
      const answer = await asked({ text: LITHIUM_NIOBATE, energy_keV });
      assert.ok(answer.crystal, `${energy_keV} keV`);
      assert.equal(answer.defaultHkl, null, `${energy_keV} keV`);
      assert.ok(answer.issues.length > 0, `${energy_keV} keV`);
    }
  });

  test("a document that nobody opened and a file beyond the limit are refused with the reason", async () => {
    assert.equal((await asked({})).issues[0]?.code, "file/not-open");
    const large = await asked({ text: LITHIUM_NIOBATE + "# comment\n".repeat(600_000) });
    assert.equal(large.crystal, null);
    assert.equal(large.issues[0]?.code, "file/too-large");
    assert.match(large.issues[0].message, /6\.0 MB.*5 MB/);
  });
});
