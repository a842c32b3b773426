import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import {
  CancellationTokenSource,
  type Connection,
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver/node";
import { CRYSTAL_REQUEST, type CrystalAnswer } from "../../core/protocol/index.ts";
import { UNUSED_FEATURES } from "../../scripts/lib/slim-client.mjs";
import { guarded } from "../../server/guard.ts";
import { createManualRuntime, createTestClient, initialize, startInMemory } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

const uri = "file:///crystal.cif";
const symbolsOf = (of: string) => ["textDocument/documentSymbol", { textDocument: { uri: of } }] as const;

describe("requests", () => {
  test("one that was cancelled before its turn is not run", async () => {
    let ran = false;
    const connection = { console: { error: assert.fail } } as unknown as Connection;
    const run = guarded(connection, "Test", null, () => {
      ran = true;
      return null;
    });
    const source = new CancellationTokenSource();
    const answer = run({}, source.token);
    source.cancel();
    assert.ok((await answer) instanceof ResponseError);
    assert.equal(ran, false);
  });

  test("a cancelled one is answered as cancelled and the next one still works", async () => {
    const client = await startInMemory(createManualRuntime());
    client.open(uri, LITHIUM_NIOBATE);
    const source = new CancellationTokenSource();
    const request = client.connection.sendRequest(...symbolsOf(uri), source.token);
    source.cancel();
    await assert.rejects(request, { code: LSPErrorCodes.RequestCancelled });
    assert.equal(((await client.connection.sendRequest(...symbolsOf(uri))) as unknown[]).length, 1);
  });

  test("about a document that is not open they are answered with nothing", async () => {
    const client = await startInMemory(createManualRuntime());
    assert.deepEqual(await client.connection.sendRequest(...symbolsOf("file:///closed.cif")), []);
    const position = { line: 0, character: 0 };
    assert.equal(await client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position }), null);
  });

  test("a handler that fails is logged with its context and answered harmlessly", async () => {
    const client = await startInMemory(createManualRuntime());
    client.open(uri, LITHIUM_NIOBATE);
    const answer = await client.connection.sendRequest("textDocument/hover", { textDocument: { uri } });
    assert.equal(answer, null);
    assert.match(client.log.join("\n"), /Hover failed: TypeError[\s\S]*at /);
  });

  test("a position beyond the text gives nothing", async () => {
    const client = await startInMemory(createManualRuntime());
    client.open(uri, LITHIUM_NIOBATE);
    const position = { line: 9999, character: 9999 };
    assert.equal(await client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position }), null);
    assert.deepEqual(client.log, []);
  });
});

describe("the built server", () => {
  const bundle = path.resolve("dist/server.cjs");

  /** Starts the bundle as an editor does; `end` stops it and gives its exit code. */
  async function started(settings: unknown = null) {
    assert.ok(existsSync(bundle), "dist/server.cjs is missing: run npm run build");
    const process_ = fork(bundle, ["--node-ipc"], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
    let errors = "";
    process_.stderr?.on("data", (chunk) => {
      errors += chunk;
    });
    const exit = new Promise<number | null>((resolve) => process_.once("exit", resolve));
    const client = createTestClient(
      createProtocolConnection(new IPCMessageReader(process_), new IPCMessageWriter(process_)),
    );
    client.settings = () => settings;
    const { capabilities } = await initialize(client, { workspace: { configuration: true } });
    const end = async (): Promise<void> => {
      await client.connection.sendRequest("shutdown");
      await client.connection.sendNotification("exit");
      assert.equal(await exit, 0);
      assert.equal(errors, "");
    };
    return { client, capabilities, end };
  }

  const reflections = (rows: number): string =>
    `${LITHIUM_NIOBATE}loop_\n_refln_index_h\n_refln_index_k\n_refln_index_l\n${"1 2 -13\n".repeat(rows)}1 2\n`;

  test("serves over IPC, checks a 5 MB file, and ends when it is told to", async () => {
    const { client, capabilities, end } = await started();
    assert.ok("hoverProvider" in capabilities && "codeLensProvider" in capabilities);

    const large = reflections(610_000);
    assert.ok(large.length > 4.8e6 && large.length < 5e6);
    client.open(uri, large);
    const faults = (await client.diagnostics(uri, 1)).filter(({ severity }) => severity === 1);
    assert.equal(faults[0]?.range.start.line, large.split("\n").length - 2);

    const answer = await client.connection.sendRequest<CrystalAnswer>(CRYSTAL_REQUEST, { uri, energy_keV: 17 });
    assert.equal(answer.block, "LiNbO3");
    assert.equal(answer.crystal?.sites.length, 3);
    await end();
  });

  test("asks for none of the features that the extension leaves out of its client", async () => {
    const { capabilities, end } = await started();
    assert.deepEqual(
      Object.entries(UNUSED_FEATURES).filter(([, capability]) => capability in capabilities),
      [],
    );
    await end();
  });

  test("a file of 20 MB, where the limit allows it", async () => {
    const { client, end } = await started({ maxFileSizeMB: 50 });
    const large = reflections(2_500_000);
    assert.ok(large.length > 20e6);
    client.open(uri, large);
    const faults = (await client.diagnostics(uri, 1)).filter(({ severity }) => severity === 1);
    assert.deepEqual(
      faults.map(({ range }) => range.start.line),
      [large.split("\n").length - 2],
    );
    await end();
  });

  test("of many quick edits the last one is answered; a file closed while it is checked stays clear", async () => {
    const { client, end } = await started();
    client.open(uri, LITHIUM_NIOBATE);
    for (let version = 2; version <= 40; version++) client.change(uri, version, `data_a\n_x${version}\n`);
    const found = await client.diagnostics(uri, 40);
    assert.match(String(found.find(({ severity }) => severity === 1)?.message), /_x40/);
    assert.ok(client.published.every(({ version }) => version === 40));
    const other = "file:///closed.cif";
    client.open(other, reflections(200_000));
    client.close(other);
    const next = "file:///next.cif";
    client.open(next, "data_a\n_x\n");
    await client.diagnostics(next, 1);
    const ofClosed = client.published.filter((params) => params.uri === other);
    assert.ok(ofClosed.length > 0 && ofClosed.every(({ diagnostics }) => diagnostics.length === 0));
    await end();
  });

  test("requests that make no sense are answered with an error or with nothing, and it goes on", async () => {
    const { client, end } = await started();
    client.open(uri, LITHIUM_NIOBATE);
    await assert.rejects(client.connection.sendRequest("textDocument/noSuchThing", {}), /Unhandled method/);
    const methods = [
      "hover",
      "completion",
      "rename",
      "foldingRange",
      "semanticTokens/range",
      "codeAction",
      "formatting",
    ];
    for (const method of methods) {
      for (const params of [{}, { textDocument: {} }, { textDocument: { uri }, position: "here", range: 7 }]) {
        await client.connection.sendRequest(`textDocument/${method}`, params).catch(() => null);
      }
    }
    await client.connection.sendNotification("dfxrm/resourceChanged", { uri: 3 });
    assert.equal(((await client.connection.sendRequest(...symbolsOf(uri))) as unknown[]).length, 1);
    await end();
  });

  test("two blocks with the same name are told and both are served", async () => {
    const { client, end } = await started();
    client.open(uri, `${LITHIUM_NIOBATE}${LITHIUM_NIOBATE}`);
    const found = await client.diagnostics(uri, 1);
    assert.ok(found.some(({ code, range }) => code === "syntax/duplicate-block" && range.start.line === 17));
    assert.equal(((await client.connection.sendRequest(...symbolsOf(uri))) as unknown[]).length, 2);
    await end();
  });
});
