import type { Crystal } from "../../core/crystal/index.ts";
import { reflectionTable } from "../../core/experiment/index.ts";
import { laueClasses } from "../../core/experiment/laueClasses.ts";
import { attenuationCurve, refractiveIndex, structureFactors } from "../../core/xray/index.ts";
import type { Benchmark } from "../../scripts/lib/benchmark.ts";
import { lithiumNiobate, makeCrystal } from "../unit/xrayCrystals.ts";
import { randomNumbers } from "./generate.ts";

/** Faujasite-like: 192 silicon and 384 oxygen atoms in 14.4 nm3. */
const zeolite = makeCrystal({
  cell: [24.3, 24.3, 24.3, 90, 90, 90],
  hall: "-F 4vw 2vw 3",
  atoms: [
    "Si1 Si 0.946 0.125 0.036 . 1",
    "O1 O 0 0.893 0.107 . 1",
    "O2 O 0.997 0.997 0.142 . 1",
    "O3 O 0.072 0.072 0.966 . 1",
    "O4 O 0.072 0.072 0.322 . 1",
  ],
});

/** The first `count` reflections with h >= k >= l >= 0 by the sum of their squares. */
function reflectionsOf(count: number, parity: (h: number, k: number, l: number) => boolean): Int32Array {
  const found: [number, number, number][] = [];
  for (let h = 0; h <= 40; h++)
    for (let k = 0; k <= h; k++) for (let l = 0; l <= k; l++) if (parity(h, k, l)) found.push([h, k, l]);
  found.sort((a, b) => a[0] ** 2 + a[1] ** 2 + a[2] ** 2 - (b[0] ** 2 + b[1] ** 2 + b[2] ** 2));
  return Int32Array.from(found.slice(0, count).flat());
}

/**
 * A polyoxometalate-like cell: 976 atoms in 22.9 nm3, P n m a, 13,871 Laue classes, as the one that gemmi was timed with.
 * Positions from a seed.
 */
const random = randomNumbers(7);
const polyoxometalate = makeCrystal({
  cell: [26.1, 23.4, 37.5, 90, 90, 90],
  hall: "-P 2ac 2n",
  atoms: Array.from({ length: 122 }, (_, i) => {
    const element = ["W", "O", "O", "O", "P", "C"][i % 6];
    const [x, y, z] = [random(), random(), random()].map((value) => (0.02 + 0.46 * value).toFixed(5));
    return `${element}${i} ${element} ${x} ${Number(y) / 2} ${z} 0.0${10 + (i % 30)} 1`;
  }),
});
const largeList = Int32Array.from(
  laueClasses(polyoxometalate, 0.9)
    .slice(0, 13_871)
    .flatMap(({ hkl }) => hkl),
);
const atomsOf = ({ sites }: Crystal): number => sites.reduce((sum, { multiplicity }) => sum + multiplicity, 0);
if (atomsOf(polyoxometalate) !== 976 || largeList.length !== 3 * 13_871 || atomsOf(zeolite) !== 576) {
  throw new Error("The crystals of the benchmark are not what their names say.");
}
let energy_keV = 17;

const faceCentred = reflectionsOf(463, (h, k, l) => (h + k) % 2 === 0 && (k + l) % 2 === 0);
const smallList = reflectionsOf(86, () => true);
const energies_keV = Float64Array.from({ length: 600 }, (_, i) => 1 + (i * 149) / 599);

/** From nothing: a copy of crystal and list has none of the sums that are kept. */
const factorsOf = (crystal: Crystal, hkl: Int32Array): void => {
  const factors = structureFactors({ ...crystal }, 17);
  if (!factors.ok) throw new Error(factors.issues[0]!.message);
  factors.value.all(hkl.slice());
};

export const title = "X-rays";

export const benchmarks: readonly Benchmark[] = [
  { name: "|F| of LiNbO3, 86 reflections", budget_ms: 0.5, run: () => factorsOf(lithiumNiobate, smallList) },
  {
    name: "|F| of 576 atoms, 463 reflections",
    budget_ms: 9,
    peers: "gemmi 9 ms, cctbx 28 to 30 ms, Dans_Diffraction 331 s",
    run: () => factorsOf(zeolite, faceCentred),
  },
  {
    name: "|F| of 976 atoms, 13,871 reflections",
    budget_ms: 320,
    peers: "gemmi 320 ms, cctbx 410 to 590 ms",
    repeats: 5,
    run: () => factorsOf(polyoxometalate, largeList),
  },
  {
    name: "table of reflections of 576 atoms, 17 keV, to 45°",
    budget_ms: 10,
    run: () => reflectionTable({ ...zeolite }, { energy_keV: 17 }),
  },
  {
    name: "table of the same 976 atoms to 45°, the next energy of a slider",
    budget_ms: 100,
    repeats: 5,
    run: () => reflectionTable(polyoxometalate, { energy_keV: 17 + (energy_keV++ % 5) / 100 }),
  },
  {
    name: "attenuation length of LiNbO3 at 600 energies",
    budget_ms: 16,
    peers: "xraylib 0.3 ms, xraydb 20 ms",
    run: () => attenuationCurve(lithiumNiobate, energies_keV),
  },
  { name: "refractive index of LiNbO3", budget_ms: 1, run: () => refractiveIndex(lithiumNiobate, 17) },
];
