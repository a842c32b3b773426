import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { InlayHint, Range, SemanticTokens } from "vscode-languageserver";
import { SEMANTIC_TOKENS_LEGEND } from "../../server/features/semanticTokens.ts";
import { createManualRuntime, opened, startInMemory } from "./client.ts";
import { LITHIUM_NIOBATE, VOLUME } from "./texts.ts";

/** Tokens as [line, character, length, type]. */
function decode({ data }: SemanticTokens): number[][] {
  const tokens: number[][] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const down = data[i]!;
    line += down;
    character = down === 0 ? character + data[i + 1]! : data[i + 1]!;
    tokens.push([line, character, data[i + 2]!, data[i + 3]!]);
  }
  return tokens;
}

const lines = (first: number, last: number): Range => ({
  start: { line: first, character: 0 },
  end: { line: last, character: 0 },
});

describe("semantic tokens", () => {
  test("names and values of a column have its colour, in turn", async () => {
    const { ask } = await opened(LITHIUM_NIOBATE);
    const tokens = decode(await ask<SemanticTokens>("semanticTokens/full"));
    assert.equal(tokens.length, 5 + 15);
    assert.deepEqual(tokens.slice(0, 2), [
      [9, 0, "_atom_site_label".length, 0],
      [10, 0, "_atom_site_type_symbol".length, 1],
    ]);
    assert.deepEqual(tokens.slice(10, 15), [
      [15, 0, 3, 0],
      [15, 4, 2, 1],
      [15, 7, 1, 2],
      [15, 9, 1, 3],
      [15, 11, 6, 4],
    ]);
  });

  test("every type of the legend has its colour in the manifest", () => {
    const { semanticTokenTypes, semanticTokenScopes } = JSON.parse(readFileSync("package.json", "utf8")).contributes;
    const { tokenTypes } = SEMANTIC_TOKENS_LEGEND;
    assert.deepEqual(
      semanticTokenTypes.map(({ id }: { id: string }) => id),
      tokenTypes,
    );
    assert.deepEqual(Object.keys(semanticTokenScopes[0].scopes), tokenTypes);
    assert.equal(new Set(Object.values(semanticTokenScopes[0].scopes).flat()).size, tokenTypes.length);
  });

  test("the seventh column has the first colour again; text fields are left out", async () => {
    const { ask } = await opened("data_a\nloop_\n_a\n_b\n_c\n_d\n_e\n_f\n_g\n1 2\n;\ntext\n;\n4 5 6 7\n");
    const tokens = decode(await ask<SemanticTokens>("semanticTokens/full"));
    assert.deepEqual(
      tokens.slice(7).map(([, , , type]) => type),
      [0, 1, 3, 4, 5, 0],
    );
  });

  test("a long list is answered for the part that is shown only", async () => {
    const text = `data_a\nloop_\n_a\n_b\n${"1 2\n".repeat(40_000)}`;
    const { ask } = await opened(text);
    assert.equal(await ask("semanticTokens/full"), null);
    const part = decode(await ask<SemanticTokens>("semanticTokens/range", { range: lines(30_000, 30_010) }));
    assert.ok(part.length >= 20 && part.length <= 24, `${part.length}`);
    assert.ok(part.every(([line]) => line! >= 29_999 && line! <= 30_010));
  });
});

describe("inlay hints", () => {
  const hintsOf = async (text: string, range = lines(0, 10_000)) =>
    (await opened(text)).ask<InlayHint[]>("inlayHint", { range });

  test("a volume that does not fit the cell has the right one behind it", async () => {
    const wrong = LITHIUM_NIOBATE.replace("loop_", "_cell_volume 320.5(2)\nloop_");
    const [hint, ...others] = await hintsOf(wrong);
    assert.ok(String(hint?.label).includes(VOLUME), String(hint?.label));
    assert.deepEqual(hint?.position, { line: 8, character: "_cell_volume 320.5(2)".length });
    assert.deepEqual(others, []);
  });

  test("volumes and densities that fit have none", async () => {
    const right = LITHIUM_NIOBATE.replace("loop_", "_cell_volume 318.2\n_exptl_crystal_density_diffrn 4.63\nloop_");
    assert.deepEqual(await hintsOf(right), []);
    const wrong = await hintsOf(right.replace("4.63", "5.1"));
    assert.match(String(wrong[0]?.label), /4\.6[23]\d g\/cm³/);
  });

  test("every fortieth row of a long loop names its columns", async () => {
    const text = `data_a\nloop_\n_atom_site_label\n_atom_site_fract_x\n${"A 1\n".repeat(100)}`;
    const hints = await hintsOf(text);
    assert.deepEqual(
      hints.map(({ label, position }) => [label, position.line, position.character]),
      [
        ["label:", 44, 0],
        ["fract_x:", 44, 2],
        ["label:", 84, 0],
        ["fract_x:", 84, 2],
      ],
    );
    assert.equal((await hintsOf(text, lines(50, 90))).length, 2);
    assert.deepEqual(await hintsOf(text, lines(50, 60)), []);
  });

  test("the setting switches them off", async () => {
    const client = await startInMemory(createManualRuntime(), { workspace: { configuration: true } });
    client.settings = () => ({ inlayHints: { enabled: false } });
    const uri = "file:///a.cif";
    client.open(uri, LITHIUM_NIOBATE.replace("loop_", "_cell_volume 320.5(2)\nloop_"));
    const params = { textDocument: { uri }, range: lines(0, 20) };
    assert.deepEqual(await client.connection.sendRequest("textDocument/inlayHint", params), []);
  });
});
