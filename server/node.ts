import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

/**
 * Runs the server's one bundle, which is made for a web worker, in a Node process: the messages that a worker exchanges
 * with its page go over the channel to the parent. So the package holds the server once.
 */
const scope = {
  onmessage: null as ((event: { readonly data: unknown }) => void) | null,
  addEventListener: () => {},
  postMessage: (message: unknown) => process.send?.(message),
};
(globalThis as { self?: unknown }).self = scope;

let isShutDown = false;
process.on("message", (data) => {
  const method = typeof data === "object" && data !== null && "method" in data ? data.method : undefined;
  if (method === "shutdown") isShutDown = true;
  // LSP: the process ends with 0 after a shutdown, with 1 without.
  if (method === "exit") process.exit(isShutDown ? 0 : 1);
  scope.onmessage?.({ data });
});
process.on("disconnect", () => process.exit(1));

const bundle = join(__dirname, "server.worker.js");
runInThisContext(readFileSync(bundle, "utf8"), { filename: bundle });
