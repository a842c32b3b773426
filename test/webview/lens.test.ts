import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { until } from "../../scripts/lib/until.ts";
import {
  closeBrowser,
  fieldLine,
  type OpenPanel,
  openPanel,
  type PanelOptions,
  result,
  sentOf,
  type,
} from "./harness.ts";

const LENS = [{ path: ["lens"], value: { file: "id06", detectorDistance_mm: 5000 } }];

const open = (options: PanelOptions = {}): Promise<OpenPanel> =>
  openPanel("lens", { ...options, ops: [...LENS, ...(options.ops ?? [])] });

const figure = ({ page }: OpenPanel) => page.getByRole("figure", { name: "Lens between sample and detector" });

/** Texts of the drawing, in order. */
const drawn = (panel: OpenPanel): Promise<readonly string[]> => figure(panel).locator("svg text").allTextContents();

describe("Lens panel", () => {
  after(closeBrowser);

  test("shows the place, the drawing with every distance, and what follows, each with its definition", async () => {
    const panel = await open();
    // (1,0,-2) of LiNbO3 at 17 keV and 5 m: the case of dfxm.md B2, d1 209.04 and M 17.01.
    assert.match(await result(panel, "d1"), /^209\.0\d\d mm$/);
    assert.match(await result(panel, "M"), /^17\.0\d\d$/);
    const texts = await drawn(panel);
    for (const wanted of [
      "d1 209.0",
      "dL 147.20",
      "d2 4740.",
      "dtot 5096.3",
      "d1′ 205.",
      "dL′ 144.42",
      "dtot′ 5000.00",
    ]) {
      assert.ok(
        texts.some((text) => text.startsWith(wanted)),
        `${wanted} in ${texts.join(" | ")}`,
      );
    }
    assert.match((await figure(panel).locator("figcaption").textContent()) ?? "", /Not to scale/);
    assert.match(await result(panel, "numericalAperture"), /^0\.70\d\d mrad$/);
    assert.equal(await result(panel, "depthOfField"), "148 µm");
    assert.equal(await result(panel, "aperture"), "unknown");
    assert.equal(await panel.page.locator('[data-result="aperture"]').isDisabled(), true, "there is nothing to copy");
    assert.match(await result(panel, "chromaticShift"), /^7[67] µm$/);
    const description = await figure(panel).getAttribute("aria-describedby");
    assert.match((await panel.page.locator(`#${description}`).textContent()) ?? "", /In focus: d1 209\.0/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("no focus is said on top and in the drawing, and nothing is NaN", async () => {
    const panel = await open({ ops: [{ path: ["beam", "energy_keV"], value: 40 }] });
    assert.match(await result(panel, "headline"), /No focus: 88 lenslets at 40 keV need at least 54\d\d mm/);
    assert.ok((await drawn(panel)).includes("No focus"));
    assert.match(await result(panel, "smallestDistance"), /^54\d\d\.\d{3} mm$/);
    // What only a focus has is not there as dashes.
    for (const key of ["d1", "depthOfField", "numericalAperture", "refocusAfter"])
      assert.equal(await panel.page.locator(`[data-result="${key}"]`).isVisible(), false, key);
    assert.doesNotMatch((await panel.page.locator("body").textContent()) ?? "", /NaN|undefined|Infinity/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("energy, distance and lens are those of the plan; 2θ that is typed stays in the view", async () => {
    const panel = await open();
    await type(panel, "Energy in keV", "19.1");
    await type(panel, "Detector in mm", "4 m");
    await until("the edits", () => panel.plan().lens?.detectorDistance_mm === 4000);
    assert.equal(panel.plan().beam.energy_keV, 19.1);
    await type(panel, "2θ in °", "20");
    await until("the typed angle", async () => /2θ 20\.0000°/.test(await result(panel, "headline")));
    assert.match(await fieldLine(panel, "view.twoTheta_deg"), /Typed/);
    assert.equal(sentOf(panel, "plan.edit").length, 2);
    await type(panel, "2θ in °", "95");
    assert.match(await fieldLine(panel, "view.twoTheta_deg"), /below 90/);
    await type(panel, "Lens file", "");
    await until("no lens", () => panel.plan().lens === undefined);
    assert.match((await panel.page.locator(".problems").textContent()) ?? "", /No lens is planned/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the distance and the energy for a wanted magnification can be taken", async () => {
    const panel = await open();
    await type(panel, "Wanted M", "12");
    await until("the answer", async () => /mm/.test(await result(panel, "wantedDistance")));
    await panel.page.getByRole("button", { name: "Take this energy" }).click();
    await until("the edit", () => panel.plan().beam.energy_keV !== 17);
    await until("the magnification", async () => Math.abs(Number(await result(panel, "M")) - 12) < 0.2);
    await panel.page.getByRole("button", { name: "Take this distance" }).click();
    await until("the exact magnification", async () => Math.abs(Number(await result(panel, "M")) - 12) < 0.0011);
    assert.match(await result(panel, "countsInFocus"), /^\d+ to \d+$/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("both curves are drawn, and a table holds the numbers of drawing and curves", async () => {
    const panel = await open();
    assert.equal(await panel.page.getByRole("slider", { name: /against energy/ }).count(), 2);
    for (const button of await panel.page.getByRole("button", { name: "Show data" }).all()) await button.click();
    const rows = await panel.page.locator("table").first().locator("tbody tr").allTextContents();
    assert.equal(rows.length, 4);
    assert.match(rows[3] ?? "", /5096\.\d{3}5000\.000/);
    assert.ok((await panel.page.locator("table").nth(1).locator("tbody tr").count()) > 15);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("no text of the drawing lies over another, at any angle and distance", async () => {
    const panel = await open({ width: 1500 });
    for (const [twoTheta, distance] of [
      ["0", "5000"],
      ["11", "12345"],
      ["45", "5000"],
      ["80", "4000"],
    ] as const) {
      await type(panel, "Detector in mm", distance);
      await type(panel, "2θ in °", twoTheta);
      await until("the angle", async () => (await drawn(panel)).includes(`2θ ${Number(twoTheta).toFixed(4)}°`));
      const overlaps = await figure(panel).evaluate((node) => {
        const texts = [...node.querySelectorAll("text")];
        const turned = texts.filter((text) => text.hasAttribute("transform"));
        // Turned texts are compared along the line that they share, the others by their boxes.
        const ends = turned.map((text) => {
          const [x, y] = ["x", "y"].map((name) => Number(text.getAttribute(name)));
          const angle = (25 * Math.PI) / 180;
          const along = x! * Math.cos(angle) - y! * Math.sin(angle);
          const across = x! * Math.sin(angle) + y! * Math.cos(angle);
          const half = (text as SVGTextElement).getComputedTextLength() / 2;
          return { text, left: along - half, right: along + half, top: across - 20, bottom: across + 20 };
        });
        const boxes = texts
          .filter((text) => !turned.includes(text))
          .map((text) => {
            const { left, right, top, bottom } = text.getBoundingClientRect();
            return { text, left, right, top, bottom: bottom - 4 };
          });
        const overlapping = (all: typeof ends): readonly string[] =>
          all.flatMap((a, i) =>
            all
              .slice(i + 1)
              .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
              .map((b) => `${a.text.textContent} / ${b.text.textContent}`),
          );
        return [...overlapping(ends), ...overlapping(boxes)];
      });
      assert.deepEqual(overlaps, [], `${twoTheta}° at ${distance} mm`);
    }
    await panel.close();
  });
});
