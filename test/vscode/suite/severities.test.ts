import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../../scripts/lib/until.ts";
import { closeAll, codeOf, openExample, openFile, positionOf, problems } from "./documents.ts";

const SETTINGS = ".vscode/settings.json";

/** The text of the settings of the workspace; empty where there are none. */
async function settings(): Promise<string> {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, SETTINGS);
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return "";
  }
}

const setLevels = (levels: Readonly<Record<string, string>> | undefined): Thenable<void> =>
  vscode.workspace
    .getConfiguration("dfxrm.diagnostics")
    .update("severity", levels, vscode.ConfigurationTarget.Workspace);

suite("how loud problems are", () => {
  teardown(async () => {
    await closeAll();
    // A settings file that was broken a moment ago cannot be written yet.
    await until("settings as before", async () =>
      setLevels(undefined).then(
        () => true,
        () => false,
      ),
    );
  });

  /** LiNbO3.cif with a wrong volume, once that is told of. */
  async function wrongVolume(): Promise<{
    readonly problem: () => vscode.Diagnostic | undefined;
    readonly actions: () => Promise<readonly vscode.CodeAction[]>;
  }> {
    const editor = await openExample("LiNbO3.cif");
    const start = positionOf(editor.document, "318.212");
    await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 7)), "330.512"));
    const problem = () => problems(editor).find((one) => codeOf(one) === "crystal/cell-volume");
    await until("the problem", () => problem() !== undefined);
    const range = new vscode.Range(start, start);
    const actions = async () =>
      (await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
        "vscode.executeCodeActionProvider",
        editor.document.uri,
        range,
      )) ?? [];
    return { problem, actions };
  }

  test("a quick fix ends a kind of problems in this workspace, at once, and can be undone", async () => {
    const { problem, actions } = await wrongVolume();
    const title = "Do not report crystal/cell-volume in this workspace";
    const { command } = await until(
      "the quick fix",
      async () => (await actions()).find((action) => action.title === title) ?? false,
    );
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    await until("no problem", () => problem() === undefined);
    assert.match(await settings(), /"crystal\/cell-volume": "off"/);
    await until("the problem again", async () => {
      await vscode.commands.executeCommand("notification.acceptPrimaryAction");
      return problem() !== undefined;
    });
    await until("no setting", async () => !(await settings()).includes("cell-volume"));
  });

  test("what is set for a code keeps what is set for others", async () => {
    await setLevels({ "dictionary/*": "hint" });
    const { problem } = await wrongVolume();
    await vscode.commands.executeCommand("dfxrm.doNotReport", "crystal/cell-volume");
    await until("no problem", () => problem() === undefined);
    assert.match(await settings(), /"dictionary\/\*": "hint",\s*"crystal\/cell-volume": "off"/);
    await setLevels({ "crystal/*": "off", "crystal/cell-volume": "error" });
    await until("an error", () => problem()?.severity === vscode.DiagnosticSeverity.Error);
  });

  test("the settings file completes codes and levels, and marks codes that there are not", async () => {
    const content = '{ "dfxrm.diagnostics.severity": { "crystal/cell-volume": "", "crystal/nonsense": "off", "" } }';
    const { document } = await openFile(SETTINGS, content);
    const completed = async (offset: number): Promise<readonly string[]> => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        document.positionAt(offset),
      );
      return items.map(({ label }) => (typeof label === "string" ? label : label.label));
    };
    await until("the codes", async () => {
      const names = await completed(content.lastIndexOf('""') + 1);
      return names.includes("crystal/density") && names.includes("dictionary/*");
    });
    await until("the levels", async () => (await completed(content.indexOf('""') + 1)).includes('"information"'));
    await until("the mark", () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .some(({ message, range }) => /no problems with this code/.test(message) && range.start.character > 60),
    );
  });
});
