import type { Motor, ReflectionRow } from "../core/experiment/index.ts";
import type { ExportContent } from "../core/report/index.ts";

/** Tables for programs: every number so that it is read back as the same double; motors as finely as they are set. */

type Cell = string | number | null;

/** RFC 4180: fields that need it in quotes, lines ended by CR LF; an unknown value is empty. */
const csv = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");

function field(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  // A cell that a spreadsheet would take for a formula is kept a text.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const reflectionsCsv = (rows: readonly ReflectionRow[]): string =>
  csv([
    ["h", "k", "l", "d_A", "twoTheta_deg", "F", "F_friedel", "multiplicity", "relativeIntensity"],
    ...rows.map((row) => [
      ...row.hkl,
      row.d_A,
      row.twoTheta_deg,
      row.F,
      row.F_friedel,
      row.multiplicity,
      row.relativeIntensity,
    ]),
  ]);

/** No motor stands better than to a nanometre or a millionth of a degree: what is below comes from rounding. */
const PRECISION: Readonly<Record<Motor["unit"], number>> = { deg: 1e-6, mm: 1e-6 };

const rounded = (value: number, unit: Motor["unit"]): number =>
  Math.round(value / PRECISION[unit]) / Math.round(1 / PRECISION[unit]) + 0;

const roundedMotor = ({ value, margin, ...motor }: Motor) => ({
  ...motor,
  value: rounded(value, motor.unit),
  margin: margin === null ? null : rounded(margin, motor.unit),
});

export const motorsCsv = (motors: readonly Motor[]): string =>
  csv([
    ["motor", "value", "unit", "low", "high", "margin", "meaning", "precision"],
    ...motors
      .map(roundedMotor)
      .map(({ name, value, unit, limits, margin, meaning }) => [
        name,
        value,
        unit,
        limits?.[0] ?? null,
        limits?.[1] ?? null,
        margin,
        meaning,
        PRECISION[unit],
      ]),
  ]);

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export const motorsJson = ({ name, energy_keV, experiment, motors }: ExportContent): string =>
  json({
    plan: name,
    energy_keV,
    hkl: experiment.geometry.hkl,
    twoTheta_deg: rounded(experiment.geometry.twoTheta_deg, "deg"),
    precision: PRECISION,
    motors: motors.map(roundedMotor),
  });

/** All numbers of the plan. */
export const experimentJson = ({
  name,
  energy_keV,
  experiment,
  reflections,
  motors,
  issues,
  logbook,
}: ExportContent): string =>
  json({ plan: name, origin: logbook.origin, energy_keV, experiment, motors, reflections, issues });

/** The motor list to be read by a person, in columns. */
export function motorsText({ name, logbook, motors }: ExportContent): string {
  const rows = [
    ["motor", "position", "unit", "margin", "meaning"],
    ...motors.map(({ name, value, unit, margin, meaning }) => [
      name,
      decimal(value),
      unit,
      margin === null ? "-" : decimal(margin),
      meaning,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 1 || i === 3 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  return [`${name}: ${logbook.subtitle}`, logbook.origin, "", ...rows.map(line), ""].join("\n");
}

/** Four decimals, never "-0.0000". */
function decimal(value: number): string {
  const text = value.toFixed(4);
  return Number(text) === 0 ? text.replace("-", "") : text;
}
