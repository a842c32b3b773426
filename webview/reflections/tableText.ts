import type { SurveyRow } from "../../core/experiment/index.ts";

export type TableFormat = "csv" | "tsv" | "markdown";

const FIELDS: readonly (readonly [string, (row: SurveyRow) => string | number | null])[] = [
  ["h", ({ hkl }) => hkl[0]],
  ["k", ({ hkl }) => hkl[1]],
  ["l", ({ hkl }) => hkl[2]],
  ["d_A", ({ d_A }) => d_A],
  ["twoTheta_deg", ({ twoTheta_deg }) => twoTheta_deg],
  ["F", ({ F }) => F],
  ["F_friedel", ({ F_friedel }) => F_friedel],
  ["relativeIntensity_percent", ({ relativeIntensity }) => relativeIntensity],
  ["equivalents", ({ multiplicity }) => multiplicity],
  ["reachable", ({ reach }) => (reach.reachable ? "yes" : reach.isDecided ? "no" : "not decided")],
  ["reached_hkl", ({ reach }) => (reach.reachable ? reach.hkl.join(" ") : null)],
  [
    "motors_deg",
    ({ reach }) =>
      reach.reachable
        ? (reach.solution?.angles.map(({ axis, angle_deg }) => `${axis} ${angle_deg.toFixed(4)}`).join(" ") ?? null)
        : null,
  ],
  ["limit", ({ reach }) => reach.obstacle],
  ["signal_urad", ({ score_urad }) => score_urad],
  ["transmissionMean", ({ transmissionMean }) => transmissionMean],
  ["t_by_Lambda", ({ t_by_Lambda }) => t_by_Lambda],
  ["detector_mm", ({ reach }) => reach.detector.along_mm],
  ["clearance_mm", ({ clearance_mm }) => clearance_mm],
];

/** The table as text for other programs: six digits, a point as decimal sign, units in the names of the columns. */
export function tableText(rows: readonly SurveyRow[], format: TableFormat): string {
  const cell = (value: string | number | null): string =>
    value === null ? "" : typeof value === "string" ? value : String(Number(value.toPrecision(7)));
  const lines = [FIELDS.map(([name]) => name), ...rows.map((row) => FIELDS.map(([, read]) => cell(read(row))))];
  if (format === "tsv") return lines.map((line) => `${line.join("\t")}\n`).join("");
  if (format === "csv") return lines.map((line) => `${line.map(quoted).join(",")}\n`).join("");
  const [head = [], ...body] = lines;
  return [head, head.map(() => "---"), ...body]
    .map((line) => `| ${line.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |\n`)
    .join("");
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
