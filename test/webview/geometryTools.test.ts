import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { TOGGLES } from "../../core/scene/index.ts";
import { until } from "../../scripts/lib/until.ts";
import { closeBrowser, drawsWithin, type OpenPanel, openPanel, result, sentOf } from "./harness.ts";

const HKL = [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }];
const open = (options: Parameters<typeof openPanel>[1] = {}): Promise<OpenPanel> =>
  openPanel("geometry", { ops: HKL, ...options });
const press = ({ page }: OpenPanel, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

interface Saved {
  readonly view?: {
    readonly camera?: { readonly eye: readonly number[] };
    readonly scene?: { readonly shown: Readonly<Record<string, boolean>>; readonly rocking_deg: number };
  };
}
const saved = async (panel: OpenPanel): Promise<Saved> => (await panel.state()) as Saved;
const eyeOf = async (panel: OpenPanel): Promise<readonly number[]> => (await saved(panel)).view?.camera?.eye ?? [];

describe("tools of the picture", () => {
  after(closeBrowser);

  test("each part can be hidden and shown, and is as it was left after a reload", async () => {
    const panel = await open();
    await press(panel, "Parts");
    for (const name of TOGGLES) {
      const box = panel.page.locator(`[data-toggle="${name}"]`);
      const was = await box.isChecked();
      await box.click();
      await until(name, async () => (await saved(panel)).view?.scene?.shown[name] === !was);
      if (name !== "frames") await box.click();
    }
    const state = await panel.state();
    await panel.close();
    const again = await open({ state });
    assert.equal(await again.page.locator(".experiment-label.caption", { hasText: /^lab$/ }).count(), 0);
    await press(again, "Parts");
    assert.equal(await again.page.locator('[data-toggle="frames"]').isChecked(), false);
    await press(again, "Show as at first");
    await again.page.locator(".experiment-label.caption", { hasText: /^lab$/ }).waitFor();
    assert.deepEqual(again.faults, []);
    await again.close();
  });

  test("the right button opens the menu of VS Code where it clicks, and moves the picture where it drags", async () => {
    const panel = await open();
    const { page } = panel;
    await page.evaluate(() => {
      const scope = window as unknown as { menus: string[] };
      scope.menus = [];
      window.addEventListener("contextmenu", (event) => {
        const place = event.target instanceof Element ? event.target.closest("[data-vscode-context]") : null;
        if (!event.defaultPrevented) scope.menus.push(place?.getAttribute("data-vscode-context") ?? "");
      });
    });
    const menus = (): Promise<readonly string[]> =>
      page.evaluate(() => (window as unknown as { menus: string[] }).menus);
    const box = (await page.locator(".canvas").boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const cameraNow = async (): Promise<string> => String(JSON.stringify((await saved(panel)).view?.camera));
    const before = await cameraNow();
    await page.mouse.move(x, y);
    await page.mouse.down({ button: "right" });
    await page.mouse.move(x + 60, y + 30, { steps: 4 });
    await page.mouse.up({ button: "right" });
    await until("the picture has moved", async () => (await cameraNow()) !== before);
    assert.deepEqual(await menus(), []);
    await page.mouse.click(x, y, { button: "right" });
    await until("the menu", async () => (await menus()).length > 0);
    assert.deepEqual(
      (await menus()).map((context) => JSON.parse(context)),
      [{ preventDefaultContextMenuItems: true }],
    );
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("limits of bonds take numbers and nothing else", async () => {
    const panel = await open();
    await press(panel, "Parts");
    const pair = panel.page.getByRole("textbox", { name: "Longest bond Nb–O in Å" });
    await pair.fill("2.3");
    await pair.press("Enter");
    await until("the limit", async () => JSON.stringify(await saved(panel)).includes('"longest_A":2.3'));
    await pair.fill("far");
    await pair.press("Tab");
    assert.equal(await pair.getAttribute("aria-invalid"), "true");
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("views along axes, along typed directions, and by digits", async () => {
    const panel = await open();
    await press(panel, "Along Q");
    await until("along Q", async () => {
      const [x = 0, , z = 0] = await eyeOf(panel);
      // Q of (006) leans back by the Bragg angle, 9.08 degrees.
      return Math.abs(z - Math.cos((9.0807 * Math.PI) / 180)) < 1e-4 && x < 0;
    });
    await press(panel, "Along c");
    const alongC = await eyeOf(panel);
    await press(panel, "Along");
    const field = panel.page.getByRole("textbox", { name: "View along a direction of the crystal" });
    await field.fill("[1 1 0]");
    await field.press("Enter");
    await until("along [110]", async () => Math.abs((await eyeOf(panel))[2] ?? 1) < 0.3);
    await field.fill("[0,0,2]");
    await field.press("Enter");
    await until("along c again", async () =>
      (await eyeOf(panel)).every((part, i) => Math.abs(part - (alongC[i] ?? 9)) < 1e-6),
    );
    await field.fill("along c");
    await field.press("Enter");
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    await panel.page.keyboard.press("Escape");
    assert.equal(await field.isVisible(), false);
    await panel.page.locator(".canvas").focus();
    await panel.page.keyboard.press("4");
    await until("the top", async () => (await eyeOf(panel))[2] === 1);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("rocking is seen only in the picture and can be taken back", async () => {
    const panel = await open();
    await press(panel, "Turn");
    const slider = panel.page.getByRole("slider", { name: /Rocking/ });
    await slider.focus();
    for (let i = 0; i < 10; i++) await panel.page.keyboard.press("ArrowRight");
    assert.match(await result(panel, "pointed"), /Rocked by 0\.050° from the Bragg condition/);
    assert.equal((await saved(panel)).view?.scene?.rocking_deg, 0);
    assert.equal(sentOf(panel, "plan.edit").length + sentOf(panel, "plan.preview").length, 0);
    await press(panel, "Peak");
    assert.equal(await slider.inputValue(), "0");
    await drawsWithin(panel, 20);
    assert.equal(await drawsWithin(panel, 30), 0);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the sample turns about Q by a drag: angles follow, one edit on release, 2theta stays", async () => {
    const panel = await open();
    const box = await panel.page.locator(".canvas").boundingBox();
    assert.ok(box);
    const [twoTheta, omega] = [await result(panel, "twoTheta"), await result(panel, "omega")];
    await panel.page.keyboard.down("Alt");
    await panel.page.mouse.move(box.x + 300, box.y + 300);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 340, box.y + 300, { steps: 5 });
    await until("a preview", () => sentOf(panel, "plan.preview").length > 0);
    assert.match(await result(panel, "pointed"), /turned by 10\.00° about Q/);
    assert.notEqual(await result(panel, "omega"), omega);
    assert.equal(sentOf(panel, "plan.edit").length, 0);
    await panel.page.mouse.up();
    await panel.page.keyboard.up("Alt");
    await until("the edit", () => panel.plan().beamExit !== undefined);
    assert.equal(sentOf(panel, "plan.edit").length, 1);
    assert.equal(await result(panel, "twoTheta"), twoTheta);
    // With c along Q the azimuth is all that omega has to do.
    assert.match(await result(panel, "omega"), /^[−-]?(10\.0000|9\.9999|10\.0001)°$/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("and by the keyboard", async () => {
    const panel = await open();
    await panel.page.locator(".canvas").focus();
    await panel.page.keyboard.press("Alt+Shift+ArrowRight");
    await until("the edit", () => sentOf(panel, "plan.edit").length === 1);
    await until("the angle", async () => /10\.000\d|9\.9999/.test(await result(panel, "omega")));
    await press(panel, "Turn");
    const slider = panel.page.getByRole("slider", { name: /about Q/ });
    const said = (): Promise<string | null> => slider.getAttribute("aria-valuetext");
    await slider.evaluate((input: HTMLInputElement) => {
      input.value = "120";
      input.dispatchEvent(new Event("input"));
    });
    assert.equal(await said(), "30.00 degrees");
    await slider.dispatchEvent("change");
    assert.equal(await said(), "0.00 degrees", "from where it is now");
    await until("the edit", () => sentOf(panel, "plan.edit").length === 2);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("saves SVG and PNG, and copies", async () => {
    const panel = await open();
    await panel.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await press(panel, "Save");
    await press(panel, "Save SVG");
    const [svg] = await until("the SVG", () => sentOf(panel, "save").length > 0 && sentOf(panel, "save"));
    assert.equal(svg?.kind, "svg");
    assert.equal(svg?.name, "LiNbO3-0_0_6-geometry");
    assert.match(String(svg?.data), /^<svg [\s\S]*Q 0 0 6[\s\S]*<\/svg>\s*$/);
    await panel.page.getByRole("combobox", { name: "Width of the PNG in pixels" }).selectOption("1000");
    await press(panel, "Copy picture");
    await panel.page.getByText("The picture is on the clipboard.").waitFor();
    const width = await panel.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap((await item?.getType("image/png")) as Blob);
      return bitmap.width;
    });
    assert.equal(width, 1000);
    await press(panel, "Save PNG");
    const png = await until("the PNG", () => sentOf(panel, "save")[1]);
    assert.equal(png?.kind, "png");
    assert.deepEqual([...Uint8Array.from(Object.values(png?.data ?? {})).slice(1, 4)], [0x50, 0x4e, 0x47]);
    await press(panel, "Copy description");
    const copy = await until("the description", () => sentOf(panel, "copy")[0]);
    assert.match(copy?.text ?? "", /\(0,0,6\)|0 0 6/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the canvas is described in words, which can be read", async () => {
    const panel = await open();
    const id = (await panel.page.locator(".canvas").getAttribute("aria-describedby")) ?? "";
    const words = (await panel.page.locator(`#${id}`).textContent()) ?? "";
    assert.match(words, /18\.16/);
    await press(panel, "Save");
    assert.equal(await panel.page.locator(`#${id}`).isVisible(), true);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the keyboard alone reaches every tool", async () => {
    const panel = await open({ width: 700, height: 450 });
    const seen = new Set<string>();
    for (let i = 0; i < 40; i++) {
      await panel.page.keyboard.press("Tab");
      const name = await panel.page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "",
      );
      if (name === "Views" && !seen.has(name)) await panel.page.keyboard.press("Enter");
      seen.add(name);
    }
    const tools = ["Inputs", "Numbers", "Parts", "Turn", "Save"];
    const views = ["Views", "Home", "Along Q", "Along c", "View along a direction of the crystal"];
    for (const name of [...tools, ...views, "The experiment in three dimensions"]) assert.ok(seen.has(name), name);
    await panel.close();
  });

  test("in a narrow panel the sign of the limits stays with the motors", async () => {
    const beyond = [
      { path: ["reflection"], value: { hkl: [1, -1, 2] } },
      { path: ["sample", "up"], value: "(0,0,1)" },
      { path: ["sample", "exit"], value: "(-1,-1,0)" },
    ];
    const panel = await open({ ops: beyond, width: 350, height: 480 });
    const tops = (): Promise<readonly number[]> =>
      panel.page
        .locator(".headline span:not(.headline-word):not(.headline-end)")
        .evaluateAll((spans) =>
          spans.filter((span) => span.getClientRects().length > 0).map((span) => span.getBoundingClientRect().top),
        );
    for (const width of [350, 330, 300, 260]) {
      await panel.page.setViewportSize({ width, height: 480 });
      const rows = await tops();
      assert.equal(rows.length, 5, "reflection, 2θ, two motors and the sign");
      assert.ok(Math.abs(rows[4]! - rows[3]!) < 3, `at ${width}: ${rows}`);
      if (width === 350) assert.ok(Math.abs(rows[4]! - rows[0]!) < 3, `in one line at ${width}: ${rows}`);
    }
    await panel.close();
  });

  test("in a quarter of a laptop's screen the picture has most of the room, and nothing is cut", async () => {
    const panel = await open();
    for (const [width, height, picture] of [
      [700, 450, 360],
      [640, 360, 270],
      [350, 480, 340],
      [350, 800, 660],
    ] as const) {
      await panel.page.setViewportSize({ width, height });
      await panel.page.reload();
      await panel.page.locator("body[data-ready='1']").waitFor({ state: "attached" });
      await until(`a picture of ${picture} px in ${width} x ${height}`, async () => {
        const box = await panel.page.locator(".canvas").boundingBox();
        return box !== null && box.height >= picture && box.y + box.height <= height;
      });
      assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth), width);
    }
    await panel.close();
  });
});
