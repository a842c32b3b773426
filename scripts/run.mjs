// The door to every script: `node scripts/run.mjs NAME [options]` runs scripts/NAME.ts.
// It needs nothing but Node and npm, and installs what package-lock.json names first.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureDependencies } from "./lib/dependencies.mjs";

const root = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
const [, , name = ""] = process.argv;

// npm gives a signal on to its shell only, which does not give it on to this process.
if (process.env.npm_lifecycle_event !== undefined) await import("./lib/end-with-parent.cjs");

try {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) throw new Error(`Node ${process.versions.node} is too old: Node 20 or newer is needed.`);
  ensureDependencies(root, "the packages of this project");
  const { register } = await import("tsx/esm/api");
  register();
  const script = await import(pathToFileURL(join(root, "scripts", `${name}.ts`)).href);
  process.exit(await script.main(process.argv.slice(3)));
} catch (error) {
  console.error(`\n${name}: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
