import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { createServer } from "node:net";

export interface Ended {
  /** Exit code; 1 where a signal ended the process. */
  readonly code: number;
  /** Standard output and standard error in order of arrival. */
  readonly output: string;
}

const groups = new Set<ChildProcess>();
let watching = false;

/**
 * Starts a program as the leader of its own process group. However this process ends (exit, exception, Ctrl+C, SIGTERM,
 * closed terminal), the whole group ends with it.
 */
export function spawnGroup(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  watchForEnd();
  const child = spawn(command, args, { ...options, detached: true });
  groups.add(child);
  return child;
}

/** Ends a process group: politely first, by force after three seconds. Resolves when its leader is gone. */
export async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    signalGroup(child, "SIGTERM");
    const force = setTimeout(() => signalGroup(child, "SIGKILL"), 3000);
    await gone;
    clearTimeout(force);
  }
  signalGroup(child, "SIGKILL");
  groups.delete(child);
}

export interface RunOptions extends SpawnOptions {
  /** Copies the output to the terminal as it comes. */
  readonly echo?: boolean;
  /** After this time the program and all that it has started is ended by force. */
  readonly limit_s?: number;
}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { echo = false, limit_s, ...rest } = options;
  return new Promise((resolve, reject) => {
    const child = spawnGroup(command, args, { ...rest, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout?.on("data", (data: Buffer) => {
      output += data;
      if (echo) process.stdout.write(data);
    });
    child.stderr?.on("data", (data: Buffer) => {
      output += data;
      if (echo) process.stderr.write(data);
    });
    const limit =
      limit_s === undefined
        ? undefined
        : setTimeout(() => {
            console.error(`Ended by force after ${limit_s} s: ${args.join(" ")}`);
            signalGroup(child, "SIGKILL");
          }, limit_s * 1000);
    child.once("error", reject);
    // What it has left running would keep its output open.
    child.once("exit", () => signalGroup(child, "SIGKILL"));
    child.once("close", (code) => {
      clearTimeout(limit);
      groups.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs a step to its end; if it fails, throws an Error with its output. */
export async function runStep(what: string, command: string, args: readonly string[], options: SpawnOptions = {}) {
  const ended = await run(command, args, options);
  if (ended.code !== 0) throw new Error(`${what} failed with exit code ${ended.code}:\n${ended.output.trim()}`);
  return ended.output;
}

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("No free port.")),
      );
    });
  });
}

function watchForEnd(): void {
  if (watching) return;
  watching = true;
  process.once("exit", () => {
    for (const child of groups) signalGroup(child, "SIGKILL");
  });
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(signals)) process.once(signal, () => process.exit(code));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
