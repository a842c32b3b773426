import { fork } from "node:child_process";
import { once } from "node:events";
import type { Benchmark } from "../../scripts/lib/benchmark.ts";

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { processId: null, rootUri: null, capabilities: {} },
};

/** Starts the built server as the extension does, until it has answered `initialize`. */
async function startServer(): Promise<void> {
  const server = fork("dist/server.cjs", ["--node-ipc"], { execArgv: [] });
  server.send(initialize);
  await once(server, "message");
  const gone = once(server, "exit");
  server.kill("SIGKILL");
  await gone;
}

export const title = "The language server";

export const benchmarks: readonly Benchmark[] = [
  { name: "language server: start to initialized", budget_ms: 200, repeats: 9, run: startServer },
];
