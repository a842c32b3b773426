import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { facetOf, isExact, sampleFacets } from "../../core/scene/facets.ts";
import {
  buildScene,
  clearance_mm,
  DEFAULT_SCENE_OPTIONS,
  describeExperiment,
  descriptionText,
  deviation_deg,
  type Item,
  pixelOnSample,
  pointing,
  projectedVolume_um,
  rockingOf,
  type Scene,
  type SceneOptions,
  TOGGLES,
  type Toggle,
  wedgeOf,
} from "../../core/scene/index.ts";
import { mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeTo, closeVector } from "./close.ts";
import { caseInput, caseScene, LENS, SCENE_CASES, type SceneCase } from "./sceneCases.ts";

const caseOf = (name: string): SceneCase => {
  const found = SCENE_CASES.find((candidate) => candidate.name === name);
  assert.ok(found);
  return found;
};
const itemOf = (scene: Scene, id: string): Item => {
  const item = scene.parts.flatMap(({ items }) => items).find((candidate) => candidate.id === id);
  assert.ok(item, `there is an item ${id}`);
  return item;
};
const textOf = (scene: Scene, id: string): string => {
  const { shape } = itemOf(scene, id);
  assert.equal(shape.kind, "label");
  return shape.kind === "label" ? shape.text : "";
};
const show = (...toggles: Toggle[]): SceneOptions => ({
  ...DEFAULT_SCENE_OPTIONS,
  shown: { ...DEFAULT_SCENE_OPTIONS.shown, ...Object.fromEntries(toggles.map((name) => [name, true])) },
});
const xCut = caseInput(caseOf("LiNbO3 x-cut"));
const scene = caseScene(caseOf("LiNbO3 x-cut"));

describe("facets", () => {
  test("the faces of the x-cut are named exactly, opposite ones with opposite signs", () => {
    const facets = sampleFacets(xCut.geometry.crystalToSample, xCut.crystal.cell);
    assert.deepEqual(
      facets.map(({ hkl }) => hkl),
      [
        [-1, -1, 0],
        [1, 1, 0],
        [1, -1, 0],
        [-1, 1, 0],
        [0, 0, 1],
        [0, 0, -1],
      ],
    );
    assert.ok(facets.every(isExact));
  });

  test("every named plane has the angle to the face that is said, in every crystal", () => {
    for (const sceneCase of SCENE_CASES) {
      const { geometry, crystal } = caseInput(sceneCase);
      sampleFacets(geometry.crystalToSample, crystal.cell).forEach(({ hkl, off_deg }, i) => {
        const normal = vec3.scale(geometry.crystalToSample[i >> 1]!, i % 2 === 0 ? 1 : -1);
        const plane = mat3.multiplyVector(crystal.cell.reciprocal, hkl);
        closeTo((vec3.angleBetween(normal, plane) * 180) / Math.PI, off_deg, 1e-9, `${sceneCase.name} face ${i}`);
      });
    }
  });

  test("a face between planes is said to be one only nearly", () => {
    const { cell } = xCut.crystal;
    const tilted = vec3.add(mat3.multiplyVector(cell.reciprocal, [0, 0, 1]), [0.01, 0, 0]);
    const facet = facetOf(tilted, cell);
    assert.deepEqual(facet.hkl, [0, 0, 1]);
    assert.ok(!isExact(facet));
  });
});

describe("lens and detector", () => {
  test("the direct beam passes d1 sin 2theta from the lens", () => {
    for (const [twoTheta_deg, free_mm] of [
      [3.82, 13.9],
      [5, 18.2],
      [11.16, 40.5],
    ] as const) {
      closeTo(clearance_mm({ ...LENS, d1_mm: 209 }, twoTheta_deg), free_mm, 0.06, `at ${twoTheta_deg}`);
    }
    assert.equal(textOf(scene, "lens.clearance.label"), "40.5 mm to the direct beam");
    assert.equal(itemOf(scene, "lens.clearance").role, "dimension");
  });

  test("a housing that reaches into the direct beam is marked by words, a symbol and a line style", () => {
    const instrument = { ...xCut.instrument, lensHousing_halfHeight_mm: 45 };
    const blocked = buildScene({ ...xCut, instrument });
    assert.match(textOf(blocked, "lens.clearance.label"), /✗ direct beam meets the lens/);
    const { role, shape } = itemOf(blocked, "lens.clearance");
    assert.equal(role, "exceeded");
    assert.equal(shape.kind === "segments" && shape.line, "dashed");
  });

  test("lens and detector stand on kh, and the breaks of scale are said", () => {
    const kh = vec3.normalize(mat3.multiplyVector(xCut.geometry.sampleToLab, xCut.geometry.kh_sample_invA));
    for (const id of ["lens", "detector"]) {
      const { shape } = itemOf(scene, id);
      assert.ok(shape.kind === "box");
      closeVector(vec3.normalize(shape.centre), kh, 1e-12, id);
    }
    assert.match(itemOf(scene, "lens.break.1").title, /Break of scale: d₁ 208\.97 mm/);
    assert.match(textOf(scene, "detector.label"), /5\.0964 m\nnot to scale/);
    assert.equal(itemOf(scene, "lens").data?.["d1_mm"], LENS.d1_mm);
  });

  test("a pixel: 36.8 nm at M 17.65 with the 10x eyepiece, 113.7 and 119.5 nm in a sheet at 17.95 degrees", () => {
    const camera = { pixel_um: 6.5, opticalMagnification: 10, size_px: [2160, 2560] as const };
    const lens = { ...LENS, M: 17.65 };
    const normal = pixelOnSample({ ...xCut.instrument, camera: { ...camera, mounting: "normal" } }, lens, 17.95);
    closeTo(normal!.across_um * 1e3, 36.83, 0.01, "pixel");
    closeTo(normal!.inSheet_um * 1e3, 119.5, 0.05, "normal to the beam");
    const upright = pixelOnSample({ ...xCut.instrument, camera: { ...camera, mounting: "upright" } }, lens, 17.95);
    closeTo(upright!.inSheet_um * 1e3, 113.7, 0.05, "upright");
  });

  test("a sheet through a plate is seen as wide as the beam and t sin 2theta high", () => {
    const input = { ...caseInput(caseOf("wafer")), lens: null };
    const points = projectedVolume_um({ ...input, sampleToLab: input.geometry.sampleToLab });
    const extent = (i: 0 | 1): number => Math.max(...points.map((p) => p[i])) - Math.min(...points.map((p) => p[i]));
    closeTo(extent(0), 1000, 1e-6, "width");
    const theta = radians(input.geometry.twoTheta_deg) / 2;
    const { thickness_um } = input.plan.sample;
    const { height_um } = input.plan.beam;
    // The plate is tilted by theta (symmetric Laue): it is t / cos(theta) along the beam, plus what its tilt adds over the sheet.
    const along_um = thickness_um / Math.cos(theta) + height_um * Math.tan(theta);
    const expected = along_um * Math.sin(2 * theta);
    assert.ok(Math.abs(extent(1) - expected) < height_um, `${extent(1)} against ${expected}`);
  });
});

describe("goniometer", () => {
  test("an axis beyond its limits is told by a symbol, words and dashes; one within is not", () => {
    assert.match(textOf(scene, "goniometer.chi.label"), /^✗ chi 57\.2498°\nlimits ±5°$/);
    const { role, shape } = itemOf(scene, "goniometer.chi.limits");
    assert.equal(role, "exceeded");
    assert.equal(shape.kind === "segments" && shape.line, "dashed");
    assert.equal(textOf(scene, "goniometer.mu.label"), "mu 5.5807°");
    assert.equal(itemOf(scene, "goniometer.mu.limits").role, "limits");
  });

  test("a wedge of the angle of chi about X brings chi to zero", () => {
    const { stack } = xCut.instrument;
    const angles = xCut.geometry.goniometer[0]!.angles.map(({ angle_deg }) => angle_deg);
    const wedge = wedgeOf(stack, angles);
    assert.ok(wedge);
    closeTo(wedge.angle_deg, 57.24984127239077, 1e-9, "angle");
    closeVector(wedge.axis_holder, [1, 0, 0], 1e-9, "axis");
    assert.deepEqual(wedge.axes, ["chi"]);
    assert.match(textOf(scene, "goniometer.wedge"), /57\.25° about \+X/);
    assert.equal(wedgeOf(stack, [5, 0, 0, 0]), null);
  });

  test("with several axes beyond, stack at zero times wedge is the orientation that is wanted", () => {
    const { instrument, geometry } = caseInput(caseOf("triclinic"));
    const angles = geometry.goniometer[0]!.angles.map(({ angle_deg }) => angle_deg);
    const wedge = wedgeOf(instrument.stack, angles);
    assert.ok(wedge && wedge.axes.length > 1);
    const rest = instrument.stack.reduce(
      (product, axis, i) =>
        mat3.multiply(product, mat3.rotation(axis.axis_lab, radians(wedge.axes.includes(axis.name) ? 0 : angles[i]!))),
      mat3.identity,
    );
    const W = mat3.rotation(wedge.axis_holder, radians(wedge.angle_deg));
    const G = mat3.multiply(rest, W);
    for (const axis of mat3.identity) {
      closeVector(mat3.multiplyVector(G, axis), mat3.multiplyVector(geometry.sampleToLab, axis), 1e-9, "orientation");
    }
  });
});

describe("rocking", () => {
  const rocked = (offset_deg: number, more = {}) =>
    rockingOf({
      geometry: xCut.geometry,
      instrument: xCut.instrument,
      solution: xCut.geometry.goniometer[0],
      offset_deg,
      bandwidth_fwhm: 1e-4,
      darwinWidth_fwhm_urad: 20,
      ...more,
    });

  test("at the Bragg condition nothing deviates; mu about the normal of the scattering plane deviates by its offset", () => {
    closeTo(rocked(0)!.fromBragg_deg, 0, 1e-9, "on Bragg");
    for (const offset of [0.001, -0.02, 0.5]) {
      const { fromBragg_deg, name } = rocked(offset)!;
      assert.equal(name, "mu");
      // +mu moves the top of the planes towards the source: the beam meets them at a larger angle.
      closeTo(fromBragg_deg, offset, 1e-9, `mu ${offset}`);
    }
  });

  test("the deviation is the angle of incidence less the Bragg angle", () => {
    const k0: Vec3 = [8, 0, 0];
    const theta = Math.asin(2 / 16);
    const at = (extra: number): Vec3 => [-2 * Math.sin(theta + extra), 0, 2 * Math.cos(theta + extra)];
    closeTo(deviation_deg(k0, at(radians(0.3))), 0.3, 1e-9, "0.3 degrees");
  });

  test("width: divergence, bandwidth and Darwin width in quadrature; half is left at half the width", () => {
    const theta = radians(xCut.geometry.twoTheta_deg) / 2;
    const instrument = { ...xCut.instrument, divergence_fwhm_mrad: { inPlane: 0.027, across: 0.1 } };
    const width = (Math.hypot(0.027e-3, 1e-4 * Math.tan(theta), 20e-6) * 180) / Math.PI;
    const half = rocked(width / 2, { instrument })!;
    closeTo(half.width_fwhm_deg!, width, 1e-12, "width");
    closeTo(half.intensity, 0.5, 1e-6, "half");
  });

  test("off Bragg the diffracted beam fades, sample and crystal turn together, and the picture says how far", () => {
    const off = buildScene({
      ...xCut,
      darwinWidth_fwhm_urad: 20,
      options: { ...DEFAULT_SCENE_OPTIONS, rocking_deg: 0.4 },
    });
    assert.ok(itemOf(off, "beam.diffracted").opacity! < 0.2);
    assert.equal(itemOf(scene, "beam.diffracted").opacity, undefined);
    assert.match(textOf(off, "rocking.label"), /mu \+0\.4000°: 0\.4000° from Bragg/);
    const turn = mat3.rotation([0, -1, 0], radians(0.4));
    const crystalPart = off.parts.find(({ id }) => id === "crystal")!;
    const before = scene.parts.find(({ id }) => id === "crystal")!;
    closeVector(
      crystalPart.toLab.flat() as unknown as Vec3,
      mat3.multiply(turn, before.toLab).flat() as unknown as Vec3,
      1e-12,
      "crystal",
    );
    assert.match(textOf(off, "goniometer.mu.label"), /mu 5\.9807°/);
  });
});

describe("structure", () => {
  test("Nb of LiNbO3 has six bonds to O of 1.87 to 2.13 A; Li and Nb are not bonded to each other", () => {
    const bonds = scene.parts.flatMap(({ items }) => items).filter(({ role }) => role === "bond");
    for (const { title, data } of bonds) {
      assert.match(title, /O/);
      assert.ok((data!["length_A"] as number) < 2.6, title);
    }
    const polyhedra = caseScene(caseOf("LiNbO3 x-cut"), show("polyhedra"))
      .parts.flatMap(({ items }) => items)
      .filter(({ role }) => role === "polyhedron");
    const niobium = polyhedra.filter(({ title }) => title.startsWith("Nb"));
    assert.ok(niobium.length >= 6);
    for (const { title, shape } of niobium) {
      assert.match(title, /6 neighbours \(O\)/);
      assert.equal(shape.kind === "mesh" && shape.faces.length, 8, "an octahedron");
    }
  });

  test("silicon: 2.35 A, and a limit for a pair replaces the rule", () => {
    const wafer = caseOf("wafer");
    const bonds = (options: SceneOptions): readonly Item[] =>
      caseScene(wafer, options)
        .parts.flatMap(({ items }) => items)
        .filter(({ role }) => role === "bond");
    const lengths = new Set(bonds(DEFAULT_SCENE_OPTIONS).map(({ data }) => (data!["length_A"] as number).toFixed(2)));
    assert.deepEqual([...lengths], ["2.35"]);
    const none = { factor: 1.15, pairs: [{ elements: ["Si", "Si"] as const, longest_A: 2.3 }] };
    assert.equal(bonds({ ...DEFAULT_SCENE_OPTIONS, bonds: none }).length, 0);
  });

  test("the lattice planes are planes of the reflection, d apart, with Q for their normal", () => {
    const part = caseScene(caseOf("LiNbO3 default"), show("latticePlanes")).parts.find(({ id }) => id === "crystal")!;
    const { geometry } = caseInput(caseOf("LiNbO3 default"));
    const Q = vec3.normalize(mat3.multiplyVector(geometry.sampleToLab, geometry.Q_sample_invA));
    const planes = part.items.filter(({ role }) => role === "latticePlane");
    assert.ok(planes.length >= 6);
    const heights = planes.map(({ shape, data }) => {
      assert.ok(shape.kind === "mesh");
      const [first, ...others] = shape.vertices.map((v) => vec3.dot(mat3.multiplyVector(part.toLab, v), Q));
      for (const other of others) closeTo(other, first!, 1e-9, "in one plane");
      return first! - (data!["order"] as number) * geometry.d_A;
    });
    for (const height of heights) closeTo(height, heights[0]!, 1e-9, "d apart");
  });

  test("the cell inside the sample has the orientation of the one beside it and ids of its own", () => {
    const both = caseScene(caseOf("KNbO3"), show("structureInside"));
    const [beside, inside] = ["crystal", "crystalInside"].map((id) => both.parts.find((part) => part.id === id)!);
    assert.deepEqual(inside!.toLab, beside!.toLab);
    assert.ok(inside!.inScene);
    const ids = both.parts.flatMap(({ items }) => items.map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length);
  });
});

test("every toggle takes its part away, and nothing else breaks", () => {
  const all = {
    ...DEFAULT_SCENE_OPTIONS,
    shown: Object.fromEntries(TOGGLES.map((name) => [name, true])) as SceneOptions["shown"],
  };
  const count = (options: SceneOptions): number =>
    buildScene({ ...xCut, options }).parts.reduce((sum, { items }) => sum + items.length, 0);
  const full = count(all);
  for (const name of TOGGLES) {
    assert.ok(count({ ...all, shown: { ...all.shown, [name]: false } }) < full, name);
  }
});

test("horizontal deflection: the diffracted beam goes to +Y, and the words say left", () => {
  assert.equal(pointing([0.981086, 0.193573, 0]), "horizontal, 11.16° from downstream to the left");
  assert.equal(pointing([0, 0, 1]), "up");
  assert.equal(pointing([1, 0, 0]), "downstream along the beam");
  assert.equal(pointing([-1, 0, -1]), "upstream, 45.00° below the horizontal");
});

test("the words name reflection, faces, motors, limits, wedge, lens and what is not to scale", () => {
  const text = descriptionText(describeExperiment(xCut));
  for (const part of [
    "(1,-1,2) at 17 keV: two theta 11.1614°",
    "downstream, 11.16° above the horizontal",
    "chi 57.2498° (limits ±5°, exceeded by 52.2498°",
    "wedge of 57.25° about +X",
    "208.974 mm",
    "40.45 mm from the lens axis",
    "enters through face −x (1,1,0) and leaves through face +x (−1,−1,0)",
    "not drawn to scale",
  ]) {
    assert.ok(text.includes(part), `${part}\n${text}`);
  }
  assert.ok(!/NaN|undefined|null/.test(text));
});
