import { readFileSync, statSync } from "node:fs";
import { packageExtension } from "./lib/build.ts";
import { inRoot } from "./lib/paths.ts";

/** `npm run package`: writes df-xrm-VERSION.vsix. */
export async function main(): Promise<number> {
  const { name, version } = JSON.parse(readFileSync(inRoot("package.json"), "utf8")) as Record<string, string>;
  const file = `${name}-${version}.vsix`;
  await packageExtension(inRoot(file));
  console.log(`${file} (${Math.round(statSync(inRoot(file)).size / 1000)} kB)`);
  return 0;
}
