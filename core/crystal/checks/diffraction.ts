import { HC_keV_A, type Issue, type Severity } from "../../util/index.ts";
import { placeOf } from "../relatedPlaces.ts";
import { isXray, LONGEST_A, radiationType, wavelengthOf } from "./radiation.ts";
import { type Check, differ, issue, type Quantity, quantityAt, replaceBy } from "./subject.ts";

/** Wavelengths of tubes that files give, mean of K-alpha 1 and 2 or K-alpha 1 alone [Angstrom]; IUCr RADNW01. */
export const RADIATIONS: readonly {
  readonly name: string;
  readonly pattern: RegExp;
  readonly ranges_A: readonly (readonly [number, number])[];
  readonly usual: string;
}[] = [
  {
    name: "Cu Kα",
    pattern: /^cu/i,
    ranges_A: [
      [1.54175, 1.5419],
      [1.5404, 1.5407],
    ],
    usual: "1.54178",
  },
  {
    name: "Mo Kα",
    pattern: /^mo/i,
    ranges_A: [
      [0.71065, 0.71075],
      [0.7092, 0.70935],
    ],
    usual: "0.71073",
  },
  {
    name: "Ag Kα",
    pattern: /^ag/i,
    ranges_A: [
      [0.5608, 0.5609],
      [0.5593, 0.5595],
    ],
    usual: "0.56083",
  },
];
/** Wavelength against the kind of radiation, and energies given in its place (IUCr RADNW01, PLAT009). */
export const wavelengthIssues: Check = ({ table }) => {
  const given = wavelengthOf(table);
  if (!given) return [];
  const typeValue = radiationType(table);
  const type = typeValue?.text.trim() ?? "";
  const isNeutron = !isXray(table);
  const report = (message: string, better: string): readonly Issue[] => [
    issue("wavelength", "hint", message, given.range, {
      fixes: [replaceBy(better, given.range)],
      related: placeOf(typeValue, `Radiation ${type}`),
    }),
  ];
  if (given.value > LONGEST_A && !isNeutron) {
    const better = (HC_keV_A / given.value).toFixed(4);
    return report(
      `Wavelength is ${given.text} Å; if this is an energy of ${given.text} keV, it is ${better} Å.`,
      better,
    );
  }
  const radiation = isNeutron ? undefined : RADIATIONS.find(({ pattern }) => pattern.test(type));
  if (!radiation || !/k/i.test(type)) return [];
  // A value with few digits stands for all that round to it.
  const rounding = 0.5 * 10 ** -given.decimals;
  const fits = radiation.ranges_A.some(
    ([low, high]) => given.value >= low - rounding && given.value <= high + rounding,
  );
  if (fits) return [];
  return report(
    `Wavelength ${given.text} Å is not the one of ${radiation.name}, ${radiation.usual} Å (RADNW01).`,
    radiation.usual,
  );
};

const CELL_TEMPERATURE = ["_cell_measurement_temperature"];
const TEMPERATURE = ["_diffrn_ambient_temperature", ...CELL_TEMPERATURE];
/** Below this a temperature is rather in Celsius [K]; IUCr CELLK01. */
const LOWEST_K = 25;

/** Temperatures that may be in degrees Celsius, and ones of cell and diffraction that differ (CELLK01, PLAT193, 197). */
export const temperatureIssues: Check = ({ table }) => {
  const suspicious = TEMPERATURE.flatMap((name) => {
    const given = quantityAt(table, [name]);
    if (!given || given.value >= LOWEST_K) return [];
    const kelvin = (given.value + 273.15).toFixed(Math.max(0, given.decimals));
    const severity: Severity = given.value < 0 ? "warning" : "hint";
    const message = `Temperature ${given.text} K ${given.value < 0 ? "is below zero" : "is very low"}; if it is in °C, write ${kelvin} (CELLK01).`;
    return [issue("temperature", severity, message, given.range, { fixes: [replaceBy(kelvin, given.range)] })];
  });
  const cell = quantityAt(table, CELL_TEMPERATURE);
  const diffraction = quantityAt(table, ["_diffrn_ambient_temperature"]);
  if (suspicious.length > 0 || !cell || !diffraction || !differ(cell, diffraction)) return suspicious;
  const message = `The cell was measured at ${cell.text} K, the reflections at ${diffraction.text} K (PLAT193): the cell may not be the one of the structure.`;
  const related = placeOf(diffraction, `${diffraction.text} K, of the reflections`);
  return [issue("temperature-differs", "hint", message, cell.range, { related })];
};

/** Pairs of which the first must not exceed the second, with the severity and the test where they do. */
const ORDERED: readonly (readonly [string, string, Severity, string])[] = [
  ["_diffrn_reflns_theta_min", "_diffrn_reflns_theta_max", "warning", "THETM01"],
  ["_cell_measurement_theta_min", "_cell_measurement_theta_max", "warning", "CELLT01"],
  ...["h", "k", "l"].flatMap((index): readonly (readonly [string, string, Severity, string])[] => [
    [`_diffrn_reflns_limit_${index}_min`, `_diffrn_reflns_limit_${index}_max`, "warning", "REFLL01"],
    [`_reflns_limit_${index}_min`, `_reflns_limit_${index}_max`, "warning", "REFLL01"],
  ]),
  ["_exptl_absorpt_correction_t_min", "_exptl_absorpt_correction_t_max", "warning", "ABSTM01"],
  ["_exptl_crystal_size_min", "_exptl_crystal_size_mid", "information", "CRYSS01"],
  ["_exptl_crystal_size_mid", "_exptl_crystal_size_max", "information", "CRYSS01"],
  ["_refine_diff_density_min", "_refine_diff_density_max", "warning", "DIFMN01"],
  ["_reflns_number_gt", "_reflns_number_total", "warning", "REFLT02"],
  ["_reflns_number_observed", "_reflns_number_total", "warning", "REFLT02"],
];

/** Smaller values that are larger than the larger ones. */
export const orderIssues: Check = ({ table }) =>
  ORDERED.flatMap(([lowName, highName, severity, testName]) => {
    const [low, high] = [quantityAt(table, [lowName]), quantityAt(table, [highName])];
    if (!low || !high || low.value <= high.value) return [];
    const message = `${lowName} is ${low.text} and larger than ${highName}, ${high.text} (${testName}).`;
    const related = placeOf(high, `${highName} ${high.text}`);
    return [issue("min-max-order", severity, message, low.range, { fixes: [exchange(low, high)], related })];
  });

const exchange = (a: Quantity, b: Quantity) => ({
  title: `Exchange ${a.text} and ${b.text}`,
  edits: [
    { range: a.range, newText: b.text },
    { range: b.range, newText: a.text },
  ],
});
