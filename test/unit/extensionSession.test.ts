import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createDraftPlan, type Hkl } from "../../core/experiment/index.ts";
import { type CrystalAnswer, type HostToView, type PanelKind, parseHostToView } from "../../core/protocol/index.ts";
import { handleMessage, type PanelActions } from "../../extension/panels/messages.ts";
import { createPlanStore } from "../../extension/planStore.ts";
import { createSession, type SessionView } from "../../extension/session.ts";

/** A crystal by its outline, which is all that a session looks at. */
const crystal = (volume_A3: number) => ({ cell: { volume_A3 }, sites: [] }) as unknown as CrystalAnswer["crystal"];
const answer = (volume_A3: number, defaultHkl: Hkl | null = [1, 1, 1]): CrystalAnswer => ({
  block: "a",
  blocks: ["a"],
  crystal: crystal(volume_A3),
  issues: [],
  defaultHkl,
});
const broken: CrystalAnswer = { block: null, blocks: [], crystal: null, issues: [], defaultHkl: null };

interface TestView extends SessionView {
  readonly got: HostToView[];
  readonly types: () => string[];
}
function viewOf(kind: PanelKind = "geometry"): TestView {
  const got: HostToView[] = [];
  const post = (message: HostToView): void => {
    assert.notEqual(parseHostToView(message).t, "invalid", JSON.stringify(message));
    got.push(message);
  };
  return { kind, isLocked: true, post, got, types: () => got.map(({ t }) => t) };
}

/** A session whose readings of the crystal the test answers by hand. */
function sessionOf() {
  const readings: { readonly energy_keV: number; readonly answer: (value: CrystalAnswer) => void }[] = [];
  const store = createPlanStore(createDraftPlan("a.cif", ""), async () => undefined);
  const session = createSession(
    {
      uri: () => "file:///a.cif",
      name: () => "a.cif",
      source: () => ({ uri: null, name: "a.cif" }),
      planIssues: () => [],
      cifSha256: () => null,
      files: () => ({ instrument: { value: null, issues: [] }, lens: null }),
      reading: () => undefined,
      readCrystal: (energy_keV) => new Promise((resolve) => void readings.push({ energy_keV, answer: resolve })),
    },
    store,
  );
  return { session, readings, store };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const edit = (path: string, value: unknown, baseVersion = 1) =>
  ({ t: "plan.edit", id: 1, baseVersion, label: path, ops: [{ path: path.split("."), value }] }) as const;

/** A session with started panels. */
async function started(...kinds: readonly PanelKind[]) {
  const made = sessionOf();
  const views = kinds.map(viewOf);
  for (const view of views) {
    made.session.attach(view);
    void made.session.start(view);
  }
  made.readings[0]?.answer(answer(100));
  await settled();
  return { ...made, views };
}

describe("session", () => {
  test("a panel that starts gets everything, once the crystal is read, by one reading for all", async () => {
    const { views, readings } = await started("geometry", "reflections");
    assert.equal(readings.length, 1);
    assert.equal(readings[0]?.energy_keV, 17);
    const [init, ...others] = views[1]!.got;
    assert.equal(others.length, 0);
    assert.ok(init?.t === "init");
    assert.deepEqual([init.panel, init.crystal.block, init.crystal.version], ["reflections", "a", 1]);
    assert.deepEqual([init.plan.version, init.plan.resolvedHkl, init.plan.plan.cif.block], [1, [1, 1, 1], "a"]);
  });

  test("a panel that starts again, as after it was hidden, gets everything again", async () => {
    const { views, session } = await started("geometry");
    await session.start(views[0]!);
    assert.deepEqual(views[0]!.types(), ["init", "init"]);
  });

  test("a change of the text reaches all started panels with a higher version", async () => {
    const { views, session, readings } = await started("geometry", "attenuation");
    const waiting = viewOf();
    session.attach(waiting);
    void session.crystalChanged();
    readings[1]?.answer(answer(200));
    await settled();
    for (const view of views) {
      const last = view.got.at(-1);
      assert.ok(last?.t === "crystal");
      assert.equal(last.crystal.version, 2);
      assert.equal(last.crystal.crystal?.cell.volume_A3, 200);
    }
    assert.deepEqual(waiting.got, []);
  });

  test("an answer that a later one overtook is dropped, in whatever order they come", async () => {
    const { views, session, readings } = await started("geometry");
    void session.crystalChanged();
    void session.crystalChanged();
    readings[2]?.answer(answer(300));
    readings[1]?.answer(answer(200));
    await settled();
    assert.deepEqual(views[0]!.types(), ["init", "crystal"]);
    const last = views[0]!.got.at(-1);
    assert.ok(last?.t === "crystal" && last.crystal.version === 3);
  });

  test("a panel that starts while the text changes waits for the latest answer", async () => {
    const { session, readings } = sessionOf();
    const view = viewOf();
    session.attach(view);
    void session.start(view);
    void session.crystalChanged();
    readings[0]?.answer(answer(100));
    await settled();
    assert.deepEqual(view.got, []);
    readings[1]?.answer(answer(200));
    await settled();
    assert.deepEqual(view.types(), ["init"]);
  });

  test("a text that is broken for a moment keeps the block and the plan's reflection", async () => {
    const { views, session, readings } = await started("geometry");
    await session.edit(views[0]!, edit("reflection", { hkl: [0, 0, 6] }));
    void session.crystalChanged();
    readings[1]?.answer(broken);
    await settled();
    const last = views[0]!.got.at(-1);
    assert.ok(last?.t === "crystal");
    assert.deepEqual([last.crystal.block, last.crystal.crystal, last.plan.resolvedHkl], ["a", null, [0, 0, 6]]);
  });

  test("an edit reaches all panels, a preview only the others", async () => {
    const { views, session } = await started("geometry", "attenuation");
    await session.edit(views[0]!, edit("sample.thickness_um", 80));
    session.preview(views[0]!, [{ path: ["beam", "energy_keV"], value: 20 }]);
    assert.deepEqual(views[0]!.types(), ["init", "plan"]);
    assert.deepEqual(views[1]!.types(), ["init", "plan", "preview"]);
    assert.equal(session.plan.beam.energy_keV, 17);
  });

  test("a refused edit gives its panel the plan that holds", async () => {
    const { views, session } = await started("geometry", "attenuation");
    await session.edit(views[0]!, edit("beam.energy_keV", 20));
    assert.equal((await session.edit(views[1]!, edit("beam.energy_keV", 30))).ok, false);
    const last = views[1]!.got.at(-1);
    assert.ok(last?.t === "plan" && last.plan.plan.beam.energy_keV === 20);
  });

  test("the default reflection is asked for again at a new energy, and only where the plan names none", async () => {
    const { views, session, readings } = await started("geometry");
    await session.edit(views[0]!, edit("beam.energy_keV", 20, 1));
    assert.equal(readings[1]?.energy_keV, 20);
    readings[1]?.answer(answer(100, [2, 2, 0]));
    await settled();
    const last = views[0]!.got.at(-1);
    assert.ok(last?.t === "plan");
    assert.deepEqual(last.plan.resolvedHkl, [2, 2, 0]);

    await session.edit(views[0]!, edit("reflection", { hkl: [0, 0, 6] }, 2));
    await session.edit(views[0]!, edit("beam.energy_keV", 30, 3));
    assert.equal(readings.length, 2);
    await session.edit(views[0]!, edit("reflection", undefined, 4));
    assert.equal(readings[2]?.energy_keV, 30);
  });

  test("a panel that is gone gets nothing any more", async () => {
    const { session, readings } = sessionOf();
    const view = viewOf();
    const detach = session.attach(view);
    void session.start(view);
    detach();
    readings[0]?.answer(answer(100));
    await settled();
    assert.deepEqual(view.got, []);
  });
});

describe("messages of a panel", () => {
  async function panel(actions: Partial<PanelActions> = {}) {
    const { session, views } = await started("geometry");
    const log: string[] = [];
    const all: PanelActions = {
      reveal: async () => {},
      show: async () => {},
      save: async () => ({ ok: true }),
      command: async () => {},
      copy: async () => {},
      restore: () => {},
      welcome: () => {},
      openExample: async () => {},
      log: (level, text) => void log.push(`${level} ${text}`),
      ...actions,
    };
    const view = views[0]!;
    view.got.length = 0;
    const send = (raw: unknown) => handleMessage(raw, session, view, all);
    return { view, log, send, replies: () => view.got.filter(({ t }) => t === "reply") };
  }

  test("every request gets exactly one reply", async () => {
    const { send, replies } = await panel();
    await send(edit("beam.energy_keV", 20));
    await send({ t: "reveal", id: 2, range: { start: 0, end: 4 } });
    await send({ t: "show", id: 3, panel: "reflections" });
    await send({ t: "save", id: 4, name: "a", kind: "svg", data: "<svg/>" });
    await send({ t: "copy", id: 5, text: "0 0 6" });
    await send({ t: "command", id: 6, name: "choosePlan" });
    await send({ t: "command", id: 7, name: "undo" });
    await send({ t: "command", id: 8, name: "redo" });
    assert.deepEqual(
      replies(),
      [1, 2, 3, 4, 5, 6, 7, 8].map((re) => ({ t: "reply", re, ok: true })),
    );
  });

  test("a request that fails, is refused or is not understood gets one too, with the reason", async () => {
    const { send, replies, log } = await panel({ reveal: () => Promise.reject(new Error("no such file")) });
    await send({ t: "reveal", id: 5, range: { start: 0, end: 4 } });
    await send({ ...edit("beam.energy_keV", "bright"), id: 6 });
    await send({ t: "reveal", id: 7, range: "here" });
    await send({ t: "format", id: 8 });
    assert.deepEqual(
      replies().map((message) => message.t === "reply" && [message.re, message.ok]),
      [5, 6, 7, 8].map((re) => [re, false]),
    );
    assert.match(JSON.stringify(replies()[0]), /no such file/);
    assert.match(log.join("\n"), /no such file[\s\S]*refused/);
  });

  test("a panel without a crystal is welcomed, and its other requests are answered too", async () => {
    const asked: string[] = [];
    const { view, replies, log } = await panel();
    const actions = {
      restore: () => void asked.push("restore"),
      welcome: () => void asked.push("welcome"),
      openExample: async (file: string) => void asked.push(file),
      command: async (name: string) => void asked.push(name),
      log: (_level: string, text: string) => void log.push(text),
    } as unknown as PanelActions;
    for (const message of [
      { t: "ready" },
      { t: "ping", id: 0 },
      { t: "openExample", id: 1, file: "silicon.cif" },
      { t: "command", id: 2, name: "openCif" },
      { t: "command", id: 3, name: "undo" },
      edit("beam.energy_keV", 20),
    ]) {
      await handleMessage(message, undefined, view, actions);
    }
    assert.deepEqual(asked, ["restore", "welcome", "silicon.cif", "openCif"]);
    assert.deepEqual(
      replies().map((message) => message.t === "reply" && [message.re, message.ok]),
      [
        [0, true],
        [1, true],
        [2, true],
        [3, false],
        [1, false],
      ],
    );
  });

  test("a panel that never answers, or never gets ready, holds nothing up", async () => {
    const { session, views } = await started("geometry");
    const silent: SessionView = { kind: "lens", isLocked: true, post: () => {} };
    session.attach(silent);
    void session.start({ ...silent, post: () => new Promise<void>(() => {}) });
    assert.equal((await session.edit(views[0]!, edit("sample.thickness_um", 80))).ok, true);
    assert.equal((await session.undo()).ok, true);
    assert.equal(views[0]!.got.filter(({ t }) => t === "plan").length, 2);
  });

  test("what is no request gets none", async () => {
    const { send, view, log } = await panel();
    await send({ t: "log", level: "warn", text: "canvas lost" });
    await send({ t: "plan.preview", ops: [{ path: ["beam", "energy_keV"], value: 20 }] });
    for (const nonsense of [null, undefined, 7, "ready", [], {}]) await send(nonsense);
    assert.deepEqual(view.got, []);
    assert.equal(log[0], "warn canvas lost");
    assert.equal(log.length, 7);
  });
});
