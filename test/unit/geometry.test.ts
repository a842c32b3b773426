import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import {
  createDraftPlan,
  deriveExtinction,
  deriveGeometry,
  type ExperimentPlan,
  type Geometry,
  type Hkl,
  instrumentById,
} from "../../core/experiment/index.ts";
import type { Mat3, Vec3 } from "../../core/util/index.ts";
import { closeMatrix, closeRelative, closeTo, closeVector } from "./close.ts";
import { readCorpus, readCorpusJson, withCorpus } from "./corpus.ts";

interface ReferenceCase {
  id: string;
  input: {
    cif: string;
    energy_keV: number;
    hkl: string | null;
    up: string;
    front: string;
    minimise_beam_path: boolean;
    beam_exit: string;
    sample_um: { height_z: number; width_y: number; thickness_x: number };
  };
  upstream: { hkl_string_used: string };
  correct: {
    degenerate?: string;
    two_theta_deg: number;
    Q_sample_xyz_A_1?: Vec3;
    "Q_sample_xyz_A-1": Vec3;
    "k0_sample_xyz_A-1": Vec3;
    "kh_sample_xyz_A-1": Vec3;
    G_sample_to_lab_XYZ: Mat3;
    stack_y_x_z: { phi_rot_about_z: number; chi_rot_about_x: number; omega_rot_about_y: number }[];
    id06_id03_stack_phi0: Record<string, number>[];
    path_from_box_centre_um: Record<string, number>;
    extinction_pendelloesung_length_um_symmetric_Laue_sigma: number;
    F_hkl: { abs_with_dispersion: number };
  };
}

/** Explicit exits that stand for what the reference took where a case names none. */
const EXITS: Readonly<Record<string, string>> = {
  S03: "(1,-2,0)",
  S04: "(0,-1,0)",
  S13: "(-1,0,1)",
  S15: "(0,0,1)",
  S17: "(0,-1,0)",
};
/** Mean transmission over the lit volume, from the closed form for a plate. */
const MEANS: Readonly<Record<string, number>> = {
  S01: 0.211659,
  S02: 0.421771,
  S05: 0.014661,
  S08: 0.769298,
  S12: 0.357081,
  S18: 0.380472,
};
/** Pendelloesung period for the real entrance face (the reference holds symmetric Laue). */
const ACTUAL_EXTINCTION_um: Readonly<Record<string, number>> = { S05: 9.818, S10: 13.416, S18: 30.802 };

const crystalOf = (text: string): Crystal => {
  const crystal = crystalFromCif(parseCif(text));
  assert.ok(crystal.ok, JSON.stringify(crystal.issues));
  return crystal.value;
};

const readHkl = (text: string): Hkl =>
  text
    .replace(/[()\s]/g, "")
    .split(",")
    .map(Number) as unknown as Hkl;

function planOf({ id, input, upstream }: ReferenceCase, instrument: string): ExperimentPlan {
  const draft = createDraftPlan(input.cif, "");
  const exit = input.front || EXITS[id.slice(0, 3)];
  return {
    ...draft,
    beam: { ...draft.beam, energy_keV: input.energy_keV },
    sample: {
      thickness_um: input.sample_um.thickness_x,
      height_um: input.sample_um.height_z,
      width_um: input.sample_um.width_y,
      ...(input.up && { up: input.up }),
      ...(exit && { exit }),
    },
    ...(!input.minimise_beam_path && input.beam_exit && { beamExit: input.beam_exit }),
    reflection: { hkl: readHkl(input.hkl ?? upstream.hkl_string_used) },
    instrument,
  };
}

const circular = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

function assertBranches(
  { goniometer }: Geometry,
  expected: readonly Readonly<Record<string, number>>[],
  what: string,
): void {
  assert.equal(goniometer.length, expected.length, `${what}: number of branches`);
  for (const branch of expected) {
    const found = goniometer.some(({ angles }) =>
      angles.every(({ axis, angle_deg }) => circular(angle_deg, branch[axis] ?? Number.NaN) < 1e-9),
    );
    assert.ok(found, `${what}: ${JSON.stringify(branch)} not among ${JSON.stringify(goniometer.map((s) => s.angles))}`);
  }
}

const REFUSED: Readonly<Record<string, RegExp>> = {
  S14: /Exit \(1,0,0\) is parallel to Q of \(2,0,0\)/,
  S16: /\(8,8,0\) cannot diffract at 10 keV: sin θ would be 1\.9/,
  S17: /Exit \(0,-1,0\) is parallel to up \(0,1,0\)/,
};

describe("geometry against reference cases", () => {
  withCorpus("all 18: 2theta, wave vectors, orientation, motors of both stacks, path, transmission, extinction", () => {
    const { cases } = readCorpusJson<{ cases: ReferenceCase[] }>("oracle", "upstream-geometry.json");
    let compared = 0;
    let refused = 0;
    for (const reference of cases) {
      const { id, correct, input } = reference;
      const crystal = crystalOf(readCorpus(input.cif));
      const key = id.slice(0, 3);
      for (const instrument of ["esrf-id03", "df-xrm-viz"]) {
        const profile = instrumentById(instrument);
        assert.ok(profile.ok);
        const derived = deriveGeometry(planOf(reference, instrument), crystal, null, profile.value);
        if (correct.degenerate !== undefined) {
          assert.ok(!derived.ok, `${id} must be refused`);
          assert.match(derived.issues.map(({ message }) => message).join(" "), REFUSED[key] ?? /never/);
          refused++;
          continue;
        }
        assert.ok(derived.ok, `${id}: ${JSON.stringify(derived.issues)}`);
        const geometry = derived.value;
        closeTo(geometry.twoTheta_deg, correct.two_theta_deg, 1e-9, `${id} 2theta`);
        closeVector(geometry.Q_sample_invA, correct["Q_sample_xyz_A-1"], 1e-8, `${id} Q`);
        closeVector(geometry.k0_sample_invA, correct["k0_sample_xyz_A-1"], 1e-8, `${id} k0`);
        closeVector(geometry.kh_sample_invA, correct["kh_sample_xyz_A-1"], 1e-8, `${id} kh`);
        closeMatrix(geometry.sampleToLab, correct.G_sample_to_lab_XYZ, 1e-8, `${id} sampleToLab`);
        const branches =
          instrument === "esrf-id03"
            ? correct.id06_id03_stack_phi0
            : correct.stack_y_x_z.map((branch) => ({
                omega: branch.omega_rot_about_y,
                chi: branch.chi_rot_about_x,
                phi: -branch.phi_rot_about_z,
              }));
        assertBranches(geometry, branches, `${id} ${instrument}`);
        const path = correct.path_from_box_centre_um;
        closeRelative(geometry.path.in_um, path["in"]!, 1e-6, `${id} in`);
        closeRelative(geometry.path.out_um, path["out"]!, 1e-6, `${id} out`);
        closeRelative(geometry.path.transmission, path["transmission_exp(-mu(in+out))"]!, 1e-4, `${id} T`);
        const mean = MEANS[key];
        if (mean !== undefined) closeRelative(geometry.path.transmissionMean, mean, 1e-4, `${id} mean T`);
        const lengths = deriveExtinction(crystal, geometry, profile.value);
        if (key === "S01") assert.equal(lengths, null, "YMnO3 (1,0,1) is absent");
        else {
          const symmetric = correct.extinction_pendelloesung_length_um_symmetric_Laue_sigma;
          closeRelative(lengths?.symmetricLaue_um ?? 0, symmetric, 1e-2, `${id} extinction`);
        }
        const actual = ACTUAL_EXTINCTION_um[key];
        if (actual !== undefined) closeRelative(lengths?.actual_um ?? 0, actual, 1e-2, `${id} extinction here`);
        compared++;
      }
    }
    assert.equal(refused, 6);
    assert.equal(compared, 30);
  });
});

describe("geometry of the LiNbO3 example", () => {
  const crystal = crystalOf(readFileSync("examples/LiNbO3.cif", "utf8"));
  const draft = createDraftPlan("LiNbO3.cif", "LiNbO3");
  const cUp: ExperimentPlan = {
    ...draft,
    sample: { ...draft.sample, width_um: 3000, up: "(0,0,1)", exit: "(-1,-1,0)" },
    reflection: { hkl: [1, -1, 2] },
  };
  const derive = (plan: ExperimentPlan) => {
    const profile = instrumentById(plan.instrument);
    return profile.ok ? deriveGeometry(plan, crystal, [1, 0, -2], profile.value) : profile;
  };
  const value = (plan: ExperimentPlan): Geometry => {
    const derived = derive(plan);
    assert.ok(derived.ok, JSON.stringify(derived.issues));
    return derived.value;
  };

  test("DF-XRM_viz's README case: exact 2theta, motors and path (published reference)", () => {
    const geometry = value(cUp);
    closeTo(geometry.twoTheta_deg, 11.161381679, 1e-8);
    assertBranches(
      geometry,
      [
        { mu: 5.580690839512187, omega: 0, chi: 57.24984127239077, phi: 0 },
        { mu: -174.4193091604878, omega: 180, chi: -122.75015872760923, phi: 0 },
      ],
      "README case",
    );
    closeTo(geometry.path.in_um, 75.35717570144475, 1e-6);
    closeRelative(geometry.path.transmission, 0.4217711852499199, 1e-4);
    assert.equal(geometry.goniometer[0]?.withinLimits, false);
  });

  test("c up, (006) at 17 keV is within the ID03-like limits at mu 9.0807", () => {
    const [first] = value({ ...cUp, reflection: { hkl: [0, 0, 6] } }).goniometer;
    assert.equal(first?.withinLimits, true);
    closeTo(first?.angles[0]?.angle_deg ?? 0, 9.0807, 5e-5);
  });

  test("without up and exit: up is Q, exit the low-index face across it, named as a guess", () => {
    const derived = derive({ ...draft, reflection: { hkl: [0, 0, 6] } });
    assert.ok(derived.ok);
    assert.deepEqual(derived.value.up, { text: "(0,0,6)", isDefault: true });
    assert.deepEqual(derived.value.exit, { text: "(1,0,0)", isDefault: true });
    assert.ok(derived.issues.some(({ code, field }) => code === "plan/guessed-exit" && field === "sample.exit"));
  });

  for (const [what, plan, code, field] of [
    ["energy 0", { ...cUp, beam: { ...cUp.beam, energy_keV: 0 } }, "plan/energy-range", "beam.energy_keV"],
    ["energy 1e9", { ...cUp, beam: { ...cUp.beam, energy_keV: 1e9 } }, "plan/energy-range", "beam.energy_keV"],
    ["thickness 0", { ...cUp, sample: { ...cUp.sample, thickness_um: 0 } }, "plan/length", "sample.thickness_um"],
    [
      "thickness NaN",
      { ...cUp, sample: { ...cUp.sample, thickness_um: Number.NaN } },
      "plan/length",
      "sample.thickness_um",
    ],
    ["hkl 0 0 0", { ...cUp, reflection: { hkl: [0, 0, 0] } }, "plan/hkl", "reflection.hkl"],
    ["hkl 1/2 0 0", { ...cUp, reflection: { hkl: [0.5, 0, 0] } }, "plan/hkl", "reflection.hkl"],
    ["direction '1 0'", { ...cUp, sample: { ...cUp.sample, up: "1 0" } }, "plan/direction", "sample.up"],
    [
      "exit parallel to up",
      { ...cUp, sample: { ...cUp.sample, exit: "[0,0,1]" } },
      "plan/exit-parallel-to-up",
      "sample.exit",
    ],
    ["beam exit parallel to Q", { ...cUp, beamExit: "(1,-1,2)" }, "plan/beam-parallel-to-q", "beamExit"],
    ["unknown instrument", { ...cUp, instrument: "x" }, "plan/instrument", "instrument"],
    ["too high an order", { ...cUp, reflection: { hkl: [0, 0, 60] } }, "plan/not-reachable", "beam.energy_keV"],
  ] as readonly (readonly [string, ExperimentPlan, string, string])[]) {
    test(`${what} is refused with the reason at its field`, () => {
      const derived = derive(plan);
      assert.ok(!derived.ok);
      assert.equal(derived.issues[0]?.code, code);
      assert.equal(derived.issues[0]?.field, field);
    });
  }

  test("an absent reflection is shown with a warning, and has no extinction length", () => {
    const derived = derive({ ...cUp, reflection: { hkl: [0, 0, 1] } });
    assert.ok(derived.ok);
    assert.ok(derived.issues.some(({ code }) => code === "plan/absent-reflection"));
    const profile = instrumentById("esrf-id03");
    assert.ok(profile.ok);
    assert.equal(deriveExtinction(crystal, derived.value, profile.value), null);
  });
});
