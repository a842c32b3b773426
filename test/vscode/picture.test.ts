import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import type { Locator, Page } from "playwright-core";
import { until } from "../../scripts/lib/until.ts";
import { paintedPixels } from "../../scripts/lib/workbench.ts";
import { enter, LiNbO3, show, startWorkbench, testOnPage, type Workbench } from "./workbench.ts";

/** Moves the mouse over the upper left of the picture until it is on an atom; its label. */
async function pointAtAtom(page: Page, geometry: Locator): Promise<string> {
  const box = await geometry.locator(".canvas").boundingBox();
  assert.ok(box);
  const pointed = geometry.locator('[data-result="pointed"]');
  for (let y = 20; y < 260; y += 10) {
    for (let x = 20; x < 260; x += 10) {
      await page.mouse.move(box.x + x, box.y + y);
      const label = /^(Nb1|Li1|O1) \(/.exec((await pointed.textContent()) ?? "")?.[1];
      if (label !== undefined) return label;
    }
  }
  throw new Error("There is no atom in the upper left of the picture.");
}

const press = (body: Locator, name: string): Promise<void> =>
  body.getByRole("button", { name, exact: true }).dispatchEvent("click");

/** One window for all: each test leaves the picture so that the next one can go on. */
describe("the picture of the geometry in a workbench", () => {
  let workbench: Workbench;
  let page: Page | undefined;
  let geometry: Locator;
  const openPicture = async (): Promise<Page> => {
    page = await workbench.open("LiNbO3.cif", LiNbO3);
    geometry = await show(page, "geometry");
    await enter(geometry, "reflection.hkl", "0 0 6");
    return page;
  };
  before(async () => {
    workbench = await startWorkbench();
  });
  after(() => workbench.close());

  const onPicture = (title: string, body: (page: Page, geometry: Locator) => Promise<void>) =>
    testOnPage(
      title,
      async () => (page && !page.isClosed() ? page : openPicture()),
      (page) => body(page, geometry),
      { isShared: true },
    );

  onPicture("an atom that is picked leads to its row of the CIF", async (page, geometry) => {
    const label = await pointAtAtom(page, geometry);
    await page.mouse.down();
    await page.mouse.up();
    const row = LiNbO3.split("\n").findIndex((line) => line.startsWith(`${label} `)) + 1;
    const selection = page.locator('[id="status.editor.selection"]');
    await until(`line ${row}`, async () => ((await selection.textContent()) ?? "").includes(`Ln ${row},`));
  });

  onPicture("it is seen along Q, and parts are switched", async (page, geometry) => {
    const painted = (): Promise<number> => paintedPixels(page, geometry.locator(".canvas"));
    const home = await painted();
    await press(geometry, "Along Q");
    await until("another picture", async () => Math.abs((await painted()) - home) > 500);
    const along = await painted();
    await press(geometry, "Parts");
    await geometry.locator('[data-toggle="goniometer"]').uncheck();
    await geometry.locator('[data-toggle="structure"]').uncheck();
    await press(geometry, "Parts");
    await until("less in the picture", async () => (await painted()) < along - 500);
  });

  onPicture("it is saved as SVG and PNG that open", async (page, geometry) => {
    await press(geometry, "Save");
    for (const kind of ["SVG", "PNG"]) {
      const name = `LiNbO3-0_0_6-geometry.${kind.toLowerCase()}`;
      await press(geometry, `Save ${kind}`);
      await page.locator(".quick-input-widget input.input").waitFor();
      await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
      await page.keyboard.press("Enter");
      await until(name, () => workbench.read(name) !== undefined);
    }
    const svg = workbench.read("LiNbO3-0_0_6-geometry.svg") ?? "";
    const png = workbench.readBytes("LiNbO3-0_0_6-geometry.png");
    const sizes = await page.evaluate(
      async ([text, bytes]) => {
        const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: "image/png" }));
        return { isSvg: parsed.querySelector("parsererror") === null, width: bitmap.width };
      },
      [svg, [...png]] as const,
    );
    assert.deepEqual(sizes, { isSvg: true, width: 1920 });
    assert.match(svg, /Q 0 0 6/);
  });
});
