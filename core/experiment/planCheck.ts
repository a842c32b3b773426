import { error, format, type Issue } from "../util/index.ts";
import { checkEnergy } from "../xray/index.ts";
import type { ExperimentPlan, Hkl } from "./plan.ts";

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
