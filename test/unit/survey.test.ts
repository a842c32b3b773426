import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import {
  createDraftPlan,
  defaultReflectionFor,
  deriveExperiment,
  deriveGeometry,
  type ExperimentPlan,
  INSTRUMENTS,
  type InstrumentProfile,
  limitsOf,
  type SurveyRow,
  survey,
} from "../../core/experiment/index.ts";
import { closeRelative, closeTo } from "./close.ts";

const example = (name: string): Crystal => {
  const crystal = crystalFromCif(
    parseCif(readFileSync(new URL(`../../examples/${name}.cif`, import.meta.url), "utf8")),
  );
  assert.ok(crystal.ok);
  return crystal.value;
};
const instrument = (id: string): InstrumentProfile => INSTRUMENTS.find((one) => one.id === id) as InstrumentProfile;
const id03 = instrument("esrf-id03");
const lithiumNiobate = example("LiNbO3");
const draft = createDraftPlan("LiNbO3.cif", "LiNbO3");
const cUp: ExperimentPlan = { ...draft, sample: { ...draft.sample, up: "(0,0,1)", exit: "(-1,-1,0)" } };

function rowsOf(plan: ExperimentPlan, profile: InstrumentProfile, options = {}): readonly SurveyRow[] {
  const surveyed = survey(plan, lithiumNiobate, profile, options);
  assert.ok(surveyed.ok);
  return surveyed.value;
}
const rowOf = (rows: readonly SurveyRow[], hkl: string): SurveyRow => {
  const row = rows.find((one) => one.hkl.join() === hkl);
  assert.ok(row, hkl);
  return row;
};

describe("the table of what an instrument can do", () => {
  test("c-up LiNbO3 at 17 keV, ID03: only (006), as the reference has it", () => {
    const rows = rowsOf(cUp, id03);
    assert.equal(rows.length, 44);
    assert.deepEqual(
      rows.filter(({ reach }) => reach.reachable).map(({ reach }) => reach.hkl.join()),
      ["0,0,6"],
    );
    for (const { reach } of rows) assert.equal(reach.reachable, reach.obstacle === null);
    const freed = {
      ...id03,
      stack: id03.stack.map((axis) => (axis.name === "omega" ? { ...axis, limits_deg: null } : axis)),
    };
    const reached = rowsOf(cUp, freed).filter(({ reach }) => reach.reachable);
    assert.deepEqual(
      reached.map(({ hkl }) => hkl.join()),
      ["0,0,6"],
      "with omega free",
    );
  });

  test("the score of (1,-1,2) in reference S02: 1023 urad, transmission 0.4218, t/Lambda 6.44, 28 urad if perfect", () => {
    // The reflection of the class that the plan of S02 has in place.
    const rows = rowsOf(cUp, instrument("df-xrm-viz"));
    const row = rowOf(rows, "1,0,-2");
    const own = rowOf(rowsOf(draft, id03), "1,0,-2");
    closeTo(own.transmissionMean ?? 0, 0.4218, 1e-4, "transmission");
    closeTo(own.t_by_Lambda ?? 0, 6.44, 0.01, "t/Lambda");
    closeRelative(own.factors?.kinematical_urad ?? 0, 1023, 5e-3, "R_kin");
    closeRelative((own.factors?.kinematical_urad ?? 0) * (own.factors?.dynamical ?? 0), 28, 0.02, "perfect");
    assert.ok(row.reach.reachable);
  });

  test("deflection in the plane of polarisation lets cos^2 2theta through, and deformed crystals scatter kinematically", () => {
    const deformed: ExperimentPlan = { ...draft, sample: { ...draft.sample, perfection: "deformed" } };
    for (const row of rowsOf(deformed, instrument("aps-6-id-c"))) {
      const cosine = Math.cos((row.twoTheta_deg * Math.PI) / 180);
      closeTo(row.factors?.polarisation ?? 0, cosine ** 2, 1e-12, row.hkl.join());
      assert.equal(row.factors?.dynamical, 1);
    }
  });

  test("a row says what the experiment says once it is chosen", () => {
    for (const row of rowsOf(cUp, instrument("df-xrm-viz")).slice(0, 8)) {
      const plan: ExperimentPlan = { ...cUp, reflection: { hkl: row.reach.hkl } };
      const derived = deriveExperiment({
        plan,
        crystal: lithiumNiobate,
        hkl: null,
        instrument: instrument("df-xrm-viz"),
        lens: null,
      });
      if (!derived.ok) {
        assert.equal(row.transmissionMean, null);
        continue;
      }
      const { geometry, dynamical } = derived.value;
      closeRelative(row.transmissionMean ?? 0, geometry.path.transmissionMean, 1e-12, "transmission");
      closeRelative(row.t_by_Lambda ?? 0, dynamical?.ratio ?? 0, 1e-12, "t/Lambda");
    }
  });

  test("the lens takes its part of the score, and lambda^3/V^2 is told", () => {
    const bare = rowOf(rowsOf(draft, id03), "1,0,-2");
    const through = rowOf(rowsOf(draft, id03, { lensTransmission: 0.4 }), "1,0,-2");
    closeRelative(through.score_urad ?? 0, 0.4 * (bare.score_urad ?? 0), 1e-12);
    assert.equal(bare.factors?.lens, null);
    const lambda_A = 12.398419843320026 / 17;
    closeRelative(bare.factors?.lambda3_by_V2_invA3 ?? 0, lambda_A ** 3 / lithiumNiobate.cell.volume_A3 ** 2, 1e-12);
  });

  test("the direct beam passes the lens entrance at d1 sin 2theta", () => {
    const row = rowOf(rowsOf(draft, id03, { lensDistance_mm: () => 209 }), "1,0,-2");
    closeTo(row.clearance_mm ?? 0, 40.5, 0.1);
  });

  test("the default reflection is the brightest within reach; none within reach is said", () => {
    const best = defaultReflectionFor(cUp, lithiumNiobate, id03);
    assert.ok(best.ok);
    assert.deepEqual(best.value, [0, 0, 6]);
    const narrow: InstrumentProfile = { ...id03, stack: id03.stack.map((axis) => ({ ...axis, limits_deg: [0, 0.1] })) };
    const none = defaultReflectionFor(cUp, lithiumNiobate, narrow);
    assert.ok(none.ok);
    assert.deepEqual(none.value, [1, 0, -2]);
    assert.equal(none.issues.at(-1)?.code, "plan/none-reachable");
    const free = defaultReflectionFor(draft, lithiumNiobate, id03);
    assert.ok(free.ok);
    assert.deepEqual(free.value, [1, 0, -2]);
  });

  test("the default reflection is one whose geometry the plan fixes: Q along the mean beam fixes none", () => {
    const viz = INSTRUMENTS.find(({ id }) => id === "df-xrm-viz");
    assert.ok(viz);
    const plan = { ...draft, sample: { ...draft.sample, up: "(0,0,1)", exit: "(1,0,0)" } };
    const crystal = example("BaTiO3");
    const best = defaultReflectionFor(plan, crystal, viz);
    assert.ok(best.ok);
    assert.ok(deriveGeometry(plan, crystal, best.value, viz).ok, best.value.join());
    assert.ok(!deriveGeometry(plan, crystal, [2, 0, 0], viz).ok);
  });

  test("limits of motors are met, exceeded, or not known", () => {
    const of = (limits_deg: readonly (readonly [number, number] | null)[]) => {
      const instrument = {
        ...id03,
        stack: id03.stack.map((axis, i) => ({ ...axis, limits_deg: limits_deg[i] ?? null })),
      };
      const geometry = deriveGeometry(cUp, lithiumNiobate, [0, 0, 6], instrument);
      assert.ok(geometry.ok);
      const [first] = geometry.value.goniometer;
      assert.ok(first);
      return limitsOf(first);
    };
    const wide = [-90, 90] as const;
    assert.equal(of([wide, wide, wide, wide]), "within limits");
    assert.equal(of([wide]), "within known limits");
    assert.equal(of([]), "no limits known");
    assert.equal(of([[0, 1]]), "beyond limits");
  });
});
