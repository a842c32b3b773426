import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { inRoot } from "../../scripts/lib/paths.ts";
import { until } from "../../scripts/lib/until.ts";
import { closeBrowser, drawsWithin, fieldLine, type OpenPanel, openPanel, result, sentOf, type } from "./harness.ts";

const lengthPlot = ({ page }: OpenPanel) => page.getByRole("slider", { name: /^Attenuation length/ });
const transmissionPlot = ({ page }: OpenPanel) => page.getByRole("slider", { name: /^Transmission/ });

describe("Attenuation panel", () => {
  after(closeBrowser);

  test("shows length and transmission of one law, and both curves", async () => {
    const panel = await openPanel("attenuation");
    const length_um = Number.parseFloat(await result(panel, "attenuationLength"));
    const transmission = Number.parseFloat(await result(panel, "transmission"));
    assert.ok(Math.abs(transmission - 100 * Math.exp(-150 / length_um)) < 0.06, `${length_um} ${transmission}`);
    for (const plot of [lengthPlot(panel), transmissionPlot(panel)]) {
      assert.ok((await bluePixels(plot)) > 300, "the curve is drawn");
    }
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("a drag on a plot previews, letting go edits once", async () => {
    const panel = await openPanel("attenuation");
    const over = lengthPlot(panel).locator(".u-over");
    const box = await over.boundingBox();
    assert.ok(box);
    // The plot shows 5 to 80 keV linearly.
    const at = (energy_keV: number): number => box.x + ((energy_keV - 5) / 75) * box.width;
    await panel.page.mouse.move(at(20), box.y + 100);
    await panel.page.mouse.down();
    for (const energy_keV of [25, 30, 35, 40]) await panel.page.mouse.move(at(energy_keV), box.y + 100);
    await until("a preview", () => sentOf(panel, "plan.preview").length > 0);
    assert.equal(panel.plan().beam.energy_keV, 17);
    await panel.page.mouse.up();
    await until("the edit", () => Math.abs(panel.plan().beam.energy_keV - 40) < 0.3);
    assert.equal(sentOf(panel, "plan.edit").length, 1);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the arrow keys read the curve, Enter takes the value", async () => {
    const panel = await openPanel("attenuation");
    const plot = transmissionPlot(panel);
    await plot.focus();
    await panel.page.keyboard.press("Home");
    await until(
      "the start of the curve",
      async () => (await plot.getAttribute("aria-valuetext")) === "0 µm: 100.0 %, along the beams 100.0 %",
    );
    for (let i = 0; i < 3; i++) await panel.page.keyboard.press("Shift+ArrowRight");
    const read = Number(await plot.getAttribute("aria-valuenow"));
    assert.ok(read > 250 && read < 350, `${read} of 1000 µm`);
    await panel.page.keyboard.press("Enter");
    await until("the edit", () => Math.abs(panel.plan().sample.thickness_um - 300) < 5);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the data are there as a table, with both sides of an edge", async () => {
    const panel = await openPanel("attenuation");
    await panel.page.getByRole("button", { name: "Show data" }).first().click();
    const rows = await panel.page.locator("table").first().locator("tbody tr").allTextContents();
    assert.ok(rows.length >= 25, `${rows.length} rows`);
    const sides = rows.filter((row) => row.includes("Nb K"));
    assert.equal(sides.length, 2);
    // The K edge of niobium, 18.986 keV (Bearden and Burr 1967).
    assert.ok(
      sides.every((row) => row.startsWith("18.98")),
      sides.join(),
    );
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the range of energies belongs to the view and is checked", async () => {
    const panel = await openPanel("attenuation", { cif: readFileSync(inRoot("examples", "lead.cif"), "utf8") });
    await panel.page.getByRole("button", { name: "Whole range" }).click();
    assert.equal(await lengthPlot(panel).getAttribute("aria-valuemin"), "1");
    assert.equal(await lengthPlot(panel).getAttribute("aria-valuemax"), "150");
    await type(panel, "From in keV", "200");
    assert.match(await fieldLine(panel, "view.range.0"), /200 keV/);
    assert.equal(await lengthPlot(panel).getAttribute("aria-valuemax"), "150");
    assert.equal(sentOf(panel, "plan.edit").length, 0);
    const state = (await panel.state()) as { view: { range_keV: unknown } };
    assert.deepEqual(state.view.range_keV, [1, 150]);
    await panel.close();
    const again = await openPanel("attenuation", { state });
    assert.equal(await lengthPlot(again).getAttribute("aria-valuemin"), "1");
    assert.deepEqual(again.faults, []);
    await again.close();
  });

  test("the plots take the colours of a new theme and draw nothing while nothing changes", async () => {
    const panel = await openPanel("attenuation", { theme: "vscode-light" });
    const dark = await darkPixels(lengthPlot(panel));
    await panel.setTheme("vscode-dark");
    await until("light text", async () => (await darkPixels(lengthPlot(panel))) < dark / 4);
    await drawsWithin(panel, 20);
    assert.equal(await drawsWithin(panel, 40), 0);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });
});

type Plot = ReturnType<typeof lengthPlot>;

const countPixels = (plot: Plot, colour: "blue" | "dark"): Promise<number> =>
  plot.locator("canvas").evaluate((node, wanted) => {
    const canvas = node as HTMLCanvasElement;
    // Text is looked for beside the plot: its labels have a ground of their own.
    const width = wanted === "dark" ? 55 : canvas.width;
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, width, canvas.height) ?? { data: [] };
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [r = 0, g = 0, b = 0, alpha = 0] = [data[i], data[i + 1], data[i + 2], data[i + 3]];
      if (alpha < 200) continue;
      if (wanted === "blue" ? b > 200 && r < 120 : r < 90 && g < 90 && b < 90) count++;
    }
    return count;
  }, colour);

const bluePixels = (plot: Plot): Promise<number> => countPixels(plot, "blue");
const darkPixels = (plot: Plot): Promise<number> => countPixels(plot, "dark");
