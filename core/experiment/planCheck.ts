import { error, format, type Issue } from "../util/index.ts";
import { checkEnergy } from "../xray/index.ts";
import { checkOrientation } from "./orientation.ts";
import type { ExperimentPlan, Hkl, Thresholds } from "./plan.ts";
import { DEFAULT_THRESHOLDS } from "./thresholds.ts";

/** A metre: nothing that is mounted on a goniometer is larger. */
const MAX_LENGTH_um = 1e6;

const LENGTHS = [
  ["sample", "thickness_um", "Thickness"],
  ["sample", "height_um", "Height"],
  ["sample", "width_um", "Width"],
  ["beam", "width_um", "Beam width"],
  ["beam", "height_um", "Beam height"],
] as const;

/** Values of the plan that no crystal could make right; each issue carries its field. */
export function checkPlan(plan: ExperimentPlan): readonly Issue[] {
  const energy = checkEnergy(plan.beam.energy_keV);
  return [
    ...energy.issues.map((issue) => ({ ...issue, field: "beam.energy_keV" })),
    ...LENGTHS.flatMap(([part, key, name]) =>
      checkLength((plan[part] as Readonly<Record<string, number>>)[key], name, `${part}.${key}`),
    ),
    ...(plan.reflection ? checkHkl(plan.reflection.hkl) : []),
    ...(plan.sample.orientation ? checkOrientation(plan.sample.orientation.U) : []),
    ...checkFractions(plan),
    ...checkThresholds(plan.thresholds ?? {}),
  ];
}

function checkLength(value_um: number | undefined, name: string, field: string): readonly Issue[] {
  if (value_um !== undefined && Number.isFinite(value_um) && value_um > 0 && value_um <= MAX_LENGTH_um) return [];
  const given = value_um === undefined ? "missing" : `${format.significant(value_um, 4)} µm`;
  return [error("plan/length", `${name} is ${given}: give a length above 0 and up to 1 m.`, { field })];
}

function checkHkl(hkl: Hkl): readonly Issue[] {
  const field = "reflection.hkl";
  if (!hkl.every(Number.isInteger)) {
    return [error("plan/hkl", `(${hkl.join(",")}) is not a reflection: h, k and l are whole numbers.`, { field })];
  }
  if (hkl.every((index) => index === 0)) {
    return [error("plan/hkl", "(0,0,0) is the direct beam, not a reflection: give other indices.", { field })];
  }
  return [];
}

function checkFractions({ beam, lens }: ExperimentPlan): readonly Issue[] {
  const { bandwidth_fwhm } = beam;
  const distance_mm = lens?.detectorDistance_mm;
  return [
    ...(bandwidth_fwhm === undefined || (bandwidth_fwhm >= 0 && bandwidth_fwhm < 1)
      ? []
      : [
          error("plan/bandwidth", "The bandwidth is ΔE/E, such as 0.00014: give 0 or more, and less than 1.", {
            field: "beam.bandwidth_fwhm",
          }),
        ]),
    ...(distance_mm === undefined || (distance_mm > 0 && Number.isFinite(distance_mm))
      ? []
      : [
          error("plan/distance", "The distance from sample to detector must be above 0 mm.", {
            field: "lens.detectorDistance_mm",
          }),
        ]),
  ];
}

/** Thresholds that contradict themselves or each other. */
function checkThresholds(own: Partial<Thresholds>): readonly Issue[] {
  const all = { ...DEFAULT_THRESHOLDS, ...own };
  const refuse = (key: keyof Thresholds, message: string): readonly Issue[] => [
    error("plan/threshold", message, { field: `thresholds.${key}` }),
  ];
  const isFraction = (value: number): boolean => value > 0 && value <= 1;
  if (!isFraction(all.transmissionGood)) {
    return refuse("transmissionGood", "A good transmission is a fraction above 0 and up to 1, such as 0.05.");
  }
  if (!(isFraction(all.transmissionPoor) && all.transmissionPoor <= all.transmissionGood)) {
    return refuse(
      "transmissionPoor",
      `A poor transmission is a fraction above 0 and not above the good one, ${all.transmissionGood}.`,
    );
  }
  if (!(all.unevenness >= 1)) return refuse("unevenness", "The ratio of brightest to darkest is 1 or more.");
  if (!(all.kinematicalBelow > 0)) return refuse("kinematicalBelow", "t/Λ must be above 0.");
  if (!(all.dynamicalAbove >= all.kinematicalBelow)) {
    return refuse("dynamicalAbove", `This must not be below kinematicalBelow, ${all.kinematicalBelow}.`);
  }
  if (all.motorMargin_deg !== undefined && !(all.motorMargin_deg >= 0)) {
    return refuse("motorMargin_deg", "The margin of the motors is 0° or more.");
  }
  return [];
}
