import * as vscode from "vscode";
import { until } from "../../../scripts/lib/until.ts";

suite("extension in VS Code for the Web", () => {
  let editor: vscode.TextEditor;

  suiteSetup(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (folder === undefined) throw new Error("The tests need a workspace.");
    editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, "LiNbO3.cif"));
  });

  test("activates in a worker when a CIF is opened", async () => {
    const extension = vscode.extensions.getExtension("df-xrm.df-xrm");
    if (extension === undefined) throw new Error("VS Code does not know df-xrm.df-xrm");
    await until("the extension is active", () => extension.isActive);
  });

  test("reports a data name without a value, on its line", async () => {
    const line = editor.document.lineCount;
    const end = editor.document.lineAt(line - 1).range.end;
    await editor.edit((edit) => edit.insert(end, "\n_name_without_value"));
    const [problem] = await until("a problem", () => {
      const problems = vscode.languages.getDiagnostics(editor.document.uri);
      return problems.length > 0 ? problems : false;
    });
    if (problem?.range.start.line !== line) throw new Error(`The problem is on line ${problem?.range.start.line}.`);
  });

  test("a kind of problems is told no more once the user says so", async () => {
    const { document } = editor;
    const start = document.positionAt(document.getText().indexOf("318.212"));
    await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 7)), "330.512"));
    const isTold = () =>
      vscode.languages.getDiagnostics(document.uri).some(({ message }) => message.startsWith("Cell volume"));
    await until("the problem", isTold);
    await vscode.commands.executeCommand("dfxrm.doNotReport", "crystal/cell-volume");
    await until("no problem", () => !isTold());
  });

  test("the packaged explanation of a problem is shown", async () => {
    await vscode.commands.executeCommand("dfxrm.explainProblem", "syntax/missing-value");
    await until("the preview", () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === "Preview checks.md")),
    );
  });
});
