import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "./lib/browser.ts";
import { build, ensurePackage } from "./lib/build.ts";
import { inRoot, root } from "./lib/paths.ts";
import { startServer, type VSCodeServer } from "./lib/vscode-server.ts";
import { hoverText, type PanelName, panel, runCommand, workbenchReady } from "./lib/workbench.ts";

const themes = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
} as const;
type Theme = keyof typeof themes;

interface Picture {
  readonly name: string;
  readonly theme: Theme;
  readonly width: number;
  /** What is done to the text of the CIF before it is opened. */
  readonly spoil?: (text: string) => string;
  /** What is done in a workbench that shows the CIF, before the picture is taken. */
  readonly prepare: (page: Page) => Promise<void>;
}

const show: Readonly<Record<PanelName, (page: Page) => Promise<void>>> = {
  geometry: (page) => showPanel(page, "geometry", "DF-XRM: Show Geometry"),
  attenuation: (page) => showPanel(page, "attenuation", "DF-XRM: Show Attenuation"),
  reflections: (page) => showPanel(page, "reflections", "DF-XRM: Show Reflections"),
  lens: (page) => showPanel(page, "lens", "DF-XRM: Show Lens"),
};

const pictures: readonly Picture[] = [
  { name: "editor", theme: "dark", width: 1200, spoil: removeVolume, prepare: showProblemAndHover },
  { name: "planner", theme: "dark", width: 1700, prepare: show.geometry },
  { name: "geometry-dark", theme: "dark", width: 2000, prepare: show.geometry },
  { name: "geometry-light", theme: "light", width: 2000, prepare: show.geometry },
  { name: "geometry-high-contrast", theme: "high-contrast", width: 1600, prepare: show.geometry },
  { name: "geometry-narrow", theme: "dark", width: 900, prepare: show.geometry },
  { name: "wedge", theme: "light", width: 1500, prepare: showWedge },
  { name: "attenuation-dark", theme: "dark", width: 1600, prepare: show.attenuation },
  { name: "attenuation-light", theme: "light", width: 1600, prepare: show.attenuation },
  { name: "reflections-dark", theme: "dark", width: 1600, prepare: show.reflections },
  { name: "reflections-light", theme: "light", width: 1600, prepare: show.reflections },
  { name: "attenuation", theme: "light", width: 1250, prepare: (page) => showAlone(page, "attenuation") },
  { name: "reflections", theme: "dark", width: 1250, prepare: (page) => showAlone(page, "reflections") },
  { name: "all", theme: "dark", width: 2200, prepare: showAll },
];

/** The pictures of the README, each half light and half dark, and their names in media/. */
const readme: Readonly<Record<string, string>> = {
  planner: "planner",
  wedge: "geometry",
  attenuation: "attenuation",
  reflections: "reflections",
  editor: "editor",
};

const help = `npm run screenshots -- [NAME ...] [options]
Takes pictures of the extension in a real VS Code into out/screenshots. NAME: ${pictures.map(({ name }) => name).join(", ")}.
  --file FILE      the CIF, instead of examples/LiNbO3.cif
  --theme THEME    ${Object.keys(themes).join(", ")}
  --width PIXELS   width of the window (its height is 1000)
  --readme         takes the pictures of the README, and renews them in media/
  --set            takes the Geometry panel of a set of experiments in every theme, wide and narrow, into
                   out/screenshots/set: in a plain browser, because they are many; NAME chooses experiments; with
                   --readme those of docs/pictures.md are renewed in media/set/`;

/** Pictures of the set that docs/pictures.md shows. */
const KEPT = [
  "LiNbO3-x-cut-dark-wide",
  "LiNbO3-default-light-wide",
  "KNbO3-high-contrast-wide",
  "YMnO3-light-wide",
  "diamond-dark-wide",
  "monoclinic-light-wide",
  "triclinic-high-contrast-light-wide",
  "needle-dark-wide",
  "wafer-light-wide",
  "1500-atoms-dark-wide",
  "LiNbO3-x-cut-light-narrow",
  "KNbO3-dark-narrow",
];

/** `npm run screenshots`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      file: { type: "string", default: inRoot("examples", "LiNbO3.cif") },
      theme: { type: "string" },
      width: { type: "string" },
      readme: { type: "boolean", default: false },
      set: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const unknown = values.set ? [] : positionals.filter((name) => !pictures.some((picture) => picture.name === name));
  const { theme } = values;
  if (values.help || unknown.length > 0 || (theme !== undefined && !isTheme(theme))) {
    console.log(help);
    return values.help ? 0 : 1;
  }
  if (values.set) {
    await build("production");
    const { takeSet } = await import(pathToFileURL(inRoot("test", "webview", "pictureSet.ts")).href);
    const folder = inRoot("out", "screenshots", "set");
    await takeSet(folder, positionals);
    if (values.readme) await keepSet(folder);
    return 0;
  }
  const wanted = values.readme ? Object.keys(readme) : positionals;
  const { vsix } = await ensurePackage();
  const folder = inRoot("out", "screenshots");
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  let failed = 0;
  try {
    for (const picture of pictures) {
      if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
      const take = async (theme: Theme, name: string): Promise<string> => {
        const chosen = { ...picture, theme, width: Number(values.width ?? picture.width) };
        const file = join(folder, `${name}.png`);
        if (!(await takePicture(browser, chosen, { vsix, cif: values.file, file }))) failed += 1;
        return file;
      };
      if (values.readme) {
        const halves = [await take("light", `${picture.name}.light`), await take("dark", `${picture.name}.dark`)];
        if (failed === 0) await compress(browser, halves, inRoot("media", `${readme[picture.name]}.webp`));
      } else await take(theme ?? picture.theme, picture.name);
    }
  } finally {
    await browser.close();
  }
  return failed === 0 ? 0 : 1;
}

async function keepSet(folder: string): Promise<void> {
  mkdirSync(inRoot("media", "set"), { recursive: true });
  const browser = await launchBrowser();
  for (const name of KEPT)
    await compress(browser, [join(folder, `${name}.png`)], inRoot("media", "set", `${name}.webp`));
  await browser.close();
}

/** Of the pictures of the README, in px. */
const README_WIDTH = 920;

/**
 * Writes a picture as a small WebP: the README travels in the package. Of two pictures of one thing it shows the left half of the
 * first and the right half of the second, divided by a slanted line.
 */
async function compress(browser: Browser, pngs: readonly string[], webp: string): Promise<void> {
  const page = await browser.newPage();
  const base64 = await page.evaluate(
    async ({ sources, maxWidth }) => {
      const [first, second] = await Promise.all(
        sources.map((source) => {
          const bytes = Uint8Array.from(atob(source), (character) => character.charCodeAt(0));
          return createImageBitmap(new Blob([bytes], { type: "image/png" }));
        }),
      );
      if (!first) throw new Error("There is no picture to write.");
      const scale = Math.min(1, maxWidth / first.width);
      const [width, height] = [Math.round(first.width * scale), Math.round(first.height * scale)];
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d")!;
      context.imageSmoothingQuality = "high";
      context.drawImage(first, 0, 0, width, height);
      if (second) {
        const right = new Path2D(`M ${0.56 * width} 0 L ${width} 0 V ${height} H ${0.44 * width} Z`);
        context.clip(right);
        context.drawImage(second, 0, 0, width, height);
      }
      const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.5 });
      const written = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(written, (byte) => String.fromCharCode(byte)).join(""));
    },
    { sources: pngs.map((png) => readFileSync(png).toString("base64")), maxWidth: README_WIDTH },
  );
  await page.close();
  writeFileSync(webp, Buffer.from(base64, "base64"));
}

function isTheme(name: string): name is Theme {
  return Object.hasOwn(themes, name);
}

/** Each picture in a VS Code of its own: nothing is left over from the one before. Returns false if it shows a failure. */
async function takePicture(
  browser: Browser,
  picture: Picture,
  { vsix, cif, file }: { readonly vsix: string; readonly cif: string; readonly file: string },
): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "df-xrm-picture-"));
  const workspace = join(folder, "experiment");
  mkdirSync(workspace);
  const text = readFileSync(cif, "utf8");
  writeFileSync(join(workspace, basename(cif)), picture.spoil?.(text) ?? text);
  const server = await startServer({ vsix, settings: { "workbench.colorTheme": themes[picture.theme] } });
  const page = await browser.newPage({ viewport: { width: picture.width, height: 1000 } });
  try {
    await openCif(page, server, workspace, basename(cif));
    await picture.prepare(page);
    console.log(file.slice(root.length + 1));
    return true;
  } catch (error) {
    console.error(`${picture.name}: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
    return false;
  } finally {
    await page
      .screenshot({ path: file })
      .catch(() => console.error(`${picture.name}: no picture, the browser's page crashed.`));
    await page.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openCif(page: Page, server: VSCodeServer, workspace: string, name: string): Promise<void> {
  await page.goto(server.url(workspace, [["openFile", server.uri(join(workspace, name))]]));
  await workbenchReady(page);
  await page.locator(".monaco-editor .codelens-decoration").first().waitFor();
  await runCommand(page, "View: Close Primary Side Bar");
}

async function showPanel(page: Page, name: PanelName, command: string): Promise<void> {
  await runCommand(page, command);
  await panel(page, name);
}

const MAXIMIZE = "View: Toggle Maximize Editor Group";

async function showAlone(page: Page, name: PanelName): Promise<void> {
  await show[name](page);
  await runCommand(page, MAXIMIZE);
  await panel(page, name);
}

/** A mount that the goniometer cannot reach, and what would help: the panel alone. */
async function showWedge(page: Page): Promise<void> {
  await show.geometry(page);
  const body = await panel(page, "geometry");
  for (const [name, text] of [
    ["reflection.hkl", "1 -1 2"],
    ["sample.up", "(0,0,1)"],
    ["sample.exit", "(-1,-1,0)"],
  ] as const) {
    const field = body.locator(`[data-field="${name}"] input`);
    await field.fill(text);
    await field.press("Enter");
  }
  await runCommand(page, MAXIMIZE);
  await body.locator('[data-result="headline"]', { hasText: "57.2" }).waitFor();
}

/** The CIF, right of it geometry above attenuation, right of these the reflections. */
async function showAll(page: Page): Promise<void> {
  await show.geometry(page);
  const others = { attenuation: "Move Editor into Group Below", reflections: "Move Editor into Right Group" } as const;
  for (const name of ["attenuation", "reflections"] as const) {
    await runCommand(page, "View: Focus First Editor Group");
    await show[name](page);
    await runCommand(page, `View: ${others[name]}`);
  }
  for (const name of ["geometry", "attenuation", "reflections"] as const) await panel(page, name);
}

function removeVolume(text: string): string {
  return text.replace(/^(_cell_volume).*$/m, "$1");
}

/** The list of problems, and the mouse on the first cell length. */
async function showProblemAndHover(page: Page): Promise<void> {
  await page.locator(".squiggly-error").first().waitFor();
  await runCommand(page, "View: Toggle Problems");
  await page.locator(".markers-panel .monaco-list-row").first().waitFor();
  await hoverText(page, "_cell_length_a");
}
