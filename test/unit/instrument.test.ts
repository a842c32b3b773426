import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { INSTRUMENTS, parseInstrument } from "../../core/experiment/index.ts";

const given = {
  version: 1,
  id: "mine",
  name: "Mine",
  stack: [
    { name: "mu", axis_lab: [0, -1, 0], sense: "tilts towards the source", limits_deg: [0, 20] },
    { name: "omega", axis_lab: [0, 0, 1], sense: "turns", limits_deg: [-22, 22] },
    { name: "chi", axis_lab: [1, 0, 0], sense: "tilts to the right", limits_deg: [-5, 5] },
    { name: "phi", axis_lab: [0, 1, 0], sense: "tilts downstream", limits_deg: [-5, 5], held_deg: 0 },
  ],
  eta_deg: 0,
  alongQ_sample: [0, 0, 1],
  polarisation_lab: [0, 1, 0],
};
const text = JSON.stringify(given, null, 2);

/** Code, severity, field and the text at the range of every issue. */
function issuesOf(changed: string): readonly (readonly [string, string, string | undefined, string])[] {
  assert.notEqual(changed, text);
  return parseInstrument(changed).issues.map(({ code, severity, field, range }) => [
    code,
    severity,
    field,
    range ? changed.slice(range.start, range.end).replace(/\s+/g, "") : "",
  ]);
}
const axis = (i: number, change: object): string =>
  JSON.stringify({ ...given, stack: given.stack.map((one, j) => (i === j ? { ...one, ...change } : one)) });
const changed = (change: object): string => JSON.stringify({ ...given, ...change });

describe("instrument files", () => {
  test("what is left out is unknown, not assumed", () => {
    const parsed = parseInstrument(`// the third hutch\n${text.replace(/\}\s*$/, ",}")}`);
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.issues, []);
    const { stack: _stack, limitsSource, ...rest } = parsed.value;
    assert.match(limitsSource, /this instrument file/);
    assert.deepEqual(rest, {
      version: 1,
      id: "mine",
      name: "Mine",
      eta_deg: 0,
      alongQ_sample: [0, 0, 1],
      polarisation_lab: [0, 1, 0],
      detector: null,
      energyRange_keV: null,
      bandwidth_fwhm: null,
      divergence_fwhm_mrad: null,
      camera: null,
      lensHousing_halfHeight_mm: null,
      mountingUncertainty_deg: 1,
      sources: {},
    });
  });

  test("every shipped instrument is a faultless file of itself", () => {
    assert.deepEqual(
      INSTRUMENTS.map(({ id }) => id),
      ["esrf-id03", "aps-6-id-c", "df-xrm-viz", "template"],
    );
    for (const profile of INSTRUMENTS) {
      const parsed = parseInstrument(JSON.stringify(profile));
      assert.ok(parsed.ok, JSON.stringify(parsed.issues));
      assert.deepEqual(parsed.issues, []);
      assert.deepEqual(parsed.value, profile);
    }
  });

  test("every number of a shipped instrument that is not blank has its source", () => {
    for (const { id, sources, ...profile } of INSTRUMENTS.filter(({ id }) => id !== "template")) {
      const isSourced = (path: string): boolean =>
        Object.keys(sources).some((known) => path === known || path.startsWith(`${known}.`) || known.startsWith(path));
      for (const key of ["detector", "bandwidth_fwhm", "divergence_fwhm_mrad", "camera", "stack"] as const) {
        assert.ok(profile[key] === null || isSourced(key), `${id} ${key}`);
      }
      profile.stack.forEach(({ limits_deg }, i) => {
        assert.ok(limits_deg === null || isSourced(`stack.${i}.limits_deg`), `${id} limits of axis ${i}`);
      });
    }
  });

  test("a missing key, a wrong kind, a syntax error: at their place", () => {
    const { eta_deg: _eta, ...withoutEta } = given;
    assert.deepEqual(issuesOf(JSON.stringify(withoutEta))[0]?.slice(0, 3), ["instrument/shape", "error", "eta_deg"]);
    assert.deepEqual(issuesOf(axis(2, { axis_lab: "x" })), [["instrument/shape", "error", "stack.2.axis_lab", '"x"']]);
    assert.deepEqual(issuesOf(axis(1, { limits_deg: undefined }))[0]?.slice(0, 3), [
      "instrument/shape",
      "error",
      "stack.1.limits_deg",
    ]);
    assert.equal(issuesOf(text.replace('"eta_deg": 0', '"eta_deg" 0'))[0]?.[0], "json/syntax");
  });

  test("a misspelt key is warned of at the key", () => {
    assert.deepEqual(issuesOf(changed({ energyRange_kev: [5, 60] })), [
      ["instrument/shape-unknown-key", "warning", undefined, '"energyRange_kev"'],
    ]);
  });

  test("directions: zero is refused, another length is used with length 1 and said", () => {
    assert.deepEqual(issuesOf(axis(0, { axis_lab: [0, 0, 0] })), [
      ["instrument/zero-vector", "error", "stack.0.axis_lab", "[0,0,0]"],
    ]);
    const parsed = parseInstrument(axis(0, { axis_lab: [0, -2, 0] }));
    assert.ok(parsed.ok);
    assert.equal(parsed.issues[0]?.code, "instrument/not-unit");
    assert.equal(parsed.issues[0]?.severity, "information");
    assert.deepEqual(parsed.value.stack[0]?.axis_lab, [0, -1, 0]);
  });

  test("limits: reversed, or with the held angle outside", () => {
    assert.deepEqual(issuesOf(axis(1, { limits_deg: [22, -22] })), [
      ["instrument/reversed", "error", "stack.1.limits_deg", "[22,-22]"],
    ]);
    assert.deepEqual(issuesOf(axis(3, { held_deg: 7 })), [
      ["instrument/held-outside", "warning", "stack.3.held_deg", "7"],
    ]);
    assert.deepEqual(issuesOf(changed({ energyRange_keV: [60, 5] })), [
      ["instrument/reversed", "error", "energyRange_keV", "[60,5]"],
    ]);
    assert.deepEqual(issuesOf(changed({ detector: { distance_mm: 4000, travelAlong_mm: [5, -5] } })), [
      ["instrument/reversed", "error", "detector.travelAlong_mm", "[5,-5]"],
    ]);
  });

  test("the stack: names, number of free axes, axes that turn about the same line or not at right angles", () => {
    assert.deepEqual(issuesOf(axis(2, { name: "mu" })), [
      ["instrument/duplicate-name", "error", "stack.2.name", '"mu"'],
    ]);
    assert.equal(issuesOf(axis(1, { held_deg: 0 }))[0]?.[0], "instrument/too-few-axes");
    assert.deepEqual(issuesOf(axis(3, { held_deg: undefined }))[0]?.slice(0, 3), [
      "instrument/too-many-free-axes",
      "error",
      "stack.3",
    ]);
    assert.deepEqual(issuesOf(axis(1, { axis_lab: [0, 1, 0] }))[0]?.slice(0, 3), [
      "instrument/parallel-axes",
      "error",
      "stack.1.axis_lab",
    ]);
    assert.deepEqual(issuesOf(axis(2, { axis_lab: [0.6, 0, 0.8] })), [
      ["instrument/oblique-axes", "information", "stack.2.axis_lab", "[0.6,0,0.8]"],
    ]);
  });

  test("an axis that is held between others counts as turned", () => {
    const held = { name: "tilt", axis_lab: [1, 0, 0], sense: "tilts", limits_deg: null, held_deg: 90 };
    const [mu, omega, chi] = given.stack;
    const parsed = parseInstrument(changed({ stack: [mu, held, omega, chi] }));
    // Turned by 90 degrees about X, the axis Z of omega is -Y, the axis of mu.
    assert.equal(parsed.issues[0]?.code, "instrument/parallel-axes");
  });

  test("polarisation along the beam, Q away from the deflection, a source of nothing", () => {
    assert.equal(issuesOf(changed({ polarisation_lab: [1, 0, 0] }))[0]?.[0], "instrument/polarisation");
    assert.deepEqual(issuesOf(changed({ eta_deg: -90 })), [
      ["instrument/along-q", "warning", "alongQ_sample", "[0,0,1]"],
    ]);
    const sources = { "stack.0.limit": { source: "a note", confidence: "low" } };
    assert.equal(issuesOf(changed({ sources }))[0]?.[0], "instrument/source-of-nothing");
  });
});
