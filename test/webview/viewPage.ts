import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { PlanOp } from "../../core/experiment/index.ts";
import type { Item, Rectangle } from "../../core/scene/index.ts";
import { launchBrowser } from "../../scripts/lib/browser.ts";

/** The page that all tests of a file use. It is to report no error. */
export let page: Page;
let browser: Browser;
const problems: string[] = [];

before(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
});
after(async () => {
  await browser.close();
  const others = problems.filter((text) => !text.includes("WebGL"));
  assert.deepEqual(others, [], "the page has reported errors");
});

export const example = (name: string): string => readFileSync(`examples/${name}.cif`, "utf8");
export const LINBO3 = example("LiNbO3");
export const WIDE = { width: 1000, height: 625, theme: "light" } as const;
export const C_UP: readonly PlanOp[] = [
  { path: ["reflection"], value: { hkl: [0, 0, 6] } },
  { path: ["sample", "up"], value: "(0,0,1)" },
];

export const camera = () => page.evaluate(() => api.view.getCamera());

/** Moves the pointer over the upper left of the picture until it is on a thing of that role. */
export async function itemUnderPointer(role: string): Promise<Item | null> {
  for (let y = 30; y < 300; y += 9) {
    for (let x = 30; x < 300; x += 9) {
      await page.mouse.move(x, y);
      const item = await page.evaluate(() => api.itemAtPointer());
      if (item?.role === role) return item;
    }
  }
  return null;
}

interface ShownLabel {
  readonly text: string;
  readonly hidden: boolean;
  readonly rectangle: Rectangle;
}

export const shownLabels = (): Promise<readonly ShownLabel[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".experiment-label:not(.experiment-ruler), .experiment-legend")].map(
      (element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return {
          text: element.textContent ?? "",
          hidden: element.hidden === true,
          rectangle: { left, top, width, height },
        };
      },
    ),
  );
