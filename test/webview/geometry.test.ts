import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { until } from "../../scripts/lib/until.ts";
import { paintedPixels } from "../../scripts/lib/workbench.ts";
import {
  closeBrowser,
  drawsWithin,
  EXAMPLE,
  fieldLine,
  openPanel,
  result,
  sentOf,
  type,
  untilShown,
} from "./harness.ts";

const degrees = (radians: number): number => (radians * 180) / Math.PI;
/** Bragg's law for (0,0,6) of the example, c = 13.8631 Angstrom. */
const theta006_deg = (energy_keV: number): number =>
  degrees(Math.asin(12.398419843320026 / energy_keV / (2 * (13.8631 / 6))));
const twoTheta006 = (energy_keV: number): string => `${(2 * theta006_deg(energy_keV)).toFixed(4)}°`;

describe("Geometry panel", () => {
  after(closeBrowser);

  test("shows angles, transmission and the picture, and keeps to the page's policy", async () => {
    const panel = await openPanel("geometry", { ops: [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }] });
    assert.equal(await result(panel, "twoTheta"), twoTheta006(17));
    // With c up the Bragg angle is all that mu has to do.
    assert.equal(await result(panel, "mu"), `${theta006_deg(17).toFixed(4)}°`);
    assert.equal(await result(panel, "chi"), "0.0000°");
    assert.match(await result(panel, "transmission"), /^\d+\.\d %$/);
    assert.match(await result(panel, "limits"), /Within the limits/);
    assert.match(
      (await panel.page.locator(".description").textContent()) ?? "",
      /^Reflection: .*18\.16\d\d°[\s\S]*^Goniometer: .*mu 9\.08\d\d°/m,
    );
    assert.ok((await paintedPixels(panel.page, panel.page.locator(".canvas"))) > 2000);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("energy and wavelength are one quantity, in any spelling", async () => {
    const panel = await openPanel("geometry", { ops: [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }] });
    await type(panel, "Energy in keV", "20 keV");
    await until("the angle at 20 keV", async () => (await result(panel, "twoTheta")) === twoTheta006(20));
    await untilShown(panel, "Wavelength in Å", "0.619921");
    await type(panel, "Wavelength in Å", "0,5");
    await until("the edit", () => panel.plan().beam.energy_keV === 12.398419843320026 / 0.5);
    assert.equal(sentOf(panel, "plan.edit").length, 2);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("arrow keys preview, and each release is one edit, also in quick succession", async () => {
    const panel = await openPanel("geometry");
    const energy = panel.page.getByRole("textbox", { name: "Energy in keV", exact: true });
    await energy.focus();
    for (let i = 0; i < 5; i++) await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("Shift+ArrowDown");
    await until("all edits", () => panel.plan().beam.energy_keV === 16.5);
    assert.equal(sentOf(panel, "plan.edit").length, 6);
    await untilShown(panel, "Energy in keV", "16.5");
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the slider previews while it is dragged and edits once when it is let go", async () => {
    const panel = await openPanel("geometry");
    const slider = panel.page.getByRole("slider", { name: /Energy slider/ });
    const box = await slider.boundingBox();
    assert.ok(box);
    const middle = box.y + box.height / 2;
    await panel.page.mouse.move(box.x + box.width * 0.41, middle);
    await panel.page.mouse.down();
    const before = await result(panel, "twoTheta");
    for (let i = 1; i <= 8; i++) await panel.page.mouse.move(box.x + box.width * (0.41 + i * 0.03), middle);
    await until("a preview", () => sentOf(panel, "plan.preview").length > 0);
    assert.notEqual(await result(panel, "twoTheta"), before);
    assert.equal(panel.plan().beam.energy_keV, 17);
    assert.equal(sentOf(panel, "plan.edit").length, 0);
    await panel.page.mouse.up();
    await until("the edit", () => panel.plan().beam.energy_keV > 20);
    assert.equal(sentOf(panel, "plan.edit").length, 1);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("a preview of another panel shows and goes", async () => {
    const panel = await openPanel("geometry", { ops: [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }] });
    await panel.post({ t: "preview", ops: [{ path: ["beam", "energy_keV"], value: 25 }] });
    await until("the preview", async () => (await result(panel, "twoTheta")) === twoTheta006(25));
    await panel.post({ t: "preview", ops: [] });
    await until("its end", async () => (await result(panel, "twoTheta")) === twoTheta006(17));
    assert.equal(sentOf(panel, "plan.edit").length, 0);
    await panel.close();
  });

  test("names its guesses, and takes directions", async () => {
    const panel = await openPanel("geometry", { ops: [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }] });
    assert.match(await fieldLine(panel, "sample.exit"), /guess/);
    assert.match(await fieldLine(panel, "sample.up"), /Default: along Q/);
    await type(panel, "Exit face", "(-1,-1,0)");
    await until("the edit", () => panel.plan().sample.exit === "(-1,-1,0)");
    await until("no guess", async () => (await fieldLine(panel, "sample.exit")) === "");
    await type(panel, "Exit face", "");
    await until("the default again", () => panel.plan().sample.exit === undefined);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("another instrument has other motors; the second solution is shown on request", async () => {
    const panel = await openPanel("geometry", { ops: [{ path: ["instrument"], value: "df-xrm-viz" }] });
    assert.equal(await panel.page.locator('[data-result="mu"]').count(), 0);
    assert.equal(await panel.page.locator('[data-result="chi-2"]').isVisible(), false);
    await panel.page.getByRole("button", { name: "Second solution" }).click();
    assert.match(await result(panel, "chi-2"), /180\.0000°$/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("says which limit of the goniometer is in the way", async () => {
    const panel = await openPanel("geometry", {
      ops: [
        { path: ["reflection"], value: { hkl: [1, -1, 2] } },
        { path: ["sample", "up"], value: "(0,0,1)" },
        { path: ["sample", "exit"], value: "(-1,-1,0)" },
      ],
    });
    assert.match(await result(panel, "chi"), /^[−]?57\.2\d{3}°$/);
    assert.match(await result(panel, "limits"), /^✗ .*chi .*57\.2\d{3}° is .* its limit/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("an atom that is clicked shows its line of the CIF", async () => {
    const panel = await openPanel("geometry");
    const box = await panel.page.locator(".canvas").boundingBox();
    assert.ok(box);
    const hover = panel.page.locator(".hover");
    const findAtom = async (): Promise<string> => {
      for (let y = 20; y < 300; y += 12) {
        for (let x = 20; x < 300; x += 12) {
          await panel.page.mouse.move(box.x + x, box.y + y);
          const text = (await hover.textContent()) ?? "";
          const label = /^(Nb1|Li1|O1) \(/.exec(text)?.[1];
          if (label !== undefined) return label;
        }
      }
      throw new Error("There is no atom in the upper left of the picture.");
    };
    const label = await findAtom();
    await panel.page.mouse.down();
    await panel.page.mouse.up();
    const [reveal] = await until("the request", () => sentOf(panel, "reveal").length > 0 && sentOf(panel, "reveal"));
    assert.ok(EXAMPLE.slice(reveal?.range.start, reveal?.range.end).startsWith(label));
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("a change of the CIF changes the numbers", async () => {
    const panel = await openPanel("geometry", { ops: [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }] });
    await panel.setCif(EXAMPLE.replace("13.8631", "14.0"));
    await until("the new d", async () => (await result(panel, "d")) === "2.33333 Å");
    await panel.close();
  });

  test("draws nothing while nothing changes", async () => {
    const panel = await openPanel("geometry");
    await drawsWithin(panel, 20);
    assert.equal(await drawsWithin(panel, 40), 0);
    await type(panel, "Thickness in µm", "300");
    await until("the longer path", async () => (await result(panel, "path")).startsWith("150.7"));
    await drawsWithin(panel, 20);
    assert.equal(await drawsWithin(panel, 40), 0);
    await panel.close();
  });

  test("copies a result on a click", async () => {
    const panel = await openPanel("geometry");
    await panel.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await panel.page.locator('[data-result="d"]').click();
    await panel.page.locator('[data-result="d"][data-copied]').waitFor();
    await panel.close();
  });

  test("comes back as it was left", async () => {
    const panel = await openPanel("geometry");
    await panel.page.getByRole("button", { name: "Second solution" }).click();
    await panel.page.getByRole("button", { name: "Top" }).click();
    const state = await until("the camera", async () => {
      const saved = (await panel.state()) as { view?: { camera?: { eye: readonly number[] } } };
      return (saved.view?.camera?.eye[2] ?? 0) > 0.99 && saved;
    });
    assert.deepEqual(
      { ...state, view: null },
      { v: 1, isLocked: true, uri: "file:///experiment/LiNbO3.cif", block: "LiNbO3", plan: null, view: null },
    );
    await panel.close();
    const again = await openPanel("geometry", { state });
    assert.equal(await again.page.locator('[data-result="mu-2"]').isVisible(), true);
    const { eye } = ((await again.state()) as typeof state).view?.camera ?? { eye: [] };
    assert.ok((eye[2] ?? 0) > 0.99, `eye ${eye}`);
    assert.deepEqual(again.faults, []);
    await again.close();
  });
});
