import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseCif } from "../../core/cif/index.ts";
import {
  crystalFromCif,
  equivalentReflections,
  isSystematicallyAbsent,
  laueOperations,
  operationsFromHall,
  parseOperation,
  SETTINGS,
  settingOperations,
  unitCell,
} from "../../core/crystal/index.ts";
import { mat3, type Vec3, vec3 } from "../../core/util/index.ts";

const length = fc.double({ min: 2, max: 40, noNaN: true });
const angle = fc.double({ min: 50, max: 118, noNaN: true });
const cells = fc
  .tuple(length, length, length, angle, angle, angle)
  .map((parameters) => unitCell(...parameters))
  .filter((result) => result.ok)
  .map((result) => result.value)
  .filter(({ a_A, b_A, c_A, volume_A3 }) => volume_A3 > 0.05 * a_A * b_A * c_A);
const setting = fc.constantFrom(...SETTINGS);
const index = fc.integer({ min: -6, max: 6 });
const hkls = fc.tuple(index, index, index).filter((hkl) => hkl.some((i) => i !== 0));
const fraction = fc.integer({ min: 1, max: 9998 }).map((n) => n / 10000);

describe("unit cells", () => {
  test("reciprocal and direct bases are inverse up to 2 pi", () => {
    fc.assert(
      fc.property(cells, ({ direct, reciprocal }) => {
        const product = mat3.multiply(mat3.transpose(reciprocal), direct);
        for (const [i, row] of product.entries()) {
          for (const [j, value] of row.entries()) assert.ok(Math.abs(value - (i === j ? 2 * Math.PI : 0)) < 1e-10);
        }
      }),
    );
  });

  test("lengths, angles and volume of the direct basis are those given", () => {
    fc.assert(
      fc.property(cells, (cell) => {
        const [a, b, c] = mat3.transpose(cell.direct);
        const close = (x: number, y: number) => assert.ok(Math.abs(x - y) < 1e-9 * Math.abs(y), `${x} ${y}`);
        close(vec3.norm(a), cell.a_A);
        close(vec3.norm(b), cell.b_A);
        close(vec3.norm(c), cell.c_A);
        close((vec3.angleBetween(b, c) * 180) / Math.PI, cell.alpha_deg);
        close((vec3.angleBetween(a, c) * 180) / Math.PI, cell.beta_deg);
        close((vec3.angleBetween(a, b) * 180) / Math.PI, cell.gamma_deg);
        close(vec3.dot(a, vec3.cross(b, c)), cell.volume_A3);
      }),
    );
  });
});

describe("space groups", () => {
  const key = (rotation: readonly Vec3[], translation: Vec3) =>
    `${rotation.map((row) => row.map((x) => x + 0).join()).join()};${translation.map((t) => ((Math.round(t * 24) % 24) + 24) % 24).join()}`;

  test("are closed under multiplication and hold every inverse", () => {
    fc.assert(
      fc.property(setting, fc.nat(), fc.nat(), (s, m, n) => {
        const operations = settingOperations(s);
        const keys = new Set(operations.map(({ rotation, translation }) => key(rotation, translation)));
        assert.equal(keys.size, operations.length);
        const [g, h] = [operations[m % operations.length]!, operations[n % operations.length]!];
        const shifted = vec3.add(mat3.multiplyVector(g.rotation, h.translation), g.translation);
        assert.ok(keys.has(key(mat3.multiply(g.rotation, h.rotation), shifted)));
        const inverse = mat3.inverse(g.rotation);
        assert.ok(keys.has(key(inverse, vec3.scale(mat3.multiplyVector(inverse, g.translation), -1))));
      }),
    );
  });

  test("operations survive being written and read", () => {
    fc.assert(
      fc.property(setting, (s) => {
        for (const operation of settingOperations(s)) {
          const read = parseOperation(operation.xyz);
          assert.ok(read.ok);
          assert.deepEqual(read.value, operation);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("any text is either operations or a refusal with a reason", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."-xyz,/+123. abcnPFIR'\"*()") });
    fc.assert(
      fc.property(letters, (text) => {
        for (const result of [parseOperation(text), operationsFromHall(text)]) {
          assert.ok(result.ok || (result.issues[0]?.message.length ?? 0) > 20);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("reflections", () => {
  test("numbers of equivalents divide the order of the Laue class, all of one length, absent together", () => {
    fc.assert(
      fc.property(setting, hkls, (s, hkl) => {
        const operations = settingOperations(s);
        const laue = laueOperations({ operations });
        const equivalents = equivalentReflections(hkl, laue);
        assert.equal(laue.length % equivalents.length, 0);
        assert.ok(
          equivalents.some((other) => other.every((x, i) => x === -hkl[i]!)),
          "the Friedel mate is one",
        );
        const absent = isSystematicallyAbsent(hkl, operations);
        for (const other of equivalents) assert.equal(isSystematicallyAbsent(other, operations), absent);
      }),
    );
  });
});

describe("crystals", () => {
  const atom = fc.record({
    element: fc.constantFrom("Li", "Nb", "O", "D"),
    position: fc.tuple(fraction, fraction, fraction),
    occupancy: fc.constantFrom(1, 0.5, 0.25),
  });
  type Atom = typeof atom extends fc.Arbitrary<infer T> ? T : never;

  const contentsOf = (hall: string, atoms: readonly Atom[]) => {
    const rows = atoms.map(
      ({ element, position, occupancy }, i) => `X${i} ${element} ${position.join(" ")} ${occupancy}`,
    );
    const text = `data_x
_cell_length_a 9
_cell_length_b 9
_cell_length_c 9
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_space_group_name_Hall '${hall}'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
${rows.join("\n")}
`;
    const result = crystalFromCif(parseCif(text));
    assert.ok(result.ok);
    return result.value;
  };
  const halls = fc.constantFrom("P 1", "-P 2ybc", "P 4 -2", "-F 4 2 3", "-P 4 2 3", "F 4d 2 3 -1d", "P 2ac 2ab");

  test("contents do not depend on the order of rows nor on whole-cell shifts", () => {
    fc.assert(
      fc.property(
        halls,
        fc.array(atom, { minLength: 1, maxLength: 5 }),
        fc.array(index, { minLength: 15, maxLength: 15 }),
        (hall, atoms, shifts) => {
          const shifted = atoms.map((one, i) => ({
            ...one,
            position: one.position.map((x, j) => Number((x + shifts[3 * i + j]!).toFixed(4))) as unknown as [
              number,
              number,
              number,
            ],
          }));
          const plain = contentsOf(hall, atoms).contents;
          assert.deepEqual(contentsOf(hall, [...atoms].reverse()).contents, plain);
          assert.deepEqual(contentsOf(hall, shifted).contents, plain);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("multiplicities divide the order of the group, and a placed site stays where it is", () => {
    fc.assert(
      fc.property(halls, atom, (hall, one) => {
        const crystal = contentsOf(hall, [one]);
        const [site] = crystal.sites;
        assert.equal(crystal.spaceGroup.operations.length % site!.multiplicity, 0);
        const again = contentsOf(hall, [{ ...one, position: site!.position as [number, number, number] }]);
        assert.equal(again.sites[0]?.multiplicity, site!.multiplicity);
        for (const [i, x] of again.sites[0]!.position.entries()) assert.ok(Math.abs(x - site!.position[i]!) < 1e-9);
      }),
      { numRuns: 100 },
    );
  });
});
