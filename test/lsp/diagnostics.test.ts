import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createManualRuntime, startInMemory, until } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

const uri = "file:///crystal.cif";

/** Opens a text and gives its diagnostics. */
async function checked(text: string, of = uri) {
  const runtime = createManualRuntime();
  const client = await startInMemory(runtime);
  client.open(of, text);
  await until(() => runtime.waiting > 0, "the check");
  runtime.flush();
  return client.diagnostics(of, 1);
}

describe("diagnostics", () => {
  test("a sound file has none", async () => {
    assert.deepEqual(await checked(LITHIUM_NIOBATE), []);
  });

  test("a value deleted from a loop is an error at the row that lacks it", async () => {
    const [first, ...others] = await checked(LITHIUM_NIOBATE.replace("0.0647\n", "\n"));
    assert.equal(first?.severity, 1);
    assert.equal(first?.source, "DF-XRM");
    assert.match(String(first?.code), /^syntax\//);
    assert.equal(first?.range.start.line, 16);
    assert.equal(others.filter(({ severity }) => severity === 1).length, 0);
  });

  test("what keeps the crystal from being built is shown where it stands", async () => {
    const found = await checked(LITHIUM_NIOBATE.replace("Nb1 Nb ", "Nb1 Xx "));
    const element = found.find(({ code }) => String(code).startsWith("crystal/"));
    assert.equal(element?.severity, 1);
    assert.equal(element?.range.start.line, 14);
    assert.match(String(element.message), /Xx/);
  });

  test("a bibliography and a dictionary are not missing a cell", async () => {
    assert.deepEqual(await checked("data_paper\n_publ_section_title 'On lead'\n"), []);
    assert.deepEqual(
      await checked("data_DIC\nsave_cell.length_a\n_name.category_id cell\nsave_\n", "file:///cif_own.dic"),
      [],
    );
  });

  test("a cell in part, and atoms without a cell, are told", async () => {
    for (const text of ["data_a\n_cell_length_a 4\n", LITHIUM_NIOBATE.replace(/_cell[\s\S]*?120\n/, "")]) {
      const found = await checked(text);
      assert.ok(
        found.some(({ code, severity }) => String(code).startsWith("crystal/") && severity === 1),
        text,
      );
    }
  });

  for (const [name, end] of [
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ] as const) {
    test(`lines are counted as the editor does with ${name} line ends`, async () => {
      const [first] = await checked(LITHIUM_NIOBATE.replace("Nb1 Nb ", "Nb1 Xx ").replaceAll("\n", end));
      assert.equal(first?.range.start.line, 14);
      assert.ok(first.range.start.character <= 4);
      assert.equal(first.range.end.line, 14);
    });
  }

  test("columns count UTF-16 units", async () => {
    const text = LITHIUM_NIOBATE.replace("'R 3 c :H'", "'R 3 c :H' _x '𝜃 Å' surplus");
    const surplus = (await checked(text)).find(({ message }) => String(message).includes("surplus"));
    assert.deepEqual(surplus?.range, {
      start: { line: 7, character: "_space_group_name_H-M_alt 'R 3 c :H' _x '𝜃 Å' ".length },
      end: { line: 7, character: "_space_group_name_H-M_alt 'R 3 c :H' _x '𝜃 Å' surplus".length },
    });
  });

  test("an empty and a binary document are answered, with no more than a few hundred problems", async () => {
    for (const text of ["", "\u0000\u0001\u0002 data_\u0000 loop_ _x '\n;".repeat(20_000)]) {
      assert.ok((await checked(text)).length < 1500);
    }
  });

  test("a file above the limit gets one note and is not read", async () => {
    const found = await checked(`nonsense ${"# comment\n".repeat(600_000)}`);
    assert.deepEqual(
      found.map(({ code, severity, range }) => [code, severity, range.start.line]),
      [["file/too-large", 3, 0]],
    );
  });
});

describe("diagnostics over time", () => {
  test("of rapid edits only the last version is answered, and correctly", async () => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime);
    client.open(uri, LITHIUM_NIOBATE);
    for (let version = 2; version <= 50; version++) client.change(uri, version, `data_a\n_x${version}\n`);
    await client.connection.sendRequest("textDocument/documentSymbol", { textDocument: { uri } });
    assert.equal(runtime.waiting, 1);
    runtime.flush();
    const found = await client.diagnostics(uri, 50);
    assert.match(String(found[0]?.message), /_x50/);
    assert.deepEqual(
      client.published.map(({ version }) => version),
      [50],
    );
  });

  test("a result that an edit overtook while it was awaited is not sent", async () => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime, { workspace: { configuration: true } });
    let answer: () => void = () => {};
    let asked = false;
    client.settings = () => {
      asked = true;
      return new Promise((resolve) => {
        answer = () => resolve(null);
      });
    };
    client.open(uri, "data_a\n_x\n");
    await until(() => runtime.waiting > 0, "the check");
    runtime.flush();
    await until(() => asked, "the question for the settings");
    client.change(uri, 2, "data_a\n_y\n");
    await until(() => runtime.waiting > 0, "the second check");
    answer();
    await client.connection.sendRequest("textDocument/documentSymbol", { textDocument: { uri } });
    runtime.flush();
    await client.diagnostics(uri, 2);
    assert.deepEqual(
      client.published.map(({ version }) => version),
      [2],
    );
  });

  test("closing clears the list and cancels the check that waits", async () => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime);
    client.open(uri, "data_a\n_x\n");
    client.close(uri);
    await until(() => client.published.length > 0, "the empty list");
    assert.equal(runtime.waiting, 0);
    assert.deepEqual(client.published, [{ uri, diagnostics: [] }]);
  });

  test("switched off by the setting, and on again", async () => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime, { workspace: { configuration: true } });
    client.settings = () => ({ diagnostics: { enabled: false }, codeLens: { enabled: false } });
    client.open(uri, LITHIUM_NIOBATE.replace("13.8631(4)", ""));
    await until(() => runtime.waiting > 0, "the check");
    runtime.flush();
    assert.deepEqual(await client.diagnostics(uri, 1), []);
    const lenses = () => client.connection.sendRequest("textDocument/codeLens", { textDocument: { uri } });
    assert.deepEqual(await lenses(), []);

    client.settings = () => ({ diagnostics: { enabled: true }, maxFileSizeMB: "wrong" });
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await until(() => runtime.waiting > 0, "the second check");
    runtime.flush();
    await until(() => client.published.length === 2, "the second list");
    assert.ok(client.published[1]!.diagnostics.length > 0);
    assert.equal(((await lenses()) as unknown[]).length, 3);
  });
});
