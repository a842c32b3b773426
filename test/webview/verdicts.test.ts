import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { PANEL_KINDS } from "../../core/protocol/index.ts";
import { until } from "../../scripts/lib/until.ts";
import { closeBrowser, type OpenPanel, openPanel, result, sentOf, type } from "./harness.ts";

const toggle = ({ page }: OpenPanel, question: string) => page.locator(`[data-verdict="${question}"]`);
const answer = (panel: OpenPanel, question: string) => toggle(panel, question).getAttribute("data-answer");

const THICK = [
  { path: ["sample", "thickness_um"], value: 1500 },
  { path: ["sample", "perfection"], value: "deformed" },
  { path: ["sample", "exit"], value: "(1,-2,0)" },
  { path: ["reflection"], value: { hkl: [0, 0, 6] } },
];

describe("verdicts on top of every panel", () => {
  after(closeBrowser);

  for (const kind of PANEL_KINDS) {
    test(`${kind}: light, reach and mount in words, heard by a screen reader`, async () => {
      const panel = await openPanel(kind, { ops: THICK });
      assert.match((await toggle(panel, "light").textContent()) ?? "", /^✗Lightno0\.0\d+ %$/);
      assert.match((await toggle(panel, "reach").textContent()) ?? "", /^✓Reachyes5\.00° to spare$/);
      assert.match((await toggle(panel, "mount").textContent()) ?? "", /^✓Mountyesas named$/);
      const heard = panel.page.locator(".verdicts [role=status]");
      assert.equal(await heard.textContent(), "Light: no. Reach: yes. Mount: yes.");
      assert.deepEqual(panel.faults, []);
      await panel.close();
    });
  }

  test("a verdict opens by keyboard to its sentence and suggestion; applying it is one edit that makes it a yes", async () => {
    const panel = await openPanel("attenuation", { ops: THICK });
    await toggle(panel, "light").focus();
    await panel.page.keyboard.press("Enter");
    assert.equal(await toggle(panel, "light").getAttribute("aria-expanded"), "true");
    const details = panel.page.locator(".verdict-details");
    assert.match((await details.textContent()) ?? "", /gets through the sample: too little to work with/);
    await panel.page.getByRole("button", { name: "Apply: Set sample.thickness_um to 170" }).click();
    await until("the edit", () => panel.plan().sample.thickness_um === 170);
    assert.equal(sentOf(panel, "plan.edit").length, 1);
    await until("the answer", async () => (await answer(panel, "light")) === "yes");
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("where the plan is refused the last verdicts stay, greyed", async () => {
    const panel = await openPanel("geometry", { ops: THICK });
    await type(panel, "Up", "(1,-2,0)");
    await until("greyed", () => panel.page.locator(".verdicts.is-stale").isVisible());
    assert.equal(await answer(panel, "light"), "no");
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("Attenuation tells the transmission along the beams, the best thickness and the best energy", async () => {
    const panel = await openPanel("attenuation", { ops: THICK });
    // cos(theta)/mu of LiNbO3 (006) at 17 keV.
    assert.equal(await result(panel, "optimumThickness"), "172 µm");
    assert.match(await result(panel, "transmissionMean"), /^0\.0\d+ %$/);
    assert.match(await result(panel, "optimumEnergy"), /^\d+(\.\d+)? keV$/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });
});
