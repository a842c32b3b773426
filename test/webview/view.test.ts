import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PlanOp } from "../../core/experiment/index.ts";
import { VIEW_NAMES } from "../../core/scene/index.ts";
import { countColour, openView, setTheme, settle, show } from "./viewHarness.ts";
import { C_UP, camera, example, itemUnderPointer, LINBO3, page, shownLabels, WIDE } from "./viewPage.ts";

describe("the picture", () => {
  test("paints the sample, the beams and the atoms in the colours of the theme", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    assert.ok((await countColour(page, "#d18616", 40)) > 500, "incident beam");
    assert.ok((await countColour(page, "#652d90", 40)) > 500, "diffracted beam");
    assert.ok((await countColour(page, "#73c2c9", 40)) > 300, "niobium");
  });

  test("takes the colours of another theme when it is told", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await setTheme(page, "dark");
    await page.evaluate(() => api.view.readTheme());
    await settle(page);
    assert.ok((await countColour(page, "#b180d7", 40)) > 500, "diffracted beam of the dark theme");
    assert.ok((await countColour(page, "#652d90", 20)) < 50, "nothing is left of the light theme");
  });

  test("draws nothing while nothing changes, and once for a change", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    const idle = await settle(page);
    await page.mouse.move(300, 500);
    await page.mouse.move(500, 230);
    assert.equal(await settle(page), idle, "idle and hovering");
    await page.evaluate(
      (cif) => api.view.update(api.sceneOf(cif, [{ path: ["beam", "energy_keV"], value: 18 }])),
      LINBO3,
    );
    assert.equal(await settle(page), idle + 1, "after a new energy");
  });

  test("keeps the graphics card's memory over ten rebuilds", async () => {
    await openView(page, WIDE);
    const diamond = example("diamond");
    const other: readonly PlanOp[] = [{ path: ["instrument"], value: "df-xrm-viz" }];
    await show(page, LINBO3, C_UP);
    const start = await page.evaluate(() => api.view.memory);
    for (let i = 0; i < 10; i++) {
      await show(page, diamond, other);
      await show(page, LINBO3, C_UP);
    }
    assert.ok(start.geometries > 10);
    assert.deepEqual(await page.evaluate(() => api.view.memory), start);
  });

  test("follows the size of its container", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3);
    await page.setViewportSize({ width: 700, height: 500 });
    await page.waitForFunction(() => document.querySelector("canvas")?.clientWidth === 700);
    await settle(page);
    assert.equal(await page.evaluate(() => document.querySelector("canvas")?.clientHeight), 500);
    for (const { rectangle } of await shownLabels()) assert.ok(rectangle.left + rectangle.width <= 700);
  });

  test("goes with all it has made", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3);
    await page.evaluate(() => api.view.dispose());
    assert.equal(await page.evaluate(() => document.getElementById("view")?.childElementCount), 0);
  });
});

describe("camera", () => {
  test("the named views stand where the scene says", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    for (const name of VIEW_NAMES) {
      await page.evaluate((view) => api.view.setView(view), name);
      const eye = (await camera())?.eye;
      const wanted = await page.evaluate(([view, cif, ops]) => api.sceneOf(cif, ops).views[view], [
        name,
        LINBO3,
        C_UP,
      ] as const);
      assert.ok(eye);
      for (let i = 0; i < 3; i++) assert.ok(Math.abs(eye[i]! - wanted[i]!) < 1e-3, `${name}: ${eye}`);
    }
  });

  test("its state can be kept and set again, also before the first scene", async () => {
    const state = { eye: [0.6, 0, 0.8] as const, up: [0, 0, 1] as const, target: [0.1, 0.2, 0.3] as const, zoom: 2 };
    await openView(page, WIDE);
    assert.equal(await camera(), null);
    await page.evaluate((kept) => api.view.setCamera(kept), state);
    await show(page, LINBO3, C_UP);
    const shown = await camera();
    assert.ok(shown);
    assert.equal(shown.zoom, 2);
    shown.eye.forEach((x, i) => {
      assert.ok(Math.abs(x - state.eye[i]!) < 1e-9);
    });
    shown.target.forEach((x, i) => {
      assert.ok(Math.abs(x - state.target[i]!) < 1e-9);
    });
  });

  test("the keyboard orbits, pans, zooms and goes home", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    const home = await camera();
    await page.focus("#view");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    const turned = await camera();
    assert.notDeepEqual(turned?.eye, home?.eye);
    assert.ok(turned!.eye[2] !== home!.eye[2], "elevation");
    await page.keyboard.press("+");
    assert.ok((await camera())!.zoom > home!.zoom);
    await page.keyboard.press("Shift+ArrowLeft");
    assert.notDeepEqual((await camera())?.target, home?.target);
    await page.keyboard.press("Home");
    const back = await camera();
    assert.equal(back!.zoom, home!.zoom);
    assert.deepEqual(back!.target, home!.target);
    back!.eye.forEach((x, i) => {
      assert.ok(Math.abs(x - home!.eye[i]!) < 1e-9);
    });
  });

  test("the mouse orbits and zooms, and a drag picks nothing", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    const home = await camera();
    await page.mouse.move(500, 300);
    await page.mouse.down();
    await page.mouse.move(600, 340, { steps: 4 });
    await page.mouse.up();
    await page.mouse.wheel(0, -200);
    await settle(page);
    const moved = await camera();
    assert.notDeepEqual(moved?.eye, home?.eye);
    assert.ok(moved!.zoom > home!.zoom);
    assert.equal(await page.evaluate(() => api.picked.length), 0);
  });

  test("turning goes on from a view from above without turning it about the line of sight", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    for (const view of ["top", "alongQ"] as const) {
      await page.evaluate((name) => api.view.setView(name), view);
      await page.focus("#view");
      await page.keyboard.press("ArrowDown");
      const { eye, up } = (await camera())!;
      // Seen from -Y, a little below the top: X is still to the right.
      assert.ok(eye[1] < -0.05 && Math.abs(eye[0]) < 0.1, `${view}: ${eye}`);
      assert.deepEqual(up, [0, 0, 1]);
    }
  });

  test("texts stand where the camera draws their anchors", async () => {
    await openView(page, WIDE);
    assert.ok((await page.evaluate(() => api.projectionError())) < 1e-6);
  });
});

describe("pointing", () => {
  test("hovering an atom names it, clicking it gives its row of the CIF", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    const found = await itemUnderPointer("atom");
    assert.ok(found, "an atom was found under the pointer");
    await page.mouse.down();
    await page.mouse.up();
    const [picked] = await page.evaluate(() => api.picked);
    assert.equal(picked?.title, found.title);
    const label = picked!.title.slice(0, picked!.title.indexOf(" "));
    assert.ok(LINBO3.slice(picked!.source!.start).startsWith(`${label} `));
  });
});
