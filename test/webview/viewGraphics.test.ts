import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { countColour, type Extent, extentOf, frames, openView, settle, show } from "./viewHarness.ts";
import { C_UP, camera, itemUnderPointer, LINBO3, page, WIDE } from "./viewPage.ts";

describe("graphics", () => {
  test("a lost context is said, and the picture comes back", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    await page.evaluate(() => api.loseContext());
    await page.waitForFunction(() => api.drawnWith.length === 1);
    assert.match((await page.evaluate(() => api.drawnWith[0]?.reason)) ?? "", /dropped the picture/);
    const count = await frames(page);
    await page.evaluate(() => api.restoreContext());
    await page.waitForFunction((drawn) => api.view.frames > drawn, count);
    assert.deepEqual(await page.evaluate(() => api.drawnWith[1]), { painter: "webgl", reason: null });
    assert.ok((await countColour(page, "#73c2c9", 40)) > 300, "niobium is back");
  });

  test("while the context is lost the picture is drawn as vectors", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    await page.evaluate(() => api.loseContext());
    await page.locator("svg.experiment-vector").waitFor();
    assert.ok((await countColour(page, "#652d90", 40)) > 500, "diffracted beam");
    await page.evaluate(() => api.restoreContext());
    await page.waitForFunction(() => document.querySelector("svg.experiment-vector") === null);
    assert.ok((await countColour(page, "#652d90", 40)) > 500, "diffracted beam again");
  });

  test("without WebGL the same picture is drawn as vectors, and can be turned and pointed at", async () => {
    await openView(page, { ...WIDE, withoutWebGL: true });
    const [how] = await page.evaluate(() => api.drawnWith);
    assert.equal(how?.painter, "svg");
    assert.match(how?.reason ?? "", /WebGL/);
    await show(page, LINBO3, C_UP);
    await settle(page);
    assert.ok((await countColour(page, "#73c2c9", 60)) > 200, "niobium");
    const home = await camera();
    await page.focus("#view");
    await page.keyboard.press("ArrowRight");
    await settle(page);
    assert.notDeepEqual((await camera())?.eye, home?.eye);
    await page.evaluate(() => api.view.setView("home"));
    await settle(page);
    assert.equal((await itemUnderPointer("atom"))?.role, "atom");
  });

  test("WebGL and vectors put everything at the same pixels", async () => {
    const colours = { beam: "#d18616", diffracted: "#652d90" } as const;
    for (const view of ["home", "side", "top"] as const) {
      const places: Record<string, Extent>[] = [];
      for (const withoutWebGL of [false, true]) {
        await openView(page, { ...WIDE, withoutWebGL });
        // Shaded atoms and what is seen through the sample have the colours of beams somewhere.
        await show(page, LINBO3, C_UP, ["structure", "frames", "sample", "illuminated"]);
        await page.evaluate((name) => api.view.setView(name), view);
        await settle(page);
        const extents = Object.entries(colours).map(async ([name, colour]) => [name, await extentOf(page, colour, 28)]);
        places.push(Object.fromEntries(await Promise.all(extents)));
      }
      const [webgl, vectors] = places as [Record<string, Extent>, Record<string, Extent>];
      for (const name of Object.keys(colours)) {
        // Where the beams meet one covers the other, by a pixel more or less.
        const edges = name === "beam" ? (["left", "bottom"] as const) : (["right", "top"] as const);
        for (const edge of edges) {
          const difference = Math.abs(webgl[name]![edge] - vectors[name]![edge]);
          assert.ok(difference <= 1, `${view}, ${name}, ${edge}: ${webgl[name]![edge]} and ${vectors[name]![edge]}`);
        }
      }
    }
  });
});
