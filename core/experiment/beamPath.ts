import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { BeamPath, FaceName } from "./geometry.types.ts";

/** Lines across the beam, along lab Y and lab Z, over which the illuminated volume is integrated. */
const LINES_Y = 64;
const LINES_Z = 32;

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
  const back = vec3.scale(k0, -1);
  const centre: Vec3 = [0, 0, 0];
  const wayIn = wayOut(centre, back, half);
  const way = wayOut(centre, kh, half);
  const lit = illuminate(input, half, k0, kh);
  return {
    in_um: wayIn.length,
    out_um: way.length,
    transmission: Math.exp(-mu * (wayIn.length + way.length)),
    ...lit,
    entryFace: wayIn.face,
    exitFace: way.face,
  };
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
  const visit = (y: number, z: number, counts: boolean): void => {
    const origin = vec3.add(vec3.scale(across_Y, y), vec3.scale(across_Z, z));
    const chord = clip(origin, k0, half);
    if (chord === undefined) return;
    const stops = pathAlong(origin, k0, kh, half, chord);
    for (let i = 0; i < stops.length; i++) {
      const stop = stops[i]!;
      shortest = Math.min(shortest, stop.path);
      longest = Math.max(longest, stop.path);
      const next = stops[i + 1];
      if (!counts || next === undefined) continue;
      const step = next.s - stop.s;
      volume += step;
      weighted += step * meanExponential(mu * stop.path, mu * next.path);
    }
  };
  for (let i = 0; i < LINES_Y; i++) {
    for (let j = 0; j < LINES_Z; j++) {
      visit(((2 * i + 1) / LINES_Y - 1) * reach_Y, ((2 * j + 1) / LINES_Z - 1) * reach_Z, true);
    }
  }
  for (const y of [-reach_Y, 0, reach_Y]) {
    for (const z of [-reach_Z, 0, reach_Z]) visit(y, z, false);
  }
  return {
    transmissionMean: weighted / volume,
    transmissionMin: Math.exp(-mu * longest),
    transmissionMax: Math.exp(-mu * shortest),
  };
}

/** Part [s0, s1] of the line origin + s direction that lies in the box. */
function clip(origin: Vec3, direction: Vec3, half: Vec3): readonly [number, number] | undefined {
  let s0 = Number.NEGATIVE_INFINITY;
  let s1 = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const component = direction[i]!;
    if (component === 0) {
      if (Math.abs(origin[i]!) > half[i]!) return undefined;
      continue;
    }
    const a = (-half[i]! - origin[i]!) / component;
    const b = (half[i]! - origin[i]!) / component;
    s0 = Math.max(s0, Math.min(a, b));
    s1 = Math.min(s1, Math.max(a, b));
  }
  return s1 > s0 ? [s0, s1] : undefined;
}

/** Path in + out at the ends of the pieces of a line on which it is linear; `s` along k0. */
function pathAlong(origin: Vec3, k0: Vec3, kh: Vec3, half: Vec3, [s0, s1]: readonly [number, number]) {
  /** Way out to the face of axis i: offset + slope s. */
  const faces = [0, 1, 2]
    .filter((i) => kh[i] !== 0)
    .map((i) => ({
      offset: (Math.sign(kh[i]!) * half[i]! - origin[i]!) / kh[i]!,
      slope: -k0[i]! / kh[i]!,
    }));
  const stops = [s0, s1];
  for (let i = 0; i < faces.length; i++) {
    for (let j = i + 1; j < faces.length; j++) {
      const s = (faces[j]!.offset - faces[i]!.offset) / (faces[i]!.slope - faces[j]!.slope);
      if (s > s0 && s < s1) stops.push(s);
    }
  }
  return stops
    .sort((a, b) => a - b)
    .map((s) => ({
      s,
      path: s - s0 + Math.max(0, Math.min(...faces.map(({ offset, slope }) => offset + slope * s))),
    }));
}

/** Mean of exp(-x) for x going linearly from a to b. */
const meanExponential = (a: number, b: number): number =>
  Math.abs(b - a) < 1e-6 ? Math.exp(-(a + b) / 2) : (Math.exp(-a) - Math.exp(-b)) / (b - a);
