import type { Crystal, Site } from "../crystal/index.ts";
import { type Issue, mat3, ok, type Result, vec3 } from "../util/index.ts";
import { dispersionIssues, dispersionOf } from "./dispersion.ts";
import { checkElements, tableSymbol } from "./elements.ts";
import { checkEnergy } from "./energy.ts";
import { type FormFactorKind, formFactor, hasFormFactor, speciesName } from "./formFactors.ts";
import { type Images, imagesOf } from "./scatterers.ts";

/** Structure factors of a list of reflections, in electrons per cell. */
export interface StructureFactorList {
  /** Real and imaginary part of F(hkl), one pair a reflection. */
  readonly F: Float64Array;
  /** The same of F(-h,-k,-l). */
  readonly F_friedel: Float64Array;
  /** Sum of occupancy |f| T over the atoms of the cell: |F| if all atoms scattered in phase. */
  readonly sumOfScattering: Float64Array;
}

export interface StructureFactor {
  readonly re: number;
  readonly im: number;
  readonly abs: number;
  /** |F(-h,-k,-l)|. */
  readonly abs_friedel: number;
  /** See `StructureFactorList`. */
  readonly sumOfScattering: number;
}

export interface StructureFactors {
  readonly energy_keV: number;
  /** Of one reflection. */
  F(hkl: readonly [number, number, number]): StructureFactor;
  /** Of many: h, k, l in turn. */
  all(hkl: Int32Array): StructureFactorList;
}

interface Scatterer {
  readonly site: Site;
  readonly images: Images;
}

const expanded = new WeakMap<Crystal, readonly Scatterer[]>();

function scatterersOf(crystal: Crystal): readonly Scatterer[] {
  const known = expanded.get(crystal);
  if (known !== undefined) return known;
  const scatterers = crystal.sites.map((site) => ({ site, images: imagesOf(site, crystal) }));
  expanded.set(crystal, scatterers);
  return scatterers;
}

/** Name of a site's form factor, with a note where the ion that it names is not in the table. */
function speciesOf(site: Site, kind: FormFactorKind): { readonly name: string; readonly issues: readonly Issue[] } {
  const neutral = tableSymbol(site.element);
  if (kind === "neutral" || site.charge === 0) return { name: neutral, issues: [] };
  const ion = speciesName(neutral, site.charge);
  if (hasFormFactor(ion)) return { name: ion, issues: [] };
  const message = `The table of form factors has no ${ion}: the neutral atom ${neutral} stands for ${site.label}.`;
  return { name: neutral, issues: [{ code: "xray/no-ion", severity: "information", message, range: site.range }] };
}

/**
 * Sum of w T exp(2 pi i h.x) over the images of one site; T is the anisotropic part. Powers of exp(2 pi i x) are
 * tabulated for each image, so a term costs a few products.
 */
function geometricSums(
  { positions, weights, betas }: Images,
  hkl: Int32Array,
  maxIndices: readonly number[],
): { readonly re: Float64Array; readonly im: Float64Array; readonly sum: Float64Array } {
  const count = hkl.length / 3;
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  const sum = new Float64Array(count);
  const [maxH = 0, maxK = 0, maxL = 0] = maxIndices;
  const tables = maxIndices.map((max) => ({ cos: new Float64Array(2 * max + 1), sin: new Float64Array(2 * max + 1) }));
  const [H, K, L] = tables as [(typeof tables)[0], (typeof tables)[0], (typeof tables)[0]];
  for (let image = 0; image < weights.length; image++) {
    for (let axis = 0; axis < 3; axis++) {
      const { cos, sin } = tables[axis]!;
      const max = maxIndices[axis]!;
      const phase = 2 * Math.PI * positions[3 * image + axis]!;
      for (let n = 0; n <= max; n++) {
        cos[max + n] = cos[max - n] = Math.cos(n * phase);
        sin[max + n] = Math.sin(n * phase);
        sin[max - n] = -sin[max + n]!;
      }
    }
    const weight = weights[image]!;
    for (let r = 0; r < count; r++) {
      const h = hkl[3 * r]!;
      const k = hkl[3 * r + 1]!;
      const l = hkl[3 * r + 2]!;
      const cosH = H.cos[maxH + h]!;
      const sinH = H.sin[maxH + h]!;
      const cosK = K.cos[maxK + k]!;
      const sinK = K.sin[maxK + k]!;
      const cosL = L.cos[maxL + l]!;
      const sinL = L.sin[maxL + l]!;
      const cosHK = cosH * cosK - sinH * sinK;
      const sinHK = sinH * cosK + cosH * sinK;
      const w = betas === null ? weight : weight * anisotropic(betas, 6 * image, h, k, l);
      re[r] = re[r]! + w * (cosHK * cosL - sinHK * sinL);
      im[r] = im[r]! + w * (sinHK * cosL + cosHK * sinL);
      sum[r] = sum[r]! + w;
    }
  }
  return { re, im, sum };
}

const anisotropic = (betas: Float64Array, at: number, h: number, k: number, l: number): number =>
  Math.exp(
    -(betas[at]! * h * h + betas[at + 1]! * k * k + betas[at + 2]! * l * l) -
      2 * (betas[at + 3]! * h * k + betas[at + 4]! * h * l + betas[at + 5]! * k * l),
  );

/** Largest |h|, |k|, |l| of a list. */
function largestIndices(hkl: Int32Array): readonly [number, number, number] {
  const max: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < hkl.length; i++) max[i % 3] = Math.max(max[i % 3]!, Math.abs(hkl[i]!));
  return max;
}

/** sin(theta)/lambda = |Q| / (4 pi) of each reflection, in 1/Angstrom. */
function sOf(crystal: Crystal, hkl: Int32Array): Float64Array {
  return Float64Array.from({ length: hkl.length / 3 }, (_, r) => {
    const Q_invA = mat3.multiplyVector(crystal.cell.reciprocal, [hkl[3 * r]!, hkl[3 * r + 1]!, hkl[3 * r + 2]!]);
    return vec3.norm(Q_invA) / (4 * Math.PI);
  });
}

/**
 * Structure factors of a crystal at an energy from 1 to 150 keV:
 * F(hkl) = sum occupancy (f0(s) + f' + i f'') T exp(+2 pi i (hx + ky + lz)) over all atoms of the cell, electrons;
 * T = exp(-8 pi^2 U s^2) or exp(-h beta h), 1 for a site without U. International Tables B (2008), section 1.2.
 */
export function structureFactors(
  crystal: Crystal,
  energy_keV: number,
  options: { readonly formFactors?: FormFactorKind } = {},
): Result<StructureFactors> {
  const energy = checkEnergy(energy_keV);
  if (!energy.ok) return energy;
  const elements = checkElements(crystal);
  if (!elements.ok) return elements;

  const kind = options.formFactors ?? "neutral";
  const issues: Issue[] = elements.value.flatMap(({ data }) => dispersionIssues(data));
  const dispersions = new Map(elements.value.map(({ data }) => [data.symbol, dispersionOf(data, energy_keV)]));
  const scatterers = scatterersOf(crystal).map(({ site, images }) => {
    const species = speciesOf(site, kind);
    issues.push(...species.issues);
    return { site, images, species: species.name, dispersion: dispersions.get(tableSymbol(site.element))! };
  });

  const all = (hkl: Int32Array): StructureFactorList => {
    const count = hkl.length / 3;
    const F = new Float64Array(2 * count);
    const F_friedel = new Float64Array(2 * count);
    const sumOfScattering = new Float64Array(count);
    const s_invA = sOf(crystal, hkl);
    const maxIndices = largestIndices(hkl);
    const f0Of = new Map(
      [...new Set(scatterers.map(({ species }) => species))].map((species) => [
        species,
        s_invA.map((s) => formFactor(species, s)!),
      ]),
    );
    for (const { site, images, species, dispersion } of scatterers) {
      const { re, im, sum: weights } = geometricSums(images, hkl, maxIndices);
      const f0 = f0Of.get(species)!;
      const B_A2 = site.displacement.kind === "iso" ? 8 * Math.PI ** 2 * site.displacement.U_A2 : 0;
      for (let r = 0; r < count; r++) {
        const s = s_invA[r]!;
        const T = B_A2 === 0 ? 1 : Math.exp(-B_A2 * s * s);
        const real = T * (f0[r]! + dispersion.fPrime);
        const imaginary = T * dispersion.fDoublePrime;
        F[2 * r]! += real * re[r]! - imaginary * im[r]!;
        F[2 * r + 1]! += real * im[r]! + imaginary * re[r]!;
        F_friedel[2 * r]! += real * re[r]! + imaginary * im[r]!;
        F_friedel[2 * r + 1]! += imaginary * re[r]! - real * im[r]!;
        sumOfScattering[r]! += weights[r]! * Math.sqrt(real * real + imaginary * imaginary);
      }
    }
    return { F, F_friedel, sumOfScattering };
  };

  const single = (hkl: readonly [number, number, number]): StructureFactor => {
    const { F, F_friedel, sumOfScattering } = all(Int32Array.from(hkl));
    const [re = 0, im = 0] = F;
    const [reFriedel = 0, imFriedel = 0] = F_friedel;
    const abs_friedel = Math.hypot(reFriedel, imFriedel);
    return { re, im, abs: Math.hypot(re, im), abs_friedel, sumOfScattering: sumOfScattering[0]! };
  };

  return ok({ energy_keV, F: single, all }, issues);
}
