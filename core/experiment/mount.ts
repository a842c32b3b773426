import type { Crystal, UnitCell } from "../crystal/index.ts";
import { degrees, error, fail, type Mat3, mat3, ok, type Result, type Vec3, vec3 } from "../util/index.ts";
import { directionText, directionVector, lineAngle_rad, parseDirection } from "./directions.ts";
import type { MountDirection } from "./geometry.types.ts";
import type { InstrumentProfile } from "./instrument/index.ts";
import { compareHkl } from "./laueClasses.ts";
import { checkOrientation, crystalToSampleOf } from "./orientation.ts";
import type { ExperimentPlan, Hkl } from "./plan.ts";

/** Two directions closer than this count as parallel. */
const PARALLEL_deg = 0.01;
const MAX_DEFAULT_INDEX = 4;
const ORTHOGONAL_rad = 1e-6;
const MIN_ANGLE_TO_Q_deg = 1;

/** How the crystal sits in the sample frame, and where the mean beam goes in it. */
export interface Mount {
  readonly up: MountDirection;
  readonly exit: MountDirection;
  readonly beamExit: MountDirection;
  /** Rows are the unit vectors x (exit normal), y, z (up) in the Cartesian crystal frame. */
  readonly crystalToSample: Mat3;
  readonly Q_crystal_invA: Vec3;
  readonly beamExit_crystal: Vec3;
}

const isParallel = (a: Vec3, b: Vec3): boolean => degrees(lineAngle_rad(a, b)) < PARALLEL_deg;

/**
 * Fixes the sample frame: by U, or by `up`, `exit` and their defaults (z = up, x = exit orthogonal to up, y = z x x).
 * Without `up` Q lies along the sample axis that the instrument names.
 */
export function mountCrystal(
  plan: ExperimentPlan,
  crystal: Crystal,
  hkl: Hkl,
  instrument: InstrumentProfile,
): Result<Mount> {
  const { cell } = crystal;
  const Q = directionVector(cell, { kind: "planeNormal", indices: hkl });
  const sample = plan.sample.orientation
    ? mountByMatrix(cell, plan.sample.orientation.U)
    : mountByFaces(plan, cell, hkl, Q, instrument.alongQ_sample);
  if (!sample.ok) return sample;
  const { crystalToSample, up, exit } = sample.value;
  const beamExit =
    readDirection(cell, plan.beamExit, "beamExit") ?? ok({ ...exit, vector: sample.value.beam, isDefault: true });
  if (!beamExit.ok) return beamExit;
  if (isParallel(beamExit.value.vector, Q)) {
    const isExit = beamExit.value.isDefault;
    const [what, field] = isExit ? ["Exit", "sample.exit"] : ["Mean beam direction", "beamExit"];
    return fail(
      error(
        "plan/beam-parallel-to-q",
        `${what} ${beamExit.value.text} is parallel to Q of (${hkl.join(",")}), so the plane of the two beams is not fixed: choose ${isExit ? "another exit face or give a mean beam direction" : "another direction"}.`,
        { field },
      ),
    );
  }
  return ok({
    up,
    exit,
    beamExit: { text: beamExit.value.text, isDefault: beamExit.value.isDefault },
    crystalToSample,
    Q_crystal_invA: Q,
    beamExit_crystal: beamExit.value.vector,
  });
}

type SampleFrame = Pick<Mount, "up" | "exit" | "crystalToSample"> & {
  /** Where the mean beam goes if nothing else is said, in the crystal frame. */
  readonly beam: Vec3;
};

function mountByMatrix(cell: UnitCell, U: Mat3): Result<SampleFrame> {
  const faults = checkOrientation(U);
  if (faults.length > 0) return fail(...faults);
  const crystalToSample = crystalToSampleOf(cell, U);
  const given = { text: "given by U", isDefault: false };
  return ok({ up: given, exit: given, crystalToSample, beam: crystalToSample[0] });
}

function mountByFaces(
  plan: ExperimentPlan,
  cell: UnitCell,
  hkl: Hkl,
  Q: Vec3,
  alongQ_sample: Vec3,
): Result<SampleFrame> {
  const up = readDirection(cell, plan.sample.up, "sample.up");
  if (up !== undefined && !up.ok) return up;
  const exit = readDirection(cell, plan.sample.exit, "sample.exit") ?? defaultExit(cell, up?.value.vector ?? Q, Q);
  if (!exit.ok) return exit;
  const { vector, text, isDefault } = exit.value;
  const along = up?.value.vector ?? Q;
  if (isParallel(along, vector)) {
    const axis = up === undefined ? `Q ${directionText({ kind: "planeNormal", indices: hkl })}` : `up ${up.value.text}`;
    return fail(
      error(
        "plan/exit-parallel-to-up",
        `Exit ${text} is parallel to ${axis}, so the orientation about ${up === undefined ? "Q" : "up"} is not fixed: choose an exit face whose normal is not along it.`,
        { field: "sample.exit" },
      ),
    );
  }
  const crystalToSample = alignedFrame(along, vector, up === undefined ? alongQ_sample : [0, 0, 1]);
  return ok({
    up: up === undefined ? defaultUp(hkl, alongQ_sample) : { text: up.value.text, isDefault: false },
    exit: { text, isDefault },
    crystalToSample,
    beam: vector,
  });
}

/** The rotation that lays `along` on the sample axis `axis` and turns `exit` to +x, or to +z where `axis` is x itself. */
function alignedFrame(along: Vec3, exit: Vec3, axis: Vec3): Mat3 {
  const other: Vec3 = isParallel(axis, [1, 0, 0]) ? [0, 0, 1] : [1, 0, 0];
  return mat3.multiply(mat3.transpose(triad(axis, other)), triad(along, exit));
}

/** Rows: first, the part of second orthogonal to it, and their product, as unit vectors. */
function triad(first: Vec3, second: Vec3): Mat3 {
  const a = vec3.normalize(first);
  const b = vec3.normalize(vec3.reject(second, a));
  return [a, b, vec3.cross(a, b)];
}

function defaultUp(hkl: Hkl, alongQ_sample: Vec3): MountDirection {
  const isVertical = Math.abs(alongQ_sample[2]) > 1 - 1e-9;
  const q = directionText({ kind: "planeNormal", indices: hkl });
  return { text: isVertical ? q : `orthogonal to Q ${q}`, isDefault: true };
}

interface NamedVector {
  readonly vector: Vec3;
  readonly text: string;
  readonly isDefault: boolean;
}

function readDirection(cell: UnitCell, text: string | undefined, field: string): Result<NamedVector> | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const parsed = parseDirection(text, field);
  if (!parsed.ok) return parsed;
  return ok({ vector: directionVector(cell, parsed.value), text: directionText(parsed.value), isDefault: false });
}

/**
 * The exit face that is guessed where none is given: among primitive (h,k,l) with |index| <= 4 that are orthogonal to
 * up and not along Q the one with the largest d, ties by the lexicographically largest indices. Where none is
 * orthogonal, the one nearest to the plane orthogonal to up (angles rounded to 0.01 degree), ties alike.
 */
function defaultExit(cell: UnitCell, up: Vec3, Q: Vec3): Result<NamedVector> {
  const upward = vec3.normalize(up);
  let best:
    | { readonly face: Face; readonly tilt_rad: number; readonly tiltClass: number; readonly sine: number }
    | undefined;
  for (const face of facesOf(cell)) {
    const sine = Math.abs(vec3.dot(face.normal, upward));
    if (best !== undefined && sine > best.sine + 1e-9) continue;
    const tilt_rad = Math.PI / 2 - lineAngle_rad(face.vector, up);
    const tiltClass = tilt_rad < ORTHOGONAL_rad ? -1 : Math.round(degrees(tilt_rad) * 100);
    if (best !== undefined && tiltClass >= best.tiltClass) continue;
    if (degrees(lineAngle_rad(face.vector, Q)) <= MIN_ANGLE_TO_Q_deg) continue;
    best = { face, tilt_rad, tiltClass, sine };
    if (tiltClass === -1) break;
  }
  if (best === undefined || Math.PI / 2 - best.tilt_rad < 1e-3) {
    return fail(error("plan/no-default-exit", "No low-index face suits as exit: give one.", { field: "sample.exit" }));
  }
  const { vector, indices } = best.face;
  return ok({ vector, text: directionText({ kind: "planeNormal", indices }), isDefault: true });
}

interface Face {
  readonly indices: Hkl;
  readonly vector: Vec3;
  readonly normal: Vec3;
  readonly d: number;
}

const faces = new WeakMap<UnitCell, readonly Face[]>();

/** The faces that may be guessed, in the order in which they are preferred. */
function facesOf(cell: UnitCell): readonly Face[] {
  const known = faces.get(cell);
  if (known !== undefined) return known;
  const sorted = primitivePlanes()
    .map((indices): Face => {
      const vector = mat3.multiplyVector(cell.reciprocal, indices);
      return { indices, vector, normal: vec3.normalize(vector), d: 1 / vec3.norm(vector) };
    })
    .sort((a, b) => (Math.abs(a.d - b.d) > 1e-9 * a.d ? b.d - a.d : compareHkl(b.indices, a.indices)));
  faces.set(cell, sorted);
  return sorted;
}

function primitivePlanes(): readonly Hkl[] {
  const planes: Hkl[] = [];
  for (let h = -MAX_DEFAULT_INDEX; h <= MAX_DEFAULT_INDEX; h++) {
    for (let k = -MAX_DEFAULT_INDEX; k <= MAX_DEFAULT_INDEX; k++) {
      for (let l = -MAX_DEFAULT_INDEX; l <= MAX_DEFAULT_INDEX; l++) {
        if (greatestCommonDivisor(greatestCommonDivisor(h, k), l) === 1) planes.push([h, k, l]);
      }
    }
  }
  return planes;
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);
