import { type Issue, mat3, type TextRange, vec3 } from "../util/index.ts";
import type { Displacement, UnitCell } from "./crystal.ts";
import { listLabels } from "./labels.ts";
import { type BlockTable, type Column, isGiven, numberOf } from "./table.ts";

/** B = 8 pi^2 U (Trueblood et al., Acta Cryst. A52 (1996) 770, equation 19). */
const U_FROM_B = 1 / (8 * Math.PI ** 2);
const COMPONENTS = ["11", "22", "33", "12", "13", "23"] as const;

/** U_ij / beta_ij [A^2] in the order of COMPONENTS. */
function factorsFromBeta({ reciprocal }: UnitCell): readonly number[] {
  const lengths = mat3.transpose(reciprocal).map(vec3.norm);
  return COMPONENTS.map((ij) => 2 / (lengths[Number(ij[0]) - 1]! * lengths[Number(ij[1]) - 1]!));
}

export interface DisplacementReader {
  /** Displacement of the site in this row of the atom list. */
  read(row: number, label: string): Displacement;
  /** What was found while reading, each kind once with its first place. */
  issues(): readonly Issue[];
}

/**
 * Reader of isotropic and anisotropic displacements, given as U or as B, anisotropic ones also as beta, which needs the
 * cell: beta_ij = 2 pi^2 a*_i a*_j U_ij (Trueblood et al., Acta Cryst. A52 (1996) 770, table 1).
 *
 * A U of exactly 0 stands for "not given" in many database files and is read so, with a hint. Negative and unreadable
 * values are left out with the warning `crystal/displacement-value`. Where the type is `Biso` but the column is
 * U_iso_or_equiv, the column holds B, as in old files.
 */
export function displacementReader(table: BlockTable, cell: UnitCell | undefined): DisplacementReader {
  const found = new Map<string, { issue: Issue; labels: string[] }>();
  const note = (kind: string, label: string, range: TextRange, severity: Issue["severity"], code: string): void => {
    const entry = found.get(kind) ?? { issue: { code, severity, message: kind, range }, labels: [] };
    entry.labels.push(label);
    found.set(kind, entry);
  };

  const numberAt = (column: Column | undefined, row: number, label: string): number | undefined => {
    const value = column?.value(row);
    if (!isGiven(value)) return undefined;
    const number = numberOf(value);
    if (!number) {
      const kind = "Displacement parameters that are not numbers are left out";
      note(kind, label, value.range, "warning", "crystal/displacement-value");
    }
    return number?.value;
  };

  const U = table.get("_atom_site_u_iso_or_equiv");
  const B = table.get("_atom_site_b_iso_or_equiv");
  const type = table.get("_atom_site_adp_type") ?? table.get("_atom_site_thermal_displace_type");
  const anisoLabel = table.get("_atom_site_aniso_label");
  const anisoRows = new Map<string, number>();
  for (let row = 0; row < (anisoLabel?.rowCount ?? 0); row++) {
    const label = anisoLabel?.value(row)?.text;
    if (label !== undefined && !anisoRows.has(label)) anisoRows.set(label, row);
  }

  const forms = [
    { letter: "u", factors: COMPONENTS.map(() => 1) },
    { letter: "b", factors: COMPONENTS.map(() => U_FROM_B) },
    ...(cell ? [{ letter: "beta", factors: factorsFromBeta(cell) }] : []),
  ];

  const readIso = (row: number, label: string, adpType: string): Displacement => {
    const u = numberAt(U, row, label);
    const b = u === undefined ? numberAt(B, row, label) : undefined;
    const place = (u === undefined ? B : U)?.value(row)?.range;
    if (!place || (u === undefined && b === undefined)) return { kind: "none" };
    const isB = u === undefined || adpType === "biso";
    const U_A2 = (u ?? b ?? 0) * (isB ? U_FROM_B : 1);
    if (isB && u) {
      const kind = "The displacement type is Biso, so the values in the column U_iso_or_equiv are read as B";
      note(kind, label, place, "information", "crystal/displacement-type");
    }
    if (U_A2 > 0) return { kind: "iso", U_A2 };
    if (U_A2 === 0) {
      const kind = "A displacement parameter of 0 is read as not given";
      note(kind, label, place, "hint", "crystal/displacement-zero");
    } else {
      const kind = "Negative displacement parameters are left out";
      note(kind, label, place, "warning", "crystal/displacement-value");
    }
    return { kind: "none" };
  };

  const readAniso = (label: string): Displacement | undefined => {
    const row = anisoRows.get(label);
    if (row === undefined) return undefined;
    for (const { letter, factors } of forms) {
      const values = COMPONENTS.map((ij) => numberAt(table.get(`_atom_site_aniso_${letter}_${ij}`), row, label));
      if (values.some((value) => value === undefined) || values.every((value) => value === 0)) continue;
      const [U11, U22, U33, U12, U13, U23] = values.map((value, i) => (value ?? 0) * factors[i]!) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      return { kind: "aniso", U11, U22, U33, U12, U13, U23 };
    }
    return undefined;
  };

  return {
    read(row, label) {
      const adpType = type?.value(row)?.text.toLowerCase() ?? "";
      const aniso = adpType.endsWith("iso") ? undefined : readAniso(label);
      return aniso ?? readIso(row, label, adpType);
    },
    issues: () =>
      [...found.values()].map(({ issue, labels }) => ({
        ...issue,
        message: `${issue.message}: ${listLabels(labels)}.`,
      })),
  };
}
