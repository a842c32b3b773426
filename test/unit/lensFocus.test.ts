import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Focus,
  focusLens,
  type LensBox,
  type LensPlace,
  lensById,
  readLens,
} from "../../core/experiment/index.ts";
import { focuses } from "../../core/experiment/lens/imaging.ts";
import { boxLength_mm } from "../../core/experiment/lens/lensBox.ts";
import { boxMatrix, type Lenslet, lensTrain, seriesOptics } from "../../core/experiment/lens/train.ts";
import { closeRelative, closeTo } from "./close.ts";
import { readCorpusJson, withCorpus } from "./corpus.ts";
import { singleSeries, unwrap, upstreamBox } from "./lenses.ts";

interface Answer {
  readonly in_focus: boolean;
  readonly d1: number;
  readonly d2: number;
  readonly M: number;
  readonly dL: number;
  readonly dtotp: number;
  readonly d1p: number;
  readonly mount_point_x: number;
  readonly mount_point_y: number;
  readonly all_roots: readonly { readonly d1: number; readonly d2: number; readonly M: number }[];
}
interface LensCase {
  readonly lens: string;
  readonly energy_keV: number;
  readonly two_theta_deg: number;
  readonly d_tot_text: string;
  readonly upstream: { readonly f_lenslet_mm: number; readonly f_thin_lens_mm: number };
  readonly correct_same_delta: Answer;
  readonly correct_chantler_delta: Answer;
  readonly delta_chantler_per_series: readonly number[];
}
interface Oracle {
  readonly meta: { readonly lens_files: Readonly<Record<string, string>> };
  readonly lens_cases: readonly LensCase[];
}

/** `d_tot' = 5000` is the distance along lab X, `d_tot = 5000` that along the beam. */
function placeOf({ energy_keV, two_theta_deg, d_tot_text }: LensCase): LensPlace {
  const distance = Number(d_tot_text.split("=")[1]);
  const place = { energy_keV, twoTheta_deg: two_theta_deg };
  return d_tot_text.includes("'") ? { ...place, dTotHorizontal_mm: distance } : { ...place, dTot_mm: distance };
}

const trainAt = (box: LensBox, energy_keV: number): readonly Lenslet[] =>
  lensTrain(box, unwrap(seriesOptics(box, energy_keV)));

/** The image of the sample from lenslet to lenslet by 1/v = 1/f - 1/u, without matrices. */
function imageBySteps(train: readonly Lenslet[], d1_mm: number): { readonly d2_mm: number; readonly M: number } {
  let u = d1_mm;
  let v = 0;
  let M = -1;
  for (const { focalLength_mm, toNext_mm } of train) {
    v = 1 / (1 / focalLength_mm - 1 / u);
    M *= -v / u;
    u = toNext_mm - v;
  }
  return { d2_mm: v, M };
}

function assertImages(train: readonly Lenslet[], { d1_mm, d2_mm, M }: Focus, tolerance: number): void {
  const image = imageBySteps(train, d1_mm);
  closeRelative(image.d2_mm, d2_mm, tolerance, "d2 by steps");
  closeRelative(image.M, M, tolerance, "M by steps");
}

describe("Lens in focus", () => {
  withCorpus("agrees with the 24 independent cases", () => {
    const { meta, lens_cases } = readCorpusJson<Oracle>("oracle", "upstream-geometry.json");
    assert.equal(lens_cases.length, 24);
    let focused = 0;
    for (const each of lens_cases) {
      const what = `${each.lens} ${each.energy_keV} keV ${each.d_tot_text}`;
      const box = unwrap(readLens(meta.lens_files[each.lens]!, each.lens));
      const result = focusLens(box, placeOf(each));
      const found = unwrap(result);
      const expected = each.correct_chantler_delta;
      assert.equal(found.focus !== null, expected.in_focus, what);
      if (found.focus === null) {
        assert.equal(result.issues[0]?.code, "lens/no-focus");
        assert.ok(found.dTotMin_mm! > found.dTot_mm && found.remedy !== null, what);
        continue;
      }
      focused++;
      const tolerance = 0.05 + 3e-4 * expected.d1;
      closeTo(found.focus.d1_mm, expected.d1, tolerance, `${what} d1`);
      closeRelative(found.focus.M, expected.M, 2e-3, `${what} M`);
      closeTo(found.dL_mm, expected.dL, 1e-9, `${what} dL`);
      closeTo(found.focus.d1_mm + found.dL_mm + found.focus.d2_mm, found.dTot_mm, 1e-8, `${what} sum`);
      closeTo(found.mountPoint!.x_mm, expected.mount_point_x, tolerance, `${what} x`);
      closeTo(found.mountPoint!.y_mm, expected.mount_point_y, tolerance, `${what} y`);
      closeTo(found.dTot_mm * Math.cos((each.two_theta_deg * Math.PI) / 180), expected.dtotp, 1e-8, `${what} d_tot'`);
      assertSameDelta(each, box, found.dTot_mm);
    }
    assert.equal(focused, 22);
  });

  /** With the focal lengths that the case was computed with. */
  function assertSameDelta(each: LensCase, box: LensBox, dTot_mm: number): void {
    const what = `${each.lens} ${each.energy_keV} keV, same delta`;
    const { f_lenslet_mm, f_thin_lens_mm } = each.upstream;
    const [first, second] = box.series;
    const delta = first!.radius_um / 1000 / (2 * f_lenslet_mm);
    // The second material, where there is one, from the focal length of all as one thin lens.
    const rest = 1 / f_thin_lens_mm - first!.count / f_lenslet_mm;
    const deltas = [delta, second ? (rest * second.radius_um) / 1000 / (2 * second.count) : 0];
    const optics = box.series.map((_, i) => ({ delta: deltas[i]!, mu_per_um: 0 }));
    const roots = focuses(boxMatrix(box, optics), dTot_mm - boxLength_mm(box));
    const expected = each.correct_same_delta;
    assert.equal(roots.length, expected.all_roots.length, what);
    closeRelative(roots[0]!.d1_mm, expected.d1, 1e-6, `${what} d1`);
    closeRelative(roots[0]!.d2_mm, expected.d2, 1e-6, `${what} d2`);
    closeRelative(roots[0]!.M, expected.M, 1e-6, `${what} M`);
    expected.all_roots.forEach((root, i) => {
      closeRelative(roots[i]!.d1_mm, root.d1, 1e-6, `${what} root ${i}`);
      closeRelative(roots[i]!.M, root.M, 1e-6, `${what} M of root ${i}`);
    });
  }

  test("both roots image the sample, lenslet by lenslet", () => {
    const box = upstreamBox();
    for (const energy_keV of [12, 15, 17, 19.1, 24, 30, 33]) {
      const { focus, otherFocus } = unwrap(focusLens(box, { energy_keV, twoTheta_deg: 10, dTot_mm: 5000 }));
      const train = trainAt(box, energy_keV);
      assertImages(train, focus!, 1e-9);
      assertImages(train, otherFocus!, 1e-9);
      assert.ok(focus!.M > otherFocus!.M);
    }
  });

  test("at the smallest distance M is 1, and below it there is no focus", () => {
    const box = upstreamBox();
    const at = (dTot_mm: number) => unwrap(focusLens(box, { energy_keV: 40, twoTheta_deg: 6, dTot_mm }));
    const { dTotMin_mm } = at(5000);
    closeRelative(at(dTotMin_mm! * (1 + 1e-9)).focus!.M, 1, 1e-3);
    assert.equal(at(dTotMin_mm! * (1 - 1e-9)).focus, null);
  });

  test("the number of lenslets that is proposed focuses, and one less does not", () => {
    const box = upstreamBox();
    const place = { energy_keV: 40, twoTheta_deg: 6, dTotHorizontal_mm: 5000 };
    const { remedy } = unwrap(focusLens(box, place));
    assert.ok(remedy);
    const changed = (count: number): LensBox => ({
      ...box,
      series: box.series.map((series, i) => (i === remedy.series ? { ...series, count } : series)),
    });
    assert.notEqual(unwrap(focusLens(changed(remedy.count), place)).focus, null);
    assert.equal(unwrap(focusLens(changed(remedy.count - 1), place)).focus, null);
  });

  test("a box so strong that the sample would be inside it is said to be so", () => {
    const result = focusLens(singleSeries({ count: 300 }), { energy_keV: 8, twoTheta_deg: 20, dTot_mm: 5000 });
    assert.equal(unwrap(result).focus, null);
    assert.match(result.issues[0]!.message, /inside the lens box/);
  });

  test("a single thin lens obeys 1/d1 + 1/d2 = 1/f", () => {
    const { focus, focalLength_mm } = unwrap(
      focusLens(singleSeries({ count: 1, radius_um: 1 }), { energy_keV: 10, twoTheta_deg: 0, dTot_mm: 5000 }),
    );
    closeRelative(1 / focus!.d1_mm + 1 / focus!.d2_mm, 1 / focalLength_mm, 1e-12);
    closeRelative(focus!.M, focus!.d2_mm / focus!.d1_mm, 1e-12);
  });

  test("the shipped lens at 17 keV stands where DF-XRM_viz should have put it", () => {
    const place = { energy_keV: 17, twoTheta_deg: 11.16, dTot_mm: 5096.39 };
    const { focus, mountPoint, dL_mm } = unwrap(focusLens(unwrap(lensById("id06")), place));
    closeTo(focus!.d1_mm, 209.039, 0.05 + 3e-4 * 209);
    closeTo(focus!.M, 17.01, 0.01);
    closeTo(dL_mm, 147.2, 1e-9);
    closeTo(mountPoint!.along_mm, focus!.d1_mm + 74.5, 1e-9);
    closeTo(mountPoint!.orthogonal_mm, 0, 1e-9);
  });

  test("wrong input is refused with the field", () => {
    const box = upstreamBox();
    const refused = [
      { energy_keV: 0.5, twoTheta_deg: 10, dTot_mm: 5000 },
      { energy_keV: 17, twoTheta_deg: Number.NaN, dTot_mm: 5000 },
      { energy_keV: 17, twoTheta_deg: 10, dTot_mm: -1 },
      { energy_keV: 17, twoTheta_deg: 95, dTotHorizontal_mm: 5000 },
    ];
    for (const place of refused) {
      const result = focusLens(box, place);
      assert.ok(!result.ok && result.issues[0]?.field !== undefined, JSON.stringify(place));
    }
  });
});
