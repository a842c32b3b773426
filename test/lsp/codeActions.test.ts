import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { applied, opened, positionOf } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

/** The quick fixes at a place, by title, with the text that each makes. */
async function fixesAt(text: string, mark: string, only?: string[]): Promise<Map<string, string>> {
  const { ask, uri } = await opened(text);
  const position = positionOf(text, mark);
  const actions = await ask<CodeAction[]>("codeAction", {
    range: { start: position, end: position },
    context: { diagnostics: [], ...(only && { only }) },
  });
  for (const { kind, diagnostics } of actions) {
    assert.equal(kind, CodeActionKind.QuickFix);
    assert.equal(diagnostics?.length, 1);
  }
  return new Map(actions.map(({ title, edit }) => [title, applied(text, edit!.changes![uri]!)]));
}

describe("quick fixes", () => {
  for (const [what, before, mark, after] of [
    ["a missing value gets ?", "data_a\n_x\n_y 1\n", "_x", "data_a\n_x ?\n_y 1\n"],
    [
      "a value with blanks gets quotes",
      "data_a\n_x lithium niobate\n_y 1\n",
      "niobate",
      "data_a\n_x 'lithium niobate'\n_y 1\n",
    ],
    ["a value with a quote gets the other ones", "data_a\n_x Fuess' data\n", "data\n", 'data_a\n_x "Fuess\' data"\n'],
    ["_loop becomes loop_", "data_a\n_loop\n_x\n_y\n1 2\n", "_loop", "data_a\nloop_\n_x\n_y\n1 2\n"],
    ["loop becomes loop_", "data_a\n_z 1\nloop\n_x\n_y\n1 2\n", "loop", "data_a\n_z 1\nloop_\n_x\n_y\n1 2\n"],
    ["a data header loses its blank", "data_a\n_z 1\ndata b\n_x 1\n", "data b", "data_a\n_z 1\ndata_b\n_x 1\n"],
    ["a frame is closed", "data_a\nsave_b\n_x 1\n", "save_b", "data_a\nsave_b\n_x 1\nsave_\n"],
  ] as const) {
    test(what, async () => {
      const fixes = await fixesAt(before, mark);
      assert.ok([...fixes.values()].includes(after), JSON.stringify([...fixes]));
    });
  }

  test("a volume that does not fit is replaced by the computed one", async () => {
    const wrong = LITHIUM_NIOBATE.replace("loop_", "_cell_volume 330.5\nloop_");
    const fixes = await fixesAt(wrong, "330.5");
    assert.ok(
      [...fixes.values()].some((text) => /_cell_volume 318\.21/.test(text)),
      JSON.stringify([...fixes.keys()]),
    );
  });

  test("a name with a slip is replaced by the one that was meant", async () => {
    const wrong = LITHIUM_NIOBATE.replace("_cell_length_b", "_cell_lenght_b");
    const fixes = await fixesAt(wrong, "_cell_lenght_b");
    assert.ok([...fixes.values()].includes(LITHIUM_NIOBATE), JSON.stringify([...fixes.keys()]));
  });

  test("none elsewhere, and none where other actions are asked for", async () => {
    assert.deepEqual(await fixesAt("data_a\n_x\n_y 1\n", "_y 1"), new Map());
    assert.deepEqual(await fixesAt("data_a\n_x\n_y 1\n", "_x", [CodeActionKind.Refactor]), new Map());
    assert.equal((await fixesAt("data_a\n_x\n_y 1\n", "_x", [CodeActionKind.QuickFix])).size, 1);
  });
});
