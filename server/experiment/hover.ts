import type { Hover } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { lensHelp } from "../../core/experiment/index.ts";
import { format, looksLikeJson, readJsonText } from "../../core/util/index.ts";
import { toRange } from "../document.ts";
import { code, escapeMarkdown } from "../markdown.ts";
import type { ReadPlan } from "./readPlan.ts";

/** What the value under the cursor comes to in the experiment; null where nothing follows from it alone. */
export function planHover(document: TextDocument, offset: number, { plan, experiment }: ReadPlan): Hover | null {
  const json = readJsonText(document.getText());
  const path = json.pathAt(offset);
  if (plan === null || experiment === null || path.length === 0) return null;
  const lines = LINES.find(([field]) => path.join(".").startsWith(field))?.[1](experiment) ?? [];
  if (lines.length === 0) return null;
  return {
    contents: { kind: "markdown", value: lines.map(escapeMarkdown).join("  \n") },
    range: toRange(document, json.rangeOf(path)),
  };
}

/** What a key of a lens file means and comes to; of a file in JSON its schema tells the meaning. */
export function lensHover(document: TextDocument, offset: number): Hover | null {
  const text = document.getText();
  const help = lensHelp(text, offset);
  if (!help) return null;
  const { label, meaning, role, facts, range } = help;
  const known = looksLikeJson(text) ? [] : [code(label), escapeMarkdown(meaning)];
  const paragraphs = [...known, ...[role, ...facts].filter((line) => line !== "").map(escapeMarkdown)];
  if (paragraphs.length === 0) return null;
  return { contents: { kind: "markdown", value: paragraphs.join("\n\n") }, range: toRange(document, range) };
}

type Experiment = NonNullable<ReadPlan["experiment"]>;

/** By the beginning of the path, the longer ones first. */
const LINES: readonly (readonly [string, (experiment: Experiment) => readonly string[]])[] = [
  [
    "beam.energy_keV",
    ({ geometry, attenuation }) => [
      `λ = ${format.fixed(geometry.wavelength_A, 6)} Å, 2θ = ${format.angle(geometry.twoTheta_deg)}`,
      `Attenuation length ${format.length(attenuation.attenuationLength_um)}, transmission ${format.percent(geometry.path.transmissionMean)} along the path`,
    ],
  ],
  [
    "reflection",
    ({ geometry, reflection }) => [
      `d = ${format.fixed(geometry.d_A, 5)} Å, 2θ = ${format.angle(geometry.twoTheta_deg)}`,
      `|F| = ${format.significant(reflection.F, 5)}, Friedel mate ${format.significant(reflection.F_friedel, 5)}, ${reflection.multiplicity} equivalents`,
    ],
  ],
  [
    "sample.thickness_um",
    ({ geometry, attenuation }) => [
      `Path ${format.length(geometry.path.in_um)} in, ${format.length(geometry.path.out_um)} out; mean transmission ${format.percent(geometry.path.transmissionMean)}`,
      ...(attenuation.optimumThickness_um === null
        ? []
        : [`Most signal at ${format.length(attenuation.optimumThickness_um)}`]),
    ],
  ],
  ["sample", motorLines],
  ["beamExit", motorLines],
  ["instrument", motorLines],
];

function motorLines({ geometry }: Experiment): readonly string[] {
  return geometry.goniometer.map(({ angles, withinLimits }) => {
    const motors = angles.map(({ axis, angle_deg }) => `${axis} ${format.angle(angle_deg)}`).join(", ");
    return `${motors}: ${withinLimits ? "within the limits" : "beyond the limits"}`;
  });
}
