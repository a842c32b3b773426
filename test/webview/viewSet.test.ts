import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { overlap, type Rectangle, type Scene } from "../../core/scene/index.ts";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { caseScene, SCENE_CASES } from "../unit/sceneCases.ts";
import { openView, settle } from "./viewHarness.ts";

const SIZES = [
  { width: 1600, height: 1000 },
  { width: 1000, height: 625 },
  { width: 660, height: 300 },
  { width: 340, height: 420 },
];
const VIEWS = ["home", "side", "alongQ"] as const;

interface ShownText {
  readonly text: string;
  readonly rectangle: Rectangle;
}

const shownTexts = (page: Page): Promise<readonly ShownText[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".experiment-label:not(.experiment-ruler), .experiment-legend")]
      .filter((element) => !element.hidden && element.textContent !== "")
      .map((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return { text: element.textContent ?? "", rectangle: { left, top, width, height } };
      }),
  );

describe("the set of experiments on the screen", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
    await openView(page, { ...SIZES[0]!, theme: "light" });
  });
  after(() => browser.close());

  for (const sceneCase of SCENE_CASES) {
    test(`no text overlaps another or is cut: ${sceneCase.name}`, async () => {
      const scene: Scene = caseScene(sceneCase);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.evaluate((given) => api.view.update(given), scene);
        for (const view of VIEWS) {
          await page.evaluate((name) => api.view.setView(name), view);
          await settle(page);
          const where = `${size.width} x ${size.height}, ${view}`;
          const texts = await shownTexts(page);
          if (size.width >= 1000 && view === "home") {
            for (const wanted of [/^2θ /, /^Q /, /^beam /])
              assert.ok(
                texts.some(({ text }) => wanted.test(text)),
                where,
              );
          }
          for (const [i, { text, rectangle }] of texts.entries()) {
            const { left, top, width, height } = rectangle;
            const isInside = left >= 0 && top >= 0 && left + width <= size.width && top + height <= size.height;
            assert.ok(isInside, `${where}: "${text}" is cut, ${JSON.stringify(rectangle)}`);
            for (const other of texts.slice(i + 1)) {
              assert.ok(!overlap(rectangle, other.rectangle), `${where}: "${text}" and "${other.text}"`);
            }
          }
        }
      }
    });
  }
});
