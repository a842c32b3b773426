import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif, equivalentReflections, laueOperations } from "../../core/crystal/index.ts";
import { diffract, sampleToLabRotation } from "../../core/experiment/diffraction.ts";
import {
  applyOps,
  createDraftPlan,
  deriveExperiment,
  type Experiment,
  type ExperimentInput,
  type ExperimentPlan,
  INSTRUMENTS,
  lensById,
  solveGoniometer,
} from "../../core/experiment/index.ts";
import { mat3, radians, type Vec3, vec3 } from "../../core/util/index.ts";

const CRYSTALS: readonly Crystal[] = ["LiNbO3", "aluminium", "BaTiO3", "YMnO3", "tungsten", "silicon"].map((name) => {
  const crystal = crystalFromCif(parseCif(readFileSync(`examples/${name}.cif`, "utf8")));
  assert.ok(crystal.ok);
  return crystal.value;
});

const index = fc.integer({ min: -3, max: 3 });
const indices = fc.tuple(index, index, index).filter((hkl) => hkl.some((i) => i !== 0));
const direction = indices.map((uvw) => `[${uvw.join(",")}]`);
const id06 = lensById("id06");
const inputs: fc.Arbitrary<ExperimentInput> = fc
  .record({
    crystal: fc.constantFrom(...CRYSTALS),
    instrument: fc.constantFrom(...INSTRUMENTS),
    hkl: indices,
    energy_keV: fc.double({ min: 8, max: 80, noNaN: true }),
    thickness_um: fc.double({ min: 5, max: 3000, noNaN: true }),
    up: fc.option(direction, { nil: undefined }),
    exit: fc.option(direction, { nil: undefined }),
    beamExit: fc.option(direction, { nil: undefined }),
    perfection: fc.constantFrom("perfect", "deformed"),
    withLens: fc.boolean(),
  })
  .map(({ crystal, instrument, hkl, energy_keV, thickness_um, up, exit, beamExit, perfection, withLens }) => {
    const { lens, ...draft } = createDraftPlan("x.cif", "");
    const plan = {
      ...draft,
      beam: { ...draft.beam, energy_keV },
      sample: { ...draft.sample, thickness_um, perfection, ...(up && { up }), ...(exit && { exit }) },
      reflection: { hkl },
      ...(beamExit && { beamExit }),
      ...(withLens && lens && { lens }),
    } as ExperimentPlan;
    return { plan, crystal, hkl, instrument, lens: withLens && id06.ok ? id06.value : null };
  });

const derived = (input: ExperimentInput): Experiment | null => {
  const experiment = deriveExperiment(input);
  return experiment.ok ? experiment.value : null;
};
const findingsOf = ({ verdicts }: Experiment) => verdicts.flatMap(({ findings }) => findings);
const GRAVITY = { no: 0, marginal: 1, yes: 2 } as const;

describe("verdicts of any plan", () => {
  test("no sentence, figure or suggestion holds NaN, Infinity, undefined or null", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const experiment = deriveExperiment(input);
        const texts = experiment.ok
          ? findingsOf(experiment.value).flatMap(({ figure, sentence, suggestion }) => [
              figure,
              sentence,
              suggestion ?? "",
            ])
          : experiment.issues.map(({ message }) => message);
        for (const text of texts) assert.doesNotMatch(text, /NaN|Infinity|∞|undefined|null|\[object/);
      }),
      { numRuns: 150 },
    );
  });

  test("every suggestion that can be applied betters its finding", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const before = derived(input);
        if (before === null) return;
        for (const { code, answer, ops, sentence, suggestion } of findingsOf(before)) {
          if (answer === "yes" || ops.length === 0) continue;
          const plan = applyOps(input.plan, ops);
          const after = derived({ ...input, plan, hkl: plan.reflection?.hkl ?? input.hkl });
          assert.ok(after, `${sentence} ${suggestion}`);
          const found = findingsOf(after).find((one) => one.code === code);
          assert.ok(
            found === undefined || GRAVITY[found.answer] > GRAVITY[answer],
            `${sentence} ${suggestion} -> ${found?.sentence}`,
          );
        }
      }),
      { numRuns: 120 },
    );
  });

  test("a thicker sample never gets a better answer about its transmission", () => {
    fc.assert(
      fc.property(inputs, fc.double({ min: 1.1, max: 10, noNaN: true }), (input, factor) => {
        const thickness_um = input.plan.sample.thickness_um * factor;
        const thin = derived(input);
        const thick = derived({ ...input, plan: { ...input.plan, sample: { ...input.plan.sample, thickness_um } } });
        if (thin === null || thick === null) return;
        const [a, b] = [thin, thick].map((one) => findingsOf(one).find(({ code }) => code === "light/transmission"));
        // Through the same faces only: a thicker sample may be left by another one.
        const { path } = thin.geometry;
        if (path.entryFace !== "-x" || path.exitFace !== "+x") return;
        if (thick.geometry.path.entryFace !== "-x" || thick.geometry.path.exitFace !== "+x") return;
        assert.ok(a && b && GRAVITY[b.answer] <= GRAVITY[a.answer]);
      }),
      { numRuns: 100 },
    );
  });

  test("an equivalent and an azimuth that a grid finds within limits are not missed", () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const instrument = INSTRUMENTS.find(({ id }) => id === "esrf-id03")!;
        const up = given.plan.sample.up ?? "[0,0,1]";
        const input = { ...given, instrument, plan: { ...given.plan, sample: { ...given.plan.sample, up } } };
        const experiment = derived(input);
        const motors = experiment && findingsOf(experiment).find(({ code }) => code === "reach/motors");
        if (!experiment || motors?.answer !== "no" || motors.ops.length > 0) return;
        const { geometry } = experiment;
        for (const hkl of equivalentReflections(geometry.hkl, laueOperations(input.crystal.spaceGroup))) {
          const inCrystal = mat3.multiplyVector(input.crystal.cell.reciprocal, hkl);
          const Q = mat3.multiplyVector(geometry.crystalToSample, inCrystal);
          const q = vec3.normalize(Q);
          const across: Vec3 = vec3.normalize(vec3.cross(q, Math.abs(q[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]));
          for (let azimuth = 0; azimuth < 360; azimuth += 2) {
            const mean = mat3.multiplyVector(mat3.rotation(q, radians(azimuth)), across);
            const { value } = diffract(hkl, Q, mean, geometry.energy_keV) as {
              value: { k0_invA: Vec3; kh_invA: Vec3 };
            };
            const G = sampleToLabRotation(value.k0_invA, value.kh_invA, instrument.eta_deg);
            const isWithin = solveGoniometer(instrument.stack, G).solutions.some(({ withinLimits }) => withinLimits);
            assert.ok(!isWithin, `(${hkl}) at azimuth ${azimuth}: ${motors.sentence}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
