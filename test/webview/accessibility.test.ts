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

  test("also with a message at a field, narrow, and with the data open", async () => {
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
  });

  test("nothing is wider than the window", async () => {
    for (const kind of KINDS) {
      const panel = await openPanel(kind);
      for (const width of [1400, 900, 600, 420]) {
        await panel.page.setViewportSize({ width, height: 900 });
        await until(`${kind} fits ${width} px`, () =>
          panel.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        );
      }
      await panel.close();
    }
  });
});
