import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** A path inside the project. */
export const inRoot = (...parts: string[]): string => join(root, ...parts);

/** Git-ignored folder for what can be made again. */
export const cache = inRoot(".cache");
