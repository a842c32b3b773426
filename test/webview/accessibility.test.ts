import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, describe, test } from "node:test";
import type { PanelKind } from "../../core/protocol/index.ts";
import { until } from "../../scripts/lib/until.ts";
import { closeBrowser, type OpenPanel, openPanel, type } from "./harness.ts";
import { THEMES, type ThemeKind } from "./themes.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong, one line each. */
async function violations({ page }: OpenPanel): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const found = await axe.run();
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`),
    );
  });
}

const KINDS: readonly PanelKind[] = ["geometry", "attenuation", "reflections", "lens"];

describe("Accessibility by axe-core", () => {
  after(closeBrowser);

  for (const kind of KINDS) {
    test(`${kind} in every theme`, async () => {
      const panel = await openPanel(kind);
      for (const theme of Object.keys(THEMES) as ThemeKind[]) {
        await panel.setTheme(theme);
        assert.deepEqual(await violations(panel), [], theme);
      }
      await panel.close();
    });
  }

  test("also with a message at a field, narrow, with menus and the data open, and without a focus", async () => {
    const geometry = await openPanel("geometry", { width: 600, cif: "data_x\n_cell_length_a 3\n" });
    await type(geometry, "Energy in keV", "0");
    assert.deepEqual(await violations(geometry), []);
    await geometry.close();
    const attenuation = await openPanel("attenuation", { width: 600 });
    for (const button of await attenuation.page.getByRole("button", { name: "Show data" }).all()) await button.click();
    assert.deepEqual(await violations(attenuation), []);
    await attenuation.close();
    const empty = await openPanel("lens", { isEmpty: true });
    assert.deepEqual(await violations(empty), []);
    await empty.close();
    const gone = await openPanel("attenuation", { cif: null, width: 350 });
    assert.deepEqual(await violations(gone), []);
    await gone.close();
    const reflections = await openPanel("reflections", { width: 350 });
    await reflections.page.getByRole("button", { name: "in detail" }).click();
    await reflections.page.getByRole("button", { name: "Columns" }).click();
    await reflections.page.getByRole("menu", { name: "Columns" }).waitFor();
    for (const theme of Object.keys(THEMES) as ThemeKind[]) {
      await reflections.setTheme(theme);
      assert.deepEqual(await violations(reflections), [], theme);
    }
    await reflections.close();
    const lens = await openPanel("lens", { width: 350, ops: [{ path: ["beam", "energy_keV"], value: 40 }] });
    assert.deepEqual(await violations(lens), []);
    await lens.close();
  });

  test("with a screen reader the numbers of every plot are there as a table from the beginning", async () => {
    const before = (): void =>
      document.addEventListener("readystatechange", () => document.body.classList.add("vscode-using-screen-reader"), {
        once: true,
      });
    const panel = await openPanel("attenuation", { before });
    const tables = panel.page.getByRole("table", { name: /./ });
    assert.equal(await tables.count(), 2);
    for (const table of await tables.all()) assert.ok((await table.getByRole("row").count()) > 20);
    await panel.close();
  });

  test("nothing is wider than the window", async () => {
    for (const kind of KINDS) {
      const panel = await openPanel(kind);
      for (const width of [1400, 900, 600, 420, 350]) {
        await panel.page.setViewportSize({ width, height: 900 });
        await until(`${kind} fits ${width} px`, () =>
          panel.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        );
      }
      await panel.close();
    }
  });

  test("Tab reaches every control once, in the order of reading, and what has the focus is seen", async () => {
    const panel = await openPanel("reflections", { width: 900, theme: "vscode-high-contrast" });
    const { page } = panel;
    const seen: { readonly name: string; readonly top: number; readonly left: number; readonly isOutlined: boolean }[] =
      [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const node = document.activeElement;
        if (node === null || node === document.body) return null;
        const inner = node.shadowRoot?.activeElement ?? node;
        const { outlineStyle, boxShadow, borderColor } = getComputedStyle(inner);
        const root = node.shadowRoot?.querySelector(".root, .control");
        const focus = getComputedStyle(document.documentElement).getPropertyValue("--vscode-focusBorder").trim();
        const probe = document.createElement("i");
        probe.style.color = focus;
        document.body.append(probe);
        const colour = getComputedStyle(probe).color;
        probe.remove();
        const borders = root ? `${getComputedStyle(root).borderColor} ${getComputedStyle(root).outlineColor}` : "";
        return {
          name: node.getAttribute("aria-label") ?? node.textContent ?? "",
          top: node.getBoundingClientRect().top,
          left: node.getBoundingClientRect().left,
          isOutlined: outlineStyle !== "none" || `${boxShadow} ${borderColor} ${borders}`.includes(colour),
        };
      });
      if (at === null) break;
      seen.push(at);
    }
    const names = seen.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, names.join(" | "));
    for (const wanted of ["Energy", "Filter", "Brightest", "Columns", "Save", "h k l", "Reflections"])
      assert.ok(
        names.some((name) => name.startsWith(wanted)),
        `${wanted} in ${names.join(" | ")}`,
      );
    // Downwards, along a row, or from the end of a column to the beginning of the next one.
    for (const [i, { name, top, left }] of seen.entries()) {
      const before = seen[i - 1];
      const isNext = !before || top > before.top - 5 || left > before.left + 50;
      assert.ok(isNext, `${name} comes after ${before?.name}`);
    }
    assert.deepEqual(
      seen.filter(({ isOutlined }) => !isOutlined).map(({ name }) => name),
      [],
    );
    await panel.close();
  });
});
