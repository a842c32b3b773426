import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../../scripts/lib/until.ts";
import { closeAll, codeOf, openExample, openText, positionOf, problems } from "./documents.ts";

/** Runs a provider of the editor on a document until it has something to say. */
function provided<T>(what: string, command: string, ...args: readonly unknown[]): Promise<readonly T[]> {
  return until(what, async () => {
    const found = await vscode.commands.executeCommand<readonly T[] | undefined>(`vscode.${command}`, ...args);
    return found !== undefined && found.length > 0 ? found : false;
  });
}

const textOf = (contents: readonly (vscode.MarkdownString | vscode.MarkedString)[]): string =>
  contents.map((content) => (typeof content === "string" ? content : content.value)).join("\n");

suite("editing a CIF", () => {
  teardown(closeAll);

  test("completion offers the names that the block lacks, and writes the one chosen", async () => {
    const editor = await openExample("LiNbO3.cif");
    const { document } = editor;
    const start = positionOf(document, "_cell_volume");
    await editor.edit((edit) => edit.insert(start, "_cell_measurement_refl\n"));
    const position = start.translate(0, "_cell_measurement_refl".length);
    const item = await until("completions", async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        position,
      );
      return list.items.find(({ label }) => label === "_cell_measurement_reflns_used") ?? false;
    });
    assert.ok(
      item.range instanceof vscode.Range ? item.range.start.isEqual(start) : item.range?.replacing.start.isEqual(start),
    );
  });

  test("hover on a symmetry operation says its meaning, on an atom its neighbours", async () => {
    const { document } = await openExample("LiNbO3.cif");
    const hoverAt = async (text: string): Promise<string> => {
      const hovers = await provided<vscode.Hover>(
        "a hover",
        "executeHoverProvider",
        document.uri,
        positionOf(document, text),
      );
      return textOf(hovers.flatMap(({ contents }) => contents));
    };
    assert.match(await hoverAt("'-y, x-y, z'"), /3-fold rotation \(\+120°\) about \[0 0 1\]/);
    assert.match(await hoverAt("Nb1  Nb5+"), /3 × O1 at 1\.8/);
    assert.match(await hoverAt("_atom_site_occupancy"), /Category `atom_site`/);
  });

  test("a quick fix mends a misspelled name", async () => {
    const editor = await openText("data_a\n_cell_lenght_a 5.1\n");
    const problem = await until("the problem", () =>
      problems(editor).find((problem) => codeOf(problem) === "dictionary/unknown-tag"),
    );
    const actions = await provided<vscode.CodeAction>(
      "a quick fix",
      "executeCodeActionProvider",
      editor.document.uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(editor.document.getText(), "data_a\n_cell_length_a 5.1\n");
    await until("no problem", () => !problems(editor).some((problem) => codeOf(problem) === "dictionary/unknown-tag"));
  });

  test("renaming an atom changes its label wherever it is used", async () => {
    const { document } = await openExample("LiNbO3.cif");
    const before = document.getText();
    const edit = await until("the edits", async () =>
      vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
        "vscode.executeDocumentRenameProvider",
        document.uri,
        positionOf(document, "Nb1  Nb5+"),
        "Nb7",
      ),
    );
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), before.replaceAll("Nb1", "Nb7"));
  });

  test("loops and the block fold", async () => {
    const { document } = await openExample("LiNbO3.cif");
    const folds = await provided<vscode.FoldingRange>("folds", "executeFoldingRangeProvider", document.uri);
    const starts = new Set(folds.map(({ start }) => start));
    for (const text of ["data_LiNbO3", "loop_\n_space_group_symop_id", "loop_\n_atom_site_label"]) {
      assert.ok(starts.has(positionOf(document, text).line), `${text}: ${[...starts]}`);
    }
  });

  test("formatting aligns a loop and changes no value", async () => {
    const { document } = await openText(
      "data_a\nloop_\n_atom_site_label\n_atom_site_fract_x\nNb1 0.25\nO1       0.5\n",
    );
    const edits = await provided<vscode.TextEdit>("edits", "executeFormatDocumentProvider", document.uri, {
      tabSize: 2,
      insertSpaces: true,
    });
    const before = document.getText();
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, [...edits]);
    await vscode.workspace.applyEdit(edit);
    assert.equal(positionOf(document, "0.25").character, positionOf(document, "0.5").character);
    assert.deepEqual(document.getText().match(/\S+/g), before.match(/\S+/g));
  });

  test("a label leads to its atom, and to its uses", async () => {
    const { document } = await openText(
      "data_a\nloop_\n_atom_site_label\n_atom_site_fract_x\nNb1 0\nloop_\n_geom_bond_atom_site_label_1\n_geom_bond_distance\nNb1 2\n",
    );
    const use = positionOf(document, "Nb1 2");
    const [found] = await provided<vscode.Location>("a definition", "executeDefinitionProvider", document.uri, use);
    assert.ok(found?.range.start.isEqual(positionOf(document, "Nb1 0")));
    const uses = await provided<vscode.Location>("uses", "executeReferenceProvider", document.uri, use);
    assert.equal(uses.length, 2);
  });

  test("the columns of a loop have colours of their own", async () => {
    const { document } = await openExample("LiNbO3.cif");
    const tokens = await until("colours", async () =>
      vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
        "vscode.provideDocumentSemanticTokens",
        document.uri,
      ),
    );
    // Two loops: 2 names with 18 rows, 8 names with 3 rows.
    assert.equal(tokens.data.length / 5, 2 * 19 + 8 * 4);
  });

  test("a dictionary of the workspace is used, and followed while it changes", async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const file = vscode.Uri.joinPath(folder, "shift.dic");
    const write = (max: number): Thenable<void> =>
      vscode.workspace.fs.writeFile(file, new TextEncoder().encode(dictionaryOfShifts(max)));
    const settings = vscode.workspace.getConfiguration("dfxrm");
    const editor = await openText("data_a\n_shift.number 7\n");
    const codes = (): unknown[] => problems(editor).map(codeOf);
    await write(6);
    try {
      await settings.update("cif.dictionaries", ["shift.dic"], vscode.ConfigurationTarget.Workspace);
      await until("the range of the dictionary", () => codes().includes("dictionary/range"));
      await write(9);
      await until("no problem", () => codes().length === 0);
    } finally {
      await settings.update("cif.dictionaries", undefined, vscode.ConfigurationTarget.Workspace);
      await vscode.workspace.fs.delete(file);
    }
  });
});

const dictionaryOfShifts = (max: number): string => `#\\#CIF_2.0
data_SHIFT_DIC
_dictionary.title SHIFT_DIC
_dictionary.version 1.0.0
_dictionary.date 2026-01-01
save_SHIFT
_definition.id SHIFT
_definition.scope Category
_definition.class Set
_name.category_id SHIFT_DIC
_name.object_id SHIFT
save_
save_shift.number
_definition.id '_shift.number'
_name.category_id shift
_name.object_id number
_type.purpose Number
_type.source Recorded
_type.container Single
_type.contents Integer
_enumeration.range 1:${max}
save_
`;
