import { format, type Vec3, vec3 } from "../../util/index.ts";
import type { ProfileFault } from "./check.ts";
import type { InstrumentProfile } from "./profile.ts";

const UNIT_TOLERANCE = 1e-6;
/** A direction from numbers that are as small as this is none. */
const SHORTEST = 1e-100;

/** The profile with its directions brought to length 1, and a note on each that had another length. */
export function unitVectors(profile: InstrumentProfile): {
  readonly profile: InstrumentProfile;
  readonly faults: readonly ProfileFault[];
} {
  const faults: ProfileFault[] = [];
  const unit = (vector: Vec3, path: ProfileFault["path"]): Vec3 => {
    const length = vec3.norm(vector);
    if (length < SHORTEST) {
      faults.push({
        code: "instrument/zero-vector",
        severity: "error",
        message: "[0, 0, 0] is no direction: give a vector such as [0, 0, 1].",
        path,
      });
      return [0, 0, 0];
    }
    if (Math.abs(length - 1) > UNIT_TOLERANCE) {
      faults.push({
        code: "instrument/not-unit",
        severity: "information",
        message: `This direction has length ${format.significant(length, 4)}; it is used with length 1.`,
        path,
      });
    }
    return vec3.scale(vector, 1 / length);
  };
  return {
    profile: {
      ...profile,
      stack: profile.stack.map((axis, i) => ({ ...axis, axis_lab: unit(axis.axis_lab, ["stack", i, "axis_lab"]) })),
      alongQ_sample: unit(profile.alongQ_sample, ["alongQ_sample"]),
      polarisation_lab: unit(profile.polarisation_lab, ["polarisation_lab"]),
    },
    faults,
  };
}
