import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import {
  createDraftPlan,
  deriveGeometry,
  type ExperimentPlan,
  type Geometry,
  INSTRUMENTS,
  instrumentById,
} from "../../core/experiment/index.ts";
import { buildScene, type Item, type Part, type PartId, type Scene, type Shape } from "../../core/scene/index.ts";
import { type Mat3, mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";
import { closeMatrix, closeTo, closeVector } from "./close.ts";
import { readCorpus, readCorpusJson, withCorpus } from "./corpus.ts";

const LINBO3 = readFileSync("examples/LiNbO3.cif", "utf8");

function crystalOf(text: string): Crystal {
  const crystal = crystalFromCif(parseCif(text));
  assert.ok(crystal.ok, JSON.stringify(crystal.issues));
  return crystal.value;
}

interface Experiment {
  readonly crystal: Crystal;
  readonly plan: ExperimentPlan;
  readonly geometry: Geometry;
  readonly scene: Scene;
}

function experiment(crystal: Crystal, plan: ExperimentPlan): Experiment {
  const profile = instrumentById(plan.instrument);
  assert.ok(profile.ok);
  const geometry = deriveGeometry(plan, crystal, [0, 0, 6], profile.value);
  assert.ok(geometry.ok, JSON.stringify(geometry.issues));
  const scene = buildScene({ plan, crystal, geometry: geometry.value, instrument: profile.value });
  return { crystal, plan, geometry: geometry.value, scene };
}

/** Lithium niobate, c up, (1,-1,2) at 17 keV: chi 57.25 degrees, every frame differs from every other. */
const draft = createDraftPlan("LiNbO3.cif", "LiNbO3");
const tilted: ExperimentPlan = {
  ...draft,
  sample: { ...draft.sample, width_um: 3000, up: "(0,0,1)", exit: "(-1,-1,0)" },
  reflection: { hkl: [1, -1, 2] },
};
const lithiumNiobate = crystalOf(LINBO3);

function partOf(scene: Scene, id: PartId): Part {
  const part = scene.parts.find((candidate) => candidate.id === id);
  assert.ok(part, `there is a part ${id}`);
  return part;
}

function itemOf(part: Part, id: string): Item {
  const item = part.items.find((candidate) => candidate.id === id);
  assert.ok(item, `there is an item ${id}`);
  return item;
}

function shapeOf<K extends Shape["kind"]>(part: Part, id: string, kind: K): Extract<Shape, { kind: K }> {
  const { shape } = itemOf(part, id);
  assert.equal(shape.kind, kind, id);
  return shape as Extract<Shape, { kind: K }>;
}

const alongArrow = (part: Part, id: string): Vec3 => {
  const { from, to } = shapeOf(part, id, "arrow");
  return mat3.multiplyVector(part.toLab, vec3.subtract(to, from));
};

/** Points on the surface of a solid item, in the lab frame. */
function surfacePoints({ shape }: Item): readonly Vec3[] {
  if (shape.kind === "mesh") return shape.vertices;
  if (shape.kind === "box") return corners(shape.centre, shape.size, shape.rotation);
  if (shape.kind !== "cylinder") return [];
  const axis = vec3.normalize(vec3.subtract(shape.to, shape.from));
  const side = vec3.normalize(vec3.cross(axis, Math.abs(axis[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]));
  return [shape.from, shape.to].flatMap((end) =>
    Array.from({ length: 24 }, (_, i) =>
      vec3.add(end, vec3.scale(mat3.multiplyVector(mat3.rotation(axis, (2 * Math.PI * i) / 24), side), shape.radius)),
    ),
  );
}

function corners(centre: Vec3, size: Vec3, rotation: Mat3): readonly Vec3[] {
  const signs = [-0.5, 0.5];
  return signs.flatMap((x) =>
    signs.flatMap((y) =>
      signs.map((z) => vec3.add(centre, mat3.multiplyVector(rotation, [x * size[0], y * size[1], z * size[2]]))),
    ),
  );
}

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

describe("goniometer", () => {
  for (const { id, stack } of INSTRUMENTS) {
    const { scene, geometry } = experiment(lithiumNiobate, { ...tilted, instrument: id });
    const part = partOf(scene, "experiment");

    test(`${id}: the stages turn the holder as the sample is turned`, () => {
      const pin = shapeOf(part, "goniometer.pin", "cylinder");
      const { size } = shapeOf(part, "sample", "box");
      closeVector(
        pin.to,
        mat3.multiplyVector(geometry.sampleToLab, [0, 0, -size[2] / 2]),
        1e-9,
        "the pin ends on the lower face of the sample",
      );
    });

    test(`${id}: every stage shows its name and its angle`, () => {
      const angles = geometry.goniometer[0]!.angles;
      assert.equal(angles.length, stack.length);
      for (const [i, { axis, angle_deg }] of angles.entries()) {
        assert.equal(axis, stack[i]!.name);
        const { text } = shapeOf(part, `goniometer.${axis}.label`, "label");
        const shown = Number(/(\S+)°/.exec(text)?.[1]?.replace("−", "-"));
        assert.ok(text.replace("✗ ", "").startsWith(`${axis} `), text);
        closeTo(shown, angle_deg, 5e-5, axis);
        assert.ok(itemOf(part, `goniometer.${axis}.moving`).title.includes(stack[i]!.sense));
      }
    });
  }

  test("the moving part of a stage stands at its angle from the zero of the guide", () => {
    const { scene, geometry } = experiment(lithiumNiobate, tilted);
    const part = partOf(scene, "experiment");
    const middle = (id: string): Vec3 => {
      const [a, b] = shapeOf(part, id, "segments").points;
      return vec3.scale(vec3.add(a!, b!), 0.5);
    };
    const chi = geometry.goniometer[0]!.angles.find(({ axis }) => axis === "chi")!.angle_deg;
    closeTo(chi, 57.24984127239077, 1e-6, "chi");
    const axis_lab = mat3.multiplyVector(
      mat3.rotation([0, -1, 0], radians(geometry.goniometer[0]!.angles[0]!.angle_deg)),
      [1, 0, 0],
    );
    const [zero, mark] = ["goniometer.chi.zero", "goniometer.chi.angle"].map((id) =>
      vec3.reject(middle(id), axis_lab),
    ) as [Vec3, Vec3];
    closeTo((vec3.angleBetween(zero, mark) * 180) / Math.PI, chi, 1e-6, "angle between the marks");
  });

  test("no stage comes near the sample, however thick it is and however far it is turned", () => {
    const samples = [
      { thickness_um: 150, width_um: 5000, height_um: 5000 },
      { thickness_um: 5000, width_um: 5000, height_um: 5000 },
      { thickness_um: 5000, width_um: 5000, height_um: 100 },
      { thickness_um: 10, width_um: 10, height_um: 5000 },
    ];
    for (const sample of samples) {
      for (const { id } of INSTRUMENTS) {
        const plan = { ...tilted, instrument: id, sample: { ...tilted.sample, ...sample } };
        const part = partOf(experiment(lithiumNiobate, plan).scene, "experiment");
        const { size } = shapeOf(part, "sample", "box");
        const sampleRadius = vec3.norm(size) / 2;
        const stages = part.items.filter(
          (item) => item.id.startsWith("goniometer.") && item.id !== "goniometer.pin" && surfacePoints(item).length > 0,
        );
        assert.ok(stages.length >= 2 * 3 + 2);
        for (const stage of stages) {
          for (const point of surfacePoints(stage)) {
            assert.ok(vec3.norm(point) > sampleRadius, `${stage.id} for ${JSON.stringify(sample)}`);
          }
        }
      }
    }
  });

  test("the scheme says that it is one", () => {
    const part = partOf(experiment(lithiumNiobate, tilted).scene, "experiment");
    assert.equal(shapeOf(part, "goniometer.note", "label").text, "stages not to scale");
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
