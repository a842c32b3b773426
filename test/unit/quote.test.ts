import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCif, valuesOf } from "../../core/cif/index.ts";
import { writeValue } from "../../server/quote.ts";

test("a text written as a value reads back as itself, in CIF 1.1 and 2.0", () => {
  for (const text of ["Si", "R 3 c", "a[1]", "{x}", "_x", "data_y", "?", ".", "", "O'Neill", 'say "no"', "-1", ";"]) {
    const written = writeValue(text);
    for (const magic of ["#\\#CIF_1.1", "#\\#CIF_2.0"]) {
      const document = parseCif(`${magic}\ndata_t\n_a ${written}\n`);
      assert.deepEqual(document.issues, [], `${text} in ${magic}`);
      assert.equal(valuesOf(document.blocks[0]!, "_a")[0]?.text, text);
    }
  }
});

test("a text that no kind of quotes can hold on one line is refused", () => {
  assert.equal(writeValue("two\nlines"), undefined);
  assert.equal(writeValue("both ' and \""), undefined);
});
