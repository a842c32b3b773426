import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { BeamPath, FaceName } from "./geometry.types.ts";

/** Lines across the beam, along lab Y and lab Z, over which the illuminated volume is integrated. */
const LINES_Y = 48;
const LINES_Z = 24;

export interface BeamPathInput {
  /** Edges of the box along sample x, y, z in um. */
  readonly box_um: Vec3;
  /** Width along lab Y and height along lab Z in um. */
  readonly beam_um: { readonly width: number; readonly height: number };
  readonly k0_sample: Vec3;
  readonly kh_sample: Vec3;
  readonly sampleToLab: Mat3;
  readonly attenuationCoefficient_per_um: number;
}

/**
 * Way of the beams through the sample box, and the transmission exp(-mu (in + out)) at its centre and over the volume
 * that the incident beam lights. Along each line of the beam the way out is piecewise linear, so the integral over it
 * is exact; across the beam it is a midpoint sum.
 */
export function beamPath(input: BeamPathInput): BeamPath {
  const { box_um, attenuationCoefficient_per_um: mu } = input;
  const half = vec3.scale(box_um, 0.5);
  const k0 = vec3.normalize(input.k0_sample);
  const kh = vec3.normalize(input.kh_sample);
  const central = centralPath(box_um, k0, kh);
  return {
    ...central,
    transmission: Math.exp(-mu * (central.in_um + central.out_um)),
    ...illuminate(input, half, k0, kh),
  };
}

/** The way in and out through the centre of the box, and the faces that it crosses. */
export function centralPath(
  box_um: Vec3,
  k0_sample: Vec3,
  kh_sample: Vec3,
): Pick<BeamPath, "in_um" | "out_um" | "entryFace" | "exitFace"> {
  const half = vec3.scale(box_um, 0.5);
  const wayIn = wayOut([0, 0, 0], vec3.scale(vec3.normalize(k0_sample), -1), half);
  const way = wayOut([0, 0, 0], vec3.normalize(kh_sample), half);
  return { in_um: wayIn.length, out_um: way.length, entryFace: wayIn.face, exitFace: way.face };
}

const FACES: readonly (readonly [FaceName, FaceName])[] = [
  ["-x", "+x"],
  ["-y", "+y"],
  ["-z", "+z"],
];

/** Distance from a point inside the box to its surface along a unit vector, and the face that is met. */
function wayOut(point: Vec3, direction: Vec3, half: Vec3): { length: number; face: FaceName } {
  let length = Number.POSITIVE_INFINITY;
  let face: FaceName = "+x";
  for (let i = 0; i < 3; i++) {
    const component = direction[i]!;
    if (component === 0) continue;
    const distance = (Math.sign(component) * half[i]! - point[i]!) / component;
    if (distance < length) {
      length = distance;
      face = FACES[i]![component > 0 ? 1 : 0];
    }
  }
  return { length: Math.max(0, length), face };
}

function illuminate(input: BeamPathInput, half: Vec3, k0: Vec3, kh: Vec3) {
  const { beam_um, sampleToLab, attenuationCoefficient_per_um: mu } = input;
  const labToSample = mat3.transpose(sampleToLab);
  const across_Y = mat3.multiplyVector(labToSample, [0, 1, 0]);
  const across_Z = mat3.multiplyVector(labToSample, [0, 0, 1]);
  const shadow = (axis: Vec3): number => half.reduce((sum, edge, i) => sum + edge * Math.abs(axis[i]!), 0);
  const reach_Y = Math.min(beam_um.width / 2, shadow(across_Y));
  const reach_Z = Math.min(beam_um.height / 2, shadow(across_Z));

  let volume = 0;
  let weighted = 0;
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  const stops = createStops(k0, kh, half);
  const originAt = (y: number, z: number): Vec3 => vec3.add(vec3.scale(across_Y, y), vec3.scale(across_Z, z));
  const visit = (y: number, z: number, counts: boolean): void => {
    const count = stops.along(originAt(y, z));
    for (let i = 0; i < count; i++) {
      shortest = Math.min(shortest, stops.path[i]!);
      longest = Math.max(longest, stops.path[i]!);
      if (!counts || i === 0) continue;
      const step = stops.s[i]! - stops.s[i - 1]!;
      volume += step;
      weighted += step * meanExponential(mu * stops.path[i - 1]!, mu * stops.path[i]!);
    }
  };
  const corners = [-reach_Y, reach_Y].flatMap((y) => [-reach_Z, reach_Z].map((z) => originAt(y, z)));
  if (crossesOneSlab(corners, k0, kh, half)) {
    visit(0, 0, true);
  } else {
    for (let i = 0; i < LINES_Y; i++) {
      for (let j = 0; j < LINES_Z; j++) {
        visit(((2 * i + 1) / LINES_Y - 1) * reach_Y, ((2 * j + 1) / LINES_Z - 1) * reach_Z, true);
      }
    }
    for (const y of [-reach_Y, 0, reach_Y]) {
      for (const z of [-reach_Z, 0, reach_Z]) visit(y, z, false);
    }
  }
  return {
    transmissionMean: weighted / volume,
    transmissionMin: Math.exp(-mu * longest),
    transmissionMax: Math.exp(-mu * shortest),
  };
}

/**
 * Whether both beams meet no other faces than one parallel pair, so that all lines of the beam are alike. The points from
 * which a ray meets one face first are a convex set: it is enough to ask at the corners of the lit volume.
 */
function crossesOneSlab(corners: readonly Vec3[], k0: Vec3, kh: Vec3, half: Vec3): boolean {
  const axes = new Set<string>();
  for (const corner of corners) {
    if (corner.some((component, i) => Math.abs(component) > half[i]!)) return false;
    for (const way of [vec3.scale(k0, -1), k0]) {
      const { length, face } = wayOut(corner, way, half);
      const surface = vec3.add(corner, vec3.scale(way, length));
      axes.add(face.charAt(1)).add(wayOut(surface, kh, half).face.charAt(1));
    }
  }
  return axes.size === 1;
}

/**
 * The places on a line through the box between which the path in + out is linear: `s` is the way along k0 from the
 * line's origin, `path` the path at it. Written to arrays that are used again, for there are thousands of lines.
 */
function createStops(k0: Vec3, kh: Vec3, half: Vec3) {
  const s = new Float64Array(5);
  const path = new Float64Array(5);
  /** Way out to the face of axis i: offset[i] + slope[i] s. */
  const offset = new Float64Array(3);
  const slope = k0.map((component, i) => -component / kh[i]!);
  const wayOutAt = (at: number): number => {
    let shortest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3; i++) if (kh[i] !== 0) shortest = Math.min(shortest, offset[i]! + slope[i]! * at);
    return Math.max(0, shortest);
  };
  const insert = (value: number, count: number): void => {
    let at = count;
    for (; s[at - 1]! > value; at--) s[at] = s[at - 1]!;
    s[at] = value;
  };
  /** Number of places, 0 where the line misses the box. */
  const along = (origin: Vec3): number => {
    let first = Number.NEGATIVE_INFINITY;
    let last = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3; i++) {
      offset[i] = (Math.sign(kh[i]!) * half[i]! - origin[i]!) / kh[i]!;
      if (k0[i] === 0) {
        if (Math.abs(origin[i]!) > half[i]!) return 0;
        continue;
      }
      const a = (-half[i]! - origin[i]!) / k0[i]!;
      const b = (half[i]! - origin[i]!) / k0[i]!;
      first = Math.max(first, Math.min(a, b));
      last = Math.min(last, Math.max(a, b));
    }
    if (!(last > first)) return 0;
    s[0] = first;
    let count = 1;
    for (let i = 0; i < 3; i++) {
      for (let j = i + 1; j < 3; j++) {
        const crossing = (offset[j]! - offset[i]!) / (slope[i]! - slope[j]!);
        if (crossing > first && crossing < last) insert(crossing, count++);
      }
    }
    s[count++] = last;
    for (let i = 0; i < count; i++) path[i] = s[i]! - first + wayOutAt(s[i]!);
    return count;
  };
  return { s, path, along };
}

/**
 * Integral of the transmission exp(-mu (in + out)) along the central ray of the incident beam, in um: what a lit column
 * of the sample gives, as the length of one that does not attenuate.
 */
export function centralSignal_um(
  input: Pick<BeamPathInput, "box_um" | "k0_sample" | "kh_sample" | "attenuationCoefficient_per_um">,
): number {
  const { attenuationCoefficient_per_um: mu } = input;
  const stops = createStops(
    vec3.normalize(input.k0_sample),
    vec3.normalize(input.kh_sample),
    vec3.scale(input.box_um, 0.5),
  );
  const count = stops.along([0, 0, 0]);
  let sum = 0;
  for (let i = 1; i < count; i++) {
    sum += (stops.s[i]! - stops.s[i - 1]!) * meanExponential(mu * stops.path[i - 1]!, mu * stops.path[i]!);
  }
  return sum;
}

/** Mean of exp(-x) for x going linearly from a to b. */
const meanExponential = (a: number, b: number): number =>
  Math.abs(b - a) < 1e-6 ? Math.exp(-(a + b) / 2) : (Math.exp(-a) - Math.exp(-b)) / (b - a);
