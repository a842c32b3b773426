/**
 * CIFs as databases and programs write them, of well-known crystals: contents must be Z times the formula, the density
 * the known one, and moyo must find the same space group in the atoms.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif, ELEMENTS, imageOf } from "../../core/crystal/index.ts";
import { mat3, type Vec3 } from "../../core/util/index.ts";
import { closeRelative } from "./close.ts";
import { analyze_cell } from "./moyo.ts";

type Six = readonly [number | string, number | string, number | string, number, number, number];
const cell = ([a, b, c, alpha, beta, gamma]: Six): string =>
  `_cell_length_a ${a}\n_cell_length_b ${b}\n_cell_length_c ${c}\n_cell_angle_alpha ${alpha}\n_cell_angle_beta ${beta}\n_cell_angle_gamma ${gamma}\n`;
const cubic = (a: number | string): string => cell([a, a, a, 90, 90, 90]);
const tetragonal = (a: number, c: number): string => cell([a, a, c, 90, 90, 90]);
const hexagonal = (a: number, c: number): string => cell([a, a, c, 90, 90, 120]);
const hm = (symbol: string): string => `_symmetry_space_group_name_H-M '${symbol}'\n`;
const operations = (name: string, ...rows: readonly string[]): string => `loop_\n${name}\n${rows.join("\n")}\n`;
const atoms = (names: string, ...rows: readonly string[]): string =>
  `loop_\n${names
    .split(" ")
    .map((name) => `_atom_site_${name}\n`)
    .join("")}${rows.join("\n")}\n`;
const PLAIN = "label fract_x fract_y fract_z";
const TYPED = "label type_symbol fract_x fract_y fract_z";

function read(text: string): Crystal {
  const result = crystalFromCif(parseCif(`data_style\n${text}`));
  assert.ok(result.ok, result.issues.map(({ message }) => message).join("\n"));
  return result.value;
}

/** Space-group number that moyo finds in the atoms of the cell. */
function moyoNumber({ cell: { direct }, sites, spaceGroup }: Crystal): number {
  const positions: Vec3[] = [];
  const numbers: number[] = [];
  for (const { element, position } of sites) {
    const images: Vec3[] = [];
    for (const operation of spaceGroup.operations) {
      const image = imageOf(operation, position).map((x) => x - Math.floor(x)) as unknown as Vec3;
      const isNew = images.every((other) =>
        image.some((x, i) => Math.abs(x - other[i]! - Math.round(x - other[i]!)) > 1e-4),
      );
      if (isNew) images.push(image);
    }
    positions.push(...images);
    numbers.push(...images.map(() => ELEMENTS.findIndex(({ symbol }) => symbol === element) + 1));
  }
  const lattice = { basis: mat3.transpose(direct).flat() };
  return analyze_cell(JSON.stringify({ lattice, positions, numbers }), 1e-3, "Standard").number;
}

interface Style {
  readonly text: string;
  readonly number: number;
  readonly contents: Crystal["contents"];
  readonly density_g_cm3: number;
  /** Codes of what is decided or doubtful, without `crystal/`. */
  readonly issues?: readonly string[];
}

const styles: Readonly<Record<string, Style>> = {
  "silicon, F d -3 m :1": {
    text: cubic("5.4310(2)") + hm("F d -3 m :1") + atoms(PLAIN, "Si1 0 0 0"),
    number: 227,
    contents: { Si: 8 },
    density_g_cm3: 2.329,
  },
  "silicon of ICSD, F d -3 m Z": {
    text: cubic("5.4310") + hm("F d -3 m Z") + atoms(TYPED, "Si1 Si0+ 0.125 0.125 0.125"),
    number: 227,
    contents: { Si: 8 },
    density_g_cm3: 2.329,
  },
  "silicon, {origin @ centre (-3m)}": {
    text: cubic(5.431) + hm("F d -3 m {origin @ centre (-3m)}") + atoms(PLAIN, "Si1 1.125 -.875 0.125"),
    number: 227,
    contents: { Si: 8 },
    density_g_cm3: 2.329,
  },
  "rock salt as pymatgen symmetrises it, only x,y,z listed": {
    text:
      hm("Fm-3m") +
      cubic("5.64056000") +
      "_symmetry_Int_Tables_number 225\n_chemical_formula_sum 'Na4 Cl4'\n_cell_formula_units_Z 4\n" +
      "loop_\n_symmetry_equiv_pos_site_id\n_symmetry_equiv_pos_as_xyz\n1 'x, y, z'\n" +
      atoms(
        "type_symbol label symmetry_multiplicity fract_x fract_y fract_z occupancy",
        "Na+ Na0 4 0.0 0.0 0.0 1",
        "Cl- Cl1 4 0.0 0.0 0.5 1",
      ),
    number: 225,
    contents: { Cl: 4, Na: 4 },
    density_g_cm3: 2.163,
    issues: ["contents", "symmetry-list-incomplete"],
  },
  "iron as the Materials Project has it, primitive": {
    text:
      hm("P 1") +
      cell([2.482, 2.482, 2.482, 109.4712206, 109.4712206, 109.4712206]) +
      operations("_symmetry_equiv_pos_as_xyz", "'x, y, z'") +
      atoms("type_symbol label symmetry_multiplicity fract_x fract_y fract_z occupancy", "Fe Fe0 1 0 0 0 1"),
    number: 229,
    contents: { Fe: 1 },
    density_g_cm3: 7.88,
  },
  "magnesium of AMCSD": {
    text:
      "_database_code_amcsd 0011234\n" +
      hexagonal(3.20927, 5.21033) +
      hm("P 6_3/m m c") +
      atoms("label fract_x fract_y fract_z U_iso_or_equiv", "Mg 0.333 0.667 0.25 0.012"),
    number: 194,
    contents: { Mg: 2 },
    density_g_cm3: 1.737,
  },
  "magnetite of AMCSD, F-centred list cut short": {
    text:
      hm("F d 3 m") +
      cubic(8.3969) +
      "_exptl_crystal_density_diffrn 5.196\n" +
      operations(
        "_space_group_symop_operation_xyz",
        "'x,y,z'",
        "'x,1/2+y,1/2+z'",
        "'1/2+x,y,1/2+z'",
        "'1/2+x,1/2+y,z'",
      ) +
      atoms(
        "label fract_x fract_y fract_z occupancy",
        "FeT 0.125 0.125 0.125 1.0",
        "FeM 0.5 0.5 0.5 1.0",
        "O 0.2547 0.2547 0.2547 1.0",
      ),
    number: 227,
    contents: { Fe: 24, O: 32 },
    density_g_cm3: 5.195,
    issues: ["symmetry-list-incomplete"],
  },
  "anatase without origin, the formula decides": {
    text:
      tetragonal(3.7842, 9.5146) +
      hm("I 41/a m d") +
      "_chemical_formula_sum 'O2 Ti'\n_cell_formula_units_Z 4\n" +
      atoms(PLAIN, "Ti1 0 0 0", "O1 0 0 0.2081"),
    number: 141,
    contents: { O: 8, Ti: 4 },
    density_g_cm3: 3.893,
    issues: ["setting-chosen"],
  },
  "rutile by its full symbol": {
    text: tetragonal(4.5937, 2.9587) + hm("P 42/m 21/n 2/m") + atoms(TYPED, "Ti1 Ti+4 0 0 0", "O1 O-2 .3048 .3048 0"),
    number: 136,
    contents: { O: 4, Ti: 2 },
    density_g_cm3: 4.248,
  },
  "corundum, rhombohedral symbol with hexagonal cell": {
    text:
      hexagonal(4.7589, 12.991) + hm("R -3 c {rhombohedral axes}") + atoms(PLAIN, "Al1 0 0 .3522", "O1 .3063 0 .25"),
    number: 167,
    contents: { Al: 12, O: 18 },
    density_g_cm3: 3.987,
    issues: ["setting-chosen"],
  },
  "calcite, H as the last letter": {
    text:
      hexagonal(4.989, 17.062) + hm("R -3 c H") + atoms(TYPED, "Ca Ca2+ 0 0 0", "C C4+ 0 0 .25", "O O2- .2568 0 .25"),
    number: 167,
    contents: { C: 6, Ca: 6, O: 18 },
    density_g_cm3: 2.71,
  },
  "bismuth, centring missing in the list": {
    text:
      hexagonal(4.546, 11.862) +
      hm("R -3 m :H") +
      "_chemical_formula_sum Bi\n_cell_formula_units_Z 6\n" +
      operations(
        "_symmetry_equiv_pos_as_xyz",
        ...["x,y,z", "-y,x-y,z", "-x+y,-x,z", "y,x,-z", "x-y,-y,-z", "-x,-x+y,-z"],
        ...["-x,-y,-z", "y,-x+y,-z", "x-y,x,-z", "-y,-x,z", "-x+y,y,z", "x,x-y,z"],
      ) +
      atoms(PLAIN, "Bi1 0 0 0.2339"),
    number: 166,
    contents: { Bi: 6 },
    density_g_cm3: 9.81,
    issues: ["symmetry-list-incomplete"],
  },
  "zinc oxide of VESTA, B values in a column of their own": {
    text:
      hexagonal(3.2495, 5.2069) +
      "_space_group_name_H-M_alt 'P 63 m c'\n_space_group_IT_number 186\n" +
      operations(
        "_space_group_symop_operation_xyz",
        ...["'x, y, z'", "'-y, x-y, z'", "'-x+y, -x, z'", "'-x, -y, z+1/2'", "'y, -x+y, z+1/2'", "'x-y, x, z+1/2'"],
        ...["'-y, -x, z'", "'-x+y, y, z'", "'x, x-y, z'", "'y, x, z+1/2'", "'x-y, -y, z+1/2'", "'-x, -x+y, z+1/2'"],
      ) +
      atoms(
        "label occupancy fract_x fract_y fract_z adp_type B_iso_or_equiv type_symbol",
        "Zn1 1.0 0.333333 0.666667 0.000000 Biso 0.600000 Zn",
        "O1 1.0 0.333333 0.666667 0.382100 Biso 0.700000 O",
      ),
    number: 186,
    contents: { O: 2, Zn: 2 },
    density_g_cm3: 5.676,
  },
  "perovskite with the number alone": {
    text: `${cubic(3.905)}_symmetry_Int_Tables_number 221\n${atoms(PLAIN, "Sr1 0 0 0", "Ti1 .5 .5 .5", "O1 .5 .5 0")}`,
    number: 221,
    contents: { O: 3, Sr: 1, Ti: 1 },
    density_g_cm3: 5.117,
    issues: ["missing-symmetry"],
  },
  "perovskite, dotted names, Hall symbol with underscore": {
    text:
      cubic(3.905).replaceAll("_cell_", "_cell.") +
      "_space_group.name_Hall -P_4_2_3\n" +
      atoms(TYPED, "Sr1 sr2+ 0 0 0", "Ti1 TI4+ .5 .5 .5", "O1 O2-. .5 .5 0").replaceAll("_atom_site_", "_atom_site."),
    number: 221,
    contents: { O: 3, Sr: 1, Ti: 1 },
    density_g_cm3: 5.117,
  },
  "calcium titanate in P b n m": {
    text:
      cell([5.3796, 5.4423, 7.6401, 90, 90, 90]) +
      hm("P b n m") +
      atoms(PLAIN, "Ca -.0068 .0357 .25", "Ti 0 .5 0", "O1 .0714 .4838 .25", "O2 .7108 .2888 .0371"),
    number: 62,
    contents: { Ca: 4, O: 12, Ti: 4 },
    density_g_cm3: 4.036,
  },
  "iodine in C m c a, the glides of before 1992": {
    text: cell([7.136, 4.686, 9.784, 90, 90, 90]) + hm("C m c a") + atoms(PLAIN, "I1 0 .15434 .11741"),
    number: 64,
    contents: { I: 8 },
    density_g_cm3: 5.15,
  },
  "black phosphorus in B m a b": {
    text: cell([3.3136, 4.3763, 10.478, 90, 90, 90]) + hm("B m a b") + atoms(PLAIN, "P1 0 .0806 .1017"),
    number: 64,
    contents: { P: 8 },
    density_g_cm3: 2.707,
  },
  "zirconia, P2_1/c with blanks and marks left out": {
    text:
      cell([5.1505, 5.2116, 5.3173, 90, 99.23, 90]) +
      hm("P2_1/c") +
      atoms(PLAIN, "Zr1 .2754 .0395 .2083", "O1 .07 .3317 .3447", "O2 .4496 .7569 .4792"),
    number: 14,
    contents: { O: 8, Zr: 4 },
    density_g_cm3: 5.81,
    issues: ["setting-chosen"],
  },
  "magnetic LaMnO3 of Bilbao": {
    text:
      "_space_group_magn.number_BNS 62.448\n" +
      cell([5.742, 7.668, 5.532, 90, 90, 90]) +
      operations(
        "_space_group_symop_magn_operation.xyz",
        ...["x,y,z,+1", "x+1/2,-y+1/2,-z+1/2,-1", "-x,y+1/2,-z,+1", "-x+1/2,-y,z+1/2,-1"],
        ...["-x,-y,-z,+1", "x+1/2,y,-z+1/2,-1", "x,-y+1/2,z,+1", "-x+1/2,y+1/2,z+1/2,-1"],
      ) +
      atoms(TYPED, "La1 La .0490 .25 -.0078", "Mn1 Mn 0 0 .5", "O1 O .4874 .25 .0745", "O2 O .3066 .0384 .7256"),
    number: 62,
    contents: { La: 4, Mn: 4, O: 12 },
    density_g_cm3: 6.59,
    issues: ["magnetic"],
  },
  "lithium niobate of the COD: U 0, ions as Nb+5": {
    text:
      hexagonal(5.148, 13.863) +
      hm("R 3 c :H") +
      atoms(
        "label type_symbol fract_x fract_y fract_z occupancy U_iso_or_equiv",
        "Nb1 Nb+5 0 0 0 1 0.0",
        "O1 O-2 0.0492 0.3446 0.0647 1 0.0",
        "Li1 Li+1 0 0 0.2829 1 0.0",
      ),
    number: 161,
    contents: { Li: 6, Nb: 6, O: 18 },
    density_g_cm3: 4.629,
    issues: ["displacement-zero"],
  },
  "beta-tin of SHELX: I 41/a m d from the Hall symbol, vacancies and peaks": {
    text:
      tetragonal(5.8318, 3.1819) +
      "_space_group_name_Hall 'I 4bw 2bw -1bw'\n" +
      atoms(TYPED, "Sn1 Sn 0 0 0", "Q1 Q 0.1 0.2 0.3", "Vac1 Vac 0.5 0 0", "Cnt1 Cnt ? ? ?"),
    number: 141,
    contents: { Sn: 4 },
    density_g_cm3: 7.285,
    issues: ["site-skipped"],
  },
  "isotopes and whole water: ice of D2O molecules at their oxygens": {
    text: `${hexagonal(4.5, 7.33)}${hm("P 63/m m c")}${atoms(TYPED, "Ow D2O 1/3 2/3 0.062".replace("1/3 2/3", ".3333 .6667"))}`,
    number: 194,
    contents: { O: 4 },
    density_g_cm3: 0.8267,
  },
};

describe("styles of real CIFs", () => {
  for (const [name, { text, number, contents, density_g_cm3, issues = [] }] of Object.entries(styles)) {
    test(name, () => {
      const crystal = read(text);
      assert.deepEqual(crystal.contents, contents);
      closeRelative(crystal.density_g_cm3, density_g_cm3, 0.005, "density");
      assert.equal(moyoNumber(crystal), number, "group in the atoms");
      const isPrimitive = name.includes("primitive");
      if (!isPrimitive) assert.equal(crystal.spaceGroup.number, number);
      assert.deepEqual([...new Set(crystal.issues.map(({ code }) => code.replace("crystal/", "")))].sort(), issues);
    });
  }
});

describe("what was decided is told on the crystal", () => {
  const codes = (text: string): readonly string[] => read(text).issues.map(({ code }) => code.replace("crystal/", ""));
  const salt = atoms(PLAIN, "Na1 0 0 0", "Cl1 0.5 0.5 0.5");
  const formula = "_chemical_formula_sum 'Cl Na'\n_cell_formula_units_Z 4\n";

  test("missing hydrogen is named and counted", () => {
    const text = `${cubic(4)}${hm("P 1")}_chemical_formula_sum 'C2 H4'\n_cell_formula_units_Z 2\n${atoms(PLAIN, "C1 0 0 0", "C2 .3 0 0", "C3 .5 .5 0", "C4 .5 .8 0")}`;
    const issue = read(text).issues.find(({ code }) => code === "crystal/contents");
    assert.match(issue?.message ?? "", /H 0 instead of 8 \(8 per cell missing\)/);
    const withoutZ = read(text.replace("_cell_formula_units_Z 2\n", "")).issues[0];
    assert.match(withoutZ?.message ?? "", /H 0 instead of 8 \(8 per cell missing\)/);
    assert.deepEqual(
      codes(`${cubic(3.6)}${hm("F m -3 m")}_chemical_formula_sum Cu2\n${atoms(PLAIN, "Cu1 0 0 0")}`),
      [],
    );
  });

  test("symbols that contradict the list or each other", () => {
    const list = operations("_symmetry_equiv_pos_as_xyz", "x,y,z", "-x,-y,-z");
    assert.deepEqual(codes(cubic(5.64) + hm("F m -3 m") + list + salt), ["symop-space-group-mismatch"]);
    assert.deepEqual(codes(`${cubic(5.64)}${hm("F m -3 m")}_space_group_name_Hall '-P 4 2 3'\n${salt}`), [
      "space-group-mismatch",
    ]);
    const shifted = operations("_symmetry_equiv_pos_as_xyz", "x,y,z", "-x+1/2,-y,-z");
    const [issue] = read(cubic(5.64) + hm("P -1") + shifted + salt).issues;
    assert.equal(issue?.severity, "information");
    assert.match(issue?.message ?? "", /another origin/);
  });

  test("the list counts where formula and atoms do not speak for the symbol", () => {
    const list = operations("_symmetry_equiv_pos_as_xyz", "x,y,z");
    const listed = read(cubic(5.64) + hm("F m -3 m") + list + salt).spaceGroup;
    assert.equal(listed.operations.length, 1);
    const named = read(cubic(5.64) + hm("F m -3 m") + formula + list + salt);
    assert.deepEqual([named.spaceGroup.operations.length, named.contents], [192, { Cl: 4, Na: 4 }]);
  });

  test("a list with one operation spoilt gives way to the symbol", () => {
    const list = operations("_symmetry_equiv_pos_as_xyz", "x,y,z", "-x,y+1/2,-z+1/2", "-x,-y,-z", "x,-y+1/2,z+1/3");
    const crystal = read(cell([5, 6, 7, 90, 99, 90]) + hm("P 1 21/c 1") + list + atoms(PLAIN, "Si1 .1 .2 .3"));
    assert.deepEqual([crystal.spaceGroup.hm, crystal.contents], ["P 1 21/c 1", { Si: 4 }]);
    assert.deepEqual(
      crystal.issues.map(({ code }) => code),
      ["crystal/symmetry-not-a-group"],
    );
  });

  test("rounded special positions of partly occupied sites, split sites left apart", () => {
    const sodium = (row: string): Crystal =>
      read(hexagonal(10, 5) + hm("P 6/m m m") + atoms(`${PLAIN} occupancy`, row));
    assert.deepEqual(sodium("Na1 0.333 0.667 0 0.5").contents, { Na: 1 });
    assert.deepEqual(sodium("Na1 0.33 0.67 0 0.5").sites[0]?.position, [1 / 3, 2 / 3, 0]);
    assert.equal(sodium("Na1 0.343 0.657 0 0.333").sites[0]?.multiplicity, 6);
    assert.equal(sodium("Na1 0 0 0.02 0.5").sites[0]?.multiplicity, 2);
  });

  test("two elements in one row, and cells in nanometres", () => {
    assert.deepEqual(codes(cubic(4) + hm("P 1") + atoms(TYPED, "M1 Al/Si 0 0 0")), ["mixed-type"]);
    assert.deepEqual(codes(cubic(0.5431) + hm("F d -3 m :1") + atoms(PLAIN, "Si1 0 0 0")), ["density-impossible"]);
  });

  test("5,000 sites are all read", () => {
    const rows = Array.from(
      { length: 5000 },
      (_, i) => `Si${i} ${(i * 0.61803) % 1} ${(i * 0.41421) % 1} ${(i * 0.73205) % 1}`,
    );
    assert.equal(read(cubic(60) + hm("P -1") + atoms(PLAIN, ...rows)).sites.length, 5000);
  });
});
