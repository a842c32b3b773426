import type { Reach, SurveyRow } from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { Column, Sort } from "../table/grid.ts";

const compareIndices = (a: SurveyRow, b: SurveyRow): number =>
  a.hkl[0] - b.hkl[0] || a.hkl[1] - b.hkl[1] || a.hkl[2] - b.hkl[2];

const optional = (value: number | null, show: (value: number) => string): string =>
  value === null ? "–" : show(value);

/** Which equivalent is reached, and with which motors. */
export const reachedText = ({ hkl, solution }: Reach): string =>
  `(${hkl.join(",")}) ${solution?.angles.map(({ axis, angle_deg }) => `${axis} ${format.fixed(angle_deg, 2)}°`).join("  ") ?? ""}`;

/** What decides first: a narrow panel shows the columns on the left. */
export const COLUMNS: readonly Column<SurveyRow>[] = [
  {
    key: "hkl",
    title: "h k l",
    width_em: 5.5,
    hint: "One of the equivalent reflections",
    text: (row) => format.millerIndices(row.hkl),
    firstOrder: "descending",
    compare: compareIndices,
  },
  {
    key: "reach",
    title: "reach",
    width_em: 4,
    hint: "Whether the instrument reaches it or an equivalent, the azimuth about Q free",
    text: ({ reach }) => (reach.reachable ? "✓" : reach.isDecided ? "✗" : "?"),
    spoken: ({ reach }) => (reach.reachable ? "reachable" : reach.isDecided ? "not reachable" : "not decided"),
    firstOrder: "descending",
    compare: (a, b) => Number(a.reach.reachable) - Number(b.reach.reachable),
  },
  {
    key: "twoTheta",
    title: "2θ (°)",
    width_em: 5,
    hint: "Scattering angle",
    text: (row) => format.fixed(row.twoTheta_deg, 4),
    firstOrder: "ascending",
    compare: (a, b) => a.twoTheta_deg - b.twoTheta_deg,
  },
  {
    key: "d",
    title: "d (Å)",
    width_em: 5,
    hint: "Spacing of the planes",
    text: ({ d_A }) => format.fixed(d_A, Math.min(5, 5 - Math.floor(Math.log10(d_A)))),
    firstOrder: "descending",
    compare: (a, b) => a.d_A - b.d_A,
  },
  {
    key: "intensity",
    title: "I (%)",
    width_em: 5,
    hint: "|F|² in per cent of the strongest of the list",
    text: (row) => format.fixed(row.relativeIntensity, 2),
    firstOrder: "descending",
    compare: (a, b) => a.relativeIntensity - b.relativeIntensity,
  },
  {
    key: "score",
    title: "R (µrad)",
    width_em: 4.8,
    hint: "Integrated intensity of a rocking scan that comes out, as mounted: kinematical intensity × polarisation × Lorentz factor × transmission × dynamical to kinematical × transmission of the lens; 0 where it cannot be reached",
    text: (row) => optional(row.score_urad, (value) => format.significant(value, 3)),
    firstOrder: "descending",
    compare: (a, b) => (a.score_urad ?? -1) - (b.score_urad ?? -1),
  },
  {
    key: "transmission",
    title: "T mean",
    width_em: 4.8,
    hint: "Mean transmission over the illuminated volume, as mounted",
    text: (row) => optional(row.transmissionMean, format.percent),
    firstOrder: "descending",
    compare: (a, b) => (a.transmissionMean ?? -1) - (b.transmissionMean ?? -1),
  },
  {
    key: "t_by_Lambda",
    title: "t/Λ",
    width_em: 4.8,
    hint: "Thickness by Pendellösung length: above 0.3 a perfect crystal scatters dynamically",
    text: (row) => optional(row.t_by_Lambda, (value) => format.significant(value, 3)),
    firstOrder: "ascending",
    compare: (a, b) => (a.t_by_Lambda ?? Number.MAX_VALUE) - (b.t_by_Lambda ?? Number.MAX_VALUE),
  },
  {
    key: "F",
    title: "|F|",
    width_em: 5.5,
    hint: "Structure factor in electrons per cell, dispersion included",
    text: (row) => format.fixed(row.F, 3),
    firstOrder: "descending",
    compare: (a, b) => a.F - b.F,
  },
  {
    key: "F_friedel",
    title: "|F| mate",
    width_em: 5.5,
    hint: "Structure factor of the Friedel mate −h −k −l",
    text: (row) => format.fixed(row.F_friedel, 3),
    firstOrder: "descending",
    compare: (a, b) => a.F_friedel - b.F_friedel,
  },
  {
    key: "multiplicity",
    title: "equivalents",
    width_em: 7.5,
    hint: "Reflections that the symmetry makes equal, Friedel mates counted",
    text: (row) => String(row.multiplicity),
    firstOrder: "descending",
    compare: (a, b) => a.multiplicity - b.multiplicity,
  },
  {
    key: "detector",
    title: "detector (mm)",
    width_em: 5.8,
    hint: "Place of the detector from the direct beam, along the deflection",
    text: ({ reach }) => optional(reach.detector.along_mm, (value) => format.fixed(value, 0)),
    firstOrder: "ascending",
    compare: (a, b) =>
      (a.reach.detector.along_mm ?? Number.MAX_VALUE) - (b.reach.detector.along_mm ?? Number.MAX_VALUE),
  },
  {
    key: "clearance",
    title: "clearance (mm)",
    width_em: 6.5,
    hint: "Way of the direct beam from the lens axis at the lens entrance, d1 sin 2θ; needs a lens that focuses",
    text: (row) => optional(row.clearance_mm, (value) => format.fixed(value, 1)),
    firstOrder: "descending",
    compare: (a, b) => (a.clearance_mm ?? -1) - (b.clearance_mm ?? -1),
  },
  {
    key: "motors",
    title: "motors, or the limit that stops it",
    width_em: 27,
    hint: "The equivalent that is reached with the least motion and where the motors stand; else the limit that stops it",
    text: ({ reach }) => (reach.reachable ? reachedText(reach) : (reach.obstacle ?? "")),
    firstOrder: "ascending",
    compare: (a, b) => (a.reach.motion_deg ?? Number.MAX_VALUE) - (b.reach.motion_deg ?? Number.MAX_VALUE),
    isText: true,
  },
];

/** The brightest first. */
export const DEFAULT_SORT: Sort = { key: "intensity", order: "descending" };

export const isSort = (value: unknown): value is Sort =>
  typeof value === "object" &&
  value !== null &&
  "key" in value &&
  COLUMNS.some(({ key }) => key === value.key) &&
  "order" in value &&
  (value.order === "ascending" || value.order === "descending");

/** Sorted rows; equal ones by falling d. */
export function sortRows(rows: readonly SurveyRow[], { key, order }: Sort): readonly SurveyRow[] {
  const column = COLUMNS.find((candidate) => candidate.key === key);
  if (column === undefined) return rows;
  const sign = order === "ascending" ? 1 : -1;
  return rows.toSorted((a, b) => sign * column.compare(a, b) || b.d_A - a.d_A);
}
