import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import type { Locator, Page } from "playwright-core";
import { createDraftPlan, planText } from "../../core/experiment/index.ts";
import { until } from "../../scripts/lib/until.ts";
import { openFile, panel, pressInHeader, runCommand } from "../../scripts/lib/workbench.ts";
import {
  confirm,
  dialog,
  enter,
  focusCif,
  LiNbO3,
  openInputs,
  result,
  show,
  startWorkbench,
  testOnPage,
  type Workbench,
  waitForResult,
} from "./workbench.ts";

/** Twice the Bragg angle of (0 0 l) of LiNbO3 in degrees, with c = 13.8631 A: lambda = 2 (c/l) sin theta. */
function twoTheta00l_deg(l: number, energy_keV: number): number {
  const wavelength_A = 12.398419843320026 / energy_keV;
  return (2 * Math.asin((l * wavelength_A) / (2 * 13.8631)) * 180) / Math.PI;
}
const PLAN = planText({ ...createDraftPlan("LiNbO3.cif", "LiNbO3"), reflection: { hkl: [0, 0, 6] } });
const FILE = "LiNbO3-006.dfxrm.json";

// Buttons with tooltips are pressed by key: the headless Chromium that npm installs dies when it is to show a tooltip.
const planOf = (body: Locator): Promise<string | null> => body.locator('[data-result="plan"]').textContent();
const editorText = async (page: Page): Promise<string> =>
  ((await page.locator(".editor-instance .view-lines").first().textContent()) ?? "").replaceAll("\u00a0", " ");
async function waitForText(page: Page, pattern: RegExp): Promise<void> {
  await until(`the text ${pattern}`, async () => pattern.test(await editorText(page)));
}

/** Opens a plan file with its geometry beside it. */
async function openPlan(page: Page): Promise<Locator> {
  await openFile(page, FILE);
  const geometry = await show(page, "geometry");
  await waitForResult(geometry, "twoTheta", twoTheta00l_deg(6, 17));
  return geometry;
}

/** Replaces a text of the plan in its editor by typing. */
async function retype(page: Page, from: string, to: string): Promise<void> {
  await runCommand(page, "View: Focus First Editor Group");
  await page.locator(`.tab[data-resource-name="${FILE}"]`).click();
  await page.keyboard.press("Control+f");
  const find = page.locator(".find-widget .find-part textarea").first();
  await find.fill(from);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.insertText(to);
}

describe("plans in a workbench", () => {
  let workbench: Workbench;
  const onPage = (title: string, body: (page: Page) => Promise<void>, cif = LiNbO3, others = { [FILE]: PLAN }) =>
    testOnPage(title, () => workbench.open("LiNbO3.cif", cif, others), body);
  before(async () => {
    workbench = await startWorkbench();
  });
  after(() => workbench.close());

  onPage(
    "a draft is saved to a file beside the CIF, which the panels show from then on",
    async (page) => {
      const geometry = await show(page, "geometry");
      assert.match((await planOf(geometry)) ?? "", /draft/);
      await enter(geometry, "reflection.hkl", "0 0 6");
      await waitForResult(geometry, "twoTheta", twoTheta00l_deg(6, 17));
      await pressInHeader(geometry, geometry.getByText("Save plan…"));
      await dialog(page).waitFor();
      await confirm(page, await dialog(page).inputValue());
      await until("the whole file", () => workbench.read(FILE)?.endsWith("}\n"));
      const plan = JSON.parse(workbench.read(FILE) ?? "");
      assert.deepEqual([plan.cif.path, plan.cif.block, plan.reflection.hkl], ["LiNbO3.cif", "LiNbO3", [0, 0, 6]]);
      assert.match(plan.cif.sha256, /^[0-9a-f]{64}$/);
      await until("the plan in the header", async () => /LiNbO3-006/.test((await planOf(geometry)) ?? ""));
      await page.locator(`.tab[data-resource-name="${FILE}"]`).waitFor();
      await page.locator(".tab", { hasText: "Geometry: LiNbO3-006" }).waitFor();
      assert.equal(await geometry.locator('[data-code="plan/cif-changed"]').count(), 0);
    },
    LiNbO3,
    {} as { [FILE]: string },
  );

  onPage(
    "an edit in a panel is an edit of the text, undone there or here, and the panels follow the text",
    async (page) => {
      const geometry = await openPlan(page);
      await enter(geometry, "beam.energy_keV", "20");
      await waitForText(page, /"energy_keV": 20,/);
      assert.equal(workbench.read(FILE), PLAN, "saving is left to the user");
      await page.locator(`.tab.dirty[data-resource-name="${FILE}"]`).waitFor();

      await geometry.locator("h1").click();
      await page.keyboard.press("Control+z");
      await waitForText(page, /"energy_keV": 17,/);
      await waitForResult(geometry, "twoTheta", twoTheta00l_deg(6, 17));
      await page.keyboard.press("Control+Shift+z");
      await waitForText(page, /"energy_keV": 20,/);
      await waitForResult(geometry, "twoTheta", twoTheta00l_deg(6, 20));

      await runCommand(page, "View: Focus First Editor Group");
      await page.locator(".editor-instance .view-lines").first().click();
      for (const energy_keV of [17, 20, 17]) {
        await page.keyboard.press("Control+z");
        await waitForText(page, new RegExp(`"energy_keV": ${energy_keV},`));
        await waitForResult(geometry, "twoTheta", twoTheta00l_deg(6, energy_keV));
      }
      await page.locator(`.tab.dirty[data-resource-name="${FILE}"]`).waitFor({ state: "detached" });
    },
  );

  onPage("a wrong value is told at its place and in the panel, which keeps the last good plan", async (page) => {
    const geometry = await openPlan(page);
    await retype(page, "17", "true");
    await page.locator(".editor-instance .squiggly-warning, .editor-instance .squiggly-error").first().waitFor();
    const issue = geometry.locator(".issue.is-error").filter({ hasText: "energy_keV" });
    await issue.first().waitFor();
    await geometry.getByText("Greyed").waitFor();
    await waitForResult(geometry, "twoTheta", twoTheta00l_deg(6, 17));
    await issue.getByRole("button", { name: "Show in the text" }).first().click();
    await until("the selection", async () =>
      /\(4 selected\)/.test((await page.locator('[id="status.editor.selection"]').textContent()) ?? ""),
    );
    await page.keyboard.type("35");
    await waitForResult(geometry, "twoTheta", twoTheta00l_deg(6, 35));
    await until("no error", async () => (await geometry.locator(".issue.is-error:visible").count()) === 0);
  });

  onPage("dragging the energy moves the other panel, and is one undo step", async (page) => {
    const geometry = await openPlan(page);
    await page.locator(`.tab[data-resource-name="${FILE}"]`).click();
    await show(page, "attenuation");
    await runCommand(page, "View: Move Editor into Group Below");
    const attenuation = await panel(page, "attenuation");
    const energyThere = (): Promise<string> => attenuation.locator('[data-field="beam.energy_keV"] input').inputValue();
    const slider = geometry.locator('input[type="range"]').first();
    await slider.scrollIntoViewIfNeeded();
    const box = await slider.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
    await page.mouse.down();
    const seen = new Set<string>();
    for (let i = 3; i <= 7; i++) {
      await page.mouse.move(box.x + (box.width * i) / 10, box.y + box.height / 2);
      await until("the other panel follows", async () => !seen.has(await energyThere()) || i === 3);
      seen.add(await energyThere());
    }
    assert.match(await editorText(page), /"energy_keV": 17,/, "the plan changes on release only");
    await page.mouse.up();
    const energy = await energyThere();
    await waitForText(page, new RegExp(`"energy_keV": ${energy.replace(".", "\\.")}`));
    await runCommand(page, "View: Focus First Editor Group");
    await page.locator(".editor-instance .view-lines").first().click();
    await page.keyboard.press("Control+z");
    await waitForText(page, /"energy_keV": 17,/);
    await until("both panels", async () => (await energyThere()) === "17");
    await waitForResult(geometry, "twoTheta", twoTheta00l_deg(6, 17));
  });

  const TWO = `${LiNbO3}\n${LiNbO3.replace("data_LiNbO3", "data_long").replace("13.8631", "14.5")}`;
  onPage(
    "two blocks of one CIF are planned side by side",
    async (page) => {
      await page.locator(".codelens-decoration a", { hasText: "Geometry" }).first().click();
      const first = await panel(page, "geometry");
      await openInputs(first);
      await enter(first, "reflection.hkl", "0 0 6");
      await waitForResult(first, "twoTheta", twoTheta00l_deg(6, 17));
      assert.match((await first.locator('[data-result="block"]').textContent()) ?? "", /LiNbO3/);
      await pressInHeader(first, first.locator('[data-result="block"]'));
      await page.locator(".quick-input-list .monaco-list-row", { hasText: "long" }).click();
      await until("the other block", async () =>
        /long/.test((await first.locator('[data-result="block"]').textContent()) ?? ""),
      );
      await page.locator(".tab", { hasText: "LiNbO3 long" }).waitFor();
      await enter(first, "reflection.hkl", "0 0 6");
      await waitForResult(first, "twoTheta", twoTheta00l_deg(6 * (13.8631 / 14.5), 17));
      await focusCif(page);
      await runCommand(page, "DF-XRM: Show Geometry");
      await until("two panels", async () => (await page.locator(".tab", { hasText: "Geometry:" }).count()) === 2);
    },
    TWO,
    {} as { [FILE]: string },
  );

  const OTHER = planText({ ...createDraftPlan("LiNbO3.cif", "LiNbO3"), reflection: { hkl: [1, 1, 0] } });
  onPage(
    "two plans are compared: what differs, and what follows from it",
    async (page) => {
      await openFile(page, FILE);
      await runCommand(page, "DF-XRM: Compare Plans");
      await page.locator(".quick-input-list .monaco-list-row", { hasText: "LiNbO3-110" }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".tab", { hasText: "LiNbO3-006 ↔ LiNbO3-110" }).waitFor();
      const side = async (which: "original" | "modified"): Promise<string> =>
        ((await page.locator(`.editor.${which} .view-lines`).textContent()) ?? "").replaceAll("\u00a0", " ");
      await until("both sides", async () => (await side("original")).includes("2θ: 18.1615°"));
      // d(110) = a / 2.
      const twoTheta = (2 * Math.asin(12.398419843320026 / 17 / 5.14829) * 180) / Math.PI;
      await until("the other", async () => (await side("modified")).includes(`2θ: ${twoTheta.toFixed(4)}°`));
      assert.match(await side("original"), /reflection\.hkl: \[0,0,6\]/);
      assert.match(await side("modified"), /reflection\.hkl: \[1,1,0\]/);
      await page.locator(".editor.modified .line-insert").first().waitFor();
    },
    LiNbO3,
    { [FILE]: PLAN, "LiNbO3-110.dfxrm.json": OTHER } as { [FILE]: string },
  );

  onPage(
    "a reload restores the panel on its plan file; a CIF that has changed is said and can be noted",
    async (page) => {
      await openPlan(page);
      await Promise.all([page.waitForEvent("load"), runCommand(page, "Developer: Reload Window")]);
      const geometry = await panel(page, "geometry");
      await until("the plan in the header", async () => /LiNbO3-006/.test((await planOf(geometry)) ?? ""));
      const issue = geometry.locator('[data-code="plan/cif-changed"]');
      await issue.waitFor();
      assert.ok((await result(geometry, "twoTheta")) > 0);
      await issue.getByRole("button", { name: "Note the CIF as it is now" }).click();
      await issue.waitFor({ state: "detached" });
      await waitForText(page, /"sha256": "(?!0000)[0-9a-f]{64}"/);
    },
    LiNbO3,
    { [FILE]: PLAN.replace('"block": "LiNbO3"', `"block": "LiNbO3", "sha256": "${"0".repeat(64)}"`) },
  );
});
