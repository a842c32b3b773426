/** What is no message of ours is told from what is one, whatever it is, at both ends of every line. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseHostToView, parseViewToHost, wrongMessage } from "../../core/protocol/index.ts";
import { exportInputOf } from "./exportPlans.ts";

const FROM_PANEL: readonly object[] = [
  { t: "ready" },
  { t: "ping", id: 9 },
  { t: "plan.edit", id: 1, baseVersion: 1, label: "energy", ops: [{ path: ["beam", "energy_keV"], value: 17 }] },
  { t: "plan.preview", ops: [{ path: ["beam", "energy_keV"], value: 17 }] },
  { t: "command", id: 2, name: "undo" },
  { t: "reveal", id: 3, range: { start: 0, end: 4 } },
  { t: "show", id: 4, panel: "lens" },
  { t: "save", id: 5, name: "a", kind: "svg", data: "<svg/>" },
  { t: "copy", id: 6, text: "h k l" },
  { t: "log", level: "warn", text: "canvas lost" },
];

/** Every message with one of its keys gone, or of another type. */
const spoilt = (message: object): readonly object[] =>
  Object.keys(message).flatMap((key) => {
    const { [key]: _, ...rest } = message as Record<string, unknown>;
    return [rest, { ...message, [key]: null }, { ...message, [key]: { no: "thing" } }];
  });

describe("messages between panel and host", () => {
  test("those of a panel pass; without one of their keys, or with another in its place, they do not", () => {
    for (const message of FROM_PANEL) {
      assert.deepEqual(parseViewToHost(message), message);
      for (const wrong of spoilt(message)) assert.equal(parseViewToHost(wrong).t, "invalid", JSON.stringify(wrong));
    }
  });

  test("those of the host: replies, locks and previews likewise, states by their outline", () => {
    const messages = [
      { t: "lock", isLocked: true },
      { t: "preview", ops: [{ path: ["sample", "up"], value: "(0,0,1)" }] },
      { t: "reply", re: 1, ok: true },
      { t: "reply", re: 1, ok: false, error: "no such file" },
    ];
    for (const message of messages) {
      assert.deepEqual(parseHostToView(message), message);
      for (const wrong of spoilt(message)) assert.equal(parseHostToView(wrong).t, "invalid", JSON.stringify(wrong));
    }
    for (const t of ["init", "crystal", "plan"])
      assert.equal(parseHostToView({ t, plan: {}, crystal: {} }).t, "invalid");
  });

  test("anything at all is refused with a reason, and never by an exception", () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...FROM_PANEL), (value, message) => {
        for (const parse of [parseViewToHost, parseHostToView]) {
          const parsed = parse(value);
          if (parsed.t === "invalid") assert.ok(parsed.reason.length > 0);
          parse({ ...message, t: value });
        }
      }),
    );
  });
});

describe("messages between client and language server", () => {
  const uri = "file:///a.cif";
  const { crystal, plan, instrument } = exportInputOf();
  const good = {
    crystalParams: { uri, energy_keV: 17 },
    crystalAnswer: { block: "a", blocks: ["a"], crystal, issues: [], defaultHkl: [0, 0, 6] },
    exportParams: exportInputOf(),
    exportAnswer: { ok: false, issues: [{ code: "plan/energy", message: "No.", severity: "error" }] },
    planSummaryParams: { uri, text: "{}", name: "a" },
    resourceParams: { path: "a.cif" },
    resourceAnswer: { uri, text: "data_a" },
    resourceChange: { uri },
    fileState: { uri, summary: "a", detail: "b", severity: "none" },
  } as const;

  for (const [kind, message] of Object.entries(good)) {
    test(`${kind}: the right one passes, a spoilt one is refused with the place`, () => {
      const check = (value: unknown) => wrongMessage(kind as keyof typeof good, value);
      assert.equal(check(message), undefined);
      for (const key of Object.keys(message)) {
        assert.match(check({ ...message, [key]: Symbol("none") }) ?? "", /\S/, key);
      }
      for (const wrong of [undefined, null, 7, "text", [], () => 0]) assert.match(check(wrong) ?? "", /\S/);
    });
  }

  test("the crystal that is planned with goes along whole or not at all", () => {
    assert.equal(wrongMessage("crystalParams", { ...good.crystalParams, experiment: { plan, instrument } }), undefined);
    assert.match(wrongMessage("crystalParams", { ...good.crystalParams, experiment: { plan } }) ?? "", /^experiment\./);
  });
});
