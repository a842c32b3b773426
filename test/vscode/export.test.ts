import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { WebIO } from "@gltf-transform/core";
import type { Locator, Page } from "playwright-core";
import { createDraftPlan, planText } from "../../core/experiment/index.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { until } from "../../scripts/lib/until.ts";
import { openFile, runCommand, succeeds } from "../../scripts/lib/workbench.ts";
import { confirm, dialog, LiNbO3, show, startWorkbench, testOnPage, type Workbench } from "./workbench.ts";

const PLAN = planText({
  ...createDraftPlan("LiNbO3.cif", "LiNbO3"),
  reflection: { hkl: [0, 0, 6] },
  lens: { file: "id06", detectorDistance_mm: 5000 },
});
const FILE = "night-006.dfxrm.json";
/** A quarter turn about c, as rows of a, b and c in angstrom: what ImageD11 writes. */
const A = 5.14829;
const UBI = `${A / 2} ${(A * Math.sqrt(3)) / 2} 0\n${-A} 0 0\n0 0 13.8631\n`;
const OTHERS: Readonly<Record<string, string>> = { [FILE]: PLAN, "grain.ubi": UBI };

interface PlanWithU {
  readonly sample: {
    readonly orientation?: { readonly U: readonly (readonly number[])[] };
    up?: string;
    exit?: string;
  };
}

const notification = (page: Page, text: RegExp): Locator =>
  page.locator(".notification-toast").filter({ hasText: text }).first();

/** Chooses an entry of the list that is open; false where the list closes, because something else has taken the focus. */
async function choose(page: Page, label: string): Promise<boolean> {
  const [timeout, list] = [5000, page.locator(".quick-input-list .monaco-list-row", { hasText: label })];
  const isThere =
    (await succeeds(list.first().waitFor({ timeout }))) &&
    (await succeeds(dialog(page).fill(label, { timeout }))) &&
    (await succeeds(list.and(page.locator(".focused")).waitFor({ timeout })));
  if (isThere) await page.keyboard.press("Enter");
  return isThere;
}

/** Chooses what to export, up to the dialog that asks where; the path that it proposes. */
async function exportAs(page: Page, ...labels: readonly string[]): Promise<string> {
  const chooseAll = async (): Promise<boolean> => {
    await runCommand(page, "DF-XRM: Export…");
    for (const label of labels) if (!(await choose(page, label))) return false;
    return true;
  };
  await until(`${labels.join(", ")} are chosen`, chooseAll, 60_000);
  return proposedPlace(page);
}

/** The place that the dialog proposes, once it has read its folder. */
const proposedPlace = (page: Page): Promise<string> =>
  until("the place that is proposed", async () => {
    const place = await dialog(page).inputValue();
    return /^\/.+\/[^/]+\.\w+$/.test(place) && place;
  });

/** Exports to the place that is proposed. */
async function exportAndConfirm(page: Page, ...labels: readonly string[]): Promise<string> {
  const place = await exportAs(page, ...labels);
  await confirm(page, place);
  return place;
}

/** A place that cannot be written, also by the superuser, whom no permission stops. */
function readOnlyFolder(): { readonly path: string; readonly remove: () => void } {
  if (process.getuid?.() === 0) return { path: "/sys", remove: () => {} };
  const path = mkdtempSync(join(tmpdir(), "df-xrm-read-only-"));
  chmodSync(path, 0o555);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** One window for all: each test leaves the panel so that the next one can go on. */
describe("export in a workbench", () => {
  let workbench: Workbench;
  let page: Page | undefined;
  let geometry: Locator;
  const openPlan = async (): Promise<Page> => {
    page = await workbench.open("LiNbO3.cif", LiNbO3, OTHERS);
    await openFile(page, FILE);
    geometry = await show(page, "geometry");
    await until("the plan in the header", async () =>
      /night-006/.test((await geometry.locator('[data-result="plan"]').textContent()) ?? ""),
    );
    return page;
  };
  before(async () => {
    workbench = await startWorkbench();
  });
  after(() => workbench.close());

  const onPanel = (title: string, body: (page: Page) => Promise<void>) =>
    testOnPage(
      title,
      async () => (page && !page.isClosed() ? page : openPlan()),
      async (page) => {
        await geometry.locator("h1").click();
        await body(page);
      },
      { isShared: true },
    );
  const written = (name: string): Promise<string> => until(name, () => workbench.read(name) || undefined, 20_000);
  /** The JSON in a file, once it is there as a whole. */
  const writtenJson = <T extends object>(name: string): Promise<T> =>
    until(name, () => {
      try {
        return JSON.parse(workbench.read(name) ?? "") as T;
      } catch {
        return undefined;
      }
    });

  onPanel("PDF, 3D model, table and motor list of the plan of the panel", async (page) => {
    // From the menu on the panel's title; with commands, from the palette.
    await page.locator(".editor-group-container.active .editor-actions .codicon-toolbar-more").first().click();
    // A menu that has just opened takes no click.
    const entry = page.locator(".monaco-menu .action-item", { hasText: "Export…" }).first();
    await entry.waitFor();
    await until("the menu has taken the click", async () => {
      if (await entry.isVisible()) await entry.click();
      return !(await entry.isVisible());
    });
    for (const label of ["Logbook page (PDF)", "A4"]) assert.ok(await choose(page, label), label);
    const proposed = await proposedPlace(page);
    await confirm(page, proposed);
    assert.match(proposed, /\/night-006\.pdf$/);
    await written("night-006.pdf");
    await notification(page, /Saved night-006\.pdf/).waitFor();
    const pdf = Buffer.from(workbench.readBytes("night-006.pdf")).toString("latin1");
    assert.match(pdf, /^%PDF-1\.\d/);
    assert.match(pdf, /%%EOF\s*$/);
    assert.match(pdf, /\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);

    await exportAndConfirm(page, "3D model");
    await written("night-006.glb");
    const model = await new WebIO().readBinary(workbench.readBytes("night-006.glb"));
    const nodes = model.getRoot().listNodes();
    const detector = nodes.find((node) => node.getName() === "Detector")!.getWorldTranslation();
    // 2 theta of (0 0 6) at 17 keV is 18.161454 degrees; the detector stands 5 m along the beam.
    assert.ok(Math.abs(detector[1] - 5 * Math.tan((18.161454 * Math.PI) / 180)) < 1e-4, String(detector));

    await exportAndConfirm(page, "Table of reflections (CSV)");
    const rows = (await written("night-006-reflections.csv")).split("\r\n").map((row) => row.split(","));
    assert.ok(rows.length > 40, `${rows.length} rows`);
    const planned = rows.find((row) => row.slice(0, 3).join(" ") === "0 0 6");
    assert.ok(Math.abs(Number(planned?.[3]) - 13.8631 / 6) < 1e-9, String(planned));

    await exportAndConfirm(page, "Motor list (CSV)");
    const motors = await written("night-006-motors.csv");
    assert.match(motors, /^ffz,1640\.\d+,mm/m);
    assert.match(motors, /^obpitch,18\.161\d+,deg/m);
  });

  onPanel("to cancel, at any step, writes nothing and says nothing", async (page) => {
    await runCommand(page, "DF-XRM: Export…");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Motor list (CSV)" }).first().waitFor();
    await page.keyboard.press("Escape");
    await exportAs(page, "Motor list (text)");
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "hidden" });
    // What comes next works, so that the cancelled one has ended.
    await exportAndConfirm(page, "Motor list (JSON)");
    assert.ok(JSON.stringify(await writtenJson("night-006-motors.json")).includes('"ffz"'));
    assert.equal(workbench.read("night-006-motors.txt"), undefined);
    assert.equal(await notification(page, /not saved|failed/).count(), 0);
  });

  onPanel("a name in another script is kept", async (page) => {
    const proposed = await exportAs(page, "Logbook page (Markdown)");
    await confirm(page, proposed.replace("night-006", "夜勤 Ωμέγα–λ₁"));
    assert.match(await written("夜勤 Ωμέγα–λ₁.md"), /18\.1615°/);
    await notification(page, /Saved 夜勤 Ωμέγα–λ₁\.md/).waitFor();
  });

  onPanel("an existing file is asked about: kept on Cancel, replaced on OK", async (page) => {
    workbench.write("night-006.md", "of yesterday");
    await exportAs(page, "Logbook page (Markdown)");
    await page.keyboard.press("Enter");
    const question = page.locator(".quick-input-widget", { hasText: /already exists/ });
    await question.waitFor();
    assert.equal(workbench.read("night-006.md"), "of yesterday");
    await page.keyboard.press("Escape");
    await page.locator(".quick-input-widget", { hasNotText: /already exists/ }).waitFor();
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "hidden" });
    assert.equal(workbench.read("night-006.md"), "of yesterday");

    await exportAs(page, "Logbook page (Markdown)");
    await page.keyboard.press("Enter");
    await question.waitFor();
    await page.keyboard.press("Enter");
    await until("the new page", () => /18\.1615°/.test(workbench.read("night-006.md") ?? ""));
    workbench.write("night-006.md", undefined);
  });

  onPanel("a folder that cannot be written is said, and another place can be chosen", async (page) => {
    const folder = readOnlyFolder();
    try {
      const proposed = await exportAs(page, "Logbook page (Markdown)");
      await confirm(page, join(folder.path, "night.md"));
      const told = notification(page, /night\.md was not saved: /);
      await told.waitFor();
      assert.match((await told.textContent()) ?? "", /read-only/);
      await told.getByRole("button", { name: "Save Elsewhere…" }).dispatchEvent("click");
      await until("the dialog again", async () => (await dialog(page).inputValue()) === proposed);
      await confirm(page, proposed);
      assert.match(await written("night-006.md"), /18\.1615°/);
    } finally {
      folder.remove();
    }
  });

  onPanel("an orientation matrix is read into the plan in place of facets", async (page) => {
    await runCommand(page, "DF-XRM: Read Orientation Matrix");
    await page.locator(".quick-input-widget", { hasText: "Read Orientation Matrix" }).waitFor();
    await confirm(page, workbench.pathOf("grain.ubi"));
    await notification(page, /orientation of grain\.ubi, in place of up and exit/).waitFor();
    await runCommand(page, "View: Focus First Editor Group");
    await page.locator(`.tab.dirty[data-resource-name="${FILE}"]`).waitFor();
    await page.locator(`.tab.dirty[data-resource-name="${FILE}"]`).first().click();
    await page.keyboard.press("Control+s");
    const plan = await until("the plan with U", async () => {
      const read = await writtenJson<PlanWithU>(FILE);
      return read.sample.orientation ? read : undefined;
    });
    assert.deepEqual([plan.sample.up, plan.sample.exit], [undefined, undefined]);
    const turn = [
      [0, -1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ];
    plan.sample.orientation?.U.forEach((row, i) => {
      for (const [j, value] of row.entries()) assert.ok(Math.abs(value - turn[i]![j]!) < 1e-6, `U ${i}${j}: ${value}`);
    });
  });

  const readLens = (name: string) => readFileSync(inRoot("examples", "lenses", name), "utf8");
  testOnPage(
    "a lens file is converted to its other format and back",
    () => workbench.open("id06.lens", readLens("id06.lens")),
    async (page) => {
      await runCommand(page, "DF-XRM: Convert Lens File");
      const proposed = await proposedPlace(page);
      assert.match(proposed, /\/id06\.dfxrm-lens\.json$/);
      await confirm(page, proposed);
      assert.deepEqual(await writtenJson("id06.dfxrm-lens.json"), JSON.parse(readLens("id06.dfxrm-lens.json")));
      // It is shown beside, so that the command now is about it.
      await page.locator('.tab[data-resource-name="id06.dfxrm-lens.json"]').click();
      await page.locator('.editor-group-container.active .tab[data-resource-name="id06.dfxrm-lens.json"]').waitFor();
      await runCommand(page, "DF-XRM: Convert Lens File");
      const back = await proposedPlace(page);
      assert.match(back, /\/id06\.lens$/);
      await confirm(page, back.replace("id06.lens", "back.lens"));
      assert.equal(await written("back.lens"), readLens("id06.lens"));
    },
  );
});
