/** Every CIF of the reference data, the conformance files too, becomes a crystal or is refused with a reason. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { parseCif } from "../../core/cif/index.ts";
import { crystalFromBlock, crystalFromCif } from "../../core/crystal/index.ts";
import { corpus, readCorpus, withCorpus } from "./corpus.ts";

withCorpus("every CIF becomes a crystal or is refused with a reason", () => {
  const files = readdirSync(path.join(corpus ?? "", "cif"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".cif"),
  );
  let crystals = 0;
  for (const file of files) {
    const document = parseCif(readCorpus("cif", file));
    const results = [crystalFromCif(document), ...document.blocks.map(crystalFromBlock)];
    for (const result of results) {
      for (const { code, message, range } of result.issues) {
        assert.match(code, /^crystal\//, file);
        assert.ok(message.length > 20 && /[.]$/.test(message), `${file}: ${message}`);
        if (range) assert.ok(range.start <= range.end && range.end <= document.text.length, file);
      }
      if (!result.ok) {
        assert.ok(
          result.issues.some(({ severity }) => severity === "error"),
          file,
        );
        continue;
      }
      const { cell, density_g_cm3, sites, spaceGroup } = result.value;
      assert.ok(cell.volume_A3 > 0 && Number.isFinite(density_g_cm3) && density_g_cm3 >= 0, file);
      assert.equal(spaceGroup.operations[0]?.xyz, "x, y, z", file);
      for (const { position, multiplicity } of sites) {
        assert.ok(position.every(Number.isFinite) && multiplicity >= 1, file);
      }
    }
    if (results[0]?.ok) crystals++;
  }
  assert.equal(files.length, 223);
  assert.ok(crystals >= 82, `${crystals} crystals`);
});
