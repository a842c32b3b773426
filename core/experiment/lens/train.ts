import { fail, ok, type Result } from "../../util/index.ts";
import type { LensBox } from "./lensBox.ts";
import { type LensOptics, lensOptics } from "./material.ts";

/** One lenslet, thin, with what follows it. */
export interface Lenslet {
  /** R / (2 delta). */
  readonly focalLength_mm: number;
  /** What -ln of the transmission grows by with the square of the height, mu / R: two parabolas of y^2 / (2 R). */
  readonly absorption_per_mm2: number;
  /** -ln of the transmission on the axis; null where the thickness of the web is not known. */
  readonly axialAbsorption: number | null;
  /** Half of 2 sqrt(R T), T the thickness of the disc without its web; null where the disc is not known. */
  readonly halfAperture_mm: number | null;
  /** To the centre of the next lenslet; 0 behind the last. */
  readonly toNext_mm: number;
}

/** What the materials of the series of a box do at one energy, from 1 to 150 keV. */
export function seriesOptics(box: LensBox, energy_keV: number): Result<readonly LensOptics[]> {
  const optics: LensOptics[] = [];
  for (const { material } of box.series) {
    const own = lensOptics(material, energy_keV);
    if (!own.ok) return fail(...own.issues);
    optics.push(own.value);
  }
  return ok(optics);
}

/** The lenslets of a box one by one, from the sample to the detector. */
export function lensTrain(box: LensBox, optics: readonly LensOptics[]): readonly Lenslet[] {
  const train = box.series.flatMap((series, index): Lenslet[] => {
    const { count, radius_um, spacing_mm, separator_mm = 0, discThickness_um, web_um } = series;
    const { delta, mu_per_um } = optics[index]!;
    const lenslet = {
      focalLength_mm: radius_um / 1000 / (2 * delta),
      absorption_per_mm2: (mu_per_um / radius_um) * 1e6,
      axialAbsorption: web_um === undefined ? null : mu_per_um * web_um,
      halfAperture_mm:
        discThickness_um === undefined ? null : Math.sqrt(radius_um * (discThickness_um - (web_um ?? 0))) / 1000,
    };
    return Array.from({ length: count }, (_, i) => ({
      ...lenslet,
      toNext_mm: i < count - 1 ? spacing_mm : separator_mm,
    }));
  });
  const last = train.at(-1);
  return last ? [...train.slice(0, -1), { ...last, toNext_mm: 0 }] : train;
}

/** Acts on (height, angle) of a ray at the centre of the first lenslet and gives those behind the last. */
export interface RayMatrix {
  readonly a: number;
  readonly b_mm: number;
  readonly c_per_mm: number;
  readonly d: number;
}

/** The ray goes through `first`, then through `then`. */
const follow = (first: RayMatrix, then: RayMatrix): RayMatrix => ({
  a: then.a * first.a + then.b_mm * first.c_per_mm,
  b_mm: then.a * first.b_mm + then.b_mm * first.d,
  c_per_mm: then.c_per_mm * first.a + then.d * first.c_per_mm,
  d: then.c_per_mm * first.b_mm + then.d * first.d,
});

const NOTHING: RayMatrix = { a: 1, b_mm: 0, c_per_mm: 0, d: 1 };
const space = (length_mm: number): RayMatrix => ({ ...NOTHING, b_mm: length_mm });

/** One after the other `count` times, by squaring. */
function repeated(matrix: RayMatrix, count: number): RayMatrix {
  let [power, result] = [matrix, NOTHING];
  for (let rest = count; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = follow(result, power);
    power = follow(power, power);
  }
  return result;
}

/** Ray transfer matrix of thin lenses parted by free space (Simons et al., J. Synchrotron Rad. 24 (2017) 392). */
export const boxMatrix = ({ series }: LensBox, optics: readonly LensOptics[]): RayMatrix =>
  series.reduce((matrix, { count, radius_um, spacing_mm, separator_mm = 0 }, index) => {
    const lenslet: RayMatrix = { ...NOTHING, c_per_mm: (-2 * optics[index]!.delta) / (radius_um / 1000) };
    const allButLast = repeated(follow(lenslet, space(spacing_mm)), count - 1);
    const own = follow(follow(matrix, allButLast), lenslet);
    return index < series.length - 1 ? follow(own, space(separator_mm)) : own;
  }, NOTHING);
