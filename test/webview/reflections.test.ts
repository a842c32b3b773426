import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { until } from "../../scripts/lib/until.ts";
import { closeBrowser, fieldLine, type OpenPanel, openPanel, result, sentOf, type } from "./harness.ts";

const grid = ({ page }: OpenPanel) => page.getByRole("grid", { name: "Reflections" });
const cells = ({ page }: OpenPanel, row: number): Promise<readonly string[]> =>
  page.locator(`[role=row][aria-rowindex="${row + 1}"] [role=gridcell]`).allTextContents();
/** Chooses from one of the menus above the table. */
async function fromMenu({ page }: OpenPanel, menu: string, item: string): Promise<void> {
  await page.getByRole("button", { name: menu, exact: true }).click();
  await page.getByRole("menu", { name: menu }).getByText(item, { exact: true }).click();
}
const chosen = ({ page }: OpenPanel) => page.locator('[role=row][aria-selected="true"]');

describe("Reflections panel", () => {
  after(closeBrowser);

  test("lists every class once, the brightest first", async () => {
    const panel = await openPanel("reflections");
    // The Laue class -3m1 has 44 reflections to 45 degrees at 17 keV.
    assert.equal(await result(panel, "count"), "44 reflections");
    assert.equal(await grid(panel).getAttribute("aria-rowcount"), "45");
    const [hkl, , twoTheta, , intensity] = await cells(panel, 1);
    assert.equal(hkl, "1 0 2\u0305");
    assert.equal(twoTheta, "11.1614");
    assert.equal(intensity, "100.00");
    assert.equal(await chosen(panel).getAttribute("aria-rowindex"), "2");
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("sorts by a column and turns the order", async () => {
    const panel = await openPanel("reflections");
    const header = panel.page.locator('[data-column="twoTheta"]');
    await header.getByRole("button").click();
    assert.equal(await header.getAttribute("aria-sort"), "ascending");
    const first = Number((await cells(panel, 1))[2]);
    await header.getByRole("button").click();
    assert.equal(await header.getAttribute("aria-sort"), "descending");
    await grid(panel).evaluate((node) => node.scrollTo(0, 0));
    await until("the highest angle on top", async () => Number((await cells(panel, 1))[2]) > 44);
    assert.ok(first < 12);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("filters while typing and says what it cannot read", async () => {
    const panel = await openPanel("reflections");
    const filter = panel.page.getByRole("textbox", { name: "Filter" });
    await filter.fill("0 0 6");
    await until("one row", async () => (await result(panel, "count")) === "1 of 44 reflections");
    assert.equal((await cells(panel, 1))[0], "0 0 6");
    await filter.fill("d>100");
    await until("no row", async () => (await result(panel, "count")) === "0 of 44 reflections");
    assert.equal(await panel.page.getByText("No reflection passes the filter.").isVisible(), true);
    await filter.fill("bright");
    assert.match(await fieldLine(panel, "filter"), /Cannot read "bright"/);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("a click chooses a reflection for the plan", async () => {
    const panel = await openPanel("reflections");
    const [hkl] = await cells(panel, 3);
    await panel.page.locator('[role=row][aria-rowindex="4"]').click();
    await until("the edit", () => panel.plan().reflection?.hkl.join(" ") === "2 0 -4");
    assert.equal(hkl, "2 0 4\u0305");
    await until("the row", async () => (await chosen(panel).getAttribute("aria-rowindex")) === "4");
    assert.equal(sentOf(panel, "plan.edit").length, 1);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the keyboard reaches and chooses every row", async () => {
    const panel = await openPanel("reflections", { height: 500 });
    await grid(panel).focus();
    await panel.page.keyboard.press("End");
    const active = await until("the last row", async () => {
      const id = await grid(panel).getAttribute("aria-activedescendant");
      return id !== null && (await panel.page.locator(`#${id}`).getAttribute("aria-rowindex")) === "45" && id;
    });
    await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Enter");
    await until("the edit", () => panel.plan().reflection !== undefined);
    assert.equal(await panel.page.locator(`#${active}`).getAttribute("aria-selected"), "true");
    const isInside = await panel.page.locator(`#${active}`).evaluate((row) => {
      const frame = row.closest("[role=grid]")?.getBoundingClientRect();
      const own = row.getBoundingClientRect();
      return frame !== undefined && own.top >= frame.top && own.bottom <= frame.bottom + 1;
    });
    assert.ok(isInside, "the active row is in the window");
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("an equivalent in the plan marks its class", async () => {
    const panel = await openPanel("reflections", { ops: [{ path: ["reflection"], value: { hkl: [0, 0, -6] } }] });
    assert.equal((await chosen(panel).locator("[role=gridcell]").allTextContents())[0], "0 0 6");
    await panel.close();
  });

  test("c up: only (006) is within reach of ID03; the others name the limit, and the row that is chosen its equivalent", async () => {
    const ops = [
      { path: ["sample", "up"], value: "(0,0,1)" },
      { path: ["sample", "exit"], value: "(-1,-1,0)" },
    ];
    const panel = await openPanel("reflections", { ops });
    assert.match(await result(panel, "reachable"), /^1 within reach of ESRF ID03\.$/);
    const toolbar = panel.page.getByRole("group", { name: "Table" });
    await toolbar.getByRole("button", { name: "Reachable only" }).click();
    await until("one row", async () => (await result(panel, "count")) === "1 of 44 reflections");
    const shown = await cells(panel, 1);
    assert.equal(shown[0], "0 0 6");
    assert.equal(shown[1], "✓");
    assert.match(shown.at(-1) ?? "", /^\(0,0,6\) mu /);
    await toolbar.getByRole("button", { name: "Reachable only" }).click();
    await toolbar.getByRole("button", { name: "Brightest" }).click();
    await until("all rows", async () => (await result(panel, "count")) === "44 reflections");
    const first = await cells(panel, 1);
    assert.equal(first[1], "✗");
    assert.match(first.at(-1) ?? "", /limit/);
    await panel.page.locator('[data-column="score"]').getByRole("button").click();
    await until("the one with signal first", async () => (await cells(panel, 1))[0] === "0 0 6");
    await panel.page.locator('[role=row][aria-rowindex="2"]').click();
    await until("the edit", () => panel.plan().reflection?.hkl.join() === "0,0,6");
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the rows that are shown are copied and saved as tables", async () => {
    const panel = await openPanel("reflections");
    await panel.page.getByRole("textbox", { name: "Filter" }).fill("0 0 6");
    await fromMenu(panel, "Copy", "TSV");
    const copied = await until("the text", () => sentOf(panel, "copy")[0]?.text);
    const [head, row] = copied.split("\n").map((line) => line.split("\t"));
    assert.deepEqual(head?.slice(0, 5), ["h", "k", "l", "d_A", "twoTheta_deg"]);
    assert.deepEqual(row?.slice(0, 3), ["0", "0", "6"]);
    assert.equal(row?.length, head?.length);
    for (const kind of ["CSV", "TSV", "Markdown"]) await fromMenu(panel, "Save", kind);
    await until("three files", () => sentOf(panel, "save").length === 3);
    assert.deepEqual(
      sentOf(panel, "save").map(({ kind }) => kind),
      ["csv", "tsv", "md"],
    );
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("only the rows in the window exist", async () => {
    const panel = await openPanel("reflections", { ops: [{ path: ["beam", "energy_keV"], value: 65 }] });
    await until("the table", async () => Number(await grid(panel).getAttribute("aria-rowcount")) > 1000);
    assert.ok((await panel.page.locator(".grid-body [role=row]").count()) < 80);
    await grid(panel).evaluate((node) => node.scrollTo(0, node.scrollHeight));
    const last = await grid(panel).getAttribute("aria-rowcount");
    await panel.page.locator(`[role=row][aria-rowindex="${last}"]`).waitFor();
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("the largest angle is checked, and an empty list says what to do", async () => {
    const panel = await openPanel("reflections");
    await type(panel, "Largest 2θ in °", "0");
    assert.match(await fieldLine(panel, "twoThetaMax_deg"), /above 0°/);
    await type(panel, "Largest 2θ in °", "2");
    await panel.page.getByText(/No reflection below 2θ = 2.*raise the energy/).waitFor();
    await type(panel, "Largest 2θ in °", "90");
    await until("more rows", async () => Number.parseInt(await result(panel, "count"), 10) > 44);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("columns are hidden and shown, and stay so", async () => {
    const panel = await openPanel("reflections");
    await fromMenu(panel, "Columns", "|F| mate");
    await until("no such column", async () => (await panel.page.locator('[data-column="F_friedel"]').count()) === 0);
    const state = await panel.state();
    await panel.close();
    const again = await openPanel("reflections", { state });
    assert.equal(await again.page.locator('[data-column="F_friedel"]').count(), 0);
    assert.equal(await again.page.locator('[data-column="F"]').count(), 1);
    assert.deepEqual(again.faults, []);
    await again.close();
  });

  test("the menu of the columns works by keyboard, and a narrow panel has its own columns", async () => {
    const panel = await openPanel("reflections", { width: 350 });
    const { page } = panel;
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? "");
    const shown = (): Promise<readonly string[]> =>
      page.locator("[data-column]").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-column") ?? ""));
    assert.deepEqual(await shown(), ["hkl", "reach", "twoTheta", "intensity", "score"]);
    assert.ok(await grid(panel).evaluate((node) => node.scrollWidth <= node.clientWidth), "no column is cut");
    assert.equal(await page.locator(".disclosure", { hasText: "in detail" }).getAttribute("aria-expanded"), "false");
    const opener = page.getByRole("button", { name: "Columns" });
    await opener.focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "reach");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("t");
    assert.equal(await focused(), "T mean");
    const item = page.getByRole("menuitemcheckbox", { name: "T mean" });
    assert.equal(await item.getAttribute("aria-checked"), "false");
    await page.keyboard.press("Space");
    await until("the column", async () => (await shown()).includes("transmission"));
    assert.equal(await item.getAttribute("aria-checked"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("menu").count(), 0);
    assert.match(await focused(), /^Columns/);
    await page.setViewportSize({ width: 900, height: 900 });
    await until("all columns", async () => (await shown()).length > 10);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("details fold where the panel becomes narrow, and unfold again, until someone chooses", async () => {
    const panel = await openPanel("reflections");
    const { page } = panel;
    const toggle = page.getByRole("button", { name: "in detail" });
    const isOpen = (expected: boolean) =>
      until(`open: ${expected}`, async () => (await toggle.getAttribute("aria-expanded")) === String(expected));
    const widen = (width: number) => page.setViewportSize({ width, height: 900 });
    await isOpen(true);
    await widen(400);
    await isOpen(false);
    await widen(1200);
    await isOpen(true);
    await toggle.click();
    await isOpen(false);
    await widen(400);
    await toggle.click();
    await isOpen(true);
    await widen(1200);
    await widen(400);
    await until("it is narrow", async () => !(await page.locator('[data-column="F"]').isVisible()));
    await isOpen(true);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("a low panel begins with the table in sight", async () => {
    const panel = await openPanel("reflections", { width: 540, height: 470 });
    const table = await grid(panel).boundingBox();
    assert.ok(table !== null && table.y < 360, `the table begins at ${table?.y} px of 470`);
    await panel.close();
  });

  test("the chosen reflection in detail: what makes its score, the free azimuth, the energies within reach", async () => {
    const ops = [
      { path: ["sample", "up"], value: "(0,0,1)" },
      { path: ["sample", "exit"], value: "(-1,-1,0)" },
    ];
    const panel = await openPanel("reflections", {
      ops: [...ops, { path: ["reflection"], value: { hkl: [0, 0, 6] } }],
    });
    assert.match(await result(panel, "stands"), /^\(0,0,6\) mu /);
    const [signal, ...factors] = await Promise.all(
      ["signal", "kinematical", "passed", "dynamical"].map(async (key) => Number.parseFloat(await result(panel, key))),
    );
    // Each is shown with three digits; the transmission in per cent.
    const product = factors.reduce((a, b) => a * b) / 100;
    assert.ok(Math.abs(product / (signal ?? 0) - 1) < 0.02, `${product} and ${signal}`);
    assert.match(await result(panel, "azimuth"), /° to /);
    assert.equal(await result(panel, "energies"), "17.000 keV, as planned");
    assert.deepEqual(panel.faults, []);
    await panel.close();
    const out = await openPanel("reflections", { ops: [...ops, { path: ["reflection"], value: { hkl: [1, 1, 0] } }] });
    assert.equal(await result(out, "azimuth"), "–");
    assert.equal(await result(out, "stands"), "no");
    assert.match((await out.page.locator(".result", { hasText: "Reached" }).textContent()) ?? "", /limit|detector/i);
    await until("the energies", async () => /^(from [\d.]+ keV|no energy from)/.test(await result(out, "energies")));
    assert.deepEqual(out.faults, []);
    await out.close();
  });

  test("order, filter and angle come back", async () => {
    const panel = await openPanel("reflections");
    await panel.page.locator('[data-column="d"]').getByRole("button").click();
    await panel.page.getByRole("textbox", { name: "Filter" }).fill("I>50");
    await type(panel, "Largest 2θ in °", "30");
    const state = await panel.state();
    const count = await result(panel, "count");
    await panel.close();
    const again = await openPanel("reflections", { state });
    assert.equal(await result(again, "count"), count);
    assert.equal(await again.page.locator('[data-column="d"]').getAttribute("aria-sort"), "descending");
    assert.equal(await again.page.getByRole("textbox", { name: "Filter" }).inputValue(), "I>50");
    assert.deepEqual(again.faults, []);
    await again.close();
  });
});
