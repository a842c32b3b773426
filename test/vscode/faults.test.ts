import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, describe } from "node:test";
import type { Locator, Page } from "playwright-core";
import { createDraftPlan, planText } from "../../core/experiment/index.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { until } from "../../scripts/lib/until.ts";
import { openFile, panel, pressInHeader, runCommand } from "../../scripts/lib/workbench.ts";
import {
  confirm,
  dialog,
  enter,
  focusCif,
  LiNbO3,
  result,
  show,
  startWorkbench,
  testOnPage,
  typeAtEnd,
  type Workbench,
} from "./workbench.ts";

const PLAN = planText({ ...createDraftPlan("LiNbO3.cif", "LiNbO3"), reflection: { hkl: [0, 0, 6] } });
const FILE = "night.dfxrm.json";
const FROZEN = "read-only.dfxrm.json";
const OTHERS = { [FILE]: PLAN, [FROZEN]: PLAN, "silicon.cif": readFileSync(inRoot("examples", "silicon.cif"), "utf8") };

const fieldIn = (body: Locator, field: string): Promise<string> =>
  body.locator(`[data-field="${field}"] input`).inputValue();
const energyIn = (body: Locator): Promise<string> => fieldIn(body, "beam.energy_keV");
const shows = (body: Locator, energy_keV: string): Promise<unknown> =>
  until(`the energy ${energy_keV}`, async () => (await energyIn(body)) === energy_keV);
const says = (body: Locator, sentence: RegExp): Promise<void> =>
  body.locator(".issue").filter({ hasText: sentence }).first().waitFor();
/** Which page of the extension a panel is. */
const nonceOf = (body: Locator): Promise<string | null> =>
  body.evaluate((node) => node.ownerDocument.querySelector('[property="csp-nonce"]')?.getAttribute("content") ?? null);
const saysNothing = (body: Locator): Promise<unknown> =>
  until("no error", async () => (await body.locator(".issue.is-error:visible").count()) === 0);
/** Opens a file among the texts, not over a panel. */
async function openText(page: Page, name: string): Promise<void> {
  await focusCif(page);
  await openFile(page, name);
}
const dirtyTab = (page: Page, name: string): Locator => page.locator(`.tab.dirty[data-resource-name="${name}"]`);

/** What happens to a plan and its files from elsewhere: nothing is lost, and a sentence tells what is wrong. */
describe("faults in a workbench", () => {
  let workbench: Workbench;
  const onPage = (title: string, body: (page: Page) => Promise<void>) =>
    testOnPage(title, () => workbench.open("LiNbO3.cif", LiNbO3, OTHERS), body);
  before(async () => {
    workbench = await startWorkbench();
  });
  after(() => workbench.close());

  onPage("files of an open plan that vanish or change, and a language server that dies", async (page) => {
    await openText(page, FILE);
    await runCommand(page, "View: Close Other Editors in Group");
    const geometry = await show(page, "geometry");

    const volume =
      (await result(geometry, "twoTheta")) > 0 && (await geometry.locator('[data-result="cell"]').textContent());
    workbench.write("LiNbO3.cif", LiNbO3.replace("13.8631", "13.9"));
    await until("the new cell", async () => {
      const cell = await geometry.locator('[data-result="cell"]').textContent();
      return cell !== volume && /13\.9/.test(cell ?? "");
    });
    workbench.write("LiNbO3.cif", undefined);
    await says(geometry, /LiNbO3\.cif cannot be read: it was moved, deleted/);
    assert.ok((await result(geometry, "twoTheta")) > 0, "the last result stays");
    workbench.write("LiNbO3.cif", LiNbO3);
    await saysNothing(geometry);

    await openText(page, "LiNbO3.cif");
    killLanguageServer(workbench.data);
    await typeAtEnd(page, "_name_without_value");
    await page.locator(".squiggly-error").first().waitFor();
    await page.keyboard.press("Control+z");
    await page.locator(".squiggly-error").first().waitFor({ state: "detached" });
    await saysNothing(geometry);
    assert.ok((await result(geometry, "twoTheta")) > 0);

    await runCommand(page, "View: Close Other Editors in Group");
    workbench.write(FILE, undefined);
    await says(geometry, /night\.dfxrm\.json cannot be read: .*Save Plan As…/);
    await enter(geometry, "beam.energy_keV", "25");
    await says(geometry, /night\.dfxrm\.json cannot be opened/);
    workbench.write(FILE, PLAN.replace("17,", "21,"));
    await shows(geometry, "21");
    await saysNothing(geometry);
  });

  onPage("a window that is reloaded keeps drafts and unsaved plans; panels follow the editor or stay", async (page) => {
    await openText(page, FILE);
    const geometry = await show(page, "geometry");
    await enter(geometry, "beam.energy_keV", "20");
    await dirtyTab(page, FILE).waitFor();
    await openText(page, "silicon.cif");
    const attenuation = await show(page, "attenuation");
    await enter(attenuation, "beam.energy_keV", "30");
    await page.locator(".tab", { hasText: "Attenuation: silicon (draft)" }).waitFor();

    await Promise.all([page.waitForEvent("load"), runCommand(page, "Developer: Reload Window")]);
    await shows(await panel(page, "attenuation"), "30");
    await dirtyTab(page, FILE).waitFor();
    assert.equal(workbench.read(FILE), PLAN);
    await page.locator(".tab", { hasText: "Geometry: night" }).click();
    const again = await panel(page, "geometry");
    await shows(again, "20");

    const lock = again.locator('[data-result="lock"]');
    await pressInHeader(again, lock);
    await until("it follows", async () => /Follows/.test((await lock.textContent()) ?? ""));
    await openText(page, "silicon.cif");
    await page.locator(".tab", { hasText: "Geometry: silicon (draft)" }).waitFor();
    await shows(again, "30");
    await pressInHeader(again, lock);
    await openText(page, FILE);
    await page.locator(".tab", { hasText: "Geometry: silicon (draft)" }).waitFor();
  });

  onPage("a panel whose CIF is gone offers others, after a reload too", async (page) => {
    await openText(page, "silicon.cif");
    const body = await show(page, "attenuation");
    await focusCif(page);
    await runCommand(page, "View: Close All Editors in Group");
    workbench.write("silicon.cif", undefined);
    await says(body, /silicon\.cif cannot be read: it was moved, deleted/);
    await Promise.all([page.waitForEvent("load"), runCommand(page, "Developer: Reload Window")]);
    const again = await panel(page, "attenuation");
    await says(again, /silicon\.cif cannot be read: it was moved, deleted/);

    await again.getByRole("button", { name: "Open a CIF file…" }).press("Enter");
    await dialog(page).waitFor();
    await confirm(page, workbench.pathOf("LiNbO3.cif"));
    await page.locator(".tab", { hasText: "Attenuation: night" }).waitFor();
    await saysNothing(again);
    assert.ok(await again.isVisible(), "the text does not cover the panel");

    await runCommand(page, "View: Close All Editors in Group");
    workbench.write("LiNbO3.cif", undefined);
    await says(again, /LiNbO3\.cif cannot be read/);
    await again.getByRole("button", { name: "Open the plan" }).press("Enter");
    await page.locator(`.tab.active[data-resource-name="${FILE}"]`).waitFor();
    await again.getByRole("button", { name: "Open the example" }).press("Enter");
    await page.locator(".tab", { hasText: "Attenuation: LiNbO3 (draft)" }).waitFor();
    await saysNothing(again);
    await shows(again, "17");
  });

  onPage("panels of an extension host that ends are opened again, with edits that it never saw", async (page) => {
    await openText(page, "silicon.cif");
    await typeAtEnd(page, "_name_without_value");
    const problem = page.locator(".squiggly-error").first();
    await problem.waitFor();
    await show(page, "lens");
    const left = await show(page, "attenuation");
    await enter(left, "view.range.0", "8");
    await enter(left, "beam.energy_keV", "30");
    const tab = page.locator(".tab", { hasText: "Attenuation: silicon (draft)" });
    await tab.waitFor();
    killExtensionHost(workbench.data);
    const before = await nonceOf(left);
    await enter(left, "sample.thickness_um", "123");
    await problem.waitFor({ state: "detached" });

    const body = await until(
      "another page",
      async () => {
        const present = await panel(page, "attenuation");
        // It may be just on its way out.
        return (await nonceOf(present).catch(() => before)) !== before && present;
      },
      30_000,
    );
    await shows(body, "30");
    await until("the edit", async () => (await fieldIn(body, "sample.thickness_um")) === "123");
    assert.equal(await fieldIn(body, "view.range.0"), "8", "what the panel has saved");
    assert.equal(await tab.count(), 1);
    await problem.waitFor();
    await focusCif(page);
    await page.keyboard.press("Control+z");
    await problem.waitFor({ state: "detached" });
    workbench.write("silicon.cif", OTHERS["silicon.cif"].replaceAll("5.43102", "5.5"));
    await until("the new cell", async () =>
      /5\.5000/.test((await body.locator('[data-result="cell"]').textContent()) ?? ""),
    );

    await page.locator(".tab", { hasText: "Lens: silicon (draft)" }).click();
    await shows(await panel(page, "lens"), "30");
  });

  onPage("a plan that cannot be changed, and one that two windows change", async (page) => {
    await openText(page, FROZEN);
    const frozen = await show(page, "geometry");
    await enter(frozen, "beam.energy_keV", "20");
    await says(frozen, /read-only\.dfxrm\.json was not changed/);
    await shows(frozen, "17");

    await openText(page, FILE);
    const mine = await show(page, "reflections");
    const saves = async (energy_keV: string): Promise<void> => {
      await enter(mine, "beam.energy_keV", energy_keV);
      await dirtyTab(page, FILE).waitFor();
      await focusCif(page);
      await page.keyboard.press("Control+s");
      await until("the file", () => workbench.read(FILE)?.includes(`"energy_keV": ${energy_keV}`));
    };
    await saves("20");
    const other = await workbench.openAgain();
    try {
      await openText(other, FILE);
      const theirs = await show(other, "reflections");
      await shows(theirs, "20");
      await saves("21");
      await shows(theirs, "21");
      await enter(theirs, "beam.energy_keV", "25");
      await dirtyTab(other, FILE).waitFor();
      await saves("22");
      // VS Code tells of such a conflict only where the size of the file has changed too.
      await says(theirs, /night\.dfxrm\.json was saved by another window .*beam\.energy_keV is 22 there/);
      assert.equal(await energyIn(theirs), "25", "what is unsaved stays");
      await focusCif(other);
      await runCommand(other, "File: Revert File");
      await shows(theirs, "22");
      await until("no conflict", async () => (await theirs.locator('[data-code="plan/conflict"]').count()) === 0);
    } catch (error) {
      await other.screenshot({ path: inRoot("out", "test-vscode", "the-other-window.png") });
      throw error;
    } finally {
      await other.close();
    }
  });
});

/** Processes of a VS Code that runs here, and of no other: its language servers, and the extension hosts that started them. */
function processesOf(data: string): readonly { readonly server: number; readonly host: number }[] {
  const processes = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const found = processes.filter((one) => one.includes(data) && one.includes("server.cjs") && /--node-ipc/.test(one));
  assert.ok(found.length > 0, "no language server runs");
  return found.map((one) => {
    const [server, host] = one.trim().split(/\s+/).map(Number);
    return { server: server!, host: host! };
  });
}
function killLanguageServer(data: string): void {
  for (const { server } of processesOf(data)) process.kill(server, "SIGKILL");
}
function killExtensionHost(data: string): void {
  for (const host of new Set(processesOf(data).map(({ host }) => host))) process.kill(host, "SIGKILL");
}
