import { degrees, format, type Issue, vec3 } from "../../util/index.ts";
import { deflectionDirection_lab } from "../diffraction.ts";
import { effectiveAxes } from "../goniometer/index.ts";
import type { GoniometerAxis, InstrumentProfile } from "./profile.ts";

/** An issue of a profile with the path of the value that causes it. */
export interface ProfileFault extends Omit<Issue, "field" | "range"> {
  readonly path: readonly (string | number)[];
  /** Another value that it is about, and what that is. */
  readonly other?: { readonly path: ProfileFault["path"]; readonly message: string };
  /** What stands right in place of that value, where that is sure. */
  readonly replacement?: unknown;
}

type Severity = Issue["severity"];
const fault = (slug: string, severity: Severity, message: string, ...path: ProfileFault["path"]): ProfileFault => ({
  code: `instrument/${slug}`,
  severity,
  message,
  path,
});

/** Two axes of the stack closer than this turn about the same line. */
const PARALLEL_deg = 0.01;
const ORTHOGONAL_deg = 0.01;
const ALONG_DEFLECTION_deg = 1;

/** What is wrong with the values of a profile of the right shape, its vectors being of length 1 or 0. */
export const checkProfile = (profile: InstrumentProfile): readonly ProfileFault[] => [
  ...profile.stack.flatMap((axis, i) => checkAxis(axis, i, profile.stack)),
  ...checkStack(profile.stack),
  ...checkDirections(profile),
  ...checkRanges(profile),
  ...checkSources(profile),
];

function checkAxis(
  { name, limits_deg, held_deg }: GoniometerAxis,
  i: number,
  stack: readonly GoniometerAxis[],
): readonly ProfileFault[] {
  const first = stack.findIndex((other) => other.name === name);
  const isHeldOutside =
    held_deg !== undefined && limits_deg !== null && (held_deg < limits_deg[0] || held_deg > limits_deg[1]);
  return [
    ...(first < i
      ? [
          {
            ...fault(
              "duplicate-name",
              "error",
              `There are two axes "${name}": give each its own name.`,
              "stack",
              i,
              "name",
            ),
            other: { path: ["stack", first, "name"], message: "The first of this name" },
          },
        ]
      : []),
    ...reversed(limits_deg, `limits of ${name}`, "stack", i, "limits_deg"),
    ...(isHeldOutside
      ? [
          fault(
            "held-outside",
            "warning",
            `${name} is held at ${format.angle(held_deg)}, outside its limits: it can never stand there.`,
            "stack",
            i,
            "held_deg",
          ),
        ]
      : []),
  ];
}

function reversed(
  range: readonly [number, number] | null,
  what: string,
  ...path: ProfileFault["path"]
): readonly ProfileFault[] {
  if (range === null || range[0] <= range[1]) return [];
  const [low, high] = range;
  const message = `The ${what} are reversed: write [${high}, ${low}].`;
  return [{ ...fault("reversed", "error", message, ...path), replacement: [high, low] }];
}

const MOST_NAMES = 8;

/** Three axes must be free, and between them they must be able to turn the sample about any axis. */
function checkStack(stack: readonly GoniometerAxis[]): readonly ProfileFault[] {
  const isFree = (axis: GoniometerAxis): boolean => axis.held_deg === undefined;
  const free = stack.flatMap((axis, i) => (isFree(axis) ? [i] : []));
  if (free.length < 3) {
    const message = `${free.length} of ${stack.length} axes are free, but an orientation takes three: add axes or remove "held_deg" from one.`;
    return [fault("too-few-axes", "error", message, "stack")];
  }
  if (free.length > 3) {
    const names = free.slice(0, MOST_NAMES).map((i) => stack[i]?.name);
    const others = free.length > names.length ? ", …" : "";
    const message = `${free.length} axes are free (${names.join(", ")}${others}), but an orientation fixes only three: give the others the angle at which they are held, "held_deg": 0.`;
    return [fault("too-many-free-axes", "error", message, "stack", free[3] ?? 0)];
  }
  if (stack.some(({ axis_lab }) => vec3.norm(axis_lab) === 0)) return [];
  const { axes } = effectiveAxes(stack, free);
  return [0, 1].flatMap((i) => {
    const angle_deg = degrees(vec3.angleBetween(axes[i]!, axes[i + 1]!));
    const off_deg = Math.min(angle_deg, 180 - angle_deg);
    const [one, other] = [stack[free[i]!]?.name, stack[free[i + 1]!]?.name];
    const place = ["stack", free[i + 1]!, "axis_lab"] as const;
    if (off_deg < PARALLEL_deg) {
      const message = `${one} and ${other} turn about the same axis: the stack cannot tilt the sample. Correct the direction of one.`;
      return [
        {
          ...fault("parallel-axes", "error", message, ...place),
          other: { path: ["stack", free[i]!, "axis_lab"], message: `The direction of ${one}` },
        },
      ];
    }
    if (90 - off_deg < ORTHOGONAL_deg) return [];
    const message = `${one} and ${other} enclose ${format.fixed(off_deg, 2)}°, not 90°: some orientations are out of reach of this stack.`;
    return [fault("oblique-axes", "information", message, ...place)];
  });
}

function checkDirections({ eta_deg, alongQ_sample, polarisation_lab }: InstrumentProfile): readonly ProfileFault[] {
  const off_deg = degrees(vec3.angleBetween(alongQ_sample, deflectionDirection_lab(eta_deg)));
  return [
    ...(vec3.norm(alongQ_sample) > 0 && off_deg > ALONG_DEFLECTION_deg
      ? [
          fault(
            "along-q",
            "warning",
            `At zero motors Q points along the deflection, which eta_deg puts at ${direction(eta_deg)}; this axis is ${format.fixed(off_deg, 1)}° away from it.`,
            "alongQ_sample",
          ),
        ]
      : []),
    ...(Math.abs(polarisation_lab[0]) > 1e-3
      ? [
          fault(
            "polarisation",
            "error",
            "The polarisation of a beam lies across it: its X part must be 0, as in [0, 1, 0].",
            "polarisation_lab",
          ),
        ]
      : []),
  ];
}

const direction = (eta_deg: number): string =>
  `[${deflectionDirection_lab(eta_deg)
    .map((part) => format.fixed(part, 3).replace(/\.?0+$/, ""))
    .join(", ")}]`;

function checkRanges({ detector, energyRange_keV }: InstrumentProfile): readonly ProfileFault[] {
  return [
    ...reversed(energyRange_keV, "ends of the energy range", "energyRange_keV"),
    ...(energyRange_keV !== null && energyRange_keV[0] <= 0
      ? [fault("energy", "error", "An energy must be above 0 keV.", "energyRange_keV")]
      : []),
    ...reversed(detector?.twoThetaLimits_deg ?? null, "limits of 2θ", "detector", "twoThetaLimits_deg"),
    ...reversed(detector?.travelAlong_mm ?? null, "limits of the travel", "detector", "travelAlong_mm"),
    ...reversed(detector?.travelAcross_mm ?? null, "limits of the travel", "detector", "travelAcross_mm"),
  ];
}

/** A source that names a number which the profile does not have. */
const checkSources = (profile: InstrumentProfile): readonly ProfileFault[] =>
  Object.keys(profile.sources).flatMap((path) => {
    const found = path
      .split(".")
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | null)?.[key], profile);
    if (found !== undefined) return [];
    const message = `There is no "${format.excerpt(path)}" in this instrument: name a value by its dotted path, such as stack.0.limits_deg.`;
    return [fault("source-of-nothing", "warning", message, "sources", path)];
  });
