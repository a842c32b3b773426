import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { convertLens, type LensBox, readLens, writeOwnLens, writeUpstreamLens } from "../../core/experiment/index.ts";
import { materialOfCell } from "../../core/experiment/lens/material.ts";

/** Without the prototypes that tell generated and parsed objects apart. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));

const size = (max: number) => fc.double({ min: 1e-6, max, noNaN: true });
const place = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x + 0);
const words = fc.string({ unit: "grapheme", maxLength: 20 });
/** Names that neither format gives a meaning. */
const foreignKey = fc.stringMatching(/^[a-zµ](?:[a-z_. -]{0,6}[a-z])?$/).map((name) => `x-${name}`);
const foreignValue = fc.oneof(
  words,
  fc.boolean(),
  fc.integer(),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((x) => x + 0),
  fc.array(fc.integer(), { maxLength: 3 }),
  fc.dictionary(foreignKey, words, { maxKeys: 2 }),
);
const other = fc
  .dictionary(foreignKey, foreignValue, { maxKeys: 3 })
  .map((keys) => (Object.keys(keys).length > 0 ? { other: keys } : {}));
const optional = <T extends object>(value: fc.Arbitrary<T>) => fc.option(value, { nil: {} as Partial<T> });

const materials = fc
  .tuple(
    fc.oneof(
      fc.record({
        formula: fc.constantFrom("Be", "Al", "Ni", "C", "C5H8O2", "C87H118O16", "C22 H10 N2 O5", "Si0.5Ge1.5"),
        density_g_cm3: size(25),
      }),
      fc
        .tuple(fc.array(fc.constantFrom("Be", "Al", "C", "H"), { minLength: 1, maxLength: 9 }), size(1000))
        .map(([atoms, volume_A3]) => materialOfCell(atoms, volume_A3)),
    ),
    other,
  )
  .map(([material, more]) => ({ ...material, ...more }));
const series = fc
  .tuple(
    fc.record({ count: fc.integer({ min: 1, max: 400 }), radius_um: size(1e4), spacing_mm: size(100) }),
    materials,
    size(100),
    optional(fc.record({ discThickness_um: fc.double({ min: 500, max: 5e3, noNaN: true }) })),
    optional(fc.record({ web_um: fc.double({ min: 0, max: 400, noNaN: true }).map((x) => x + 0) })),
    other,
  )
  .map(([own, material, separator_mm, disc, web, more]) => ({
    ...own,
    material,
    separator_mm,
    ...disc,
    ...web,
    ...more,
  }));
const flag = fc.boolean();
const boxes: fc.Arbitrary<LensBox> = fc
  .tuple(
    words,
    fc.array(series, { minLength: 1, maxLength: 5 }),
    fc.tuple(fc.record({ along_mm: place, orthogonal_mm: place, offsetX_mm: place, offsetY_mm: place }), other),
    optional(fc.record({ mountPointShown: fc.record({ along: flag, orthogonal: flag, x: flag, y: flag }) })),
    optional(fc.record({ notes: fc.string({ unit: "grapheme" }) })),
    other,
  )
  .map(([name, all, [mount, mountMore], shown, notes, more]) =>
    plain({
      name,
      series: all,
      mountPoint: { ...mount, ...mountMore },
      ...shown,
      ...notes,
      ...more,
    }),
  );

const boxOf = (text: string): LensBox => {
  const read = readLens(text, "other name");
  assert.ok(read.ok, JSON.stringify(read.issues));
  return plain(read.value);
};

describe("any lens box", () => {
  test("is read back from both formats, every number the same double", () => {
    fc.assert(
      fc.property(boxes, (box) => {
        assert.deepStrictEqual(boxOf(writeOwnLens(box)), box);
        assert.deepStrictEqual(boxOf(writeUpstreamLens(box)), box);
      }),
    );
  });

  test("is the same after its file was converted to the other format and back", () => {
    fc.assert(
      fc.property(boxes, (box) => {
        for (const text of [writeOwnLens(box), writeUpstreamLens(box)]) {
          const there = convertLens(text, "a");
          assert.ok(there.ok, JSON.stringify(there.issues));
          const back = convertLens(there.value.text, "b");
          assert.ok(back.ok, JSON.stringify(back.issues));
          assert.notEqual(there.value.format, back.value.format);
          assert.deepStrictEqual(boxOf(back.value.text), box);
        }
      }),
      { numRuns: 40 },
    );
  });
});
