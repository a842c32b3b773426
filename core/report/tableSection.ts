import type { ReflectionRow } from "../experiment/index.ts";
import { format } from "../util/index.ts";
import type { Section } from "./content.ts";

/** Rows that a page for people lists; what a program reads has all of them. */
const LONGEST = 500;

/** The table of reflections, of a long one the brightest rows and the planned one. */
export function tableSection(all: readonly ReflectionRow[], chosen: ReflectionRow | undefined): Section {
  const bright = new Set([...all].sort((a, b) => b.relativeIntensity - a.relativeIntensity).slice(0, LONGEST));
  const rows = all.filter((row) => bright.has(row) || row === chosen);
  const whole = `All ${all.length} Laue classes up to 2θ 45°`;
  const part = `The ${LONGEST} brightest of ${all.length} Laue classes up to 2θ 45°; the CSV table has all of them`;
  const marked = chosen ? "; the planned one is marked" : "";
  return {
    id: "reflections",
    title: "Reflections",
    blocks: [
      {
        kind: "table",
        caption: `${all.length > LONGEST ? part : whole}${marked}`,
        columns: [
          { title: "h k l", align: "left" },
          { title: "d (Å)", align: "right" },
          { title: "2θ", align: "right" },
          { title: "|F|", align: "right" },
          { title: "|F| mate", align: "right" },
          { title: "Rel. intensity (%)", align: "right" },
          { title: "Equivalents", align: "right" },
        ],
        rows: rows.map((row) => [
          format.millerIndices(row.hkl),
          format.fixed(row.d_A, 5),
          format.angle(row.twoTheta_deg),
          format.fixed(row.F, 3),
          format.fixed(row.F_friedel, 3),
          format.fixed(row.relativeIntensity, 2),
          String(row.multiplicity),
        ]),
        marked: chosen ? [rows.indexOf(chosen)] : [],
      },
    ],
  };
}
