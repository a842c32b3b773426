/** Displacements as beta, Cartesian coordinates, and names of water. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import type { Issue } from "../../core/util/index.ts";
import { closeRelative, closeTo } from "./close.ts";

const cell = (a: number, b: number, c: number, gamma = 90): string =>
  `data_x\n_cell_length_a ${a}\n_cell_length_b ${b}\n_cell_length_c ${c}\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma ${gamma}\n_symmetry_equiv_pos_as_xyz x,y,z\n`;
const loop = (prefix: string, names: string, ...rows: readonly string[]): string =>
  `loop_\n${names
    .split(" ")
    .map((name) => `${prefix}${name}\n`)
    .join("")}${rows.join("\n")}\n`;
const fract = (...rows: readonly string[]) => loop("_atom_site_", "label fract_x fract_y fract_z", ...rows);
const cartn = (...rows: readonly string[]) => loop("_atom_site_", "label Cartn_x Cartn_y Cartn_z", ...rows);

function read(text: string): Crystal {
  const result = crystalFromCif(parseCif(text));
  assert.ok(result.ok, result.issues.map(({ message }) => message).join("\n"));
  return result.value;
}
function refused(text: string): readonly Issue[] {
  const result = crystalFromCif(parseCif(text));
  assert.equal(result.ok, false);
  return result.issues;
}

describe("anisotropic beta", () => {
  test("exp(-(beta11 h^2 + ... + 2 beta12 hk + ...)) is exp(-Q.U.Q/2) in a skew cell", () => {
    const betas = [0.004, 0.003, 0.002, 0.0015, -0.0004, 0.0002] as const;
    const crystal = read(
      cell(5, 6, 7, 110) +
        fract("Si1 0.1 0.2 0.3") +
        loop("_atom_site_aniso_", "label beta_11 beta_22 beta_33 beta_12 beta_13 beta_23", `Si1 ${betas.join(" ")}`),
    );
    const [site] = crystal.sites;
    assert.equal(site?.displacement.kind, "aniso");
    if (site?.displacement.kind !== "aniso") return;
    const { U11, U22, U33, U12, U13, U23 } = site.displacement;
    // Reciprocal lengths of a cell with alpha = beta = 90 in closed form [1/Angstrom].
    const sine = Math.sin((110 * Math.PI) / 180);
    const [a, b, c] = [1 / (5 * sine), 1 / (6 * sine), 1 / 7];
    const expected = 2 * Math.PI ** 2;
    const pairs = [U11 * a * a, U22 * b * b, U33 * c * c, U12 * a * b, U13 * a * c, U23 * b * c];
    for (const [i, product] of pairs.entries()) closeRelative(expected * product, betas[i]!, 1e-12);
  });

  test("U comes first where both are given", () => {
    const names = "label beta_11 beta_22 beta_33 beta_12 beta_13 beta_23 U_11 U_22 U_33 U_12 U_13 U_23";
    const row = "Si1 1 1 1 0 0 0 0.01 0.02 0.03 0 0 0";
    const [site] = read(cell(5, 6, 7) + fract("Si1 0 0 0") + loop("_atom_site_aniso_", names, row)).sites;
    assert.deepEqual(site?.displacement, { kind: "aniso", U11: 0.01, U22: 0.02, U33: 0.03, U12: 0, U13: 0, U23: 0 });
  });
});

describe("Cartesian coordinates", () => {
  const hexagonal = cell(4, 4, 6, 120);
  const root = 2 * Math.sqrt(3);
  const matrix = (prefix: string, rows: readonly (readonly number[])[]): string =>
    rows.flatMap((row, i) => row.map((value, j) => `${prefix}${i + 1}${j + 1} ${value}\n`)).join("");
  /** b along y. */
  const toCartn = [
    [root, 0, 0],
    [-2, 4, 0],
    [0, 0, 6],
  ];
  const toFract = [
    [1 / root, 0, 0],
    [0.5 / root, 0.25, 0],
    [0, 0, 1 / 6],
  ];
  const position = (text: string): readonly number[] => read(text).sites[0]?.position ?? [];
  const atom = cartn(`Zn1 ${root / 3} 2 1.5`);
  const expected = [1 / 3, 0.5 + 1 / 6, 0.25];

  test("are brought to fractions by either matrix, under old and new names", () => {
    for (const [prefix, rows] of [
      ["_atom_sites_Cartn_tran_matrix_", toCartn],
      ["_atom_sites_Cartn_transform.mat_", toCartn],
      ["_atom_sites_fract_tran_matrix_", toFract],
      ["_atom_sites_fract_transform.mat_", toFract],
    ] as const) {
      for (const [i, value] of position(hexagonal + matrix(prefix, rows) + atom).entries()) {
        closeTo(value, expected[i]!, 1e-12, prefix);
      }
    }
  });

  test("an origin shift is taken off", () => {
    const shift =
      "_atom_sites_Cartn_tran_vector_1 0\n_atom_sites_Cartn_tran_vector_2 0\n_atom_sites_Cartn_tran_vector_3 3\n";
    const shifted = position(hexagonal + matrix("_atom_sites_Cartn_tran_matrix_", toCartn) + shift + atom);
    closeTo(shifted[2]!, -0.25, 1e-12);
  });

  test("without a matrix of this cell they are refused with the reason", () => {
    for (const text of [
      hexagonal + atom,
      cell(4, 4, 7, 120) + matrix("_atom_sites_Cartn_tran_matrix_", toCartn) + atom,
    ]) {
      const [issue] = refused(text);
      assert.equal(issue?.code, "crystal/cartesian-axes");
      assert.equal(text.slice(issue?.range?.start, issue?.range?.end), "_atom_site_Cartn_x");
    }
  });

  test("fractional ones come first", () => {
    const both = loop("_atom_site_", "label fract_x fract_y fract_z Cartn_x Cartn_y Cartn_z", "Zn1 0.1 0.2 0.3 1 1 1");
    assert.deepEqual(position(hexagonal + both), [0.1, 0.2, 0.3]);
  });
});

describe("sites close to several special positions", () => {
  test("a site whose close images have no place in common keeps a multiplicity of the group", () => {
    const cubic = cell(9, 9, 9).replace("_symmetry_equiv_pos_as_xyz x,y,z", "_space_group_name_Hall '-P 4 2 3'");
    // 0.40 Angstrom from its image in the mirror z = 1/2, 0.27 from that in the diagonal one, 0.78 from that in y = 1/2.
    const [site] = read(cubic + fract("Li1 0.0001 0.5434 0.4778")).sites;
    assert.equal(site?.multiplicity, 24);
    assert.equal(site?.position[0], 0);
  });
});

describe("names of water", () => {
  const elements = (formula: string, ...names: readonly string[]) =>
    read(
      `${cell(5, 6, 7)}_chemical_formula_sum '${formula}'\n${fract(...names.map((name, i) => `${name} 0.${i}1 0 0`))}`,
    );

  test("W1, W and Wat are oxygen where the formula has water and no tungsten", () => {
    const crystal = elements("Ca H4 O6 S", "Ca1", "W1", "W2A", "Wat3", "W");
    assert.deepEqual(
      crystal.sites.map(({ element }) => element),
      ["Ca", "O", "O", "O", "O"],
    );
    const issue = crystal.issues.find(({ code }) => code === "crystal/water");
    assert.equal(issue?.severity, "information");
    assert.match(issue?.message ?? "", /W1, W2A, Wat3/);
  });

  test("else W is tungsten, OH is oxygen, and Wat is refused", () => {
    const crystal = elements("Ca O4 W", "Ca1", "W1", "OH1");
    assert.deepEqual(
      crystal.sites.map(({ element }) => element),
      ["Ca", "W", "O"],
    );
    assert.ok(crystal.issues.every(({ code }) => code !== "crystal/water"));
    assert.equal(elements("H2 O4 W", "W1").sites[0]?.element, "W");
    const unknown = refused(`${cell(5, 6, 7)}_chemical_formula_sum 'Ca O4 W'\n${fract("Wat1 0 0 0")}`);
    assert.equal(unknown[0]?.code, "crystal/unknown-element");
  });
});
