import type { InstrumentProfile } from "./instrument/index.ts";
import type { ExperimentPlan, Thresholds } from "./plan.ts";

/** Thresholds that a plan starts from; the margin of the motors is the instrument's mounting uncertainty. */
export const DEFAULT_THRESHOLDS: Required<Omit<Thresholds, "motorMargin_deg">> = {
  transmissionGood: 0.05,
  transmissionPoor: 0.005,
  unevenness: 3,
  kinematicalBelow: 0.15,
  dynamicalAbove: 0.3,
};

/** Where the default of each threshold comes from, in words for the user. */
export const THRESHOLD_SOURCES: Readonly<Record<keyof Thresholds, string>> = {
  transmissionGood: "rule of thumb: at 5 % the best thickness would give about 2.4 times as much",
  transmissionPoor: "rule of thumb: at 0.5 % the best thickness would give about 14 times as much",
  unevenness: "rule of thumb",
  kinematicalBelow: "rule of thumb of one group (MIDAS), below 15 % of the Pendellösung length",
  dynamicalAbove: "rule of thumb of one group (MIDAS), above 30 % of the Pendellösung length",
  motorMargin_deg: "mounting uncertainty of the instrument profile",
};

/** The thresholds in force: the plan's own, else the defaults. */
export const thresholdsOf = (plan: ExperimentPlan, instrument: InstrumentProfile): Required<Thresholds> => ({
  ...DEFAULT_THRESHOLDS,
  motorMargin_deg: instrument.mountingUncertainty_deg,
  ...plan.thresholds,
});
