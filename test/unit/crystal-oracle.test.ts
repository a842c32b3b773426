/** Against gemmi and cctbx: the files of oracle/ name a CIF each and hold its volume, contents, density and space group. */
import assert from "node:assert/strict";
import { parseCif } from "../../core/cif/index.ts";
import { crystalFromCif } from "../../core/crystal/index.ts";
import { closeRelative, closeTo } from "./close.ts";
import { listCorpus, readCorpus, readCorpusJson, withCorpus } from "./corpus.ts";

interface Oracle {
  readonly file: string;
  readonly cell: { readonly volume_A3_cctbx: number };
  readonly space_group: { readonly number: number; readonly n_operations: number; readonly centrosymmetric: boolean };
  readonly contents_per_cell: Readonly<Record<string, number>>;
  readonly n_atoms_per_cell: number;
  readonly density_g_cm3: number;
}

function check(folder: string, oracle: Oracle): void {
  const { file, space_group } = oracle;
  const result = crystalFromCif(parseCif(readCorpus(folder, file)));
  assert.ok(result.ok, `${file}: ${result.issues.map(({ message }) => message).join(" ")}`);
  const { cell, contents, density_g_cm3, sites, spaceGroup } = result.value;
  assert.deepEqual(contents, Object.fromEntries(Object.entries(oracle.contents_per_cell).sort()), file);
  const atoms = sites.reduce((sum, { occupancy, multiplicity }) => sum + occupancy * multiplicity, 0);
  closeTo(atoms, oracle.n_atoms_per_cell, 1e-9, `${file}: atoms in the cell`);
  closeRelative(cell.volume_A3, oracle.cell.volume_A3_cctbx, 1e-8, `${file}: volume`);
  closeRelative(density_g_cm3, oracle.density_g_cm3, 1e-6, `${file}: density`);
  assert.equal(spaceGroup.operations.length, space_group.n_operations, file);
  assert.equal(spaceGroup.centrosymmetric, space_group.centrosymmetric, file);
  // C 1 of kaolinite is not in the table of settings.
  if (spaceGroup.hall !== null) assert.equal(spaceGroup.number, space_group.number, file);
}

for (const [folder, count] of [
  ["cif/examples", 8],
  ["cif/more", 27],
] as const) {
  withCorpus(`crystals of ${folder}`, () => {
    const files = new Set(listCorpus(folder));
    const oracles = listCorpus("oracle")
      .filter((name) => name.endsWith(".json"))
      .map((name) => readCorpusJson<Partial<Oracle>>("oracle", name))
      .filter((oracle): oracle is Oracle => oracle.contents_per_cell !== undefined && files.has(oracle.file ?? ""));
    for (const oracle of oracles) check(folder, oracle);
    assert.equal(oracles.length, count);
  });
}

withCorpus("own crystals of cif/more, by their operations", () => {
  const files = listCorpus("cif/more").filter((name) => name.startsWith("dfxm_"));
  for (const file of files) {
    const result = crystalFromCif(parseCif(readCorpus("cif/more", file)));
    assert.ok(result.ok, file);
    const text = readCorpus("cif/more", file);
    assert.equal(result.value.spaceGroup.number, Number(/_symmetry_Int_Tables_number +(\d+)/.exec(text)?.[1]), file);
    assert.deepEqual(result.value.issues, [], file);
  }
  assert.equal(files.length, 12);
});
