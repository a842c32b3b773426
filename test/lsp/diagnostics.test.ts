import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Diagnostic } from "vscode-languageserver";
import { FILE_STATE, type FileState } from "../../core/protocol/index.ts";
import { createManualRuntime, startInMemory, until } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

const uri = "file:///crystal.cif";

/** Opens a text and gives its diagnostics: those of its text and crystals first, in `whole` those of the dictionaries too. */
async function checked(text: string, { of = uri, whole = false } = {}) {
  const runtime = createManualRuntime();
  const client = await startInMemory(runtime);
  client.open(of, text);
  await until(() => runtime.waiting > 0, "the check");
  runtime.flush();
  if (!whole) return client.diagnostics(of, 1);
  await until(() => runtime.waiting > 0, "the check against the dictionaries");
  runtime.flush();
  await until(() => client.published.length === 2, "its result");
  return client.published[1]!.diagnostics;
}

const faults = async (text: string) => (await checked(text)).filter(({ severity }) => severity === 1);

describe("diagnostics", () => {
  test("a sound file has none", async () => {
    const text = readFileSync("examples/LiNbO3.cif", "utf8");
    assert.deepEqual(await checked(text), []);
    assert.deepEqual(await checked(text, { whole: true }), []);
  });

  test("a value deleted from a loop is an error at the row that lacks it", async () => {
    const [first, ...others] = await faults(LITHIUM_NIOBATE.replace("0.0647\n", "\n"));
    assert.equal(first?.source, "DF-XRM");
    assert.match(String(first?.code), /^syntax\//);
    assert.equal(first?.range.start.line, 16);
    assert.deepEqual(others, []);
  });

  test("what keeps the crystal from being built is shown where it stands", async () => {
    const found = await faults(LITHIUM_NIOBATE.replace("Nb1 Nb ", "Nb1 Xx "));
    const element = found.find(({ code }) => String(code).startsWith("crystal/"));
    assert.equal(element?.range.start.line, 14);
    assert.match(String(element.message), /Xx/);
  });

  test("a bibliography and a dictionary are not missing a cell", async () => {
    assert.deepEqual(await checked("data_paper\n_publ_section_title 'On lead'\n"), []);
    assert.deepEqual(
      await checked("data_DIC\nsave_cell.length_a\n_name.category_id cell\nsave_\n", {
        of: "file:///cif_own.dic",
      }),
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
      const [first] = await faults(LITHIUM_NIOBATE.replace("Nb1 Nb ", "Nb1 Xx ").replaceAll("\n", end));
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

describe("diagnostics of the dictionaries", () => {
  test("come with the second step, an outdated name struck through", async () => {
    const text = LITHIUM_NIOBATE.replace("loop_", "_diffrn_ambient_temperature 297\n_cell_lenght_a 5\nloop_").replace(
      "_space_group_name_H-M_alt",
      "_symmetry_space_group_name_H-M",
    );
    const found = await checked(text, { whole: true });
    const unknown = found.find(({ code }) => code === "dictionary/unknown-tag");
    assert.match(String(unknown?.message), /_cell_length_a/);
    assert.equal(unknown?.range.start.line, 9);
    assert.ok(!(await checked(text)).some(({ code }) => String(code).startsWith("dictionary/")));
  });

  test("one slip is told once, though crystal and dictionary both find it", async () => {
    const twice = LITHIUM_NIOBATE.replace("Li1 Li", "Nb1 Li");
    const found = (await checked(twice, { whole: true })).filter(({ range }) => range.start.line === 15);
    assert.deepEqual(
      found.map(({ code }) => code),
      ["crystal/duplicate-label"],
    );
  });

  test("stay where they belong while the text is typed, until they are found anew", async () => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime);
    const text = "data_a\n_cell_lenght_a 5\n_cell_lenght_b 5\n_cell_lenght_c 5\n";
    const step = async (count: number): Promise<readonly Diagnostic[]> => {
      await until(() => runtime.waiting > 0, "a step");
      runtime.flush();
      await until(() => client.published.length === count, "its result");
      return client.published.at(-1)!.diagnostics.filter(({ code }) => code === "dictionary/unknown-tag");
    };
    client.open(uri, text);
    assert.deepEqual(await step(1), []);
    assert.equal((await step(2)).length, 3);
    // Two lines more behind the first name; the second name is being changed.
    const line = { line: 2, character: 0 };
    client.change(uri, 2, "# c\n# d\n", { start: line, end: line });
    client.change(uri, 3, "x", { start: { line: 4, character: 5 }, end: { line: 4, character: 6 } });
    assert.deepEqual(
      (await step(3)).map(({ range }) => range.start.line),
      [1, 5],
    );
    assert.deepEqual(
      (await step(4)).map(({ range }) => range.start.line),
      [1, 4, 5],
    );
  });
});

describe("the other places of a problem", () => {
  const RELATED = { textDocument: { publishDiagnostics: { relatedInformation: true } } };
  const twice = LITHIUM_NIOBATE.replace("Li1 Li", "Nb1 Li");

  async function duplicate(capabilities: object): Promise<Diagnostic> {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime, capabilities);
    client.open(uri, twice);
    await until(() => runtime.waiting > 0, "the check");
    runtime.flush();
    const found = (await client.diagnostics(uri, 1)).find(({ code }) => code === "crystal/duplicate-label");
    assert.ok(found);
    return found;
  }

  test("are told where they stand to a client that shows them", async () => {
    const start = { line: 14, character: 0 };
    assert.deepEqual((await duplicate(RELATED)).relatedInformation, [
      { location: { uri, range: { start, end: { line: 14, character: 3 } } }, message: "Nb1 of row 1" },
    ]);
  });

  test("are not told to one that does not", async () => {
    assert.ok(!("relatedInformation" in (await duplicate({}))));
  });

  test("move along with the text until they are found anew", async () => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime, RELATED);
    const text = "data_a\n_x_y 1\n_cell_length_a 5\n_x_z 1\n_cell.length_a 5\n";
    const step = async (count: number): Promise<readonly (readonly number[])[]> => {
      await until(() => runtime.waiting > 0, "a step");
      runtime.flush();
      await until(() => client.published.length === count, "its result");
      return client.published
        .at(-1)!
        .diagnostics.filter(({ code }) => code === "dictionary/alias-repeated")
        .map(({ range, relatedInformation = [] }) => [
          range.start.line,
          ...relatedInformation.map(({ location }) => location.range.start.line),
        ]);
    };
    client.open(uri, text);
    await step(1);
    assert.deepEqual(await step(2), [[4, 2]]);
    const between = { line: 3, character: 0 };
    client.change(uri, 2, "# c\n", { start: between, end: between });
    assert.deepEqual(await step(3), [[5, 2]]);
    await step(4);
    const before = { line: 1, character: 0 };
    client.change(uri, 3, "# d\n", { start: before, end: before });
    assert.deepEqual(await step(5), [[6, 3]]);
    await step(6);
    // The first name itself is changed: what was known of it is of no use.
    client.change(uri, 4, "x", { start: { line: 3, character: 3 }, end: { line: 3, character: 4 } });
    assert.deepEqual(await step(7), [[6]]);
  });
});

describe("state of a file", () => {
  const stateOf = async (text: string): Promise<FileState> => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime, {}, { fileState: true });
    const states: FileState[] = [];
    client.connection.onNotification(FILE_STATE, (state: FileState) => void states.push(state));
    client.open(uri, text);
    await until(() => runtime.waiting > 0, "the check");
    runtime.flush();
    await until(() => states.length > 0, "the state");
    return states[0]!;
  };

  test("names the crystal, or the first reason why there is none", async () => {
    const sound = await stateOf(LITHIUM_NIOBATE);
    assert.equal(sound.summary, "LiNbO3 · R 3 c :H");
    assert.match(sound.detail, /318\.21 Å³.*Li6 Nb6 O18/);
    const broken = await stateOf(LITHIUM_NIOBATE.replace("13.8631(4)", "?"));
    assert.equal(broken.severity, "error");
    assert.match(broken.detail, /_cell_length_c|length c/);
    assert.equal((await stateOf("data_paper\n_x 1\n")).summary, "No crystal");
  });
});

describe("the code of a problem", () => {
  const first = async (name: string, text: string, options: object) => {
    const runtime = createManualRuntime();
    const client = await startInMemory(runtime, {}, options);
    client.open(name, text);
    await until(() => runtime.waiting > 0, "the check");
    runtime.flush();
    return (await client.diagnostics(name, 1))[0]!;
  };

  test("leads to its explanation, in CIFs and in experiment files, where the client says where that is", async () => {
    const options = { explanations: "https://host/checks#{code}" };
    const href = "https://host/checks#syntax%2Fno-data-block";
    assert.equal((await first(uri, "_x 1", options)).codeDescription?.href, href);
    const plan = await first("file:///a.dfxrm.json", '{"version": 1', options);
    assert.equal(plan.codeDescription?.href, "https://host/checks#json%2Fsyntax");
    assert.equal((await first(uri, "_x 1", {})).codeDescription, undefined);
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
