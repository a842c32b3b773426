import type * as Writers from "../export/index.ts";

/** Loads the script with the writers, which is no part of the extension's own bundle, when it is needed. */
export type LoadWriters = () => Promise<typeof Writers>;

/** Runs the text of a script in the form of CommonJS, as the web extension host does with extensions themselves. */
export function evaluateScript(text: string): typeof Writers {
  const module = { exports: {} };
  new Function("module", "exports", text)(module, module.exports);
  return module.exports as typeof Writers;
}
