import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../../scripts/lib/until.ts";
import { closeAll, errors, openExample, openText, positionOf } from "./documents.ts";

suite("language server", () => {
  teardown(closeAll);

  test("LiNbO3.cif opens without a diagnostic", async () => {
    const editor = await openExample("LiNbO3.cif");
    assert.equal(editor.document.languageId, "cif");
    assert.deepEqual(await allProblems(editor.document), []);
  });

  for (const [row, where] of [
    ["Nb1", "first"],
    ["O1 ", "last"],
  ] as const) {
    test(`a value deleted in the ${where} row of a loop is an error on that row within a second`, async function () {
      // A machine that is busy with something else may be late once.
      this.retries(2);
      const editor = await openExample("LiNbO3.cif");
      await answered(editor);
      const line = editor.document.lineAt(positionOf(editor.document, `\n${row}`).line + 1);
      assert.ok(line.text.startsWith(row));
      const value = /\S+\s*$/.exec(line.text)!;
      await editor.edit((edit) => edit.delete(new vscode.Range(line.lineNumber, value.index, line.lineNumber, 1000)));
      const [first, ...others] = await until(
        "an error",
        () => (errors(editor).length > 0 ? errors(editor) : false),
        1000,
      );
      assert.deepEqual(others, []);
      assert.equal(first!.range.start.line, line.lineNumber);
      assert.equal(first!.source, "DF-XRM");
      await editor.edit((edit) => edit.insert(new vscode.Position(line.lineNumber, value.index), value[0]));
      await until("no error", () => errors(editor).length === 0, 1000);
    });
  }

  test("hover on _cell_length_a shows its value and the whole cell", async () => {
    const editor = await openExample("LiNbO3.cif");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      editor.document.uri,
      positionOf(editor.document, "_cell_length_a"),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === "string" ? content : content.value))
      .join("\n");
    // Cell of the file; volume a^2 c sqrt(3)/2 and density 6 x 147.845 u / V by hand.
    for (const expected of ["5.14829", "13.8631", "120", "318.2", "4.629"]) assert.ok(text.includes(expected), text);
  });

  test("the outline names the data block and its loops", async () => {
    const editor = await openExample("LiNbO3.cif");
    const [block] = await until("an outline", async () =>
      vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        "vscode.executeDocumentSymbolProvider",
        editor.document.uri,
      ),
    );
    assert.match(block!.name, /LiNbO3/);
    const names = block!.children.map(({ name }) => name);
    assert.ok(names.includes("_atom_site"), names.join());
    assert.ok(names.includes("_cell"), names.join());
  });

  test("links to the three panels stand above the data block", async () => {
    const editor = await openExample("LiNbO3.cif");
    await answered(editor);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      editor.document.uri,
      10,
    );
    const { line } = positionOf(editor.document, "data_LiNbO3");
    assert.deepEqual(
      lenses.map(({ command, range }) => [command?.title, command?.command, range.start.line]),
      [
        ["Geometry", "dfxrm.showGeometry", line],
        ["Reflections", "dfxrm.showReflections", line],
        ["Attenuation", "dfxrm.showAttenuation", line],
      ],
    );
  });

  test("every example opens without a diagnostic", async () => {
    const files = await vscode.workspace.findFiles("*.cif");
    assert.ok(files.length >= 9, `${files.length} examples`);
    const documents = await Promise.all(files.map((file) => vscode.workspace.openTextDocument(file)));
    assert.deepEqual(await allProblems(...documents), []);
  });

  test("a file that cannot be read as a CIF gets an error, not silence", async () => {
    for (const content of ["\u0000\u0001\u0002PK\u0003\u0004", "just some words", "data_x\n_cell_length_a\n"]) {
      const editor = await openText(content);
      await until(`an error for ${JSON.stringify(content)}`, () => errors(editor).length > 0);
      await closeAll();
    }
  });
});

/** Resolves once the server has answered for this document: what it has to say about it has come by then. */
async function answered({ document }: vscode.TextEditor): Promise<void> {
  await until("an outline", async () => {
    const symbols = await vscode.commands.executeCommand<unknown[] | undefined>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    return symbols !== undefined && symbols.length > 0;
  });
}

/**
 * The problems of documents, once they are complete: a misspelled data name is added at the end of each, and when the server has
 * reported that one, which the dictionaries find last, it has reported the others as well.
 */
async function allProblems(...documents: readonly vscode.TextDocument[]): Promise<readonly vscode.Diagnostic[]> {
  const lines = documents.map(({ lineCount }) => lineCount);
  const edit = new vscode.WorkspaceEdit();
  for (const document of documents) {
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, "\n_cell_lenght_a 5");
  }
  await vscode.workspace.applyEdit(edit);
  const found = documents.map(({ uri, fileName }, i) =>
    until(`the added problem of ${fileName}`, () => {
      const all = vscode.languages.getDiagnostics(uri);
      return (
        all.some(({ range }) => range.start.line === lines[i]) &&
        all.filter(({ range }) => range.start.line !== lines[i])
      );
    }),
  );
  return (await Promise.all(found)).flat();
}
