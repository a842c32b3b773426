import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PlanOp } from "../../core/experiment/index.ts";
import { overlap } from "../../core/scene/index.ts";
import { openView, settle, show, type ThemeName } from "./viewHarness.ts";
import { C_UP, example, LINBO3, page, shownLabels, WIDE } from "./viewPage.ts";

describe("labels", () => {
  const sizes = [
    { width: 1000, height: 625 },
    { width: 800, height: 600 },
    { width: 480, height: 640 },
  ];
  const themes: readonly ThemeName[] = ["light", "dark", "hcDark", "hcLight"];
  const needle: readonly PlanOp[] = [
    { path: ["sample", "thickness_um"], value: 10 },
    { path: ["sample", "width_um"], value: 10 },
  ];
  const pictures: readonly (readonly [string, readonly PlanOp[]])[] = [
    ["LiNbO3", C_UP],
    ["LiNbO3", []],
    ["LiNbO3", needle],
    ["KNbO3", []],
    ["BaTiO3", [{ path: ["instrument"], value: "df-xrm-viz" }]],
    ["YMnO3", []],
    ["diamond", [{ path: ["beam", "energy_keV"], value: 12 }]],
    ["lead", [{ path: ["beam", "energy_keV"], value: 65 }]],
    ["tungsten", []],
  ];
  pictures.forEach(([name, ops], i) => {
    test(`all are shown at home, none overlaps another or leaves the picture: ${name} ${JSON.stringify(ops)}`, async () => {
      for (const size of sizes) {
        await openView(page, { ...size, theme: themes[i % themes.length]! });
        await show(page, example(name), ops);
        await settle(page);
        const all = await shownLabels();
        const labels = all.filter(({ hidden }) => !hidden);
        assert.ok(labels.length >= 20);
        // The indices of facets that face away are not shown, and none where there is little room.
        assert.deepEqual(
          all.filter(({ hidden, text }) => hidden && !/^(≈ )?\(/.test(text)).map(({ text }) => text),
          [],
          "hidden",
        );
        if (size.width >= 800) assert.ok(all.length - labels.length <= 3, "at most three facets face away");
        labels.forEach(({ text, rectangle }, index) => {
          assert.ok(
            rectangle.left >= 0 &&
              rectangle.top >= 0 &&
              rectangle.left + rectangle.width <= size.width &&
              rectangle.top + rectangle.height <= size.height,
            `"${text}" is inside`,
          );
          for (const other of labels.slice(index + 1)) {
            assert.ok(!overlap(rectangle, other.rectangle), `"${text}" and "${other.text}" do not overlap`);
          }
        });
      }
    });
  });

  test("keep their sides while the picture is turned, and come back to their places at home", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    const home = await shownLabels();
    /** How often a text moves by more than its anchor can while the picture is turned, five degrees at a time. */
    const jumps = async (isForgotten: boolean): Promise<number> => {
      await page.evaluate(() => api.view.setView("home"));
      let [count, before] = [0, home];
      for (let step = 0; step < 18; step++) {
        await page.evaluate(async (forgets) => {
          await api.orbit(1);
          if (forgets) api.view.setCamera(api.view.getCamera()!);
        }, isForgotten);
        await settle(page);
        const now = await shownLabels();
        now.forEach(({ rectangle: { left, top }, hidden }, i) => {
          const former = before[i]!;
          if (!hidden && !former.hidden && Math.hypot(left - former.rectangle.left, top - former.rectangle.top) > 45)
            count++;
        });
        before = now;
      }
      return count;
    };
    const [kept, forgotten] = [await jumps(false), await jumps(true)];
    assert.ok(kept < 0.5 * forgotten, `${kept} jumps, ${forgotten} where each picture is the first`);
    await page.evaluate(() => api.view.setView("home"));
    await settle(page);
    assert.deepEqual(await shownLabels(), home);
  });

  test("are shown as text, whatever the file calls its block", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3.replace("data_LiNbO3", "data_<img/src=x>"), C_UP);
    assert.equal(await page.evaluate(() => document.querySelectorAll("#view img").length), 0);
    assert.ok((await shownLabels()).some(({ text }) => text.startsWith("<img/src=x>")));
  });
});
