import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type LabelRequest, overlap, placeLabels } from "../../core/scene/index.ts";

const BOUNDS = { width: 400, height: 300 };
const request = (id: string, x: number, y: number, more: Partial<LabelRequest> = {}): LabelRequest => ({
  id,
  x,
  y,
  width: 60,
  height: 16,
  away: [1, 0],
  rank: 0,
  ...more,
});

describe("placing labels", () => {
  test("a text stands off its anchor in the wanted direction", () => {
    const directions = { right: [1, 0], left: [-1, 0], above: [0, -1], below: [0, 1] } as const;
    for (const [name, away] of Object.entries(directions)) {
      const spot = placeLabels([request("a", 200, 150, { away })], BOUNDS).get("a");
      assert.ok(spot);
      if (name === "right") assert.ok(spot.left > 200);
      if (name === "left") assert.ok(spot.left + spot.width < 200);
      if (name === "above") assert.ok(spot.top + spot.height < 150);
      if (name === "below") assert.ok(spot.top > 150);
    }
  });

  test("the label of the lower rank gets the wanted place, the other one moves", () => {
    const placed = placeLabels([request("later", 200, 150, { rank: 1 }), request("first", 200, 150)], BOUNDS);
    assert.ok(placed.get("first")!.left > 200);
    assert.equal(placed.get("first")!.top + 8, 150);
    assert.notDeepEqual(placed.get("later"), placed.get("first"));
  });

  test("a text keeps its distance", () => {
    const spot = placeLabels([request("a", 200, 150, { standOff: 40 })], BOUNDS).get("a");
    assert.ok(spot!.left >= 240);
  });

  test("a text that has no room anywhere is left out", () => {
    const whole = { left: 0, top: 0, ...BOUNDS };
    assert.equal(placeLabels([request("a", 200, 150)], BOUNDS, { taken: [whole] }).size, 0);
  });

  test("texts never overlap and never leave the picture, and the same input gives the same picture", () => {
    const requests = fc.array(
      fc.record({
        x: fc.integer({ min: -20, max: 420 }),
        y: fc.integer({ min: -20, max: 320 }),
        width: fc.integer({ min: 5, max: 120 }),
        height: fc.integer({ min: 10, max: 40 }),
        away: fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
        rank: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(requests, (records) => {
        const labels = records.map((record, i) => ({ id: String(i), ...record }));
        const spots = [...placeLabels(labels, BOUNDS).values()];
        spots.forEach((a, i) => {
          assert.ok(a.left >= 0 && a.top >= 0 && a.left + a.width <= 400 && a.top + a.height <= 300);
          for (const b of spots.slice(i + 1)) assert.ok(!overlap(a, b));
        });
        assert.deepEqual([...placeLabels(labels, BOUNDS)], [...placeLabels(labels, BOUNDS)]);
      }),
    );
  });
});
