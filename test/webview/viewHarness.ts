import { build } from "esbuild";
import type { Page } from "playwright-core";
import type { PlanOp } from "../../core/experiment/index.ts";
import type { Toggle } from "../../core/scene/index.ts";
import { slimThree } from "../../scripts/lib/slim-three.mjs";
import type { ViewApi } from "./view.page.ts";

/** Colours of the editor as each kind of theme sets them: the ones that the view uses. */
export const THEMES = {
  light: { class: "vscode-light", ink: "#3b3b3b", paper: "#ffffff", quiet: "#3b3b3b", focus: "#005fb8" },
  dark: { class: "vscode-dark", ink: "#cccccc", paper: "#1f1f1f", quiet: "#9d9d9d", focus: "#0078d4" },
  hcDark: { class: "vscode-high-contrast", ink: "#ffffff", paper: "#000000", quiet: "#ffffff", focus: "#f38518" },
  hcLight: {
    class: "vscode-high-contrast-light",
    ink: "#292929",
    paper: "#ffffff",
    quiet: "#292929",
    focus: "#006bbd",
  },
} as const;
const CHARTS = {
  light: { red: "#e51400", blue: "#1a85ff", orange: "#d18616", green: "#388a34", purple: "#652d90" },
  dark: { red: "#f14c4c", blue: "#3794ff", orange: "#d18616", green: "#89d185", purple: "#b180d7" },
};
export type ThemeName = keyof typeof THEMES;

declare global {
  var api: ViewApi;
}

let bundle: Promise<{ readonly script: string; readonly style: string }> | undefined;

async function bundleView(): Promise<{ readonly script: string; readonly style: string }> {
  const { outputFiles } = await build({
    entryPoints: ["test/webview/view.page.ts"],
    bundle: true,
    write: false,
    format: "iife",
    outdir: "out",
    plugins: [slimThree(process.cwd())],
  });
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  readonly theme: ThemeName;
  /** As on a machine that has none. */
  readonly withoutWebGL?: boolean;
}

/** Puts the view, without a scene, into a page of this size. */
export async function openView(page: Page, { width, height, theme, withoutWebGL = false }: PageOptions): Promise<void> {
  bundle ??= bundleView();
  const { script, style } = await bundle;
  await page.setViewportSize({ width, height });
  await page.goto("about:blank");
  await page.setContent(
    `<!doctype html><html><body style="margin:0"><div id="view" aria-label="The experiment" style="width:100vw;height:100vh"></div></body></html>`,
  );
  await setTheme(page, theme);
  await page.addStyleTag({ content: style });
  if (withoutWebGL) {
    await page.evaluate(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
  }
  await page.addScriptTag({ content: script });
}

export async function setTheme(page: Page, theme: ThemeName): Promise<void> {
  const { class: name, ink, paper, quiet, focus } = THEMES[theme];
  const charts = CHARTS[theme === "light" || theme === "hcLight" ? "light" : "dark"];
  const variables = {
    "editor-foreground": ink,
    "editor-background": paper,
    descriptionForeground: quiet,
    focusBorder: focus,
    "font-family": "system-ui, sans-serif",
    "font-size": "13px",
    ...Object.fromEntries(Object.entries(charts).map(([key, value]) => [`charts-${key}`, value])),
  };
  await page.evaluate(
    ([className, entries, background]) => {
      document.body.className = className;
      document.body.style.background = background;
      for (const [key, value] of entries) document.documentElement.style.setProperty(`--vscode-${key}`, value);
    },
    [name, Object.entries(variables), paper] as const,
  );
}

/** Shows the experiment of a CIF, without the parts that are hidden, and waits until it is drawn. */
export async function show(
  page: Page,
  cif: string,
  ops: readonly PlanOp[] = [],
  hidden: readonly Toggle[] = [],
): Promise<void> {
  const before = await frames(page);
  await page.evaluate(([text, changes, off]) => api.view.update(api.sceneOf(text, changes, off)), [
    cif,
    ops,
    hidden,
  ] as const);
  await page.waitForFunction((count) => api.view.frames > count, before);
}

export const frames = (page: Page): Promise<number> => page.evaluate(() => api.view.frames);

/** Waits until no frame has been drawn for several frames of the browser; the number drawn so far. */
export const settle = (page: Page): Promise<number> => page.evaluate(() => api.settled());

/** Pixels of a screenshot whose channels all lie within `tolerance` of a colour `#rrggbb`. */
interface Painted {
  readonly count: number;
  readonly extent: Extent;
}

export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const countColour = async (page: Page, colour: string, tolerance: number): Promise<number> =>
  (await painted(page, colour, tolerance)).count;

/** The box around all pixels of a colour. */
export const extentOf = async (page: Page, colour: string, tolerance: number): Promise<Extent> =>
  (await painted(page, colour, tolerance)).extent;

async function painted(page: Page, colour: string, tolerance: number): Promise<Painted> {
  const png = (await page.screenshot()).toString("base64");
  return page.evaluate(
    async ([data, hex, within]) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      if (!context) throw new Error("There is no canvas to look at the picture with.");
      context.drawImage(bitmap, 0, 0);
      const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      const wanted = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
      let count = 0;
      const extent = { left: bitmap.width, right: 0, top: bitmap.height, bottom: 0 };
      for (let i = 0; i < pixels.length; i += 4) {
        if (!wanted.every((channel, k) => Math.abs((pixels[i + k] ?? 0) - channel) <= within)) continue;
        count++;
        const [x, y] = [(i / 4) % bitmap.width, Math.floor(i / 4 / bitmap.width)];
        extent.left = Math.min(extent.left, x);
        extent.right = Math.max(extent.right, x);
        extent.top = Math.min(extent.top, y);
        extent.bottom = Math.max(extent.bottom, y);
      }
      return { count, extent };
    },
    [png, colour, tolerance] as const,
  );
}
