import { type Geometry, type InstrumentProfile, limitsOf, type Motor, preferredSolution } from "../experiment/index.ts";
import { format } from "../util/index.ts";
import type { Block, Section } from "./content.ts";

const bare = (limit: number): string => format.fixed(limit, 4).replace(/\.?0+$/, "");
const position = (value: number, unit: Motor["unit"]): string =>
  unit === "deg" ? format.angle(value) : `${format.fixed(value, 3)} mm`;

/** Where every motor has to stand, both solutions of the goniometer, and the rotation behind them. */
export function motorSection(geometry: Geometry, motors: readonly Motor[], instrument: InstrumentProfile): Section {
  const solutions = geometry.goniometer;
  const preferred = preferredSolution(solutions);
  const remarks = solutions.flatMap(({ gimbalLock }) => (gimbalLock ? [{ word: "Note", text: gimbalLock }] : []));
  const violations = solutions.flatMap(({ violations }, i) =>
    violations.map((text) => ({ word: `Solution ${i + 1}`, text })),
  );
  const notes = [...remarks, ...violations];
  return {
    id: "motors",
    title: "Motors",
    blocks: [
      motorTable(motors),
      {
        kind: "table",
        caption: "Both solutions of the goniometer",
        columns: [
          { title: "Solution", align: "left" },
          ...instrument.stack.map(({ name }) => ({ title: name, align: "right" as const })),
          { title: "Limits", align: "left" },
        ],
        rows: solutions.map((solution, i) => [
          String(i + 1),
          ...solution.angles.map(({ angle_deg }) => format.angle(angle_deg)),
          limitsOf(solution),
        ]),
        marked: preferred ? [solutions.indexOf(preferred)] : [],
      },
      ...(notes.length > 0 ? [{ kind: "notes", notes } as const] : []),
      {
        kind: "table",
        caption: "Rotation from the sample frame to the lab (X along the beam, Z up, Y = Z × X)",
        columns: [
          { title: "", align: "left" },
          ...["x", "y", "z"].map((title) => ({ title, align: "right" as const })),
        ],
        rows: geometry.sampleToLab.map((row, i) => ["XYZ"[i]!, ...row.map((x) => format.fixed(x, 7))]),
      },
      { kind: "notes", notes: [{ word: "Limits", text: instrument.limitsSource }] },
    ],
  };
}

const motorTable = (motors: readonly Motor[]): Extract<Block, { kind: "table" }> => ({
  kind: "table",
  caption: "Where every motor has to stand",
  columns: [
    { title: "Motor", align: "left" },
    { title: "Position", align: "right" },
    { title: "Limits", align: "right" },
    { title: "Margin", align: "right" },
    { title: "Meaning", align: "left", breaks: true },
  ],
  rows: motors.map(({ name, value, unit, margin, limits, meaning }) => [
    name,
    position(value, unit),
    limits ? `${bare(limits[0])} to ${bare(limits[1])}${unit === "deg" ? "°" : " mm"}` : "none known",
    margin === null ? "–" : position(margin, unit),
    meaning,
  ]),
});
