import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Uri } from "vscode";
import { createDraftPlan, INSTRUMENTS } from "../../core/experiment/index.ts";
import { createPlanFiles } from "../../extension/planFiles.ts";

const profile = (name: string) => JSON.stringify({ ...INSTRUMENTS[0], id: "own", name });
const planWith = (instrument: string, lens?: string) => {
  const { lens: _lens, ...draft } = createDraftPlan("a.cif", "a");
  return { ...draft, instrument, ...(lens !== undefined && { lens: { file: lens } }) };
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function filesOf(texts: Map<string, string>) {
  const watched = new Map<string, () => void>();
  let changes = 0;
  const files = createPlanFiles(
    {
      resolve: (path) => (path.startsWith("..") ? undefined : ({ path, toString: () => `file:///${path}` } as Uri)),
      read: async ({ path }) => texts.get(path),
      watch: ({ path }, onChange) => {
        watched.set(path, onChange);
        return { dispose: () => void watched.delete(path) };
      },
    },
    () => changes++,
  );
  return { files, watched, count: () => changes };
}

describe("files that a plan names", () => {
  test("shipped instruments and lenses come by their ids, at once; no lens is none", () => {
    const { files } = filesOf(new Map());
    const { instrument, lens } = files.state(planWith("esrf-id03", "id06"));
    assert.deepEqual([instrument.value?.id, lens?.value === null], ["esrf-id03", false]);
    assert.equal(files.state(planWith("esrf-id03")).lens, null);
    assert.match(files.state(planWith("nowhere")).instrument.issues[0]?.message ?? "", /nowhere/);
  });

  test("a file is read once, followed, and its last good value kept while it is broken or gone", async () => {
    const texts = new Map([["own.dfxrm-instrument.json", profile("first")]]);
    const { files, watched, count } = filesOf(texts);
    const plan = planWith("own.dfxrm-instrument.json");
    assert.deepEqual(files.state(plan).instrument, { value: null, issues: [] });
    await settled();
    assert.equal(files.state(plan).instrument.value?.name, "first");
    const change = async (text: string | undefined) => {
      if (text === undefined) texts.clear();
      else texts.set("own.dfxrm-instrument.json", text);
      watched.get("own.dfxrm-instrument.json")?.();
      await settled();
      return files.state(plan).instrument;
    };
    const broken = await change(profile("second").replace('"version":1', '"version":7'));
    assert.equal(broken.value?.name, "first");
    assert.equal(broken.issues[0]?.uri, "file:///own.dfxrm-instrument.json");
    assert.ok(broken.issues[0]?.range);
    assert.deepEqual(
      (await change(undefined)).issues.map(({ code }) => code),
      ["plan/no-file"],
    );
    assert.equal((await change(profile("third"))).value?.name, "third");
    assert.equal(count(), 4);
    files.state(planWith("other.dfxrm-instrument.json"));
    assert.deepEqual([...watched.keys()], ["other.dfxrm-instrument.json"]);
    files.dispose();
    assert.equal(watched.size, 0);
  });

  test("a path out of the workspace is refused with the reason, and not read", () => {
    const { files, watched } = filesOf(new Map());
    const { instrument } = files.state(planWith("../../x.dfxrm-instrument.json"));
    assert.match(instrument.issues[0]?.message ?? "", /outside the workspace/);
    assert.equal(watched.size, 0);
  });
});
