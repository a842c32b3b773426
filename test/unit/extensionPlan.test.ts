import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createDraftPlan, type ExperimentPlan } from "../../core/experiment/index.ts";
import { createDrafts } from "../../extension/drafts.ts";
import { createPlanStore } from "../../extension/planStore.ts";

const set = (path: string, value: unknown) => ({ path: path.split("."), value });

function storeOf() {
  const saved: ExperimentPlan[] = [];
  const store = createPlanStore(createDraftPlan("a.cif", "a"), async (plan) => {
    saved.push(plan);
    return undefined;
  });
  return { store, saved };
}

describe("plan store", () => {
  test("an edit changes the plan, its version, and is saved", async () => {
    const { store, saved } = storeOf();
    assert.deepEqual(await store.edit(1, [set("beam.energy_keV", 35)]), { ok: true });
    assert.equal(store.plan.beam.energy_keV, 35);
    assert.equal(store.version, 2);
    assert.deepEqual(saved, [store.plan]);
  });

  test("undefined removes a field, and a removed default stays removed", async () => {
    const { store } = storeOf();
    await store.edit(1, [set("sample.up", "(0,0,1)")]);
    await store.edit(2, [{ path: ["sample", "up"] }]);
    assert.ok(!("up" in store.plan.sample));
  });

  test("edits of different fields that crossed are both kept", async () => {
    const { store } = storeOf();
    await store.edit(1, [set("beam.energy_keV", 35)]);
    assert.equal((await store.edit(1, [set("sample.thickness_um", 80)])).ok, true);
    assert.deepEqual([store.plan.beam.energy_keV, store.plan.sample.thickness_um], [35, 80]);
  });

  for (const [first, second] of [
    ["beam.energy_keV", "beam.energy_keV"],
    ["reflection", "reflection.hkl"],
    ["reflection.hkl", "reflection"],
  ] as const) {
    test(`an edit of ${second} that did not know of one of ${first} is refused and changes nothing`, async () => {
      const { store, saved } = storeOf();
      const value = (path: string) =>
        path === "reflection" ? { hkl: [0, 0, 6] } : path === "reflection.hkl" ? [0, 0, 6] : 35;
      await store.edit(1, [set(first, value(first))]);
      const plan = store.plan;
      const refused = await store.edit(1, [set(second, value(second))]);
      assert.ok(!refused.ok && refused.error.includes(second));
      assert.equal(store.plan, plan);
      assert.equal(store.version, 2);
      assert.equal(saved.length, 1);
      assert.equal((await store.edit(2, [set(second, value(second))])).ok, true);
    });
  }

  test("a field whose name merely begins alike is no conflict", async () => {
    const { store } = storeOf();
    await store.edit(1, [set("beam", { energy_keV: 20, width_um: 1, height_um: 1 })]);
    assert.equal((await store.edit(1, [set("beamExit", "(1,0,0)")])).ok, true);
  });

  test("an edit that no plan can have is refused with its field, whole", async () => {
    const { store } = storeOf();
    const before = store.plan;
    const refused = await store.edit(1, [set("sample.thickness_um", 5), set("beam.energy_keV", "bright")]);
    assert.ok(!refused.ok && refused.error.includes("beam.energy_keV"));
    assert.equal(store.plan, before);
  });

  test("following the file is not an edit", async () => {
    const { store, saved } = storeOf();
    store.useCif({ path: "b.cif", block: "b" });
    assert.deepEqual(store.plan.cif, { path: "b.cif", block: "b" });
    assert.equal(store.version, 1);
    assert.equal(saved.length, 0);
  });
});

describe("undo in a panel", () => {
  test("takes edits back one by one, last first, and does them again", async () => {
    const { store, saved } = storeOf();
    const first = store.plan;
    await store.edit(1, [set("beam.energy_keV", 35)]);
    await store.edit(2, [set("reflection", { hkl: [0, 0, 6] }), set("sample.up", "(0,0,1)")]);
    const last = store.plan;
    await store.undo();
    assert.deepEqual(store.plan, { ...first, beam: { ...first.beam, energy_keV: 35 } });
    await store.undo();
    assert.deepEqual(store.plan, first);
    assert.deepEqual(await store.undo(), { ok: true });
    await store.redo();
    await store.redo();
    assert.deepEqual(store.plan, last);
    assert.equal(store.version, 7);
    assert.equal(saved.length, 6);
  });

  test("a part that an edit has made goes again, as a whole", async () => {
    const { store } = storeOf();
    await store.edit(1, [set("reflection.hkl", [0, 0, 6])]);
    await store.undo();
    assert.ok(!("reflection" in store.plan));
  });

  test("an edit after an undo ends what could be done again", async () => {
    const { store } = storeOf();
    await store.edit(1, [set("beam.energy_keV", 35)]);
    await store.undo();
    await store.edit(3, [set("beam.energy_keV", 20)]);
    await store.redo();
    assert.equal(store.plan.beam.energy_keV, 20);
    await store.undo();
    assert.equal(store.plan.beam.energy_keV, 17);
  });

  test("an edit that the text has taken back by itself is passed over, not made to undo something else", async () => {
    const { store } = storeOf();
    await store.edit(1, [set("sample.thickness_um", 80)]);
    await store.edit(2, [set("beam.energy_keV", 35)]);
    store.replace({ ...store.plan, beam: { ...store.plan.beam, energy_keV: 17 } });
    await store.undo();
    assert.deepEqual([store.plan.beam.energy_keV, store.plan.sample.thickness_um], [17, 150]);
  });

  test("edits made at once are done one after the other", async () => {
    const { store, saved } = storeOf();
    await Promise.all([store.edit(1, [set("beam.energy_keV", 20)]), store.edit(1, [set("notes", "a")]), store.undo()]);
    assert.deepEqual(
      saved.map(({ beam, notes }) => [beam.energy_keV, notes]),
      [
        [20, undefined],
        [20, "a"],
        [20, undefined],
      ],
    );
  });
});

describe("a plan that changes elsewhere too", () => {
  test("another text is another version, the same one is none", () => {
    const { store } = storeOf();
    assert.equal(store.replace(JSON.parse(JSON.stringify(store.plan))), false);
    assert.equal(store.replace({ ...store.plan, notes: "typed" }), true);
    assert.equal(store.version, 2);
  });

  test("an edit that did not know of what was typed into the same field is refused, one of another field is not", async () => {
    const { store } = storeOf();
    store.replace({ ...store.plan, beam: { ...store.plan.beam, energy_keV: 20 } });
    const refused = await store.edit(1, [set("beam.energy_keV", 35)]);
    assert.ok(!refused.ok && /beam\.energy_keV/.test(refused.error));
    assert.equal((await store.edit(1, [set("sample.thickness_um", 80)])).ok, true);
  });

  test("a write that tells of the new text by itself counts once", async () => {
    const store = createPlanStore(createDraftPlan("a.cif", "a"), async (plan) => {
      store.replace(JSON.parse(JSON.stringify(plan)));
      return undefined;
    });
    await store.edit(1, [set("beam.energy_keV", 20)]);
    assert.deepEqual([store.version, store.plan.beam.energy_keV], [2, 20]);
  });

  test("a write that fails changes nothing, and its reason is told", async () => {
    const store = createPlanStore(createDraftPlan("a.cif", "a"), async () => "a.dfxrm.json may be read-only.");
    assert.deepEqual(await store.edit(1, [set("notes", "x")]), { ok: false, error: "a.dfxrm.json may be read-only." });
    assert.deepEqual([store.version, store.plan.notes], [1, undefined]);
  });
});

describe("drafts", () => {
  const refuse = (cause: unknown): void => assert.fail(String(cause));
  const memento = (content = new Map<string, unknown>()) => ({
    keys: () => [...content.keys()],
    get: <T>(key: string): T | undefined => content.get(key) as T | undefined,
    update: async (key: string, value: unknown) => {
      // As VS Code does: what is kept is JSON.
      if (value === undefined) content.delete(key);
      else content.set(key, JSON.parse(JSON.stringify(value)));
    },
  });

  test("a plan is found again by its CIF and block, unknown keys kept", async () => {
    const store = memento();
    const plan = { ...createDraftPlan("a.cif", "a"), notes: "keep", beamExit: "(1,0,0)" };
    void createDrafts(store, refuse).save("file:///a.cif", "a", plan);
    const again = createDrafts(store, refuse);
    assert.deepEqual([again.has("file:///a.cif", "a"), again.has("file:///a.cif", undefined)], [true, false]);
    assert.deepEqual(again.load("file:///a.cif", "a", "a.cif"), plan);
    assert.deepEqual(again.load("file:///a.cif", undefined, "a.cif"), createDraftPlan("a.cif", ""));
    assert.deepEqual(again.load("file:///b.cif", "a", "b.cif"), createDraftPlan("b.cif", "a"));
  });

  test("a draft can be forgotten, and a broken one is replaced", async () => {
    const content = new Map<string, unknown>();
    const drafts = createDrafts(memento(content), refuse);
    void drafts.save("file:///a.cif", "a", createDraftPlan("old.cif", "a"));
    void drafts.save("file:///a.cif", "a", undefined);
    assert.equal(drafts.load("file:///a.cif", "a", "a.cif").cif.path, "a.cif");
    void drafts.save("file:///a.cif", "a", createDraftPlan("old.cif", "a"));
    for (const key of content.keys()) content.set(key, { version: 7 });
    assert.equal(drafts.load("file:///a.cif", "a", "a.cif").cif.path, "a.cif");
  });

  test("a failure to save is told", async () => {
    const told: unknown[] = [];
    const failing = { ...memento(), update: () => Promise.reject(new Error("disk full")) };
    await createDrafts(failing, (cause) => told.push(cause)).save("file:///a.cif", "a", undefined);
    assert.match(String(told[0]), /disk full/);
  });

  test("saving is done when VS Code has the draft, not before", async () => {
    let store = (): void => {};
    const slow = { ...memento(), update: () => new Promise<void>((resolve) => (store = resolve)) };
    let isDone = false;
    const saving = createDrafts(slow, refuse)
      .save("file:///a.cif", "a", createDraftPlan("a.cif", "a"))
      .then(() => {
        isDone = true;
      });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(isDone, false);
    store();
    await saving;
  });
});
