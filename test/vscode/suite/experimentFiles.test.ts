import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../../scripts/lib/until.ts";
import { closeAll, errors, openFile, positionOf, problems } from "./documents.ts";

const PLAN = `{
  "version": 1,
  "cif": { "path": "LiNbO3.cif", "block": "LiNbO3" }, // beside this file
  "beam": { "energy_keV": 17, "width_um": 200, "height_um": 0.6 },
  "sample": { "thickness_um": 150, "height_um": 5000, "width_um": 5000 },
  "reflection": { "hkl": [0, 0, 6] },
  "instrument": "esrf-id03"
}
`;

/** The quick fixes at a problem, once the server offers some. */
const fixesAt = (document: vscode.TextDocument, range: vscode.Range): Promise<readonly vscode.CodeAction[]> =>
  until("quick fixes", async () => {
    const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const ours = actions.filter(({ edit }) => edit !== undefined);
    return ours.length > 0 ? ours : false;
  });

suite("plans, instruments and lenses as files", () => {
  teardown(closeAll);

  test("a sound plan has no error, comments and all", async () => {
    const editor = await openFile("sound.dfxrm.json", PLAN);
    assert.equal(editor.document.languageId, "jsonc");
    await until("something about it", () => problems(editor).some(({ source }) => source === "DF-XRM"));
    assert.deepEqual(errors(editor), []);
  });

  test("a wrong value is told where it stands, and goes with it", async () => {
    const editor = await openFile("wrong.dfxrm.json", PLAN.replace("17,", "500,"));
    const { document } = editor;
    const wrong = await until("the problem", () => errors(editor).find(({ source }) => source === "DF-XRM") ?? false);
    assert.equal(document.getText(wrong.range), "500");
    await editor.edit((edit) => edit.replace(wrong.range, "17"));
    await until("no error", () => errors(editor).length === 0);
  });

  test("a misspelt key is mended by its quick fix", async () => {
    const editor = await openFile("misspelt.dfxrm.json", PLAN.replace('"width_um": 200', '"widht_um": 200'));
    const { document } = editor;
    const misspelt = await until(
      "the problem",
      () => problems(editor).find(({ range }) => document.getText(range) === '"widht_um"') ?? false,
    );
    const fixes = await fixesAt(document, misspelt.range);
    const [fix] = fixes.filter(({ title }) => title.includes("width_um"));
    assert.ok(fix?.edit, fixes.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), PLAN);
  });

  test("a hover on the energy tells what follows from it", async () => {
    const { document } = await openFile("hover.dfxrm.json", PLAN);
    const text = await until("the hover", async () => {
      const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        positionOf(document, "17,"),
      );
      const all = hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (typeof content === "string" ? content : content.value))
        .join("\n");
      return all.includes("Attenuation length") ? all : false;
    });
    assert.match(text, /174\\?\.6/);
  });

  test("lens and instrument files offer their keys and explain them, by their schemas", async () => {
    const files = [
      [
        "keys.dfxrm-lens.json",
        '{\n  "version": 1,\n  "series": [{ "count": 88, \n "r" }]\n}\n',
        '"r"',
        "radius_um",
        /Number of lenslets/,
      ],
      [
        "keys.dfxrm-instrument.json",
        '{\n  "version": 1, "count": 0, "id": "mine",\n "e"\n}\n',
        '"e"',
        "eta_deg",
        /names? the instrument/,
      ],
    ] as const;
    for (const [name, text, typed, key, explained] of files) {
      const { document } = await openFile(name, text);
      await until(`${key} is offered`, async () => {
        const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
          "vscode.executeCompletionItemProvider",
          document.uri,
          positionOf(document, typed).translate(0, 2),
        );
        return items.some(({ label }) => (typeof label === "string" ? label : label.label) === key);
      });
      const mark = name.includes("lens") ? '"count"' : '"id"';
      await until(`${mark} is explained`, async () => {
        const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
          "vscode.executeHoverProvider",
          document.uri,
          positionOf(document, mark).translate(0, 2),
        );
        const all = hovers
          .flatMap(({ contents }) => contents)
          .map((one) => (typeof one === "string" ? one : one.value));
        return all.some((one) => explained.test(one));
      });
    }
  });

  test("a broken lens file is told at its line", async () => {
    const editor = await openFile("broken.lens", "[lens_series_0]\nradius_of_curvature_in_µm = fifty\n");
    const [problem] = await until("the problem", () => (errors(editor).length > 0 ? errors(editor) : false));
    assert.equal(problem?.range.start.line, 1);
  });
});
