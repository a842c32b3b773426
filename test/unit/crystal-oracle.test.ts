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

/** The text without its lists of operations and Hall symbols, so that the Hermann-Mauguin symbol alone counts. */
function withoutOperations(text: string): string {
  const isOfSymmetry = /^_(space_group|symmetry).*(xyz|hall)$/;
  const entries = parseCif(text).blocks.flatMap((block) => block.entries);
  return entries
    .filter((entry) => (entry.kind === "loop" ? entry.names : [entry.name]).some(({ key }) => isOfSymmetry.test(key)))
    .reduceRight((rest, { range }) => rest.slice(0, range.start) + rest.slice(range.end), text);
}

withCorpus("the Hermann-Mauguin symbol alone gives the same operations and contents", () => {
  const files = ["cif/examples", "cif/more"].flatMap((folder) =>
    listCorpus(folder).map((name) => [folder, name] as const),
  );
  const undecided: string[] = [];
  let count = 0;
  for (const [folder, name] of files) {
    if (!name.endsWith(".cif")) continue;
    count++;
    const text = readCorpus(folder, name);
    const listed = crystalFromCif(parseCif(text));
    const named = crystalFromCif(parseCif(withoutOperations(text)));
    assert.ok(listed.ok, name);
    if (!named.ok) {
      assert.match(
        named.issues[0]?.message ?? "",
        /write 'F d -3 m :1' or 'F d -3 m :2', or list the operations/,
        name,
      );
      undecided.push(name);
      continue;
    }
    assert.equal(named.value.spaceGroup.source, "hm", name);
    const operations = [listed, named].map(({ value }) => value.spaceGroup.operations.map(({ xyz }) => xyz).sort());
    assert.deepEqual(operations[1], operations[0], name);
    assert.deepEqual(named.value.contents, listed.value.contents, name);
  }
  assert.equal(count, 47);
  // These two have neither a formula nor a density.
  assert.deepEqual(undecided.sort(), ["dfxm_Diamond_Fd-3m.cif", "dfxm_Si_Fd-3m.cif"]);
});

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
