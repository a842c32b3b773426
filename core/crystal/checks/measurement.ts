import { degrees, radians, type Severity } from "../../util/index.ts";
import { formulaOf, heaviestElement } from "../formula.ts";
import { placeOf } from "../relatedPlaces.ts";
import type { BlockTable } from "../table.ts";
import { isPowder, LONGEST_A, wavelengthOf } from "./radiation.ts";
import { type Check, issue, type Quantity, quantityAt } from "./subject.ts";

/** Severities of the IUCr's alerts C, B and A. */
const SEVERITIES: readonly Severity[] = ["hint", "information", "warning"];

interface Reach {
  readonly theta: Quantity;
  /** sin(theta_max)/lambda [1/Angstrom], with half a digit of theta_max granted. */
  readonly s_per_A: number;
  readonly wavelength: Quantity;
}

function reachOf(table: BlockTable): Reach | undefined {
  const theta = quantityAt(table, ["_diffrn_reflns_theta_max"]);
  const wavelength = wavelengthOf(table);
  if (!theta || !wavelength || !(theta.value > 0 && theta.value <= 90)) return undefined;
  if (!(wavelength.value > 0 && wavelength.value <= LONGEST_A)) return undefined;
  const largest = Math.min(90, theta.value + 0.5 * 10 ** -theta.decimals);
  return { theta, s_per_A: Math.sin(radians(largest)) / wavelength.value, wavelength };
}

const wavelengthPlace = ({ wavelength }: Reach) => placeOf(wavelength, `Wavelength ${wavelength.text} Å`);

/** sin(theta_max)/lambda below these gives alerts C, B and A [1/Angstrom]. */
const LEAST_S_per_A = [0.59, 0.575, 0.55];

/** IUCr THETM01: how far single-crystal data reach; below 0.6 displacements and light atoms are poorly known. */
export const resolutionIssues: Check = ({ table, block }) => {
  const reach = reachOf(table);
  if (!reach || isPowder(block)) return [];
  const { theta, wavelength, s_per_A } = reach;
  const limit = LEAST_S_per_A.findLast((least) => s_per_A < least);
  if (limit === undefined) return [];
  const written = (Math.sin(radians(theta.value)) / wavelength.value).toFixed(3);
  const needed = degrees(Math.asin(0.6 * wavelength.value));
  const remedy = Number.isNaN(needed) ? "" : `; 0.6 Å⁻¹ takes θ = ${needed.toFixed(1)}°`;
  const message = `The reflections end at θ = ${theta.text}°, where sin θ/λ is ${written} Å⁻¹, below ${limit} (THETM01)${remedy}.`;
  return [issue("resolution", "hint", message, theta.range, { related: wavelengthPlace(reach) })];
};

/**
 * Indices that cell, wavelength and theta_max rule out: |h| = |a . Q| / 2 pi is at most 2 a sin(theta_max)/lambda. One index
 * more is granted for data that were cut at theta_max.
 */
export const indexLimitIssues: Check = ({ table, cell }) => {
  const reach = reachOf(table);
  if (!reach || !cell) return [];
  const { theta, s_per_A } = reach;
  const lengths_A = { h: cell.a_A, k: cell.b_A, l: cell.c_A };
  const excesses = Object.entries(lengths_A).flatMap(([index, length_A]) => {
    const limits = ["min", "max"].flatMap((end) => quantityAt(table, [`_diffrn_reflns_limit_${index}_${end}`]) ?? []);
    const largest = Math.max(...limits.map(({ value }) => Math.abs(value)));
    const possible = 2 * length_A * s_per_A;
    if (!(largest > possible + 1)) return [];
    const related = limits.filter(({ value }) => Math.abs(value) > possible + 1);
    return [{ text: `|${index}| up to ${largest}, but at most ${Math.floor(possible)}`, index, related }];
  });
  if (excesses.length === 0) return [];
  const message = `The limits of the indices do not fit θmax ${theta.text}°, cell and wavelength: ${excesses.map(({ text }) => text).join("; ")} (REFLL01). One of them is wrong.`;
  const limits = excesses.flatMap(({ index, related }) =>
    related.map(({ range, text }) => ({ range, message: `${index} = ${text}` })),
  );
  return [
    issue("resolution", "information", message, theta.range, { related: [...limits, ...wavelengthPlace(reach)] }),
  ];
};

/** Numbers of reflections of which the first cannot exceed the second. */
const COUNTS: readonly (readonly [string, string, string])[] = [
  ["_reflns_number_total", "_diffrn_reflns_number", "REFLT01"],
  ["_reflns_number_gt", "_diffrn_reflns_number", "REFLG01"],
  ["_reflns_number_observed", "_diffrn_reflns_number", "REFLG01"],
];

/** More independent or strong reflections than were measured (alert B). */
export const reflectionCountIssues: Check = ({ table }) =>
  COUNTS.flatMap(([partName, allName, testName]) => {
    const [part, all] = [quantityAt(table, [partName]), quantityAt(table, [allName])];
    if (!part || !all || part.value <= all.value) return [];
    const message = `${partName} is ${part.text}, more than ${allName}, ${all.text} (${testName}).`;
    return [
      issue("reflection-count", "information", message, part.range, {
        related: placeOf(all, `${allName} ${all.text}`),
      }),
    ];
  });

/** Reflections per parameter below which alerts C, B and A are given, and the same for light noncentrosymmetric crystals. */
const LEAST_RATIOS = [10, 8, 6];
const LEAST_RATIOS_OF_LIGHT = [8, 6, 4];
/** Argon: heavier atoms make the difference between Friedel mates. */
const LIGHT = 18;

/** IUCr REFNR01: few reflections for the parameters, unless all that can be expected were measured and used. */
export const dataRatioIssues: Check = ({ table, block, spaceGroup }) => {
  const reflections = quantityAt(table, ["_refine_ls_number_reflns"]);
  const parameters = quantityAt(table, ["_refine_ls_number_parameters"]);
  const heaviest = heaviestElement(formulaOf(table)?.counts ?? {});
  const reach = reachOf(table);
  if (!reflections || !parameters || !(parameters.value > 0) || !spaceGroup || !heaviest || !reach) return [];
  if (isPowder(block)) return [];
  const total = quantityAt(table, ["_reflns_number_total"]);
  const areAllUsed = total === undefined || reflections.value >= 0.95 * total.value;
  if (reach.s_per_A >= LEAST_S_per_A[0]! && areAllUsed) return [];
  const isLight = !spaceGroup.centrosymmetric && heaviest.atomicNumber <= LIGHT;
  const ratio = reflections.value / parameters.value;
  const exceeded = (isLight ? LEAST_RATIOS_OF_LIGHT : LEAST_RATIOS).filter((least) => ratio < least);
  const limit = exceeded.at(-1);
  if (limit === undefined) return [];
  const message = `${reflections.text} reflections for ${parameters.text} parameters are ${ratio.toFixed(1)} each, below ${limit} (REFNR01).`;
  const related = placeOf(reflections, `${reflections.text} reflections`);
  return [issue("reflection-count", SEVERITIES[exceeded.length - 1]!, message, parameters.range, { related })];
};
