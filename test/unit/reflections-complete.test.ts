/** The list of reflections to 65 keV is complete: against every lattice point of the sphere, one by one. */
import assert from "node:assert/strict";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif, laueOperations } from "../../core/crystal/index.ts";
import { reflectionTable } from "../../core/experiment/index.ts";
import { type Mat3, mat3, vec3, wavelength_A } from "../../core/util/index.ts";
import { structureFactors } from "../../core/xray/index.ts";
import { listCorpus, readCorpus, withCorpus } from "./corpus.ts";

const ENERGY_keV = 65;
const D_MIN_A = wavelength_A(ENERGY_keV) / (2 * Math.sin(Math.PI / 8));

/** A number that orders indices as (h, k, l) are ordered, for indices below 500. */
const order = (h: number, k: number, l: number): number => (h * 1000 + k) * 1000 + l;

/** The largest member of each Laue class with d >= `dMin_A`, found among all lattice points: |h| = |G.a| <= a / d. */
function representatives({ cell, spaceGroup }: Crystal, dMin_A: number): readonly number[] {
  const laue: readonly Mat3[] = laueOperations(spaceGroup);
  const [H, K, L] = [cell.a_A, cell.b_A, cell.c_A].map((length) => Math.floor(length / dMin_A + 1e-9)) as [
    number,
    number,
    number,
  ];
  const largest_Q = ((2 * Math.PI) / dMin_A) * (1 + 1e-9);
  const found: number[] = [];
  for (let h = -H; h <= H; h++) {
    for (let k = -K; k <= K; k++) {
      for (let l = -L; l <= L; l++) {
        const own = order(h, k, l);
        const isLargest = laue.every(([x, y, z]) => {
          const [hh, kk, ll] = [0, 1, 2].map((i) => h * x[i]! + k * y[i]! + l * z[i]!) as [number, number, number];
          return order(hh, kk, ll) <= own;
        });
        if (!isLargest || own === 0) continue;
        if (vec3.norm(mat3.multiplyVector(cell.reciprocal, [h, k, l])) <= largest_Q) found.push(h, k, l);
      }
    }
  }
  return found;
}

withCorpus("every Laue class to 65 keV and 2θ 45° is listed, or absent by its |F|", () => {
  const files = ["examples", "more"].flatMap((folder) =>
    listCorpus("cif", folder).map((file) => [folder, file] as const),
  );
  let crystals = 0;
  let classes = 0;
  for (const [folder, file] of files) {
    const crystal = crystalFromCif(parseCif(readCorpus("cif", folder, file)));
    assert.ok(crystal.ok, file);
    const table = reflectionTable(crystal.value, { energy_keV: ENERGY_keV });
    const factors = structureFactors(crystal.value, ENERGY_keV);
    assert.ok(table.ok && factors.ok, file);
    const listed = new Set(table.value.map(({ hkl: [h, k, l] }) => order(h, k, l)));
    assert.equal(listed.size, table.value.length, `${file}: no class twice`);
    const all = representatives(crystal.value, D_MIN_A);
    const unlisted: number[] = [];
    let met = 0;
    for (let i = 0; i < all.length; i += 3) {
      if (listed.has(order(all[i]!, all[i + 1]!, all[i + 2]!))) met++;
      else unlisted.push(all[i]!, all[i + 1]!, all[i + 2]!);
    }
    assert.equal(met, listed.size, `${file}: everything that is listed is within reach`);
    const { F, F_friedel, sumOfScattering } = factors.value.all(Int32Array.from(unlisted));
    for (let i = 0; i < sumOfScattering.length; i++) {
      const F_abs = Math.max(
        Math.hypot(F[2 * i]!, F[2 * i + 1]!),
        Math.hypot(F_friedel[2 * i]!, F_friedel[2 * i + 1]!),
      );
      const hkl = unlisted.slice(3 * i, 3 * i + 3);
      assert.ok(F_abs < 1e-6 * sumOfScattering[i]!, `${file}: (${hkl}) with |F| ${F_abs} is not listed`);
    }
    crystals++;
    classes += all.length / 3;
  }
  assert.equal(crystals, 47);
  assert.ok(classes > 100_000, `${classes} classes`);
});
