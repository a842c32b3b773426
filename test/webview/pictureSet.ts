import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { PlanOp } from "../../core/experiment/index.ts";
import { SCENE_CASES } from "../unit/sceneCases.ts";
import { closeBrowser, openPanel } from "./harness.ts";
import { THEMES, type ThemeKind } from "./themes.ts";

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 350, height: 800 } } as const;

/** The lens of `SCENE_CASES`, as a plan names it. */
const LENS_OF_PLAN: PlanOp = { path: ["lens"], value: { file: "id06", detectorDistance_mm: 5000 } };

/**
 * Pictures of the Geometry panel for every experiment of the set, in every theme, wide and narrow; with `names`, of those
 * experiments whose names contain one of them.
 */
export async function takeSet(folder: string, names: readonly string[] = []): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const isWanted = (name: string): boolean => names.length === 0 || names.some((part) => name.includes(part));
  for (const { name, cif, hkl, ops = [], lens } of SCENE_CASES.filter((sceneCase) => isWanted(sceneCase.name))) {
    for (const theme of Object.keys(THEMES) as ThemeKind[]) {
      for (const [size, { width, height }] of Object.entries(SIZES)) {
        const panel = await openPanel("geometry", {
          cif,
          ops: [...ops, { path: ["reflection"], value: { hkl } }, ...(lens ? [LENS_OF_PLAN] : [])],
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
