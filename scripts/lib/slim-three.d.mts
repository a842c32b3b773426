import type { Plugin } from "esbuild";

export function slimThree(root: string): Plugin;
