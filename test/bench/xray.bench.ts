import type { Crystal } from "../../core/crystal/index.ts";
import { attenuationCurve, refractiveIndex, structureFactors } from "../../core/xray/index.ts";
import type { Benchmark } from "../../scripts/lib/benchmark.ts";
import { lithiumNiobate, makeCrystal } from "../unit/xrayCrystals.ts";

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

const faceCentred = reflectionsOf(463, (h, k, l) => (h + k) % 2 === 0 && (k + l) % 2 === 0);
const smallList = reflectionsOf(86, () => true);
const energies_keV = Float64Array.from({ length: 600 }, (_, i) => 1 + (i * 149) / 599);

const factorsOf = (crystal: Crystal, hkl: Int32Array): void => {
  const factors = structureFactors(crystal, 17);
  if (!factors.ok) throw new Error(factors.issues[0]!.message);
  factors.value.all(hkl);
};

export const benchmarks: readonly Benchmark[] = [
  { name: "|F| of LiNbO3, 86 reflections", budget_ms: 0.5, run: () => factorsOf(lithiumNiobate, smallList) },
  { name: "|F| of 576 atoms, 463 reflections", budget_ms: 10, run: () => factorsOf(zeolite, faceCentred) },
  {
    name: "attenuation length of LiNbO3 at 600 energies",
    budget_ms: 16,
    run: () => attenuationCurve(lithiumNiobate, energies_keV),
  },
  { name: "refractive index of LiNbO3", budget_ms: 1, run: () => refractiveIndex(lithiumNiobate, 17) },
];
