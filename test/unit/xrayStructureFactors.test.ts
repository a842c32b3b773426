import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Crystal } from "../../core/crystal/index.ts";
import { mat3, type Vec3, vec3 } from "../../core/util/index.ts";
import {
  type Dispersion,
  dispersion,
  type FormFactorKind,
  formFactor,
  structureFactors,
} from "../../core/xray/index.ts";
import { closeRelative, closeTo } from "./close.ts";
import { listCorpus, readCorpus, readCorpusJson, withCorpus } from "./corpus.ts";
import { aluminium, crystalOf, diamond, lithiumNiobate, makeCrystal, must } from "./xrayCrystals.ts";

type Hkl = readonly [number, number, number];

/** All atoms of the cell one by one with Cartesian displacement tensors: the definition, slow and plain. */
function directSum(
  crystal: Crystal,
  energy_keV: number,
  hkl: Hkl,
  dispersionOf: (symbol: string) => Dispersion = (symbol) => must(dispersion(symbol, energy_keV)),
): { re: number; im: number } {
  const Q = mat3.multiplyVector(crystal.cell.reciprocal, hkl);
  const s_invA = vec3.norm(Q) / (4 * Math.PI);
  let re = 0;
  let im = 0;
  for (const site of crystal.sites) {
    const f = dispersionOf(site.element);
    const real = formFactor(site.element, s_invA)! + f.fPrime;
    const weight = (site.occupancy * site.multiplicity) / crystal.spaceGroup.operations.length;
    for (const { rotation, translation } of crystal.spaceGroup.operations) {
      const x = vec3.add(mat3.multiplyVector(rotation, site.position), translation);
      const u = site.displacement;
      let T = u.kind === "iso" ? Math.exp((-u.U_A2 * vec3.dot(Q, Q)) / 2) : 1;
      if (u.kind === "aniso") {
        // Mean square displacement along Q: U on the axes a* a, so that u = sum_i u_i a_i a*_i with a*_i = |a*_i|.
        const columns = mat3.transpose(crystal.cell.direct);
        const lengths = mat3.transpose(crystal.cell.reciprocal).map((axis) => vec3.norm(axis) / (2 * Math.PI));
        const U = [
          [u.U11, u.U12, u.U13],
          [u.U12, u.U22, u.U23],
          [u.U13, u.U23, u.U33],
        ];
        const inverse = mat3.inverse(crystal.cell.direct);
        const cartesianRotation = mat3.multiply(mat3.multiply(crystal.cell.direct, rotation), inverse);
        const Q_site = mat3.multiplyVector(mat3.transpose(cartesianRotation), Q);
        let meanSquare = 0;
        for (let i = 0; i < 3; i++) {
          for (let j = 0; j < 3; j++) {
            const along = (k: number): number => vec3.dot(Q_site, columns[k]!) * lengths[k]!;
            meanSquare += U[i]![j]! * along(i) * along(j);
          }
        }
        T = Math.exp(-meanSquare / 2);
      }
      const phase = 2 * Math.PI * vec3.dot(hkl as Vec3, x);
      re += weight * T * (real * Math.cos(phase) - f.fDoublePrime * Math.sin(phase));
      im += weight * T * (real * Math.sin(phase) + f.fDoublePrime * Math.cos(phase));
    }
  }
  return { re, im };
}

const reflections: readonly Hkl[] = [
  [0, 0, 0],
  [0, 0, 6],
  [1, 0, -2],
  [1, -1, 2],
  [3, -1, 4],
  [-4, 2, 9],
  [2, 1, -15],
];

/** Low symmetry, special positions, mixed and partly occupied sites, every kind of displacement. */
const mixture = makeCrystal({
  cell: [5.1, 7.3, 6.2, 90, 103.5, 90],
  hall: "-P 2ybc",
  atoms: [
    "Fe1 Fe3+ 0 0 0 0.005 0.75",
    "Ti1 Ti4+ 0 0 0 0.005 0.25",
    "O1 O2- 0.31 0.12 0.27 . 1",
    "O2 O2- 0.11 0.42 -0.2 0.012 1",
    "H1 D 0.4 0.2 0.1 . 0.5",
  ],
  aniso: ["O1 0.010 0.022 0.007 0.003 0.002 -0.004"],
});

describe("structure factors", () => {
  for (const [name, crystal] of [
    ["LiNbO3", lithiumNiobate],
    ["a monoclinic mixture", mixture],
  ] as const) {
    test(`${name}: one by one, as a list and by definition the same`, () => {
      const factors = must(structureFactors(crystal, 17));
      const list = factors.all(Int32Array.from(reflections.flat()));
      reflections.forEach((hkl, i) => {
        const isotopes = crystal === mixture ? hydrogenOf(crystal) : crystal;
        const expected = directSum(isotopes, 17, hkl);
        const single = factors.F(hkl);
        closeTo(single.re, expected.re, 1e-9, `re F(${hkl})`);
        closeTo(single.im, expected.im, 1e-9, `im F(${hkl})`);
        closeTo(list.F[2 * i]!, single.re, 1e-9);
        closeTo(list.F[2 * i + 1]!, single.im, 1e-9);
        closeTo(single.abs, Math.hypot(expected.re, expected.im), 1e-9);
        const mate = directSum(isotopes, 17, [-hkl[0], -hkl[1], -hkl[2]]);
        closeTo(list.F_friedel[2 * i]!, mate.re, 1e-9, `re F of the mate of ${hkl}`);
        closeTo(list.F_friedel[2 * i + 1]!, mate.im, 1e-9, `im F of the mate of ${hkl}`);
        closeTo(single.abs_friedel, Math.hypot(mate.re, mate.im), 1e-9);
        assert.ok(list.sumOfScattering[i]! >= single.abs - 1e-9);
      });
    });
  }

  test("the mixture has every kind of displacement, occupancy and multiplicity", () => {
    assert.deepEqual([...new Set(mixture.sites.map(({ displacement }) => displacement.kind))].sort(), [
      "aniso",
      "iso",
      "none",
    ]);
    assert.deepEqual([...new Set(mixture.sites.map(({ multiplicity }) => multiplicity))].sort(), [2, 4]);
  });

  test("an isotropic tensor is the isotropic factor, on oblique axes too", () => {
    const recipe = (u: string, aniso: readonly string[]): Crystal =>
      makeCrystal({ cell: [5.15, 5.15, 13.86, 90, 90, 120], hall: 'R 3 -2"c', atoms: [`Nb1 Nb 0 0 0 ${u} 1`], aniso });
    const iso = must(structureFactors(recipe("0.01", []), 17));
    const aniso = must(structureFactors(recipe(".", ["Nb1 0.01 0.01 0.01 0.005 0 0"]), 17));
    for (const hkl of reflections) closeTo(aniso.F(hkl).abs, iso.F(hkl).abs, 1e-9, String(hkl));
  });

  test("LiNbO3 at 17 keV: Friedel mates, ions and both form factors as the reference sum has them", () => {
    // Own direct summation checked against cctbx 2022.9 to 2e-8; f'' there is Chantler's.
    const neutral = must(structureFactors(lithiumNiobate, 17));
    const ionic = must(structureFactors(lithiumNiobate, 17, { formFactors: "ionic" }));
    for (const [hkl, F, F_mate, F_ionic] of [
      [[1, 0, -2], 203.536, 203.102, 194.244],
      [[1, 0, 4], 179.887, 180.039, 173.188],
      [[0, 0, 6], 166.332, 162.085, 165.139],
      [[3, 0, 0], 206.384, 206.463, 206.753],
    ] as const) {
      closeRelative(neutral.F(hkl).abs, F, 1e-3, `|F(${hkl})|`);
      closeRelative(neutral.F(hkl).abs_friedel, F_mate, 1e-3, `mate of ${hkl}`);
      closeRelative(ionic.F(hkl).abs, F_ionic, 1e-3, `ionic |F(${hkl})|`);
    }
  });

  test("aluminium at 8.048 and 30 keV as the reference sum has it", () => {
    for (const [energy_keV, F111, F311] of [
      [8.048, 36.6441, 27.4972],
      [30, 35.868, 26.7168],
    ] as const) {
      const factors = must(structureFactors(aluminium, energy_keV));
      closeRelative(factors.F([1, 1, 1]).abs, F111, 5e-4);
      closeRelative(factors.F([3, 1, 1]).abs, F311, 5e-4);
    }
  });

  test("absences: by centring, and diamond 222 by its special position", () => {
    const F = (crystal: Crystal, hkl: Hkl): number => {
      const { abs, sumOfScattering } = must(structureFactors(crystal, 17)).F(hkl);
      return abs / sumOfScattering;
    };
    assert.ok(F(aluminium, [1, 0, 0]) < 1e-12);
    assert.ok(F(diamond, [2, 2, 2]) < 1e-12);
    assert.ok(F(lithiumNiobate, [0, 0, 3]) < 1e-12);
    closeTo(F(aluminium, [2, 0, 0]), 1, 1e-9, "aluminium 200, all in phase");
  });

  test("an ion that the table lacks falls back to the neutral atom, and says so at its row", () => {
    const nitride = makeCrystal({
      cell: [3.19, 3.19, 5.19, 90, 90, 120],
      hall: "P 6c -2c",
      atoms: ["Ga1 Ga3+ 0.33333 0.66667 0 . 1", "N1 N3- 0.33333 0.66667 0.377 . 1"],
    });
    const result = structureFactors(nitride, 17, { formFactors: "ionic" });
    assert.ok(result.ok);
    const issue = result.issues.find(({ code }) => code === "xray/no-ion")!;
    assert.match(issue.message, /no N3-: the neutral atom N stands for N1/);
    assert.deepEqual(issue.range, nitride.sites[1]!.range);
    assert.deepEqual(structureFactors(nitride, 17).issues, []);
  });

  test("bad energies and elements are refused", () => {
    assert.ok(!structureFactors(aluminium, 0).ok);
    assert.ok(!structureFactors({ ...aluminium, contents: { Es: 1 } }, 17).ok);
  });
});

/** The form factor of D is hydrogen's; `directSum` looks it up by symbol. */
const hydrogenOf = (crystal: Crystal): Crystal => ({
  ...crystal,
  sites: crystal.sites.map((site) => (site.element === "D" ? { ...site, element: "H" } : site)),
});

describe("structure factors against the reference sums", () => {
  const columns: readonly [string, number, FormFactorKind][] = [
    ["F_8.048keV", 8.048, "neutral"],
    ["F_17keV", 17, "neutral"],
    ["F_30keV", 30, "neutral"],
    ["F_65.35keV", 65.35, "neutral"],
    ["F_minus_17keV", 17, "neutral"],
    ["F_ion_17keV", 17, "ionic"],
  ];
  /** KNbO3-A2mm has ambiguous sites; the reference took the label O-H1 of kaolinite for an ion. */
  const isExcluded = (file: string, column: string): boolean =>
    file.startsWith("KNbO3-A2mm") || (file.startsWith("kaolinite") && column.startsWith("F_ion"));
  /**
   * Three rows at 8.048 keV, with what they are off by in units of the tolerance: f'' of lead is 8.69 from Elam's table
   * (as attenuation and beta have it) and 8.41 from Chantler's, which the reference took. With the latter's f'' they agree
   * (next test).
   */
  const KNOWN: Readonly<Record<string, number>> = {
    "PZT-R3c_2102945.cif 0,0,18": 1.13,
    "PZT-R3c_2102945.cif 4,-2,18": 1.23,
    "CsPbBr3-Pbnm_1533062.cif 2,4,6": 1.09,
  };

  withCorpus("every listed reflection of 34 files: 0.2 % of |F| + 0.05 % of the strongest", () => {
    let files = 0;
    let cases = 0;
    let weak = 0;
    for (const folder of ["examples", "more"]) {
      for (const file of listCorpus("cif", folder)) {
        if (file.startsWith("dfxm_") || isExcluded(file, "")) continue;
        files++;
        const crystal = crystalOf(readCorpus("cif", folder, file));
        const oracle = readCorpusJson<{ reflections: { columns: string[]; rows: (number | null)[][] } }>(
          "oracle",
          file.replace(".cif", ".json"),
        ).reflections;
        const hkl = Int32Array.from(oracle.rows.flatMap((row) => row.slice(0, 3) as number[]));
        for (const [column, energy_keV, kind] of columns) {
          const at = oracle.columns.indexOf(column);
          if (at < 0 || isExcluded(file, column)) continue;
          const list = must(structureFactors(crystal, energy_keV, { formFactors: kind })).all(hkl);
          const F = column === "F_minus_17keV" ? list.F_friedel : list.F;
          const strongest = Math.max(...oracle.rows.map((row) => row[at] ?? 0));
          oracle.rows.forEach((row, r) => {
            const expected = row[at];
            if (expected === null || expected === undefined) return;
            const tolerance = 0.002 * expected + 0.0005 * strongest;
            const abs = Math.hypot(F[2 * r]!, F[2 * r + 1]!);
            const known = column === "F_8.048keV" ? KNOWN[`${file} ${row.slice(0, 3)}`] : undefined;
            if (known === undefined) closeTo(abs, expected, tolerance, `${file} ${column} ${row.slice(0, 3)}`);
            else closeTo(Math.abs(abs - expected) / tolerance, known, 0.02, `${file} ${row.slice(0, 3)}`);
            if (known !== undefined) weak++;
            cases++;
          });
        }
      }
    }
    assert.equal(files, 34);
    assert.equal(weak, Object.keys(KNOWN).length);
    assert.equal(cases, 20_050);
  });

  withCorpus("the three rows agree within 0.02 % of the strongest with f' and f'' of Chantler's table", () => {
    const { elements, energies_eV } = readCorpusJson<{
      energies_eV: number[];
      elements: Record<string, { f_prime: number[]; f_double_prime: number[] }>;
    }>("oracle", "elements.json");
    const at8048 = energies_eV.indexOf(8048);
    const chantler = (symbol: string) => ({
      fPrime: elements[symbol]!.f_prime[at8048]!,
      fDoublePrime: elements[symbol]!.f_double_prime[at8048]!,
    });
    for (const row of Object.keys(KNOWN)) {
      const [file = "", indices = ""] = row.split(" ");
      const hkl = indices.split(",").map(Number) as unknown as Hkl;
      const { columns: titles, rows } = readCorpusJson<{ reflections: { columns: string[]; rows: number[][] } }>(
        "oracle",
        file.replace(".cif", ".json"),
      ).reflections;
      const at = titles.indexOf("F_8.048keV");
      const expected = rows.find((other) => String(other.slice(0, 3)) === indices)![at]!;
      const strongest = Math.max(...rows.map((other) => other[at]!));
      const { re, im } = directSum(crystalOf(readCorpus("cif", "more", file)), 8.048, hkl, chantler);
      closeTo(Math.hypot(re, im), expected, 2e-4 * strongest, row);
    }
  });
});
