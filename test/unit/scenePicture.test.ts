import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { estimateTexts } from "../../core/scene/drawing/textSize.ts";
import {
  allItems,
  baseFontSize,
  type Camera,
  cameraOfView,
  DARK_PALETTE,
  DEFAULT_SCENE_OPTIONS,
  drawScene,
  LIGHT_PALETTE,
  layoutPicture,
  layoutTexts,
  overlap,
  type Primitive,
  placePart,
  projectFrom,
  projectionOf,
  type Rectangle,
  type Scene,
  sceneToSvg,
  VIEW_NAMES,
} from "../../core/scene/index.ts";
import type { Vec3 } from "../../core/util/index.ts";
import { closeTo } from "./close.ts";
import { caseScene, SCENE_CASES } from "./sceneCases.ts";

const SIZES = [
  [420, 300],
  [760, 480],
  [1200, 560],
  [480, 800],
] as const;
const cases = SCENE_CASES.map((sceneCase) => ({ name: sceneCase.name, scene: caseScene(sceneCase) }));

const textsOf = (scene: Scene, camera: Camera, width: number, height: number) => {
  const layout = layoutPicture(width, height);
  return layoutTexts(scene, projectionOf(camera, layout), layout, estimateTexts(baseFontSize(width, height)));
};

describe("texts of every picture", () => {
  for (const { name, scene } of cases) {
    test(`${name}: none overlaps another, none leaves the picture, at every size and from every side`, () => {
      let pictures = 0;
      for (const [width, height] of SIZES) {
        for (const view of VIEW_NAMES) {
          const camera = cameraOfView(scene, view, layoutPicture(width, height));
          const { labels, captions, legend } = textsOf(scene, camera, width, height);
          const all: readonly (readonly [string, Rectangle])[] = [
            ...labels,
            ...captions,
            ...(legend ? [["legend", legend] as const] : []),
          ];
          all.forEach(([id, a], i) => {
            const where = `${id} at ${width} x ${height} ${view}`;
            assert.ok(a.left >= 0 && a.top >= 0, where);
            assert.ok(a.left + a.width <= width && a.top + a.height <= height, where);
            for (const [other, b] of all.slice(i + 1)) assert.ok(!overlap(a, b), `${where} on ${other}`);
          });
          pictures++;
        }
      }
      assert.equal(pictures, SIZES.length * VIEW_NAMES.length);
    });
  }

  test("at the size of a quarter of a screen the first view keeps every text that matters", () => {
    for (const { name, scene } of cases) {
      const { labels } = textsOf(scene, cameraOfView(scene, "home", layoutPicture(760, 480)), 760, 480);
      for (const { item } of allItems(scene)) {
        if (item.shape.kind !== "label" || item.shape.weight === "quiet") continue;
        assert.ok(labels.has(item.id), `${name}: ${item.id}`);
      }
    }
  });
});

/** Tags are closed in order, attributes are quoted, nothing unescaped is left: enough of XML for what is written here. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const tag = /<(\/?)([a-zA-Z]+)((?:\s[a-zA-Z-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)(\/?)>/g;
  let end = 0;
  for (const match of xml.matchAll(tag)) {
    const between = xml.slice(end, match.index);
    assert.doesNotMatch(between.replace(/&(amp|lt|gt|quot|#39);/g, ""), /[<>&]/);
    end = match.index + match[0].length;
    const [, closing, name, , selfClosing] = match;
    if (closing) assert.equal(open.pop(), name);
    else if (!selfClosing) open.push(name!);
  }
  assert.equal(xml.slice(end).trim(), "");
  assert.deepEqual(open, []);
}

describe("SVG", () => {
  for (const { name, scene } of cases) {
    test(`${name}: well-formed, its numbers are numbers, nothing comes from elsewhere`, () => {
      const camera = cameraOfView(scene, "home", layoutPicture(760, 480));
      const svg = sceneToSvg(scene, camera, { width: 760, height: 480 }, LIGHT_PALETTE);
      assertWellFormed(svg);
      assert.doesNotMatch(svg, /NaN|undefined|Infinity|<script|href/);
    });
  }

  test("texts of files are escaped, characters that XML has not are replaced", () => {
    const { scene } = cases[0]!;
    const [first, ...rest] = scene.parts;
    const evil: Scene = {
      ...scene,
      parts: [first!, ...rest.map((part) => ({ ...part, caption: `a<b>&"c'\u0000]]>` }))],
    };
    const size = { width: 900, height: 600 };
    const svg = sceneToSvg(evil, cameraOfView(evil, "home", layoutPicture(900, 600)), size, DARK_PALETTE, {
      title: "x < y & z",
      description: "1 > 0 \u0007",
    });
    assertWellFormed(svg);
    assert.match(svg, /a&lt;b&gt;&amp;&quot;c&#39;/);
    assert.match(svg, /<title>x &lt; y &amp; z<\/title>/);
  });

  test("atoms, ends of arrows and texts are where the projection puts them", () => {
    const { scene } = cases[0]!;
    const [width, height] = [900, 600];
    const layout = layoutPicture(width, height);
    const camera: Camera = { eye: [-0.3, -1, 0.5], up: [0, 0, 1], target: [0.1, 0, 0.2], zoom: 0.8 };
    const projection = projectionOf(camera, layout);
    const { primitives } = drawScene(scene, camera, { width, height }, LIGHT_PALETTE);
    const byItem = new Map<string, Primitive[]>();
    for (const primitive of primitives) byItem.set(primitive.item, [...(byItem.get(primitive.item) ?? []), primitive]);
    let atoms = 0;
    for (const part of scene.parts) {
      const placement = placePart(part, projection, layout);
      const at = (point: Vec3) => projectFrom(placement, projection, point);
      for (const { id, shape } of part.items) {
        if (shape.kind === "sphere") {
          const disc = byItem.get(id)?.[0];
          assert.ok(disc?.kind === "disc", id);
          closeTo(disc.centre[0], at(shape.centre).x, 1e-6, `${id} x`);
          closeTo(disc.centre[1], at(shape.centre).y, 1e-6, `${id} y`);
          atoms++;
        }
        if (shape.kind === "arrow") {
          const points = (byItem.get(id) ?? []).flatMap((primitive) =>
            primitive.kind === "polygons"
              ? primitive.rings.flat()
              : primitive.kind === "lines"
                ? primitive.chains.flat()
                : [],
          );
          const [from, to] = [at(shape.from), at(shape.to)];
          const length_px = Math.hypot(to.x - from.x, to.y - from.y);
          // Of an arrow that points to the eye the base of the head is seen, not its tip.
          if (length_px < Math.abs(to.depth - from.depth) * projection.pixelsPerUnit) continue;
          // The arrows a, b, c begin inside an atom.
          for (const end of part.id === "crystal" ? [to] : [from, to]) {
            assert.ok(
              points.some(([x, y]) => Math.hypot(x - end.x, y - end.y) < 1),
              id,
            );
          }
        }
      }
    }
    assert.ok(atoms > 20);
  });

  test("what is nearer is drawn later: of two atoms that overlap the nearer one covers the other", () => {
    for (const { scene } of cases.slice(0, 9)) {
      const layout = layoutPicture(760, 480);
      const camera = cameraOfView(scene, "home", layout);
      const projection = projectionOf(camera, layout);
      const { primitives } = drawScene(scene, camera, { width: 760, height: 480 }, LIGHT_PALETTE);
      const order = new Map(primitives.map(({ item }, i) => [item, i]));
      const part = scene.parts.find(({ id }) => id === "crystal")!;
      const placement = placePart(part, projection, layout);
      const spheres = part.items.flatMap(({ id, shape }) =>
        shape.kind === "sphere"
          ? [{ id, radius: shape.radius, ...projectFrom(placement, projection, shape.centre) }]
          : [],
      );
      for (const a of spheres) {
        for (const b of spheres) {
          if (a.depth < b.depth - 1e-6) assert.ok(order.get(a.id)! < order.get(b.id)!, `${a.id} behind ${b.id}`);
        }
      }
    }
  });

  test("the goniometer hides what is behind it: stages are drawn opaque, far ones first", () => {
    const { scene } = cases[0]!;
    const { primitives } = drawScene(
      scene,
      { eye: [0, 0, 1], up: [0, 0, 1], target: [0, 0, 0], zoom: 0.8 },
      { width: 760, height: 480 },
      LIGHT_PALETTE,
    );
    // Seen from above the sample is drawn after the base of the goniometer.
    const last = (item: string): number => primitives.findLastIndex((primitive) => primitive.item === item);
    assert.ok(last("goniometer.base") < last("sample"));
    assert.ok(last("goniometer.base") >= 0);
  });

  test("without labels there are no texts but captions and legend", () => {
    const options = { ...DEFAULT_SCENE_OPTIONS, shown: { ...DEFAULT_SCENE_OPTIONS.shown, labels: false } };
    const scene = caseScene(SCENE_CASES[0]!, options);
    const camera = cameraOfView(scene, "home", layoutPicture(760, 480));
    const { primitives } = drawScene(scene, camera, { width: 760, height: 480 }, LIGHT_PALETTE);
    for (const primitive of primitives) if (primitive.kind === "text") assert.equal(primitive.item, "");
  });
});
