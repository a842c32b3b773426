/** How loud problems are told is the user's choice: the setting dfxrm.diagnostics.severity, and the quick fix that writes it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CodeAction, CodeActionKind, type Diagnostic } from "vscode-languageserver";
import { FILE_STATE, type FileState } from "../../core/protocol/index.ts";
import { createManualRuntime, positionOf, startInMemory, until } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

const uri = "file:///crystal.cif";
const IGNORE = { ignore: { command: "own.ignore", title: "Ignore {code} here" } };

/** Beside what it lacks: a wrong volume (warning), an occupancy that is not given (hint), an unknown name (warning of the dictionaries). */
const TEXT = LITHIUM_NIOBATE.replace("_space_group", "_cell_volume 330.5\n_cell_formula_units_Y 6\n_space_group")
  .replace("fract_z\n", "fract_z\n_atom_site_occupancy\n")
  .replace("0 0 0\n", "0 0 0 ?\n")
  .replace("0.2829\n", "0.2829 1\n")
  .replace("0.0647\n", "0.0647 1\n");

async function opened(severity: unknown, initializationOptions: object = IGNORE, text = TEXT, name = uri) {
  const runtime = createManualRuntime();
  const client = await startInMemory(runtime, { workspace: { configuration: true } }, initializationOptions);
  client.settings = () => ({ diagnostics: { severity } });
  client.open(name, text);
  /** The problems after the next `steps` of the check, each as its code and severity. */
  const told = async (steps: number): Promise<readonly string[]> => {
    for (let step = 0; step < steps; step++) {
      const before = client.published.length;
      await until(() => runtime.waiting > 0, "a check");
      runtime.flush();
      await until(() => client.published.length > before, "its result");
    }
    return client.published
      .at(-1)!
      .diagnostics.map(({ code, severity }) => `${code} ${severity}`)
      .filter((one) => !one.startsWith("crystal/missing"));
  };
  const actions = (mark: string, wanted = text): Promise<CodeAction[]> => {
    const position = positionOf(wanted, mark);
    const range = { start: position, end: position };
    return client.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri: name },
      range,
      context: { diagnostics: [] },
    });
  };
  return { client, runtime, told, actions };
}

describe("the setting of severities", () => {
  test("without it, problems are told as they are found", async () => {
    const { told } = await opened({});
    assert.deepEqual(await told(2), [
      "crystal/cell-volume 2",
      "dictionary/unknown-tag 2",
      "crystal/occupancy-unknown 4",
    ]);
  });

  test("a code has another severity or is off, and counts before its family", async () => {
    const { told } = await opened({
      "crystal/*": "off",
      "crystal/cell-volume": "error",
      "dictionary/*": "information",
    });
    assert.deepEqual(await told(2), ["crystal/cell-volume 1", "dictionary/unknown-tag 3"]);
  });

  test("a change takes effect at once", async () => {
    const { client, told } = await opened({});
    assert.equal((await told(2)).length, 3);
    client.settings = () => ({ diagnostics: { severity: { "crystal/cell-volume": "off" } } });
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    assert.deepEqual(await told(2), ["dictionary/unknown-tag 2", "crystal/occupancy-unknown 4"]);
  });

  test("the state of the file follows it", async () => {
    const { client, told } = await opened({ "crystal/cell-volume": "hint" }, { fileState: true });
    const states: FileState[] = [];
    client.connection.onNotification(FILE_STATE, (state: FileState) => void states.push(state));
    await told(2);
    assert.deepEqual(
      states.map(({ severity }) => severity),
      ["none"],
    );
  });

  test("what is wrong with it is told in the log, and the rest of it counts", async () => {
    const { client, told } = await opened({
      "crystal/cell-volume": "of",
      crystal: "off",
      "crystal/occupancy-unknown": "off",
    });
    assert.deepEqual(await told(2), ["crystal/cell-volume 2", "dictionary/unknown-tag 2"]);
    const log = client.log.join("\n");
    assert.match(
      log,
      /severity: crystal\/cell-volume is set to "of": write one of error, warning, information, hint, off\./,
    );
    assert.match(log, /severity: There is no code "crystal": write one such as crystal\/cell-volume/);
    assert.equal(client.log.length, 2);
  });

  test("it holds for the files of an experiment too", async () => {
    const lens = `[lens_series_0]
number_of_lenses = 10
radius_of_curvature_in_µm = 50
lens_spacing_in_mm = 1
disc_thickness_in_um = 2000
[lens_series_0.material]
formula = "Be"
density_g_cm3 = 1.85
`;
    const name = "file:///a.lens";
    const { told } = await opened({}, IGNORE, lens, name);
    assert.deepEqual(await told(1), ["lens/disc 2"]);
    const { told: quiet, actions } = await opened({ "lens/*": "hint" }, IGNORE, lens, name);
    assert.deepEqual(await quiet(1), ["lens/disc 4"]);
    const [{ title, diagnostics }] = (await actions("2000")) as [CodeAction];
    assert.deepEqual([title, diagnostics?.[0]?.severity], ["Ignore lens/disc here", 4]);
  });
});

describe("the quick fix that writes it", () => {
  test("stands behind the remedies of a problem, and runs the command of the client", async () => {
    const { actions } = await opened({});
    const found = await actions("330.5");
    assert.deepEqual(
      found.map(({ title }) => title),
      ["Replace by 318.212(10)", "Ignore crystal/cell-volume here"],
    );
    const last = found.at(-1)!;
    assert.equal(last.kind, CodeActionKind.QuickFix);
    assert.equal(last.isPreferred, false);
    assert.equal(last.edit, undefined);
    assert.deepEqual(last.command, {
      title: "Ignore crystal/cell-volume here",
      command: "own.ignore",
      arguments: ["crystal/cell-volume"],
    });
    assert.deepEqual(
      last.diagnostics?.map(({ code }: Diagnostic) => code),
      ["crystal/cell-volume"],
    );
  });

  test("is offered once for several problems of one kind, and never for an error", async () => {
    const text = `${TEXT.replace("0.2829 1", "0.2829 ?")}_x surplus value\n`;
    const { client } = await opened({}, IGNORE, text);
    const found = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
      context: { diagnostics: [] },
    });
    const titles = found.filter(({ command }) => command).map(({ title }) => title);
    assert.ok(titles.includes("Ignore crystal/occupancy-unknown here"), titles.join("\n"));
    assert.equal(new Set(titles).size, titles.length);
    const syntax = found.filter(({ diagnostics }) =>
      diagnostics?.some(({ code }) => String(code).startsWith("syntax/")),
    );
    assert.ok(syntax.length > 0 && syntax.every(({ command }) => command === undefined));
  });

  test("is gone with the problem, and not offered to a client without the command", async () => {
    const { actions } = await opened({ "crystal/cell-volume": "off" });
    assert.deepEqual(await actions("330.5"), []);
    const { actions: others } = await opened({}, { ignore: { command: 1 } });
    assert.deepEqual(
      (await others("330.5")).map(({ title }) => title),
      ["Replace by 318.212(10)"],
    );
  });
});
