import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { until } from "../../scripts/lib/until.ts";
import {
  hoverText,
  openFile,
  type PanelName,
  paintedPixels,
  panel,
  runCommand,
  succeeds,
} from "../../scripts/lib/workbench.ts";
import {
  enter,
  focusCif,
  LiNbO3,
  result,
  show,
  startWorkbench,
  testOnPage,
  typeValue,
  type Workbench,
  waitForResult,
} from "./workbench.ts";

/** Twice the Bragg angle of (0 0 6) at 17 keV, in degrees, for the length of c: lambda = 2 (c/6) sin theta. */
function twoTheta006_deg(c_A: number): number {
  const wavelength_A = 12.398419843320026 / 17;
  return (2 * Math.asin((6 * wavelength_A) / (2 * c_A)) * 180) / Math.PI;
}

/** One window for all, with a file for each test; each test begins without editors and leaves none that is not saved. */
describe("DF-XRM in a workbench, seen from outside", () => {
  let workbench: Workbench;
  let window: Page | undefined;
  const files: Record<string, string | Buffer> = {};
  const refusals: string[] = [];
  const openWindow = async (name: string): Promise<Page> => {
    if (window && !window.isClosed()) {
      await runCommand(window, "View: Close All Editors");
      await openFile(window, name);
      return window;
    }
    window = await workbench.open(name, files[name]!, files);
    window.on("console", (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) refusals.push(message.text());
    });
    return window;
  };
  const onPage = (title: string, name: string, content: string | Buffer, body: (page: Page) => Promise<void>) => {
    files[name] = content;
    testOnPage(title, () => openWindow(name), body, { isShared: true });
  };
  before(async () => {
    workbench = await startWorkbench();
  });
  after(() => workbench.close());

  onPage("the link above the data block opens Geometry, which paints", "shown.cif", LiNbO3, async (page) => {
    await page.locator(".codelens-decoration a", { hasText: "Geometry" }).click();
    const geometry = await panel(page, "geometry");
    assert.ok((await result(geometry, "twoTheta")) > 0);
    const pixels = await paintedPixels(page, geometry.locator(".canvas"));
    assert.ok(pixels > 2000, `${pixels} pixels are painted`);
  });

  onPage(
    "Attenuation plots and Reflections lists; a chosen reflection moves the geometry",
    "chosen.cif",
    LiNbO3,
    async (page) => {
      await show(page, "geometry");
      await focusCif(page);
      await show(page, "reflections");
      await runCommand(page, "View: Move Editor into Group Below");
      const reflections = await panel(page, "reflections");
      const geometry = await panel(page, "geometry");
      await reflections.getByText("44 reflections").waitFor();
      await reflections.locator('[data-field="filter"] input').fill("0 0 6");
      await reflections.getByText("1 of 44 reflections").waitFor();
      await reflections.getByRole("row").nth(1).dispatchEvent("click");
      await waitForResult(geometry, "twoTheta", twoTheta006_deg(13.8631));

      await focusCif(page);
      const attenuation = await show(page, "attenuation");
      const canvases = attenuation.locator("canvas");
      assert.equal(await canvases.count(), 2);
      for (const canvas of await canvases.all()) {
        const pixels = await paintedPixels(page, canvas);
        assert.ok(pixels > 500, `${pixels} pixels are painted`);
      }
    },
  );

  onPage(
    "the context menu of a panel leads to the others, to its plan and to the export",
    "menu.cif",
    LiNbO3,
    async (page) => {
      const menu = async (place: Locator): Promise<readonly string[]> => {
        const items = page.getByRole("menuitem").filter({ visible: true, hasText: /\S/ });
        await until("a menu", async () => {
          await page.keyboard.press("Escape");
          await place.click({ button: "right" });
          return succeeds(items.first().waitFor({ timeout: 1000 }));
        });
        return items.allTextContents();
      };
      // A menu takes no click in the moment in which it opens.
      const choose = (name: string, outcome: Locator): Promise<true> =>
        until(`${name} is done`, async () => {
          const item = page.getByRole("menuitem", { name });
          if (await item.isVisible()) await item.click();
          return succeeds(outcome.waitFor({ timeout: 2000 }));
        });
      const geometry = await show(page, "geometry");
      const own = ["Show Reflections", "Show Attenuation", "Show Lens", "Save Plan As…", "Export…"];
      assert.deepEqual(await menu(geometry.locator(".canvas")), own);
      await choose("Show Attenuation", page.getByRole("tab", { name: "Attenuation", selected: true }));
      const attenuation = await panel(page, "attenuation");
      const entries = await menu(attenuation.getByRole("heading", { name: "Attenuation", exact: true }));
      assert.ok(entries.includes("Copy") && entries.includes("Show Geometry"), entries.join());
      await choose("Export…", page.getByPlaceholder("What the plan is exported as"));
    },
  );

  const volumeMissing = LiNbO3.replace(/^(_cell_volume).*$/m, "$1");
  onPage(
    "the hover comes up under the mouse; a problem leads to its entry",
    "volume.cif",
    volumeMissing,
    async (page) => {
      await page.locator(".codelens-decoration").first().waitFor();
      assert.match(await hoverText(page, "_cell_length_a"), /318\.2/);
      await runCommand(page, "View: Toggle Problems");
      await page.locator(".markers-panel a", { hasText: "syntax/missing-value" }).click();
      const preview = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
      const entry = preview.locator("#syntaxmissing-value");
      await until("the entry is in sight", async () => {
        const top = (await entry.boundingBox())?.y ?? Number.NaN;
        return top > 0 && top < 500;
      });
      await runCommand(page, "View: Toggle Problems");
    },
  );

  onPage(
    "typing another cell length moves 2theta; a broken cell leaves the last picture, greyed, and says why",
    "typed.cif",
    LiNbO3,
    async (page) => {
      const geometry = await show(page, "geometry");
      await enter(geometry, "reflection.hkl", "0 0 6");
      await waitForResult(geometry, "twoTheta", twoTheta006_deg(13.8631));
      await typeValue(page, "_cell_length_c", "14.5");
      await waitForResult(geometry, "twoTheta", twoTheta006_deg(14.5));
      await typeValue(page, "_cell_length_c", "?");
      await geometry.getByText("Greyed").waitFor();
      await geometry.locator(".issue.is-error").filter({ hasText: "length c is unknown" }).first().waitFor();
      await waitForResult(geometry, "twoTheta", twoTheta006_deg(14.5));
      await focusCif(page);
      await runCommand(page, "File: Revert File");
    },
  );

  const without = (pattern: RegExp) => LiNbO3.replace(pattern, "");
  const bad: readonly [string, string, PanelName, RegExp][] = [
    ["empty.cif", "", "geometry", /no data block|empty/i],
    ["no-cell.cif", without(/^_cell_.*\n/gm), "reflections", /cell/i],
    ["no-atoms.cif", LiNbO3.slice(0, LiNbO3.lastIndexOf("loop_")), "attenuation", /atom/i],
    ["unknown-element.cif", LiNbO3.replace("Nb5+", "Xx5+"), "reflections", /Xx/],
    ["unknown-length.cif", LiNbO3.replace(/^(_cell_length_a\s+)\S+/m, "$1?"), "geometry", /length a is unknown/],
  ];
  Object.assign(files, Object.fromEntries(bad));
  onPage("a panel says why it shows nothing of a CIF that gives no crystal", "sound.cif", LiNbO3, async (page) => {
    for (const [name, , kind, reason] of bad) {
      await openFile(page, name);
      await saysWhy(await show(page, kind), reason);
      await runCommand(page, "View: Close All Editors");
    }
  });

  onPage(
    "binary.cif: the panel says that it is no text",
    "binary.cif",
    Buffer.from([0, 1, 2, 255, 254, 0]),
    async (page) => {
      const entry = page.getByRole("menuitem", { name: "Show Geometry" });
      // A menu that opens before VS Code has read the extension's manifest lacks its entries.
      await until("the entry in the menu", async () => {
        await page.keyboard.press("Escape");
        await page.getByRole("treeitem", { name: "binary.cif" }).click({ button: "right" });
        return succeeds(entry.waitFor({ timeout: 1000 }));
      });
      await entry.hover();
      await page.keyboard.press("Enter");
      await saysWhy(await panel(page, "geometry"), /binary/i);
    },
  );

  onPage("a wrong input is refused at its field, and the last picture stays", "wrong.cif", LiNbO3, async (page) => {
    const geometry = await show(page, "geometry");
    const before = await result(geometry, "twoTheta");
    for (const [field, text] of [
      ["reflection.hkl", "0 0 0"],
      ["beam.energy_keV", "0"],
      ["beam.energy_keV", "1e9"],
      ["sample.up", "1 0"],
    ] as const) {
      await enter(geometry, field, text);
      const line = geometry.locator(`[data-field="${field}"] .field-line[data-severity="error"]`);
      await until(`a reason at ${field} for ${text}`, async () => (await line.textContent()) !== "");
      assert.equal(await result(geometry, "twoTheta"), before);
      assert.doesNotMatch((await geometry.textContent()) ?? "", /NaN|undefined|Infinity/);
      await geometry.locator(`[data-field="${field}"] input`).press("Escape");
    }
  });

  test("nothing was refused by a content security policy, and nothing was thrown", () => {
    assert.deepEqual(refusals, []);
  });
});

async function saysWhy(body: Locator, reason: RegExp): Promise<void> {
  const issue = body.locator(".issue.is-error").filter({ hasText: reason });
  await issue
    .first()
    .waitFor({ timeout: 5000 })
    .catch(async () => assert.match((await body.textContent()) ?? "", reason));
  assert.doesNotMatch((await body.textContent()) ?? "", /NaN|undefined|Infinity/);
}
