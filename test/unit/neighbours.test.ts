import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { crystalFromCif, neighboursOf } from "../../core/crystal/index.ts";
import { closeTo } from "./close.ts";

function crystalOf(name: string) {
  const crystal = crystalFromCif(parseCif(readFileSync(`examples/${name}.cif`, "utf8")));
  assert.ok(crystal.ok);
  return crystal.value;
}

/** Neighbours of the site with this label as [label, count, distance]. */
function around(name: string, label: string) {
  const crystal = crystalOf(name);
  const site = crystal.sites.find((candidate) => candidate.label === label);
  assert.ok(site, label);
  return neighboursOf(crystal, site).map(({ site: { element }, count, distance_A }) => ({
    element,
    count,
    distance_A,
  }));
}

/** Cubic cell edge of an example. */
const edge = (name: string): number => crystalOf(name).cell.a_A;

describe("nearest neighbours", () => {
  test("diamond has 4 at a sqrt(3)/4, aluminium 12 at a/sqrt(2)", () => {
    for (const [name, element, count, factor] of [
      ["diamond", "C", 4, Math.sqrt(3) / 4],
      ["silicon", "Si", 4, Math.sqrt(3) / 4],
      ["aluminium", "Al", 12, Math.SQRT1_2],
    ] as const) {
      const shells = around(name, crystalOf(name).sites[0]!.label);
      assert.deepEqual(
        shells.map((shell) => [shell.element, shell.count]),
        [[element, count]],
      );
      closeTo(shells[0]!.distance_A, edge(name) * factor, 1e-9);
    }
  });

  test("tungsten, body-centred, has 8 and 6", () => {
    const shells = around("tungsten", crystalOf("tungsten").sites[0]!.label);
    assert.deepEqual(
      shells.map(({ count }) => count),
      [8, 6],
    );
    closeTo(shells[1]!.distance_A, edge("tungsten"), 1e-9);
  });

  // Bond lengths: Abrahams, Reddy & Bernstein, J. Phys. Chem. Solids 27 (1966) 997.
  test("niobium in LiNbO3 has three oxygens at 1.889 and three at 2.112 A", () => {
    const shells = around("LiNbO3", "Nb1");
    assert.deepEqual(
      shells.map(({ element, count }) => [element, count]),
      [
        ["O", 3],
        ["O", 3],
      ],
    );
    closeTo(shells[0]!.distance_A, 1.889, 0.01);
    closeTo(shells[1]!.distance_A, 2.112, 0.01);
  });
});
