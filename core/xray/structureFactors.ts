import type { Crystal, Site } from "../crystal/index.ts";
import { type Issue, ok, type Result } from "../util/index.ts";
import { sOf, speciesAmplitudes } from "./amplitudes.ts";
import { dispersionIssues, dispersionOf } from "./dispersion.ts";
import { checkElements, tableSymbol } from "./elements.ts";
import { checkEnergy } from "./energy.ts";
import { type FormFactorKind, formFactor, hasFormFactor, speciesName } from "./formFactors.ts";

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
  const named = new Map<string, string>();
  for (const site of crystal.sites) {
    const key = `${site.element} ${site.charge}`;
    if (named.has(key)) continue;
    const species = speciesOf(site, kind);
    issues.push(...species.issues);
    named.set(key, species.name);
  }

  const all = (hkl: Int32Array): StructureFactorList => {
    const count = hkl.length / 3;
    const F = new Float64Array(2 * count);
    const F_friedel = new Float64Array(2 * count);
    const sumOfScattering = new Float64Array(count);
    const s_invA = sOf(crystal, hkl);
    for (const { site, re, im, weight } of speciesAmplitudes(crystal, hkl)) {
      const species = named.get(`${site.element} ${site.charge}`)!;
      const { fPrime, fDoublePrime } = dispersions.get(tableSymbol(site.element))!;
      for (let r = 0; r < count; r++) {
        const real = formFactor(species, s_invA[r]!)! + fPrime;
        F[2 * r]! += real * re[r]! - fDoublePrime * im[r]!;
        F[2 * r + 1]! += real * im[r]! + fDoublePrime * re[r]!;
        F_friedel[2 * r]! += real * re[r]! + fDoublePrime * im[r]!;
        F_friedel[2 * r + 1]! += fDoublePrime * re[r]! - real * im[r]!;
        sumOfScattering[r]! += weight[r]! * Math.sqrt(real * real + fDoublePrime * fDoublePrime);
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
