import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { until } from "../../scripts/lib/until.ts";
import { closeBrowser, EXAMPLE, openPanel, sentOf, takeExample } from "./harness.ts";

const TWO = `${EXAMPLE}\n${EXAMPLE.replace("data_LiNbO3", "data_long").replace("13.8631", "14.5")}`;

describe("The plan in the header of a panel", () => {
  after(closeBrowser);

  test("a draft says so and offers to be saved; a file is named and opens as text", async () => {
    const draft = await openPanel("attenuation");
    assert.match((await draft.page.locator('[data-result="plan"]').textContent()) ?? "", /draft/);
    await draft.page.getByRole("button", { name: "Save plan…" }).click();
    await until("the request", () => sentOf(draft, "command").some(({ name }) => name === "savePlan"));
    assert.equal(await draft.page.getByRole("button", { name: "Open text" }).count(), 0);
    await draft.close();

    const file = await openPanel("attenuation", { planFile: "LiNbO3-006.dfxrm.json" });
    assert.match((await file.page.locator('[data-result="plan"]').textContent()) ?? "", /LiNbO3-006 ▾/);
    assert.equal(await file.page.getByRole("button", { name: "Save plan…" }).count(), 0);
    await file.page.getByRole("button", { name: "Open text" }).click();
    await file.page.locator('[data-result="plan"]').click();
    await file.page.locator('[data-result="lock"]').click();
    await until("three requests", () => sentOf(file, "command").length === 3);
    assert.deepEqual(
      sentOf(file, "command").map(({ name }) => name),
      ["openPlanText", "choosePlan", "toggleLock"],
    );
    await file.post({ t: "lock", isLocked: false });
    await file.page.getByText("Follows editor").waitFor();
    assert.equal(((await file.state()) as { isLocked: boolean }).isLocked, false, "it is so after a reload, too");
    assert.deepEqual([...draft.faults, ...file.faults], []);
    await file.close();
  });

  test("a panel without a crystal offers files and examples, and shows the one that comes", async () => {
    const panel = await openPanel("attenuation", { isEmpty: true });
    await panel.page.getByRole("heading", { name: "No crystal yet" }).waitFor();
    await panel.page.getByRole("button", { name: "Open a CIF file…" }).click();
    await takeExample(panel);
    assert.deepEqual(
      panel.sent.map((message) => (message.t === "command" ? message.name : message.t)),
      ["ready", "openCif", "openExample"],
    );
    await panel.start();
    await panel.page.getByRole("heading", { name: "LiNbO3" }).waitFor();
    assert.equal(await panel.page.getByText("No crystal yet").count(), 0);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the block is offered where there are several with a cell, and only there", async () => {
    const one = await openPanel("attenuation");
    assert.equal(await one.page.locator('[data-result="block"]').isVisible(), false);
    await one.close();
    const two = await openPanel("attenuation", { cif: TWO });
    await two.page.locator('[data-result="block"]').click();
    await until("the request", () => sentOf(two, "command").some(({ name }) => name === "chooseBlock"));
    await two.close();
  });

  test("a plan text with a fault greys the picture and links to its place", async () => {
    const uri = "file:///experiment/a.dfxrm.json";
    const fault = { code: "plan/shape", severity: "error", message: "beam.energy_keV must be a number." } as const;
    const panel = await openPanel("attenuation", {
      planFile: "a.dfxrm.json",
      planIssues: [{ ...fault, range: { start: 3, end: 9 }, uri }],
    });
    await panel.page.getByText("must be a number").waitFor();
    await panel.page.getByRole("button", { name: "Show in the text" }).click();
    const [reveal] = await until("the request", () => sentOf(panel, "reveal").length > 0 && sentOf(panel, "reveal"));
    assert.deepEqual([reveal?.uri, reveal?.range], [uri, { start: 3, end: 9 }]);
    await panel.close();
  });

  test("undo and redo by key change the plan back and forth, from a field too", async () => {
    const panel = await openPanel("attenuation", { planFile: "a.dfxrm.json" });
    const field = panel.page.locator('[data-field="beam.energy_keV"] input');
    await field.fill("20");
    await field.press("Enter");
    await until("the edit", () => panel.plan().beam.energy_keV === 20);
    await field.press("Control+z");
    await until("the undo", () => panel.plan().beam.energy_keV === 17);
    await until("the field", async () => (await field.inputValue()) === "17");
    await field.press("Control+Shift+z");
    await until("the redo", () => panel.plan().beam.energy_keV === 20);
    await panel.close();
  });

  test("a changed CIF is said, and noted as an edit of the plan", async () => {
    const cifSha256 = "a".repeat(64);
    const note = { code: "plan/cif-changed", severity: "information", message: "LiNbO3.cif has changed." } as const;
    const panel = await openPanel("attenuation", { planFile: "a.dfxrm.json", planIssues: [note], cifSha256 });
    await panel.page.getByRole("button", { name: "Note the CIF as it is now" }).click();
    await until("the edit", () => panel.plan().cif.sha256 === cifSha256);
    assert.equal(await panel.page.locator(".panel.is-stale").count(), 0);
    await panel.close();
  });

  test("in a small panel header and verdicts are a row each, and unfold by keyboard", async () => {
    const panel = await openPanel("attenuation", { width: 350, height: 480 });
    const { page } = panel;
    const verdicts = await page.locator(".verdict-toggle").all();
    const tops = await Promise.all(verdicts.map(async (verdict) => (await verdict.boundingBox())?.y));
    assert.equal(new Set(tops).size, 1);
    assert.ok(Number(tops[0]) < 60, `verdicts at ${tops[0]} px`);
    const lens = page.getByRole("button", { name: "Lens" });
    assert.equal(await lens.isVisible(), false);
    await page.getByRole("button", { name: "Plan, cell and other panels" }).press("Enter");
    await lens.waitFor();
    const light = page.getByRole("button", { name: /^Light\s*(yes|with care|no)/ });
    await light.press("Enter");
    await page.locator(".verdict-details .finding").first().waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".verdict-details").isVisible(), false);
    assert.equal(await light.evaluate((toggle) => toggle === document.activeElement), true);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  for (const theme of ["vscode-dark", "vscode-light", "vscode-high-contrast", "vscode-high-contrast-light"] as const) {
    for (const width of [350, 1000]) {
      test(`fits ${width} px in ${theme}`, async () => {
        const panel = await openPanel("attenuation", { theme, width, cif: TWO });
        const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        const folder = process.env["DFXRM_PICTURES"];
        if (folder)
          await panel.page.screenshot({
            path: `${folder}/header-${theme}-${width}.png`,
            clip: { x: 0, y: 0, width, height: 220 },
          });
        await panel.close();
      });
    }
  }
});
