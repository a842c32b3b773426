import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { columnShifts } from "../../core/scene/column.ts";
import { estimateTexts } from "../../core/scene/drawing/textSize.ts";
import {
  baseFontSize,
  type Camera,
  cameraOfView,
  layoutPicture,
  layoutTexts,
  type PictureLayout,
  type PicturePoint,
  type Projection,
  placePart,
  projectFrom,
  projectionOf,
  type Rectangle,
  type Role,
  type Scene,
  type TextLayout,
  VIEW_NAMES,
  type ViewName,
} from "../../core/scene/index.ts";
import { mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeTo } from "./close.ts";
import { caseScene, SCENE_CASES } from "./sceneCases.ts";

const cases = SCENE_CASES.map((sceneCase) => ({ name: sceneCase.name, scene: caseScene(sceneCase) }));
const caseOf = (name: string): Scene => cases.find((candidate) => candidate.name === name)!.scene;

const CARRIERS: ReadonlySet<Role> = new Set([
  "incidentBeam",
  "transmittedBeam",
  "diffractedBeam",
  "k0",
  "kh",
  "Q",
  "twoTheta",
  "axis1",
  "axis2",
  "axis3",
]);

interface Line {
  readonly id: string;
  readonly from: PicturePoint;
  readonly to: PicturePoint;
}

/** Middle lines of beams, vectors, arcs and axes in the picture. */
function carriers(scene: Scene, projection: Projection, layout: PictureLayout): readonly Line[] {
  return scene.parts.flatMap((part) => {
    const placement = placePart(part, projection, layout);
    const line = (id: string, from: Vec3, to: Vec3): Line => ({
      id,
      from: projectFrom(placement, projection, from),
      to: projectFrom(placement, projection, to),
    });
    return part.items.flatMap(({ id, role, shape }): readonly Line[] => {
      if (!CARRIERS.has(role)) return [];
      if (shape.kind === "arrow") return [line(id, shape.from, shape.to)];
      if (shape.kind === "segments")
        return shape.points.flatMap((from, i) => (i % 2 === 0 ? [line(id, from, shape.points[i + 1]!)] : []));
      if (shape.kind !== "box") return [];
      const half = mat3.multiplyVector(shape.rotation, [shape.size[0] / 2, 0, 0]);
      return [line(id, vec3.subtract(shape.centre, half), vec3.add(shape.centre, half))];
    });
  });
}

/** Length of the part of a line that lies in a rectangle (Liang & Barsky) [px]. */
function lengthWithin({ from, to }: Line, { left, top, width, height }: Rectangle): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [start, end] = [0, 1];
  for (const [step, room] of [
    [-dx, from.x - left],
    [dx, left + width - from.x],
    [-dy, from.y - top],
    [dy, top + height - from.y],
  ] as const) {
    if (step === 0 && room < 0) return 0;
    if (step < 0) start = Math.max(start, room / step);
    if (step > 0) end = Math.min(end, room / step);
  }
  return Math.max(0, end - start) * Math.hypot(dx, dy);
}

interface Shown {
  readonly texts: TextLayout;
  readonly projection: Projection;
  readonly layout: PictureLayout;
}

function shownFrom(scene: Scene, camera: Camera, width: number, height: number, former?: TextLayout): Shown {
  const layout = layoutPicture(width, height);
  const projection = projectionOf(camera, layout);
  const measure = estimateTexts(baseFontSize(width, height));
  return { texts: layoutTexts(scene, projection, layout, measure, former), projection, layout };
}

const shownIn = (scene: Scene, view: ViewName, width: number, height: number): Shown =>
  shownFrom(scene, cameraOfView(scene, view, layoutPicture(width, height)), width, height);

/** Pixels of beams, vectors and axes below the letters of each label. */
function covered(scene: Scene, { texts, projection, layout }: Shown): ReadonlyMap<string, number> {
  const lines = carriers(scene, projection, layout);
  return new Map(
    [...texts.labels].map(([id, { left, top, width, height }]) => {
      const letters = { left: left + 1, top: top + 2, width: width - 2, height: height - 4 };
      return [id, lines.reduce((sum, line) => sum + lengthWithin(line, letters), 0)];
    }),
  );
}

const SIZES = [
  [350, 480],
  [420, 600],
  [640, 600],
  [760, 480],
  [1200, 560],
  [2200, 1300],
] as const;

describe("labels and what they name", () => {
  test("in the first view none lies on a beam, a vector, an arc or an axis, at any size", () => {
    let labels = 0;
    for (const { name, scene } of cases) {
      for (const [width, height] of SIZES) {
        for (const [id, length_px] of covered(scene, shownIn(scene, "home", width, height))) {
          assert.ok(length_px < 21, `${name} at ${width} x ${height}: ${id} covers ${length_px.toFixed(0)} px`);
          labels++;
        }
      }
    }
    assert.ok(labels > 1500);
  });

  test("from every side they cover hardly anything of them", () => {
    let [labels, covering] = [0, 0];
    for (const { scene } of cases) {
      for (const [width, height] of SIZES) {
        for (const view of VIEW_NAMES) {
          for (const length_px of covered(scene, shownIn(scene, view, width, height)).values()) {
            labels++;
            if (length_px > 12) covering++;
          }
        }
      }
    }
    assert.ok(labels > 14_000);
    assert.ok(covering < 0.002 * labels, `${covering} of ${labels}`);
  });

  test("the distance at the lens stays off the beams in mounts from flat to steep", () => {
    for (const name of ["LiNbO3 x-cut", "KNbO3", "LiNbO3 default", "wafer"]) {
      const scene = caseOf(name);
      for (const [width, height] of [
        [640, 600],
        [760, 480],
        [1200, 560],
      ] as const) {
        const shown = shownIn(scene, "home", width, height);
        assert.ok(shown.texts.labels.has("lens.clearance.label"), `${name} at ${width} x ${height}`);
        assert.equal(covered(scene, shown).get("lens.clearance.label"), 0, `${name} at ${width} x ${height}`);
      }
    }
  });

  test("in a picture of 350 x 480 Q stands apart from kₕ and k₀, and the axes of the goniometer have names", () => {
    for (const { name, scene } of cases) {
      const { labels } = shownIn(scene, "home", 350, 480).texts;
      const Q = labels.get("vector.Q.label")!;
      for (const other of ["vector.k0.label", "vector.kh.label", "twoTheta.label"]) {
        const { left, top, width, height } = labels.get(other)!;
        const gap = Math.max(
          left - (Q.left + Q.width),
          Q.left - (left + width),
          top - (Q.top + Q.height),
          Q.top - (top + height),
        );
        assert.ok(gap >= 2.9, `${name}: Q and ${other} are ${gap.toFixed(1)} px apart`);
      }
      for (const axis of ["mu", "omega", "chi"]) {
        assert.equal(labels.get(`goniometer.${axis}.axis.label`)?.text, `+${axis}`, name);
      }
    }
  });

  test("a label that is not beside what it names is led to it, and no leader crosses another text", () => {
    let leaders = 0;
    for (const { scene } of cases) {
      for (const view of VIEW_NAMES) {
        const { texts } = shownIn(scene, view, 760, 480);
        const others = [...texts.labels, ...texts.captions];
        for (const [id, { leader }] of texts.labels) {
          if (!leader) continue;
          leaders++;
          const [from, to] = leader.map(([x, y]) => ({ x, y, depth: 0 })) as [PicturePoint, PicturePoint];
          for (const [other, { left, top, width, height }] of others) {
            if (other === id) continue;
            const letters = { left: left + 2.1, top: top + 2.1, width: width - 4.2, height: height - 4.2 };
            const length_px = lengthWithin({ id, from, to }, letters);
            assert.ok(length_px < 5, `${view}: the leader of ${id} crosses ${other} for ${length_px.toFixed(0)} px`);
          }
        }
      }
    }
    assert.ok(leaders > 300);
  });
});

/** How often a text moves by more than its height against what it names while the picture is turned by 90 degrees. */
function jumpsOf(scene: Scene, keepsSides: boolean): { readonly jumps: number; readonly covering: number } {
  const [width, height] = [760, 480];
  const home = cameraOfView(scene, "home", layoutPicture(width, height));
  const start = Math.atan2(home.eye[1], home.eye[0]);
  const reach = Math.hypot(home.eye[0], home.eye[1]);
  let [jumps, covering] = [0, 0];
  let before: { readonly texts: TextLayout; readonly anchors: ReadonlyMap<string, PicturePoint> } | undefined;
  for (let degrees = 0; degrees <= 90; degrees++) {
    const azimuth = start + radians(degrees);
    const eye: Vec3 = [reach * Math.cos(azimuth), reach * Math.sin(azimuth), home.eye[2]];
    const shown = shownFrom(scene, { ...home, eye }, width, height, keepsSides ? before?.texts : undefined);
    const { texts, projection, layout } = shown;
    const anchors = new Map(
      scene.parts.flatMap((part) => {
        const placement = placePart(part, projection, layout);
        return part.items.flatMap(({ id, shape }) =>
          shape.kind === "label" ? [[id, projectFrom(placement, projection, shape.at)] as const] : [],
        );
      }),
    );
    for (const length_px of covered(scene, shown).values()) if (length_px > 12) covering++;
    for (const [id, { left, top }] of texts.labels) {
      const former = before?.texts.labels.get(id);
      if (!before || !former) continue;
      const [anchor, formerAnchor] = [anchors.get(id)!, before.anchors.get(id)!];
      const moved = Math.hypot(
        left - anchor.x - former.left + formerAnchor.x,
        top - anchor.y - former.top + formerAnchor.y,
      );
      if (moved > 13) jumps++;
    }
    before = { texts, anchors };
  }
  return { jumps, covering };
}

describe("a picture that is turned", () => {
  for (const name of ["LiNbO3 x-cut", "KNbO3", "triclinic"]) {
    test(`${name}: texts keep their sides, and do not stay on a beam for that`, () => {
      const scene = caseOf(name);
      const [kept, fresh] = [jumpsOf(scene, true), jumpsOf(scene, false)];
      assert.ok(kept.jumps <= 30, `${kept.jumps} changes of side in 90 degrees, ${fresh.jumps} without memory`);
      assert.ok(kept.jumps < 0.2 * fresh.jumps, `${kept.jumps} and ${fresh.jumps}`);
      assert.ok(kept.covering <= 12, `${kept.covering} texts cover more than 12 px of a beam`);
    });
  }

  test("without a picture before it the same picture comes out, and a picture at rest stays as it is but for a nudge", () => {
    for (const { name, scene } of cases) {
      const first = shownIn(scene, "home", 760, 480);
      assert.deepEqual(shownIn(scene, "home", 760, 480).texts, first.texts, name);
      const camera = cameraOfView(scene, "home", layoutPicture(760, 480));
      let last = first.texts;
      for (let i = 0; i < 3; i++) last = shownFrom(scene, camera, 760, 480, last).texts;
      for (const [id, { left, top }] of last.labels) {
        const place = first.texts.labels.get(id);
        closeTo(left, place!.left, 15, `${name}: ${id}`);
        closeTo(top, place!.top, 15, `${name}: ${id}`);
      }
    }
  });
});

describe("a column of texts", () => {
  test("texts with room stay beside what they name", () => {
    assert.deepEqual(
      columnShifts([
        { y: 100, height: 15 },
        { y: 10, height: 15 },
        { y: 50, height: 15 },
      ]),
      [0, 0, 0],
    );
  });

  test("texts that would overlap move apart evenly and keep their order", () => {
    const texts = [
      { y: 54, height: 20 },
      { y: 50, height: 20 },
      { y: 52, height: 10 },
    ];
    const places = columnShifts(texts).map((shift, i) => texts[i]!.y + shift);
    closeTo(places[0]! + places[1]! + places[2]!, 156, 1e-9, "the middle stays");
    closeTo(places[2]! - places[1]!, 18, 1e-9, "first to second");
    closeTo(places[0]! - places[2]!, 18, 1e-9, "second to third");
  });

  test("no column is no shift", () => assert.deepEqual(columnShifts([]), []));
});
