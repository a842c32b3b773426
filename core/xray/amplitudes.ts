import type { Crystal, Site } from "../crystal/index.ts";
import { mat3, type Vec3, vec3 } from "../util/index.ts";
import { type Images, imagesOf, type ReducedGroup, reduceGroup } from "./scatterers.ts";

/** What the places of atoms make of a list of reflections, before any scattering factor: it holds at every energy. */
export interface Amplitudes {
  /** Sum of occupancy T exp(2 pi i h.x), real and imaginary part. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Sum of occupancy T: the largest that |re + i im| can be. */
  readonly weight: Float64Array;
}

/** Amplitudes of the sites that scatter alike: of one element and formal charge. */
export interface SpeciesAmplitudes extends Amplitudes {
  /** The first of the sites. */
  readonly site: Site;
}

interface Scatterer {
  readonly site: Site;
  readonly images: Images;
}

interface Expanded {
  readonly group: ReducedGroup;
  readonly scatterers: readonly Scatterer[];
}

const expanded = new WeakMap<Crystal, Expanded>();

function expand(crystal: Crystal): Expanded {
  const known = expanded.get(crystal);
  if (known !== undefined) return known;
  const group = reduceGroup(crystal);
  const scatterers = crystal.sites.map((site) => ({ site, images: imagesOf(site, crystal, group) }));
  expanded.set(crystal, { group, scatterers });
  return { group, scatterers };
}

const emptyAmplitudes = (count: number): Amplitudes => ({
  re: new Float64Array(count),
  im: new Float64Array(count),
  weight: new Float64Array(count),
});

/** Largest |h|, |k|, |l| of a list. */
function largestIndices(hkl: Int32Array): Vec3 {
  const max: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < hkl.length; i++) max[i % 3] = Math.max(max[i % 3]!, Math.abs(hkl[i]!));
  return max;
}

/** sin(theta)/lambda = |Q| / (4 pi) of each reflection, in 1/Angstrom. */
export function sOf({ cell }: Crystal, hkl: Int32Array): Float64Array {
  return Float64Array.from({ length: hkl.length / 3 }, (_, r) => {
    const Q_invA = mat3.multiplyVector(cell.reciprocal, [hkl[3 * r]!, hkl[3 * r + 1]!, hkl[3 * r + 2]!]);
    return vec3.norm(Q_invA) / (4 * Math.PI);
  });
}

/** Factors exp(2 pi i n x) of one image along one axis for n from -max to max. */
interface PhaseTable {
  readonly max: number;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

const phaseTable = (max: number): PhaseTable => ({
  max,
  cos: new Float64Array(2 * max + 1),
  sin: new Float64Array(2 * max + 1),
});

function fillPhases({ max, cos, sin }: PhaseTable, x: number): void {
  for (let n = 0; n <= max; n++) {
    const phase = 2 * Math.PI * n * x;
    cos[max + n] = cos[max - n] = Math.cos(phase);
    sin[max + n] = Math.sin(phase);
    sin[max - n] = -sin[max + n]!;
  }
}

/**
 * Adds the anisotropic or point-like sum of one site, times `T` of its isotropic displacement, to the amplitudes. The
 * phase factors along each axis are tabulated for each image, so a term costs a few products.
 */
function addSite(
  { re, im, weight }: Amplitudes,
  { positions, weights, betas }: Images,
  hkl: Int32Array,
  tables: readonly [PhaseTable, PhaseTable, PhaseTable],
  isCentric: boolean,
  T: Float64Array | null,
): void {
  const count = hkl.length / 3;
  const [H, K, L] = tables;
  for (let image = 0; image < weights.length; image++) {
    for (let axis = 0; axis < 3; axis++) fillPhases(tables[axis]!, positions[3 * image + axis]!);
    const atoms = weights[image]!;
    for (let r = 0; r < count; r++) {
      const h = hkl[3 * r]!;
      const k = hkl[3 * r + 1]!;
      const l = hkl[3 * r + 2]!;
      const cosH = H.cos[H.max + h]!;
      const sinH = H.sin[H.max + h]!;
      const cosK = K.cos[K.max + k]!;
      const sinK = K.sin[K.max + k]!;
      const cosL = L.cos[L.max + l]!;
      const sinL = L.sin[L.max + l]!;
      const cosHK = cosH * cosK - sinH * sinK;
      const sinHK = sinH * cosK + cosH * sinK;
      let w = T === null ? atoms : atoms * T[r]!;
      if (betas !== null) w *= anisotropic(betas, 6 * image, h, k, l);
      re[r]! += w * (cosHK * cosL - sinHK * sinL);
      if (!isCentric) im[r]! += w * (sinHK * cosL + cosHK * sinL);
      weight[r]! += w;
    }
  }
}

const anisotropic = (betas: Float64Array, at: number, h: number, k: number, l: number): number =>
  Math.exp(
    -(betas[at]! * h * h + betas[at + 1]! * k * k + betas[at + 2]! * l * l) -
      2 * (betas[at + 3]! * h * k + betas[at + 4]! * h * l + betas[at + 5]! * k * l),
  );

/** Sets to zero what the lattice centring extinguishes: only a part of its images is summed. */
function extinguish(amplitudes: Amplitudes, hkl: Int32Array, centrings: readonly Vec3[]): void {
  for (const [x, y, z] of centrings) {
    for (let r = 0; r < amplitudes.re.length; r++) {
      const phase = hkl[3 * r]! * x + hkl[3 * r + 1]! * y + hkl[3 * r + 2]! * z;
      if (Math.abs(phase - Math.round(phase)) > 1e-3) amplitudes.re[r] = amplitudes.im[r] = 0;
    }
  }
}

/** exp(-8 pi^2 U s^2) of a site with isotropic displacement, else null. */
function isotropic({ displacement }: Site, s_invA: Float64Array): Float64Array | null {
  if (displacement.kind !== "iso") return null;
  const B_A2 = 8 * Math.PI ** 2 * displacement.U_A2;
  return s_invA.map((s) => Math.exp(-B_A2 * s * s));
}

/** One amplitude a group of sites; `groupOf` names the group. */
function sumSites(crystal: Crystal, hkl: Int32Array, groupOf: (site: Site, index: number) => string | number) {
  const { group, scatterers } = expand(crystal);
  const s_invA = sOf(crystal, hkl);
  const [maxH, maxK, maxL] = largestIndices(hkl);
  const tables = [phaseTable(maxH), phaseTable(maxK), phaseTable(maxL)] as const;
  const sums = new Map<string | number, SpeciesAmplitudes>();
  for (const [index, { site, images }] of scatterers.entries()) {
    const key = groupOf(site, index);
    const amplitudes = sums.get(key) ?? { site, ...emptyAmplitudes(hkl.length / 3) };
    sums.set(key, amplitudes);
    addSite(amplitudes, images, hkl, tables, group.isCentric, isotropic(site, s_invA));
  }
  for (const amplitudes of sums.values()) extinguish(amplitudes, hkl, group.centrings);
  return [...sums.values()];
}

const lastList = new WeakMap<Crystal, { readonly hkl: Int32Array; readonly species: readonly SpeciesAmplitudes[] }>();

/**
 * Amplitudes of a crystal by element and charge. Those of the last list are kept: a caller that asks for the same list
 * (the very array) at another energy gets them without any sum over atoms.
 */
export function speciesAmplitudes(crystal: Crystal, hkl: Int32Array): readonly SpeciesAmplitudes[] {
  const known = lastList.get(crystal);
  if (known?.hkl === hkl) return known.species;
  const species = sumSites(crystal, hkl, ({ element, charge }) => `${element} ${charge}`);
  if (hkl.length > 3) lastList.set(crystal, { hkl, species });
  return species;
}

/** Below this part of its largest value the amplitude of a site is rounding. */
const VANISHING = 1e-8;

/**
 * Whether every site by itself scatters nothing into a reflection, whatever its scattering factor: diamond 222. Where
 * this is so and no screw axis, glide plane or centring asks for it, the special positions of the sites do.
 */
export function vanishesBySites(crystal: Crystal, hkl: readonly [number, number, number]): boolean {
  const sites = sumSites(crystal, Int32Array.from(hkl), (_, index) => index);
  return sites.every(({ re, im, weight }) => Math.hypot(re[0]!, im[0]!) <= VANISHING * weight[0]!);
}
