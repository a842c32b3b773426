import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import {
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Runtime } from "../../server/runtime.ts";
import { startServer } from "../../server/server.ts";

/** A client of the server as an editor is one, with what it has been told so far. */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly published: readonly PublishDiagnosticsParams[];
  readonly log: readonly string[];
  open(uri: string, text: string): void;
  /** Replaces the whole text, or the part in `range`. */
  change(uri: string, version: number, text: string, range?: Diagnostic["range"]): void;
  close(uri: string): void;
  /** The diagnostics of a version of a document, once they are there. */
  diagnostics(uri: string, version: number): Promise<readonly Diagnostic[]>;
  /** Answers the server's next questions about settings with this section. */
  settings: () => unknown;
}

export function createTestClient(connection: ProtocolConnection): TestClient {
  const published: PublishDiagnosticsParams[] = [];
  const log: string[] = [];
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.push(params);
  });
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
    log.push(message);
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/codeLens/refresh", () => null);
  const client: TestClient = {
    connection,
    published,
    log,
    open: (uri, text) =>
      void connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "cif", version: 1, text },
      }),
    change: (uri, version, text, range) =>
      void connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [range ? { range, text } : { text }],
      }),
    close: (uri) => void connection.sendNotification("textDocument/didClose", { textDocument: { uri } }),
    diagnostics: async (uri, version) => {
      const find = () => published.find((params) => params.uri === uri && params.version === version);
      await until(() => find() !== undefined, `diagnostics of version ${version} of ${uri}`);
      return find()!.diagnostics;
    },
    settings: () => null,
  };
  connection.onRequest(ConfigurationRequest.type, ({ items }) => Promise.all(items.map(() => client.settings())));
  connection.listen();
  return client;
}

export const initialize = (
  client: TestClient,
  capabilities: object = {},
  initializationOptions: object = {},
): Promise<{ capabilities: object }> =>
  client.connection
    .sendRequest<{ capabilities: object }>("initialize", {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
    })
    .then(async (result) => {
      await client.connection.sendNotification("initialized", {});
      return result;
    });

/** Timers that a test runs by hand, so that no test waits for the clock. */
export interface ManualRuntime extends Runtime {
  /** Runs what is due, whatever its delay. */
  flush(): void;
  readonly waiting: number;
}

export function createManualRuntime(): ManualRuntime {
  const tasks = new Set<() => void>();
  return {
    schedule(task) {
      tasks.add(task);
      return () => void tasks.delete(task);
    },
    flush() {
      const due = [...tasks];
      tasks.clear();
      for (const task of due) task();
    },
    get waiting() {
      return tasks.size;
    },
  };
}

/** A server in this process with a client, over streams in memory. */
export async function startInMemory(
  runtime: Runtime,
  capabilities: object = {},
  initializationOptions: object = {},
): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  startServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), runtime);
  const client = createTestClient(
    createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)),
  );
  await initialize(client, capabilities, initializationOptions);
  return client;
}

/** A server with one open document, and a way to ask about it. */
export async function opened(text: string, uri = "file:///crystal.cif") {
  const runtime = createManualRuntime();
  const client = await startInMemory(runtime);
  client.open(uri, text);
  const ask = <T>(method: string, more: object = {}) =>
    client.connection.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri }, ...more });
  return { client, runtime, uri, ask };
}

/** A text whose `|` marks the cursor: the text without it, and where it stood. */
export function atCursor(marked: string): { text: string; position: { line: number; character: number } } {
  return { text: marked.replace("|", ""), position: positionOf(marked, "|") };
}

/** The part of a text in a range of lines and characters. */
export function slice(text: string, { start, end }: Diagnostic["range"]): string {
  const document = TextDocument.create("file:///slice", "cif", 1, text);
  return document.getText({ start, end });
}

/** A text after edits, as an editor applies them. */
export const applied = (text: string, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create("file:///edited", "cif", 1, text), [...edits]);

/** Polls until `condition` holds; fails with `what` after ten seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A position in a text, 0-based, at the first place where `mark` stands. */
export function positionOf(text: string, mark: string, offset = 0): { line: number; character: number } {
  const at = text.indexOf(mark);
  assert.notEqual(at, -1, `"${mark}" is not in the text`);
  const before = text.slice(0, at + offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length };
}
