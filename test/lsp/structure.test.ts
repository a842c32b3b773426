import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DocumentSymbol, FoldingRange, SelectionRange } from "vscode-languageserver";
import { createManualRuntime, opened, positionOf, slice, startInMemory } from "./client.ts";
import { LITHIUM_NIOBATE } from "./texts.ts";

const FOLDED = `# first comment
# second comment
data_a
_x
;
# no comment
# nor this
;
# alone
loop_
_y
_z
1 2
3 4
save_frame
_w 1
save_
data_b
_v 1
`;

describe("folding", () => {
  test("comments, blocks, frames, loops and text fields fold; a comment in a text field is none", async () => {
    const { ask } = await opened(FOLDED);
    const folds = await ask<FoldingRange[]>("foldingRange");
    const lines = folds.map(({ startLine, endLine, kind }) => [startLine, endLine, kind ?? "block"]);
    assert.deepEqual(
      lines.sort((a, b) => Number(a[0]) - Number(b[0])),
      [
        [0, 1, "comment"],
        [2, 16, "block"],
        [4, 7, "region"],
        [9, 13, "region"],
        [14, 16, "block"],
        [17, 18, "block"],
      ],
    );
  });

  test("no more than the editor takes, blocks first", async () => {
    const client = await startInMemory(createManualRuntime(), { textDocument: { foldingRange: { rangeLimit: 3 } } });
    const uri = "file:///many.cif";
    client.open(uri, `data_a\n${"_x\n;\ntext\n;\n".repeat(100)}data_b\n_x 1\n`);
    const folds = await client.connection.sendRequest<FoldingRange[]>("textDocument/foldingRange", {
      textDocument: { uri },
    });
    assert.deepEqual(
      folds.map(({ startLine }) => startLine),
      [0, 401, 2],
    );
  });
});

describe("selection ranges", () => {
  const growing = async (text: string, mark: string, offset = 0): Promise<string[]> => {
    const { ask } = await opened(text);
    const [range] = await ask<SelectionRange[]>("selectionRange", { positions: [positionOf(text, mark, offset)] });
    const texts: string[] = [];
    for (let at = range; at; at = at.parent!) texts.push(slice(text, at.range));
    return texts;
  };

  test("value, row, loop, block, file", async () => {
    const text = `# c\n${LITHIUM_NIOBATE}`;
    const texts = await growing(text, "0.2829", 2);
    assert.equal(texts[0], "0.2829");
    assert.equal(texts[1], "Li1 Li 0 0 0.2829");
    assert.match(texts[2]!, /^loop_[\s\S]*0\.0647$/);
    assert.match(texts[3]!, /^data_LiNbO3[\s\S]*0\.0647$/);
    assert.equal(texts[4], text);
    assert.equal(texts.length, 5);
  });

  test("the content of a quoted value, the value, the item", async () => {
    const texts = await growing(LITHIUM_NIOBATE, "R 3 c", 1);
    assert.deepEqual(texts.slice(0, 3), ["R 3 c :H", "'R 3 c :H'", "_space_group_name_H-M_alt 'R 3 c :H'"]);
  });

  test("white space within a block gives the block", async () => {
    assert.match((await growing("data_a\n_x 1\n\n\n_y 2\n", "1\n\n", 2))[0]!, /^data_a[\s\S]*2$/);
  });
});

describe("outline", () => {
  test("a file of many frames is cut to what an editor can hold, blocks and frames kept first", async () => {
    const frames = Array.from({ length: 2000 }, (_, i) => `save_f${i}\n_a.b 1\n_a.c 2\n_d.e 3\n_d.f 4\nsave_\n`).join(
      "",
    );
    const { ask } = await opened(`data_DIC\n${frames}`);
    const symbols = await ask<DocumentSymbol[]>("documentSymbol");
    const count = (list: readonly DocumentSymbol[]): number =>
      list.reduce((sum, { children }) => sum + 1 + count(children ?? []), 0);
    assert.ok(count(symbols) <= 5000, `${count(symbols)}`);
    assert.equal(symbols[0]?.children?.length, 2000);
  });
});
