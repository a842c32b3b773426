import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { SCENE_CASES } from "../unit/sceneCases.ts";
import { closeBrowser, openPanel } from "./harness.ts";
import { THEMES, type ThemeKind } from "./themes.ts";

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 350, height: 800 } } as const;

/** Pictures of the Geometry panel for every experiment of the set, in every theme, wide and narrow. */
export async function takeSet(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const { name, cif, hkl, ops = [] } of SCENE_CASES) {
    for (const theme of Object.keys(THEMES) as ThemeKind[]) {
      for (const [size, { width, height }] of Object.entries(SIZES)) {
        const panel = await openPanel("geometry", {
          cif,
          ops: [...ops, { path: ["reflection"], value: { hkl } }],
          theme,
          width,
          height,
        });
        const file = `${name.replaceAll(" ", "-")}-${theme.replace("vscode-", "")}-${size}.png`;
        await panel.page.screenshot({ path: join(folder, file) });
        if (panel.faults.length > 0) console.error(`${file}: ${panel.faults.join("; ")}`);
        await panel.close();
      }
    }
    console.log(`${name}: ${2 * Object.keys(THEMES).length} pictures`);
  }
  await closeBrowser();
}
