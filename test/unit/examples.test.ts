import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif, elementBySymbol, imageOf } from "../../core/crystal/index.ts";
import { deriveExperiment, instrumentById, lensById, parsePlanText, planIssues } from "../../core/experiment/index.ts";
import { mat3, type Vec3 } from "../../core/util/index.ts";
import { closeRelative } from "./close.ts";
import { analyze_cell } from "./moyo.ts";

const folder = new URL("../../examples/", import.meta.url);

interface Published {
  readonly hm: string;
  readonly number: number;
  readonly contents: Readonly<Record<string, number>>;
  /** Volume of the cell by the closed formula of its crystal system from the published lengths [Angstrom^3]. */
  readonly volume_A3: number;
  /**
   * Elements: XrayDB's table of densities, diamond 3.515, W as AMCSD 9006486 has it. Compounds: gemmi 0.5.7 for the same
   * cell and formula; BaTiO3: the theoretical density in common use.
   */
  readonly density_g_cm3: number;
  readonly tolerance: number;
  readonly multiplicities: readonly number[];
}
const hexagonal = (a: number, c: number) => (Math.sqrt(3) / 2) * a * a * c;
const published: Readonly<Record<string, Published>> = {
  "BaTiO3.cif": {
    hm: "P 4 m m",
    number: 99,
    contents: { Ba: 1, O: 3, Ti: 1 },
    volume_A3: 3.991 ** 2 * 4.0352,
    density_g_cm3: 6.02,
    tolerance: 1e-3,
    multiplicities: [1, 1, 1, 2],
  },
  "KNbO3.cif": {
    hm: "B m m 2",
    number: 38,
    contents: { K: 2, Nb: 2, O: 6 },
    volume_A3: 5.697 * 3.971 * 5.72,
    density_g_cm3: 4.6196978,
    tolerance: 1e-5,
    multiplicities: [2, 2, 2, 4],
  },
  "LiNbO3.cif": {
    hm: "R 3 c :H",
    number: 161,
    contents: { Li: 6, Nb: 6, O: 18 },
    volume_A3: hexagonal(5.14829, 13.8631),
    density_g_cm3: 4.6289799,
    tolerance: 1e-5,
    multiplicities: [6, 6, 18],
  },
  "YMnO3.cif": {
    hm: "P 63 c m",
    number: 185,
    contents: { Mn: 6, O: 18, Y: 6 },
    volume_A3: hexagonal(6.1483, 11.4432),
    density_g_cm3: 5.1021486,
    tolerance: 1e-5,
    multiplicities: [2, 4, 6, 6, 6, 2, 4],
  },
  "aluminium.cif": {
    hm: "F m -3 m",
    number: 225,
    contents: { Al: 4 },
    volume_A3: 4.0495 ** 3,
    density_g_cm3: 2.7,
    tolerance: 1e-3,
    multiplicities: [4],
  },
  "diamond.cif": {
    hm: "F d -3 m :2",
    number: 227,
    contents: { C: 8 },
    volume_A3: 3.56679 ** 3,
    density_g_cm3: 3.515,
    tolerance: 1e-3,
    multiplicities: [8],
  },
  "lead.cif": {
    hm: "F m -3 m",
    number: 225,
    contents: { Pb: 4 },
    volume_A3: 4.9505 ** 3,
    density_g_cm3: 11.34,
    tolerance: 1e-3,
    multiplicities: [4],
  },
  "silicon.cif": {
    hm: "F d -3 m :2",
    number: 227,
    contents: { Si: 8 },
    volume_A3: 5.43102 ** 3,
    density_g_cm3: 2.329,
    tolerance: 1e-4,
    multiplicities: [8],
  },
  "tungsten.cif": {
    hm: "I m -3 m",
    number: 229,
    contents: { W: 2 },
    volume_A3: 3.1648 ** 3,
    density_g_cm3: 19.262,
    tolerance: 1e-4,
    multiplicities: [2],
  },
};

const text = (file: string): string => readFileSync(new URL(file, folder), "utf8");
function read(file: string): Crystal {
  const result = crystalFromCif(parseCif(text(file)));
  assert.ok(result.ok, file);
  return result.value;
}
describe("example crystals", () => {
  test("are these nine", () => {
    assert.deepEqual(
      readdirSync(folder)
        .filter((name) => name.endsWith(".cif"))
        .sort(),
      Object.keys(published).sort(),
    );
  });

  for (const [file, expected] of Object.entries(published)) {
    test(`${file} opens without any problem and has its published contents, volume and density`, () => {
      const document = parseCif(text(file));
      const crystal = read(file);
      assert.deepEqual(document.issues, []);
      assert.deepEqual(crystal.issues, []);
      assert.equal(crystal.block, file.replace(".cif", ""));
      assert.equal(crystal.spaceGroup.source, "operations");
      assert.deepEqual([crystal.spaceGroup.hm, crystal.spaceGroup.number], [expected.hm, expected.number]);
      assert.deepEqual(crystal.contents, expected.contents);
      assert.deepEqual(
        crystal.sites.map(({ multiplicity }) => multiplicity),
        expected.multiplicities,
      );
      closeRelative(crystal.cell.volume_A3, expected.volume_A3, 1e-12, "volume");
      closeRelative(crystal.density_g_cm3, expected.density_g_cm3, expected.tolerance, "density");
      for (const site of crystal.sites) assert.equal(site.displacement.kind, "iso", `${site.label} has its U`);
    });

    test(`${file} has the space group that moyo finds from its atoms alone`, () => {
      const { cell, sites, spaceGroup } = read(file);
      const positions: Vec3[] = [];
      const numbers: number[] = [];
      for (const site of sites) {
        const images = new Map<string, Vec3>();
        for (const operation of spaceGroup.operations) {
          const image = imageOf(operation, site.position).map((x) => x - Math.floor(x + 1e-9)) as unknown as Vec3;
          images.set(image.map((x) => x.toFixed(6)).join(), image);
        }
        assert.equal(images.size, site.multiplicity, `${site.label} lies on its special position exactly`);
        positions.push(...images.values());
        numbers.push(...Array.from({ length: images.size }, () => elementBySymbol(site.element)?.atomicNumber ?? 0));
      }
      const basis = mat3.transpose(cell.direct).flat();
      const found = analyze_cell(JSON.stringify({ lattice: { basis }, positions, numbers }), 1e-4, "Standard");
      assert.equal(found.number, expected.number);
    });

    test(`${file} is plain ASCII CIF 1.1 whose numbers agree with each other`, () => {
      const content = text(file);
      assert.match(content, /^#\\#CIF_1\.1\n/);
      assert.doesNotMatch(content, /[^\n\x20-\x7e]/);
      const { cell, contents } = read(file);
      const value = (name: string) => Number(new RegExp(`^${name} +(\\S+)$`, "m").exec(content)?.[1]);
      closeRelative(value("_cell_volume"), cell.volume_A3, 2e-5, "volume");
      const units = value("_cell_formula_units_Z");
      const mass = Object.entries(contents).reduce(
        (sum, [symbol, n]) => sum + n * (elementBySymbol(symbol)?.mass_u ?? 0),
        0,
      );
      closeRelative(value("_chemical_formula_weight"), mass / units, 1e-4, "formula weight");
    });
  }
});

describe("example plan", () => {
  test("LiNbO3.dfxrm.json works: three times yes, nothing to remark, noted with the CIF as it is", () => {
    const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
    const plan = parsePlanText(read("LiNbO3.dfxrm.json"));
    assert.ok(plan.ok);
    assert.deepEqual(plan.issues, []);
    const { cif, reflection, instrument: id, lens: planned } = plan.value;
    const crystal = crystalFromCif(parseCif(read(cif.path)), cif.block);
    const instrument = instrumentById(id);
    const lens = lensById(planned?.file ?? "");
    assert.ok(crystal.ok && instrument.ok && lens.ok && reflection);
    assert.equal(createHash("sha256").update(read(cif.path).replaceAll("\r\n", "\n")).digest("hex"), cif.sha256);
    const experiment = deriveExperiment({
      plan: plan.value,
      crystal: crystal.value,
      hkl: reflection.hkl,
      instrument: instrument.value,
      lens: lens.value,
    });
    assert.deepEqual(planIssues(plan.value, experiment), []);
    assert.ok(experiment.ok);
    assert.deepEqual(
      experiment.value.verdicts.map(({ answer }) => answer),
      ["yes", "yes", "yes"],
    );
    closeRelative(experiment.value.geometry.goniometer[0]?.angles[0]?.angle_deg ?? 0, 9.0807, 1e-4);
  });
});
