import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mat3, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeMatrix, closeTo, closeVector } from "./close.ts";

import { alongArrow, crystalOf, draft, experiment, LINBO3, lithiumNiobate, partOf, tilted } from "./scenes.ts";

describe("crystal structure", () => {
  const { scene, crystal, geometry } = experiment(lithiumNiobate, tilted);
  const part = partOf(scene, "crystal");
  const atoms = part.items.filter(({ role }) => role === "atom");

  test("the lattice has the orientation of the sample: its (1,-1,2) normal is Q", () => {
    const normal = mat3.multiplyVector(crystal.cell.reciprocal, [1, -1, 2]);
    const Q = alongArrow(partOf(scene, "experiment"), "vector.Q");
    closeVector(
      vec3.normalize(mat3.multiplyVector(part.toLab, normal)),
      vec3.normalize(Q),
      1e-9,
      "normal of the reflecting planes",
    );
    closeMatrix(part.toLab, mat3.multiply(geometry.sampleToLab, geometry.crystalToSample), 1e-12, "crystal to lab");
  });

  test("the arrows a, b, c have the directions and angles of the cell", () => {
    const [a, b, c] = ["a", "b", "c"].map((name) => vec3.normalize(alongArrow(part, `crystal.${name}`))) as [
      Vec3,
      Vec3,
      Vec3,
    ];
    closeTo(vec3.dot(a, b), -0.5, 1e-12, "gamma 120 degrees");
    closeTo(vec3.dot(a, c), 0, 1e-12, "beta 90 degrees");
    // c is up on the sample.
    closeVector(c, mat3.multiplyVector(geometry.sampleToLab, [0, 0, 1]), 1e-9, "c");
  });

  test("one cell of LiNbO3 holds 6 Li, 6 Nb and 18 O, and what lies in its margin is shown too", () => {
    const inverse = mat3.inverse(crystal.cell.direct);
    const counts: Record<string, number> = {};
    for (const { shape, title } of atoms) {
      assert.equal(shape.kind, "sphere");
      const fraction = vec3.add(
        mat3.multiplyVector(inverse, shape.kind === "sphere" ? shape.centre : [0, 0, 0]),
        [0.5, 0.5, 0.5],
      );
      assert.ok(
        fraction.every((x) => x >= -0.1 - 1e-9 && x <= 1.1 + 1e-9),
        `${title} is within the margin`,
      );
      if (!fraction.every((x) => x > -1e-6 && x < 1 - 1e-6)) continue;
      const element = title.slice(0, 2).replace(/\d/, "");
      counts[element] = (counts[element] ?? 0) + 1;
    }
    assert.deepEqual(counts, { Nb: 6, Li: 6, O: 18 });
    // Nb at 0,0,0 has its images in all eight corners.
    const cornersWithNb = atoms.filter(({ title }) => /^Nb1 .* at [01]\.0000, [01]\.0000, [01]\.0000$/.test(title));
    assert.equal(cornersWithNb.length, 8);
  });

  test("atoms know their row of the CIF, and the legend their colour", () => {
    for (const { title, source } of atoms) {
      assert.ok(source);
      const label = title.slice(0, title.indexOf(" "));
      assert.ok(LINBO3.slice(source.start, source.end).startsWith(`${label} `), title);
    }
    assert.deepEqual(scene.legend.map(({ element, count }) => [element, count]).sort(), [
      ["Li", 6],
      ["Nb", 6],
      ["O", 18],
    ]);
    const colours = new Set(atoms.map(({ colour }) => colour));
    assert.deepEqual([...colours].sort(), scene.legend.map(({ colour }) => colour).sort());
  });

  test("everything lies within the radius of the part", () => {
    for (const { shape, id } of part.items) {
      if (shape.kind === "sphere") assert.ok(vec3.norm(shape.centre) + shape.radius <= part.radius + 1e-9, id);
      if (shape.kind === "label") assert.ok(vec3.norm(shape.at) <= part.radius + 1e-9, id);
    }
  });

  test("two elements on one site are one sphere that names both", () => {
    const mixed = crystalOf(
      `data_mixed
_cell_length_a 4
_cell_length_b 4
_cell_length_c 4
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_space_group_name_H-M_alt 'P 1'
loop_ _atom_site_label _atom_site_type_symbol _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z _atom_site_occupancy
Zr1 Zr 0.5 0.5 0.5 0.4
Ti1 Ti 0.5 0.5 0.5 0.6
`,
    );
    const { scene: drawn } = experiment(mixed, { ...draft, reflection: { hkl: [0, 0, 1] } });
    const spheres = partOf(drawn, "crystal").items.filter(({ role }) => role === "atom");
    assert.equal(spheres.length, 1);
    assert.match(spheres[0]!.title, /Zr1 \(Zr\), occupancy 0\.4.*Ti1 \(Ti\), occupancy 0\.6/);
    assert.equal(spheres[0]!.colour, drawn.legend.find(({ element }) => element === "Ti")?.colour);
  });
});
