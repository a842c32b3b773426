import { equivalentReflections, laueOperations } from "../../crystal/index.ts";
import { type Mat3, mat3, radians, type Vec3, vec3 } from "../../util/index.ts";
import { deriveGeometry } from "../derive.ts";
import { deflectionDirection_lab, diffract, sampleToLabRotation } from "../diffraction.ts";
import { directionText, directionVector } from "../directions.ts";
import { energiesOf } from "../energyScan.ts";
import { effectiveAxes, freeAxes, goniometerSolutions, stackRotation } from "../goniometer/index.ts";
import type { InstrumentProfile } from "../instrument/index.ts";
import { mountCrystal } from "../mount.ts";
import { applyOps, type Hkl, type PlanOp } from "../plan.ts";
import { alignmentOf, azimuthRanges, leastMotion, reachableEnergies } from "../reach/index.ts";
import { type Margin, smallestMargin } from "./motors.ts";
import { energyOp, type Subject } from "./subject.ts";

/** A change of the plan, the mount apart, with which all motors are within their limits as mounted. */
export interface WithinLimits {
  readonly ops: readonly PlanOp[];
  readonly energy_keV: number;
  readonly hkl: Hkl;
  /** The new mean beam direction; null where it stays as it is. */
  readonly beamExit: string | null;
  readonly margin: Margin;
}

/** What was found, and whether nothing else can be where nothing was. */
export interface Found {
  readonly found: WithinLimits | null;
  /** False where a search was given up. */
  readonly isDecided: boolean;
}

/** A reflection with a mean beam direction, and the orientation that they need. */
interface Place {
  readonly hkl: Hkl;
  readonly Q_sample: Vec3;
  readonly mean_sample: Vec3;
  readonly sampleToLab: Mat3;
}

/**
 * What brings the planned reflection or an equivalent, Friedel mates among them, within the limits by the wanted margin
 * in the present mount: with the mean beam direction of the plan the one with the most room, else another azimuth about
 * Q, the one whose beams go most directly through the thickness. Every answer was tried on the plan.
 */
export function withinLimits(subject: Subject, margin_deg: number, energy_keV = subject.geometry.energy_keV): Found {
  const candidates = candidatesOf(subject);
  const planned = mountCrystal(subject.plan, subject.crystal, subject.geometry.hkl, subject.instrument);
  if (planned.ok) {
    const mean_sample = mat3.multiplyVector(subject.geometry.crystalToSample, planned.value.beamExit_crystal);
    const kept = candidates
      .flatMap(({ hkl, Q_sample }) => placeOf(subject, hkl, Q_sample, mean_sample, energy_keV) ?? [])
      .map((place) => ({ ...place, margin_deg: marginAt(subject, place) }))
      .filter((place) => place.margin_deg >= margin_deg)
      .sort((a, b) => b.margin_deg - a.margin_deg)[0];
    const tried = kept && tryOn(subject, kept.hkl, null, energy_keV, margin_deg);
    if (tried) return { found: tried, isDecided: true };
  }
  const azimuths = candidates.map(({ hkl, Q_sample }) => azimuthsOf(subject, hkl, Q_sample, energy_keV));
  const isDecided = azimuths.every((each) => each.isDecided);
  const turned = azimuths
    .flatMap(({ places }) => places)
    .sort((a, b) => directness(b) - directness(a))
    .find((place) => marginAt(subject, place) >= margin_deg);
  if (turned === undefined) return { found: null, isDecided };
  for (const text of directionTexts(subject, turned, margin_deg, energy_keV)) {
    const tried = tryOn(subject, turned.hkl, text, energy_keV, margin_deg);
    if (tried !== null) return { found: tried, isDecided: true };
  }
  return { found: null, isDecided };
}

/** The same at the nearest energy at which it is possible. */
export function withinLimitsElsewhere(subject: Subject): Found {
  const { instrument, geometry, lensDistance_mm } = subject;
  const free = withoutHeldAxes(instrument);
  if (free === null) return { found: null, isDecided: true };
  const { below_keV, above_keV, isDecided } = reachableEnergies(
    free.instrument,
    geometry.d_A,
    geometry.energy_keV,
    candidatesOf(subject).map(({ hkl, Q_sample }) => ({ hkl, Q_sample: mat3.multiplyVector(free.held, Q_sample) })),
    energiesOf(instrument),
    lensDistance_mm ?? undefined,
  );
  const energies = [
    ...(below_keV === null ? [] : [Math.floor(below_keV * 100 - 1e-6) / 100]),
    ...(above_keV === null ? [] : [Math.ceil(above_keV * 100 + 1e-6) / 100]),
  ].sort((a, b) => Math.abs(a - geometry.energy_keV) - Math.abs(b - geometry.energy_keV));
  for (const energy_keV of energies) {
    const { found } = withinLimits(subject, 0, energy_keV);
    if (found !== null) return { found, isDecided: true };
  }
  return { found: null, isDecided };
}

/** Where up follows Q another reflection would be another mount: then there is only the planned one. */
function candidatesOf({ crystal, geometry, plan }: Subject) {
  const isMounted = plan.sample.up !== undefined || plan.sample.orientation !== undefined;
  const hkls = isMounted ? equivalentReflections(geometry.hkl, laueOperations(crystal.spaceGroup)) : [geometry.hkl];
  return hkls.map((hkl) => ({
    hkl,
    Q_sample: mat3.multiplyVector(geometry.crystalToSample, mat3.multiplyVector(crystal.cell.reciprocal, hkl)),
  }));
}

function placeOf(
  { instrument }: Subject,
  hkl: Hkl,
  Q_sample: Vec3,
  mean_sample: Vec3,
  energy_keV: number,
): Place | null {
  const across = vec3.norm(vec3.cross(vec3.normalize(mean_sample), vec3.normalize(Q_sample)));
  const diffraction = diffract(hkl, Q_sample, mean_sample, energy_keV);
  if (across < 1e-3 || !diffraction.ok) return null;
  const { k0_invA, kh_invA } = diffraction.value;
  return {
    hkl,
    Q_sample,
    mean_sample: vec3.normalize(vec3.add(k0_invA, kh_invA)),
    sampleToLab: sampleToLabRotation(k0_invA, kh_invA, instrument.eta_deg),
  };
}

/** Of the tightest motor; minus infinity where no motor has limits or none gets there. */
const marginAt = ({ instrument }: Subject, { sampleToLab }: Place): number =>
  smallestMargin(goniometerSolutions(instrument.stack, sampleToLab), instrument)?.margin_deg ??
  Number.NEGATIVE_INFINITY;

/** The free axes alone, as seen with the held ones where they are; null unless three are free. */
function withoutHeldAxes(instrument: InstrumentProfile) {
  const free = freeAxes(instrument.stack);
  if (free.length !== 3) return null;
  const { axes, held } = effectiveAxes(instrument.stack, free);
  const stack = free.map((i, at) => ({ ...instrument.stack[i]!, axis_lab: axes[at]! }));
  return { instrument: { ...instrument, stack }, held };
}

const AZIMUTH_STEP_deg = 5;

/** Places in every range of azimuths about Q that the free axes reach within their limits. */
function azimuthsOf(
  subject: Subject,
  hkl: Hkl,
  Q_sample: Vec3,
  energy_keV: number,
): { readonly places: readonly Place[]; readonly isDecided: boolean } {
  const free = withoutHeldAxes(subject.instrument);
  const diffraction = diffract(hkl, Q_sample, anyAcross(Q_sample), energy_keV);
  if (free === null || !diffraction.ok) return { places: [], isDecided: true };
  const { stack, eta_deg } = free.instrument;
  const { twoTheta_deg } = diffraction.value;
  const Q_held = mat3.multiplyVector(free.held, Q_sample);
  const { turns, isProven } = leastMotion(alignmentOf(free.instrument, Q_held, twoTheta_deg));
  if (turns === null) return { places: [], isDecided: isProven };
  const readings_deg = stack.map(({ zero_deg = 0 }, i) => (180 / Math.PI) * turns[i]! + zero_deg);
  const aligned = mat3.multiply(stackRotation(stack, readings_deg), free.held);
  const q_lab = mat3.multiplyVector(aligned, vec3.normalize(Q_sample));
  const theta = radians(twoTheta_deg / 2);
  const mean_lab = vec3.add([Math.cos(theta), 0, 0], vec3.scale(deflectionDirection_lab(eta_deg), Math.sin(theta)));
  const places = azimuthRanges(stack, readings_deg, Q_held).flatMap(({ from_deg, to_deg }) => {
    const count = 3 + Math.ceil((to_deg - from_deg) / AZIMUTH_STEP_deg);
    return Array.from({ length: count }, (_, i): Place => {
      const azimuth_deg = from_deg + ((i + 0.5) / count) * (to_deg - from_deg);
      const sampleToLab = mat3.multiply(mat3.rotation(q_lab, radians(azimuth_deg)), aligned);
      return { hkl, Q_sample, sampleToLab, mean_sample: mat3.multiplyVector(mat3.transpose(sampleToLab), mean_lab) };
    });
  });
  return { places, isDecided: true };
}

const anyAcross = (v: Vec3): Vec3 => vec3.cross(v, Math.abs(v[2]) < 0.9 * vec3.norm(v) ? [0, 0, 1] : [1, 0, 0]);

/** How directly the mean beam goes through the thickness, rather towards the exit face than from it. */
const directness = ({ mean_sample: [x] }: Pick<Place, "mean_sample">): number => (x < 0 ? -x - 0.01 : x);

/** Simple directions may be this much less direct. */
const SIMPLER = 0.02;
const SIMPLE_INDICES = [-2, -1, 0, 1, 2];

/** Names for the mean direction of a place, the simplest first. */
function directionTexts(subject: Subject, place: Place, margin_deg: number, energy_keV: number): readonly string[] {
  const { cell } = subject.crystal;
  const { crystalToSample } = subject.geometry;
  const simple = SIMPLE_INDICES.flatMap((u) =>
    SIMPLE_INDICES.flatMap((v) => SIMPLE_INDICES.map((w): Vec3 => [u, v, w])),
  )
    .filter((indices) => indices.some((index) => index !== 0))
    .flatMap((indices) => (["planeNormal", "latticeDirection"] as const).map((kind) => ({ kind, indices })))
    .flatMap((direction) => {
      const mean = mat3.multiplyVector(crystalToSample, directionVector(cell, direction));
      const found = placeOf(subject, place.hkl, place.Q_sample, mean, energy_keV);
      if (found === null || directness(found) < directness(place) - SIMPLER) return [];
      if (marginAt(subject, found) < margin_deg) return [];
      const size = direction.indices.reduce((sum, index) => sum + Math.abs(index), 0);
      return [{ text: directionText(direction), size }];
    })
    .sort((a, b) => a.size - b.size)
    .map(({ text }) => text);
  const mean_crystal = mat3.multiplyVector(mat3.transpose(crystalToSample), place.mean_sample);
  const indices = mat3.multiplyVector(mat3.inverse(cell.direct), mean_crystal);
  const largest = Math.max(...indices.map(Math.abs));
  const rounded = (decimals: number): string =>
    directionText({
      kind: "latticeDirection",
      indices: indices.map((index) => Number((index / largest).toFixed(decimals)) + 0) as unknown as Vec3,
    });
  return [...simple.slice(0, 1), rounded(3), rounded(6)];
}

/** The edited plan, if its motors are within the limits by the wanted margin. */
function tryOn(
  { plan, crystal, instrument, geometry }: Subject,
  hkl: Hkl,
  beamExit: string | null,
  energy_keV: number,
  margin_deg: number,
): WithinLimits | null {
  const isSame = hkl.every((index, i) => index === geometry.hkl[i]);
  const ops: readonly PlanOp[] = [
    ...(energy_keV === geometry.energy_keV ? [] : energyOp(energy_keV)),
    ...(isSame && plan.reflection !== undefined ? [] : [{ path: ["reflection"], value: { hkl } }]),
    ...(beamExit === null ? [] : [{ path: ["beamExit"], value: beamExit }]),
  ];
  const edited = deriveGeometry(applyOps(plan, ops), crystal, hkl, instrument);
  const margin = edited.ok ? smallestMargin(edited.value.goniometer, instrument) : null;
  return margin === null || margin.margin_deg < margin_deg ? null : { ops, energy_keV, hkl, beamExit, margin };
}
