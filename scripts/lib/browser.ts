import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { ensureDependencies } from "./dependencies.mjs";
import { cache, inRoot } from "./paths.ts";
import { runStep } from "./processes.ts";

const systemNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The Chromium for tests and pictures: $CHROMIUM, else one of the system, else the one that npm installs.
 * Returns the path of its executable.
 */
export async function findBrowser(): Promise<string> {
  const { CHROMIUM: named, PATH = "" } = process.env;
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`The variable CHROMIUM names ${named}, but there is no such file.`);
    return named;
  }
  for (const folder of PATH.split(delimiter)) {
    for (const name of systemNames) if (existsSync(join(folder, name))) return join(folder, name);
  }
  return npmChromium();
}

/** Starts the Chromium of `findBrowser` without a window. Close it yourself. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(),
    headless: true,
    // Under LANG=C.UTF-8 navigator.language is "en-US@posix", with which Intl, and so uPlot, throws.
    env: { ...process.env, LANG: "en_US.UTF-8", LC_ALL: "" } as Record<string, string>,
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Unpacks @sparticuz/chromium into the cache and returns a shell script that starts it with what it needs: the libraries that
 * come with it, a font configuration (it crashes without any font) and a plain locale.
 */
async function npmChromium(): Promise<string> {
  if (process.platform !== "linux") {
    throw new Error("No Chromium or Chrome found: set the variable CHROMIUM to the path of one.");
  }
  const tool = inRoot("tools", "chromium");
  const folder = join(cache, "chromium");
  const script = join(folder, "start");
  const installed = ensureDependencies(tool, "a Chromium (about 70 MB, once)", ["--ignore-scripts"]);
  if (!installed && existsSync(script)) return script;

  mkdirSync(folder, { recursive: true });
  const entry = createRequire(join(tool, "package.json")).resolve("@sparticuz/chromium");
  const unpack = "import(process.argv[1]).then((module) => module.default.executablePath())";
  // The name of the environment makes the package unpack its libraries too; it unpacks into TMPDIR.
  await runStep("Unpacking Chromium", process.execPath, ["-e", unpack, entry], {
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  });
  const fonts = join(folder, "fonts.conf");
  writeFileSync(
    fonts,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`,
  );
  writeFileSync(
    script,
    `#!/bin/sh
LANG=en_US.UTF-8 LC_ALL= FONTCONFIG_FILE='${fonts}' LD_LIBRARY_PATH='${join(folder, "al2023", "lib")}'
export LANG LC_ALL FONTCONFIG_FILE LD_LIBRARY_PATH
exec '${join(folder, "chromium")}' "$@"
`,
  );
  chmodSync(script, 0o755);
  return script;
}
