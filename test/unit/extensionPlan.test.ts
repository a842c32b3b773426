import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createDraftPlan, type ExperimentPlan } from "../../core/experiment/index.ts";
import { createDrafts } from "../../extension/drafts.ts";
import { createPlanStore } from "../../extension/planStore.ts";

const set = (path: string, value: unknown) => ({ path: path.split("."), value });

function storeOf() {
  const saved: ExperimentPlan[] = [];
  const store = createPlanStore(createDraftPlan("a.cif", "a"), (plan) => void saved.push(plan));
  return { store, saved };
}

describe("plan store", () => {
  test("an edit changes the plan, its version, and is saved", () => {
    const { store, saved } = storeOf();
    assert.deepEqual(store.edit(1, [set("beam.energy_keV", 35)]), { ok: true });
    assert.equal(store.plan.beam.energy_keV, 35);
    assert.equal(store.version, 2);
    assert.deepEqual(saved, [store.plan]);
  });

  test("undefined removes a field, and a removed default stays removed", () => {
    const { store } = storeOf();
    store.edit(1, [set("sample.up", "(0,0,1)")]);
    store.edit(2, [{ path: ["sample", "up"] }]);
    assert.ok(!("up" in store.plan.sample));
  });

  test("edits of different fields that crossed are both kept", () => {
    const { store } = storeOf();
    store.edit(1, [set("beam.energy_keV", 35)]);
    assert.equal(store.edit(1, [set("sample.thickness_um", 80)]).ok, true);
    assert.deepEqual([store.plan.beam.energy_keV, store.plan.sample.thickness_um], [35, 80]);
  });

  for (const [first, second] of [
    ["beam.energy_keV", "beam.energy_keV"],
    ["reflection", "reflection.hkl"],
    ["reflection.hkl", "reflection"],
  ] as const) {
    test(`an edit of ${second} that did not know of one of ${first} is refused and changes nothing`, () => {
      const { store, saved } = storeOf();
      const value = (path: string) =>
        path === "reflection" ? { hkl: [0, 0, 6] } : path === "reflection.hkl" ? [0, 0, 6] : 35;
      store.edit(1, [set(first, value(first))]);
      const plan = store.plan;
      const refused = store.edit(1, [set(second, value(second))]);
      assert.ok(!refused.ok && refused.error.includes(second));
      assert.equal(store.plan, plan);
      assert.equal(store.version, 2);
      assert.equal(saved.length, 1);
      assert.equal(store.edit(2, [set(second, value(second))]).ok, true);
    });
  }

  test("a field whose name merely begins alike is no conflict", () => {
    const { store } = storeOf();
    store.edit(1, [set("beam", { energy_keV: 20, width_um: 1, height_um: 1 })]);
    assert.equal(store.edit(1, [set("beamExit", "(1,0,0)")]).ok, true);
  });

  test("an edit that no plan can have is refused with its field, whole", () => {
    const { store } = storeOf();
    const before = store.plan;
    const refused = store.edit(1, [set("sample.thickness_um", 5), set("beam.energy_keV", "bright")]);
    assert.ok(!refused.ok && refused.error.includes("beam.energy_keV"));
    assert.equal(store.plan, before);
  });

  test("following the file is not an edit", () => {
    const { store, saved } = storeOf();
    store.useCif({ path: "b.cif", block: "b" });
    assert.deepEqual(store.plan.cif, { path: "b.cif", block: "b" });
    assert.equal(store.version, 1);
    assert.equal(saved.length, 0);
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

  test("a plan is found again by its CIF and block, unknown keys kept", () => {
    const store = memento();
    const plan = { ...createDraftPlan("a.cif", "a"), notes: "keep", beamExit: "(1,0,0)" };
    createDrafts(store, refuse).save("file:///a.cif", "a", plan);
    const again = createDrafts(store, refuse);
    assert.deepEqual(again.load("file:///a.cif", "a", "a.cif"), plan);
    assert.deepEqual(again.load("file:///a.cif", undefined, "a.cif"), createDraftPlan("a.cif", ""));
    assert.deepEqual(again.load("file:///b.cif", "a", "b.cif"), createDraftPlan("b.cif", "a"));
  });

  test("a draft can be forgotten, and a broken one is replaced", () => {
    const content = new Map<string, unknown>();
    const drafts = createDrafts(memento(content), refuse);
    drafts.save("file:///a.cif", "a", createDraftPlan("old.cif", "a"));
    drafts.save("file:///a.cif", "a", undefined);
    assert.equal(drafts.load("file:///a.cif", "a", "a.cif").cif.path, "a.cif");
    drafts.save("file:///a.cif", "a", createDraftPlan("old.cif", "a"));
    for (const key of content.keys()) content.set(key, { version: 7 });
    assert.equal(drafts.load("file:///a.cif", "a", "a.cif").cif.path, "a.cif");
  });

  test("a failure to save is told", async () => {
    const told: unknown[] = [];
    const failing = { ...memento(), update: () => Promise.reject(new Error("disk full")) };
    createDrafts(failing, (cause) => told.push(cause)).save("file:///a.cif", "a", undefined);
    await new Promise((resolve) => setImmediate(resolve));
    assert.match(String(told[0]), /disk full/);
  });
});
