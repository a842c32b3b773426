// Plain JavaScript, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Installs the packages that FOLDER/package-lock.json names, unless FOLDER/node_modules already has exactly these.
 * Returns whether it had to install. Throws an Error with a plain sentence where npm fails.
 */
export function ensureDependencies(folder, what, options = []) {
  if (isInstalled(folder)) return false;
  console.log(`Installing ${what} ...`);
  npm(folder, ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...options], what);
  return true;
}

/** Runs npm in a folder, its output on the terminal. */
export function npm(folder, args, what) {
  // npm tells its scripts where it is; called without npm, the one on the path is used.
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith(".js") ? [process.execPath, [own]] : ["npm", []];
  const done = spawnSync(command, [...first, ...args], { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  if (done.error !== undefined) throw new Error(`npm cannot be started (${done.error.message}).`);
  if (done.status !== 0)
    throw new Error(`npm could not install ${what} in ${folder} (its exit code is ${done.status}).`);
}

/** Compares what npm noted in node_modules as its last step with the lock file: so an interrupted install counts as none. */
function isInstalled(folder) {
  const wanted = packagesOf(join(folder, "package-lock.json"));
  const present = packagesOf(join(folder, "node_modules", ".package-lock.json"));
  if (wanted === null || present === null) return false;
  const same = (path) => present[path]?.version === wanted[path]?.version;
  return (
    Object.keys(present).every(same) &&
    Object.keys(wanted).every((path) => path === "" || wanted[path].optional === true || same(path))
  );
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return null;
  }
}
