import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deriveGeometry, type ExperimentPlan, INSTRUMENTS, instrumentById } from "../../core/experiment/index.ts";
import { type Mat3, mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeMatrix, closeTo, closeVector } from "./close.ts";
import { readCorpus, readCorpusJson, withCorpus } from "./corpus.ts";

import { alongArrow, crystalOf, draft, experiment, itemOf, lithiumNiobate, partOf, shapeOf, tilted } from "./scenes.ts";

describe("beams and wave vectors", () => {
  const { scene, geometry } = experiment(lithiumNiobate, tilted);
  const part = partOf(scene, "experiment");

  test("k0 lies along lab X, and k0 + Q = kh closes the triangle", () => {
    const k0 = alongArrow(part, "vector.k0");
    closeVector(vec3.normalize(k0), [1, 0, 0], 1e-12, "k0");
    closeVector(vec3.add(k0, alongArrow(part, "vector.Q")), alongArrow(part, "vector.kh"), 1e-12, "k0 + Q");
    closeVector(shapeOf(part, "vector.Q", "arrow").from, shapeOf(part, "vector.k0", "arrow").to, 1e-12, "tail of Q");
  });

  test("|kh| = |k0| and |Q| / |k0| = 2 sin theta: to scale", () => {
    const [k0, kh, Q] = ["k0", "kh", "Q"].map((name) => vec3.norm(alongArrow(part, `vector.${name}`)));
    closeTo(kh!, k0!, 1e-12, "|kh|");
    closeTo(Q! / k0!, 2 * Math.sin(radians(11.161381679024268) / 2), 1e-9, "|Q| / |k0|");
  });

  test("the scattering plane is vertical and the diffracted beam goes up", () => {
    const kh = vec3.normalize(alongArrow(part, "vector.kh"));
    const twoTheta = radians(11.161381679024268);
    closeVector(kh, [Math.cos(twoTheta), 0, Math.sin(twoTheta)], 1e-9, "kh");
    const { rotation, centre, size } = shapeOf(part, "beam.diffracted", "box");
    closeVector(mat3.multiplyVector(rotation, [1, 0, 0]), kh, 1e-12, "diffracted beam");
    closeVector(vec3.subtract(centre, vec3.scale(kh, size[0] / 2)), [0, 0, 0], 1e-12, "start of the diffracted beam");
  });

  test("the arc of 2theta leads from k0 to kh around the centre", () => {
    const { points } = shapeOf(part, "twoTheta", "segments");
    const ends = [points[0]!, points.at(-1)!];
    closeVector(vec3.normalize(ends[0]!), vec3.normalize(alongArrow(part, "vector.k0")), 1e-12, "begin");
    closeVector(vec3.normalize(ends[1]!), vec3.normalize(alongArrow(part, "vector.kh")), 1e-12, "end");
    for (const point of points) closeTo(vec3.norm(point), vec3.norm(points[0]!), 1e-12, "radius");
    assert.equal(shapeOf(part, "twoTheta.label", "label").text, "2θ 11.1614°");
  });

  test("the incident beam ends in the centre, with its width along Y", () => {
    const { centre, size, rotation } = shapeOf(part, "beam.incident", "box");
    closeMatrix(rotation, mat3.identity, 1e-12, "rotation");
    closeTo(centre[0] + size[0] / 2, 0, 1e-12, "end");
    const { size: box } = shapeOf(part, "sample", "box");
    closeTo(size[1] / box[1], 200 / 3000, 1e-9, "width of the beam to scale with the sample");
    assert.match(shapeOf(part, "beam.incident.label", "label").text, /not to scale/);
    assert.match(
      itemOf(part, "beam.incident").title,
      /17 keV, 200 µm wide \(Y\), 0\.6 µm high \(Z\); .*not drawn to scale/,
    );
  });

  test("the view along Q has the eye on Q", () => {
    const Q = mat3.multiplyVector(geometry.sampleToLab, geometry.Q_sample_invA);
    closeVector(scene.views.alongQ, vec3.normalize(Q), 1e-12, "eye");
    for (const eye of Object.values(scene.views)) closeTo(vec3.norm(eye), 1, 1e-12, "unit vector");
  });
});

describe("sample", () => {
  const { scene, geometry } = experiment(lithiumNiobate, tilted);
  const part = partOf(scene, "experiment");

  test("the box has the proportions of the plan and the orientation of the mount", () => {
    const { size, rotation, centre } = shapeOf(part, "sample", "box");
    closeVector(centre, [0, 0, 0], 0, "centre");
    closeMatrix(rotation, geometry.sampleToLab, 0, "rotation");
    closeTo(size[0] / size[2], 150 / 5000, 1e-12, "thickness : height");
    closeTo(size[1] / size[2], 3000 / 5000, 1e-12, "width : height");
  });

  test("the exit face lies on +x of the sample", () => {
    const { vertices, faces } = shapeOf(part, "sample.exit", "mesh");
    const [a, b, c] = faces[0]!.map((i) => vertices[i]!) as [Vec3, Vec3, Vec3];
    const normal = vec3.normalize(vec3.cross(vec3.subtract(b, a), vec3.subtract(c, a)));
    closeVector(normal, mat3.multiplyVector(geometry.sampleToLab, [1, 0, 0]), 1e-12, "outward normal");
    const { size } = shapeOf(part, "sample", "box");
    for (const vertex of vertices) closeTo(vec3.dot(vertex, normal), size[0] / 2, 0.01, "distance from the centre");
    assert.equal(shapeOf(part, "sample.exit.label", "label").text, "exit face (-1,-1,0)");
  });

  test("each dimension stands in the middle of an edge of its direction", () => {
    const { size, rotation } = shapeOf(part, "sample", "box");
    const expected = { thickness: "150 µm", width: "3000 µm", height: "5000 µm" };
    Object.entries(expected).forEach(([name, text], axis) => {
      const label = shapeOf(part, `sample.${name}`, "label");
      assert.equal(label.text, text);
      const inSample = mat3.multiplyVector(mat3.transpose(rotation), label.at);
      inSample.forEach((x, i) => {
        closeTo(Math.abs(x), i === axis ? 0 : size[i]! / 2, 1e-12, `${name}[${i}]`);
      });
    });
  });

  test("a guessed exit face is called one", () => {
    const { up, thickness_um, height_um, width_um } = tilted.sample;
    const guessed = experiment(lithiumNiobate, {
      ...tilted,
      sample: { thickness_um, height_um, width_um, ...(up && { up }) },
      reflection: { hkl: [0, 0, 6] },
    });
    const exit = partOf(guessed.scene, "experiment");
    assert.match(shapeOf(exit, "sample.exit.label", "label").text, /by default/);
    assert.match(itemOf(exit, "sample.exit").title, /a guess/);
  });

  test("a needle is drawn thicker than it is, and says so", () => {
    const needle = experiment(lithiumNiobate, {
      ...tilted,
      sample: { ...tilted.sample, thickness_um: 10, width_um: 10 },
    });
    const needlePart = partOf(needle.scene, "experiment");
    const { size } = shapeOf(needlePart, "sample", "box");
    closeTo(size[0] / size[2], 0.03, 1e-12, "drawn thickness : height");
    assert.equal(shapeOf(needlePart, "sample.thickness", "label").text, "10 µm (drawn 15× as thick)");
    assert.equal(shapeOf(needlePart, "sample.height", "label").text, "5000 µm");
  });
});

describe("frames", () => {
  const { scene, geometry } = experiment(lithiumNiobate, tilted);

  test("lab axes are the axes of the scene; sample axes are turned with the sample and have two heads", () => {
    const lab = partOf(scene, "labFrame");
    const sample = partOf(scene, "sampleFrame");
    ["X", "Y", "Z"].forEach((name, i) => {
      closeVector(alongArrow(lab, `lab.${name}`), mat3.identity[i]!, 1e-12, name);
      assert.equal(shapeOf(lab, `lab.${name}`, "arrow").head, "single");
    });
    ["x", "y", "z"].forEach((name, i) => {
      const column = mat3.multiplyVector(geometry.sampleToLab, mat3.identity[i]!);
      closeVector(alongArrow(sample, `sample.${name}`), column, 1e-12, name);
      assert.equal(shapeOf(sample, `sample.${name}`, "arrow").head, "double");
    });
  });
});

test("ids are unique, texts and numbers are real", () => {
  for (const { id } of INSTRUMENTS) {
    const { scene } = experiment(lithiumNiobate, { ...tilted, instrument: id });
    const ids = scene.parts.flatMap(({ items }) => items.map((item) => item.id));
    assert.equal(new Set(ids).size, ids.length);
    assert.doesNotMatch(JSON.stringify(scene), /NaN|null|undefined/);
  }
});

test("a new energy leaves the structure as it is", () => {
  const [one, two] = [17, 20].map((energy_keV) =>
    experiment(lithiumNiobate, { ...tilted, beam: { ...tilted.beam, energy_keV } }),
  );
  assert.equal(partOf(one!.scene, "crystal").items, partOf(two!.scene, "crystal").items);
});

interface ReferenceCase {
  id: string;
  input: { cif: string; energy_keV: number; hkl: string | null; up: string; front: string; beam_exit: string };
  upstream: { hkl_string_used: string };
  correct: {
    degenerate?: string;
    "k0_sample_xyz_A-1": Vec3;
    "kh_sample_xyz_A-1": Vec3;
    G_sample_to_lab_XYZ: Mat3;
  };
}

withCorpus("the drawn directions are those of the reference experiments", () => {
  const { cases } = readCorpusJson<{ cases: ReferenceCase[] }>("oracle", "upstream-geometry.json");
  let compared = 0;
  for (const { id, input, upstream, correct } of cases) {
    if (!input.cif.includes("/dfxm_") || !input.front || correct.degenerate) continue;
    const hkl = (input.hkl ?? upstream.hkl_string_used)
      .replace(/[()\s]/g, "")
      .split(",")
      .map(Number);
    const plan: ExperimentPlan = {
      ...draft,
      beam: { ...draft.beam, energy_keV: input.energy_keV },
      sample: { ...draft.sample, ...(input.up && { up: input.up }), exit: input.front },
      ...(input.beam_exit && { beamExit: input.beam_exit }),
      reflection: { hkl: hkl as unknown as [number, number, number] },
    };
    const crystal = crystalOf(readCorpus(input.cif));
    const profile = instrumentById(plan.instrument);
    assert.ok(profile.ok);
    const geometry = deriveGeometry(plan, crystal, null, profile.value);
    if (!geometry.ok) continue;
    const part = partOf(experiment(crystal, plan).scene, "experiment");
    const G = correct.G_sample_to_lab_XYZ;
    const reference = (sample: Vec3): Vec3 => vec3.normalize(mat3.multiplyVector(G, sample));
    closeMatrix(shapeOf(part, "sample", "box").rotation, G, 1e-6, `${id} sample to lab`);
    closeVector(vec3.normalize(alongArrow(part, "vector.k0")), reference(correct["k0_sample_xyz_A-1"]), 1e-6, id);
    closeVector(vec3.normalize(alongArrow(part, "vector.kh")), reference(correct["kh_sample_xyz_A-1"]), 1e-6, id);
    compared++;
  }
  assert.ok(compared >= 11, `compared ${compared} experiments`);
});
