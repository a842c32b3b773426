import type { Experiment } from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { ReadPlan } from "./readPlan.ts";

/**
 * A plan and what follows from it as Markdown with one fact on a line, so that an editor that compares two of them shows
 * what differs and what that comes to.
 */
export function planSummary({ plan, experiment, issues }: ReadPlan, name: string): string {
  const errors = issues.filter(({ severity }) => severity === "error").map(({ message }) => `- ${message}`);
  return [
    `# ${name}`,
    ...part("The plan", plan === null ? [] : facts(plan, "")),
    ...part("What keeps it from giving numbers", errors),
    ...(experiment === null ? [] : consequences(experiment)),
    "",
  ].join("\n");
}

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines];

/** The values of a plan by their paths; what only says where the file belongs is left out. */
function facts(value: unknown, path: string): readonly string[] {
  if (/^(\$schema|version|cif\.sha256)$/.test(path)) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`- ${path}: ${typeof value === "string" ? value : JSON.stringify(value)}`];
  }
  return Object.entries(value)
    .sort(([a], [b]) => (path === "" ? 0 : a.localeCompare(b)))
    .flatMap(([key, child]) => facts(child, path === "" ? key : `${path}.${key}`));
}

function consequences({ geometry, reflection, attenuation, dynamical, lens, verdicts }: Experiment): readonly string[] {
  const { path } = geometry;
  return [
    ...part("What follows: reflection", [
      `- Reflection: ${format.millerIndices(geometry.hkl)}`,
      `- d: ${format.fixed(geometry.d_A, 5)} Å`,
      `- 2θ: ${format.angle(geometry.twoTheta_deg)}`,
      `- |F|: ${format.significant(reflection.F, 5)}, Friedel mate ${format.significant(reflection.F_friedel, 5)}`,
      `- Equivalents: ${reflection.multiplicity}`,
    ]),
    ...part(
      "What follows: motors",
      geometry.goniometer.flatMap(({ angles, withinLimits, violations }, i) => [
        `- Solution ${i + 1}: ${withinLimits ? "within the limits" : violations.join(" ")}`,
        ...angles.map(({ axis, angle_deg }) => `  - ${axis}: ${format.angle(angle_deg)}`),
      ]),
    ),
    ...part("What follows: light", [
      `- Up: ${geometry.up.text}, exit face: ${geometry.exit.text}, mean beam: ${geometry.beamExit.text}`,
      `- Path in: ${format.length(path.in_um)}`,
      `- Path out: ${format.length(path.out_um)}`,
      `- Transmission, mean: ${format.percent(path.transmissionMean)}`,
      `- Transmission, range: ${format.percent(path.transmissionMin)} to ${format.percent(path.transmissionMax)}`,
      `- Attenuation length: ${format.length(attenuation.attenuationLength_um)}`,
      ...(dynamical === null
        ? []
        : [
            `- Pendelloesung length: ${format.length(dynamical.extinctionLength_um)}`,
            `- Thickness by Pendelloesung length: ${format.significant(dynamical.ratio, 3)} (${dynamical.regime})`,
          ]),
    ]),
    ...part("What follows: lens", lens === null ? [] : lensLines(lens)),
    ...part(
      "Will it work?",
      verdicts.flatMap(({ question, findings }) => [
        `- ${question}`,
        ...findings.map(({ answer, sentence, suggestion }) =>
          [`  - ${answer}: ${sentence}`, ...(suggestion === null ? [] : [suggestion])].join(" "),
        ),
      ]),
    ),
  ];
}

const lensLines = ({ focus, focalLength_mm }: NonNullable<Experiment["lens"]>): readonly string[] => [
  `- Focal length: ${format.fixed(focalLength_mm, 2)} mm`,
  ...(focus === null
    ? ["- Nowhere in focus"]
    : [
        `- Sample to first lenslet: ${format.fixed(focus.d1_mm, 3)} mm`,
        `- Magnification: ${format.fixed(focus.M, 3)}`,
      ]),
];
