import type { ReflectionRow } from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { Column, Sort } from "../table/grid.ts";

const compareIndices = (a: ReflectionRow, b: ReflectionRow): number =>
  a.hkl[0] - b.hkl[0] || a.hkl[1] - b.hkl[1] || a.hkl[2] - b.hkl[2];

export const COLUMNS: readonly Column<ReflectionRow>[] = [
  {
    key: "hkl",
    title: "h k l",
    hint: "One of the equivalent reflections",
    text: (row) => format.millerIndices(row.hkl),
    firstOrder: "descending",
    compare: compareIndices,
  },
  {
    key: "d",
    title: "d (Å)",
    hint: "Spacing of the planes",
    text: (row) => format.fixed(row.d_A, 5),
    firstOrder: "descending",
    compare: (a, b) => a.d_A - b.d_A,
  },
  {
    key: "twoTheta",
    title: "2θ (°)",
    hint: "Scattering angle",
    text: (row) => format.fixed(row.twoTheta_deg, 4),
    firstOrder: "ascending",
    compare: (a, b) => a.twoTheta_deg - b.twoTheta_deg,
  },
  {
    key: "F",
    title: "|F|",
    hint: "Structure factor in electrons per cell, dispersion included",
    text: (row) => format.fixed(row.F, 3),
    firstOrder: "descending",
    compare: (a, b) => a.F - b.F,
  },
  {
    key: "F_friedel",
    title: "|F| mate",
    hint: "Structure factor of the Friedel mate −h −k −l",
    text: (row) => format.fixed(row.F_friedel, 3),
    firstOrder: "descending",
    compare: (a, b) => a.F_friedel - b.F_friedel,
  },
  {
    key: "intensity",
    title: "I (%)",
    hint: "|F|² in per cent of the strongest of the list",
    text: (row) => format.fixed(row.relativeIntensity, 2),
    firstOrder: "descending",
    compare: (a, b) => a.relativeIntensity - b.relativeIntensity,
  },
  {
    key: "multiplicity",
    title: "equivalents",
    hint: "Reflections that the symmetry makes equal, Friedel mates counted",
    text: (row) => String(row.multiplicity),
    firstOrder: "descending",
    compare: (a, b) => a.multiplicity - b.multiplicity,
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
export function sortRows(rows: readonly ReflectionRow[], { key, order }: Sort): readonly ReflectionRow[] {
  const column = COLUMNS.find((candidate) => candidate.key === key);
  if (column === undefined) return rows;
  const sign = order === "ascending" ? 1 : -1;
  return rows.toSorted((a, b) => sign * column.compare(a, b) || b.d_A - a.d_A);
}
