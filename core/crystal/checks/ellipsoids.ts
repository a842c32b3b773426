import { type Mat3, mat3, type Vec3, vec3 } from "../../util/index.ts";
import type { Displacement, UnitCell } from "../crystal.ts";
import { listLabels } from "../labels.ts";
import { sitePlaces } from "../relatedPlaces.ts";
import { type Check, issue } from "./subject.ts";

/**
 * Eigenvalues of a symmetric matrix, falling (trigonometric solution of the characteristic cubic; Smith, Commun. ACM 4
 * (1961) 168).
 */
export function eigenvalues(m: Mat3): Vec3 {
  const mean = (m[0][0] + m[1][1] + m[2][2]) / 3;
  const rows = m.map((row, i) => row.map((value, j) => value - (i === j ? mean : 0))) as unknown as Mat3;
  const spread = Math.sqrt(rows.flat().reduce((sum, value) => sum + value * value, 0) / 6);
  if (spread === 0) return [mean, mean, mean];
  const cosine = mat3.determinant(rows) / (2 * spread ** 3);
  const phi = Math.acos(Math.max(-1, Math.min(1, cosine))) / 3;
  const largest = mean + 2 * spread * Math.cos(phi);
  const least = mean + 2 * spread * Math.cos(phi + (2 * Math.PI) / 3);
  return [largest, 3 * mean - largest - least, least];
}

/** Mean-square displacements along the axes of the ellipsoid [Angstrom^2], falling. */
export function principalU_A2(
  { U11, U22, U33, U12, U13, U23 }: Extract<Displacement, { kind: "aniso" }>,
  cell: UnitCell,
): Vec3 {
  const stars = mat3.transpose(cell.reciprocal).map((star) => vec3.norm(star) / (2 * Math.PI));
  const axes = cell.direct.map((row) => row.map((value, i) => value * stars[i]!)) as unknown as Mat3;
  const U: Mat3 = [
    [U11, U12, U13],
    [U12, U22, U23],
    [U13, U23, U33],
  ];
  return eigenvalues(mat3.multiply(mat3.multiply(axes, U), mat3.transpose(axes)));
}

/** Beyond this ratio of the longest to the shortest axis squared an atom is rather disordered than vibrating. */
const LARGEST_RATIO = 10;

/** Ellipsoids like needles or discs, all of a block in one issue (of the kind of PLATON's test of the ratio of axes). */
export const elongatedIssues: Check = ({ crystal }) => {
  const elongated = (crystal?.sites ?? []).flatMap((site) => {
    if (site.displacement.kind !== "aniso") return [];
    const [largest, , least] = principalU_A2(site.displacement, crystal!.cell);
    // Those that are no ellipsoids are told elsewhere.
    return least > 0 && largest > LARGEST_RATIO * least ? [{ site, ratio: largest / least }] : [];
  });
  const [first] = elongated;
  if (!first) return [];
  const worst = elongated.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const labels = listLabels(elongated.map(({ site }) => site.label));
  const message = `Displacements more than ${LARGEST_RATIO} times as large along one axis as along another: ${labels} (${worst.site.label} ${worst.ratio.toFixed(0)} times). Such atoms are mostly disordered.`;
  return [
    issue("adp-elongated", "hint", message, first.site.range, {
      related: sitePlaces(elongated.map(({ site }) => site)),
    }),
  ];
};
