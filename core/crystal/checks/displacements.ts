import { type Issue, mat3, vec3 } from "../../util/index.ts";
import type { Displacement, UnitCell } from "../crystal.ts";
import { listLabels } from "../labels.ts";
import { placeOf, sitePlaces } from "../relatedPlaces.ts";
import type { BlockTable } from "../table.ts";
import { columnTexts, firstValue, givenValues, isGiven } from "../table.ts";
import { similarLabel } from "./labels.ts";
import { sitesWithRows } from "./sites.ts";
import { type Check, issue, type Quantity, quantityAt, replaceBy, writeNumber } from "./subject.ts";

const COMPONENTS = ["11", "22", "33", "12", "13", "23"] as const;
const U_ISO = "_atom_site_u_iso_or_equiv";

/** The six components of a row of the anisotropic list, as U, B or beta; undefined if one is missing. */
function tensorAt(table: BlockTable, row: number): readonly Quantity[] | undefined {
  for (const letter of ["u", "b", "beta"]) {
    const values = COMPONENTS.map((ij) => quantityAt(table, [`_atom_site_aniso_${letter}_${ij}`], row));
    if (values.every((value) => value !== undefined)) return values;
  }
  return undefined;
}

/**
 * Anisotropic displacements that are no ellipsoid: the matrix is not positive definite by Sylvester's criterion, on
 * any axes (PLAT211 to 214). All zeros stand for "not given".
 */
export const positiveDefiniteIssues: Check = ({ table }) => {
  const labels = table.get("_atom_site_aniso_label");
  const issues: Issue[] = [];
  for (let row = 0; row < (labels?.rowCount ?? 0); row++) {
    const tensor = tensorAt(table, row);
    if (!tensor || tensor.every(({ value }) => value === 0)) continue;
    const [u11, u22, u33, u12, u13, u23] = tensor.map(({ value }) => value) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const minor = u11 * u22 - u12 * u12;
    const determinant = mat3.determinant([
      [u11, u12, u13],
      [u12, u22, u23],
      [u13, u23, u33],
    ]);
    if (u11 > 0 && minor > 0 && determinant > 0) continue;
    const label = labels?.value(row)?.text ?? `row ${row + 1}`;
    const negative = tensor.slice(0, 3).find(({ value }) => value <= 0);
    const cause = negative ? `a diagonal element is ${negative.text}` : "its off-diagonal elements are too large";
    const message = `Displacement tensor of ${label} is not positive definite: ${cause} (PLAT211); it describes no ellipsoid.`;
    const range = negative?.range ?? {
      start: tensor[0]!.range.start,
      end: Math.max(...tensor.map((value) => value.range.end)),
    };
    issues.push(issue("adp-not-positive", "warning", message, range));
  }
  return issues;
};

/** Equivalent U of a tensor: 1/3 sum U_ij a*_i a*_j (a_i . a_j) [Angstrom^2] (Fischer & Tillmanns, Acta Cryst. C44 (1988) 775). */
export function equivalentU_A2(displacement: Extract<Displacement, { kind: "aniso" }>, cell: UnitCell): number {
  const { U11, U22, U33, U12, U13, U23 } = displacement;
  const U = [
    [U11, U12, U13],
    [U12, U22, U23],
    [U13, U23, U33],
  ];
  const direct = mat3.transpose(cell.direct);
  const stars = mat3.transpose(cell.reciprocal).map((axis) => vec3.norm(axis) / (2 * Math.PI));
  let sum = 0;
  for (const i of [0, 1, 2]) {
    for (const j of [0, 1, 2]) sum += U[i]![j]! * stars[i]! * stars[j]! * vec3.dot(direct[i]!, direct[j]!);
  }
  return sum / 3;
}

/** A difference of U_eq below this is rounding [Angstrom^2]; PLAT224. */
const U_EQUIVALENT_TOLERANCE_A2 = 0.001;

/** U_eq against U_ij: they differ by more than three s.u. and 0.001 Angstrom^2. */
export const equivalentIssues: Check = (subject) => {
  const { crystal, table } = subject;
  if (!crystal || !table.has(U_ISO)) return [];
  const types = table.get("_atom_site_adp_type") ?? table.get("_atom_site_thermal_displace_type");
  const anisotropicRow = new Map(givenValues(table.get("_atom_site_aniso_label")).map((value) => [value.text, value]));
  return sitesWithRows(subject).flatMap(({ site, row }) => {
    const given = quantityAt(table, [U_ISO], row);
    if (site.displacement.kind !== "aniso" || !given || given.value <= 0) return [];
    if (types?.value(row)?.text.toLowerCase().startsWith("b")) return [];
    const computed = equivalentU_A2(site.displacement, crystal.cell);
    const difference = Math.abs(given.value - computed);
    if (difference <= Math.max(U_EQUIVALENT_TOLERANCE_A2, 3 * given.su)) return [];
    const written = writeNumber(computed, given.su, given.decimals);
    const message = `U(eq) of ${site.label} is ${given.text} Å², but its U(ij) give ${written} Å² (PLAT224).`;
    const fixes = [replaceBy(written, given.range)];
    const related = placeOf(anisotropicRow.get(site.label), `U(ij) of ${site.label}`);
    return [issue("adp-equivalent", "hint", message, given.range, { fixes, related })];
  });
};

/** Sites that say Uani (Bani) but have no row of components; all in one issue, at the first. */
export const anisotropicRowIssues: Check = ({ table }) => {
  const labels = table.get("_atom_site_label");
  const types = table.get("_atom_site_adp_type") ?? table.get("_atom_site_thermal_displace_type");
  if (!labels || !types) return [];
  const aniso = table.get("_atom_site_aniso_label");
  const listed = new Set(columnTexts(aniso));
  const without = columnTexts(labels).flatMap((label, row) => {
    const type = types.value(row);
    return type && /^[ub]ani$/i.test(type.text) && !listed.has(label) ? [{ label, range: type.range }] : [];
  });
  const [first] = without;
  if (!first) return [];
  const names = listLabels(without.map(({ label }) => label));
  const cause = aniso ? "the list of components has no row for" : "the block has no list of components for";
  const known = new Set(columnTexts(labels));
  const strays = givenValues(aniso).filter(({ text }) => !known.has(text));
  const likely = without.flatMap(({ label }) => {
    const stray = similarLabel(label, strays);
    return placeOf(stray, `${stray?.text}: is ${label} meant?`);
  });
  const message = `Displacements are said to be anisotropic, but ${cause} ${names}.`;
  const related = [
    ...likely,
    ...sitePlaces(without),
    ...placeOf(aniso && { range: aniso.nameRange }, "The list of components"),
  ];
  return [issue("adp-missing-row", "information", message, first.range, { related })];
};

const DISPLACEMENTS = [
  U_ISO,
  "_atom_site_b_iso_or_equiv",
  ...["u", "b"].flatMap((letter) => COMPONENTS.map((ij) => `_atom_site_aniso_${letter}_${ij}`)),
];
/** Structures published up to this year need no displacements (cif_cod_check). */
const LAST_YEAR_WITHOUT = 1969;

/** A structure of a known later year without any displacement parameters (cif_cod_check). */
export const missingDisplacementIssues: Check = ({ table, block }) => {
  const year = Number(firstValue(table, ["_journal_year"])?.text);
  if (!(year > LAST_YEAR_WITHOUT)) return [];
  const isSomeGiven = DISPLACEMENTS.some((name) => {
    const column = table.get(name);
    return Array.from({ length: column?.rowCount ?? 0 }, (_, row) => column?.value(row)).some(isGiven);
  });
  if (isSomeGiven) return [];
  const message = `No displacement parameters are given (published ${year}): strong reflections at high angle come out too strong; add _atom_site_U_iso_or_equiv.`;
  return [issue("missing-adp", "hint", message, block.header, { names: [] })];
};
