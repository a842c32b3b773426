import type { ExperimentPlan, Geometry } from "../experiment/index.ts";
import { format, type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { ARC_RADIUS, BEAM_REACH, BEAM_START, BEAM_TOP, WAVE_VECTOR } from "./layout.ts";
import type { DrawnSample } from "./sample.ts";
import type { Item, Role, Shape } from "./scene.ts";
import { chain, energyText, label, lengthText, midpoint } from "./shapes.ts";

/** Limits of the drawn cross-section of the beam in scene units: it must be seen, and not hide the sample. */
const THINNEST_BEAM = 0.016;
const THICKEST_BEAM = 1.2;
const ARC_STEP_deg = 1.5;
const VECTOR_RADIUS = 0.026;

/** Incident, transmitted and diffracted beam, the wave vectors with |Q| / |k0| to scale, and the angle between them. */
export function beamItems(plan: ExperimentPlan, geometry: Geometry, drawn: DrawnSample): readonly Item[] {
  const toLab = (v: Vec3): Vec3 => mat3.multiplyVector(geometry.sampleToLab, v);
  const k0_lab = toLab(geometry.k0_sample_invA);
  const kh_lab = toLab(geometry.kh_sample_invA);
  return [
    ...beams(plan, geometry, drawn, vec3.normalize(k0_lab), vec3.normalize(kh_lab)),
    ...vectors(geometry, k0_lab, kh_lab),
    ...arc(geometry, vec3.normalize(k0_lab), vec3.normalize(kh_lab)),
  ];
}

function beams(plan: ExperimentPlan, geometry: Geometry, drawn: DrawnSample, k0: Vec3, kh: Vec3): readonly Item[] {
  const { width_um, height_um, energy_keV } = plan.beam;
  const section = (size_um: number): number =>
    Math.min(THICKEST_BEAM, Math.max(THINNEST_BEAM, size_um * drawn.units_per_um));
  const width = section(width_um);
  const height = section(height_um);
  const toScale = width === width_um * drawn.units_per_um && height === height_um * drawn.units_per_um;
  const size = `${lengthText(width_um)} wide (Y), ${lengthText(height_um)} high (Z)`;
  const remark = toScale ? "" : "; its cross-section is not drawn to scale";
  const angle = format.angle(geometry.twoTheta_deg);
  const reach = Math.min(BEAM_REACH, Math.max(WAVE_VECTOR + 0.3, BEAM_TOP / Math.max(kh[2], 1e-9)));
  const prism = (role: Role, id: string, title: string, direction: Vec3, from: number, to: number): Item => ({
    id,
    role,
    title,
    shape: beamBox(direction, from, to, width, height),
  });
  const incident = `Incident beam: ${energyText(energy_keV)}, ${size}${remark}`;
  return [
    prism("incidentBeam", "beam.incident", incident, k0, -BEAM_START, 0),
    prism("transmittedBeam", "beam.transmitted", "Transmitted beam", k0, 0, ARC_RADIUS),
    prism(
      "diffractedBeam",
      "beam.diffracted",
      `Diffracted beam to the lens, ${angle} from the direct beam`,
      kh,
      0,
      reach,
    ),
    label(
      "beam.incident.label",
      "incidentBeam",
      `beam ${energyText(energy_keV)}\n${lengthText(width_um)} × ${lengthText(height_um)}${toScale ? "" : "\nnot to scale"}`,
      vec3.scale(k0, -0.6 * BEAM_START),
      [0, 0, -1],
      "plain",
      incident,
    ),
    label("beam.diffracted.label", "diffractedBeam", "to the lens", vec3.scale(kh, reach), kh, "plain"),
  ];
}

/** A box along a beam whose width stays as horizontal as it can. */
function beamBox(direction: Vec3, from: number, to: number, width: number, height: number): Shape {
  const across = vec3.normalize(vec3.reject([0, 1, 0], direction));
  const rotation: Mat3 = mat3.transpose([direction, across, vec3.cross(direction, across)]);
  return {
    kind: "box",
    centre: vec3.scale(direction, (from + to) / 2),
    size: [to - from, width, height],
    rotation,
  };
}

function vectors(geometry: Geometry, k0_lab: Vec3, kh_lab: Vec3): readonly Item[] {
  const units_A = WAVE_VECTOR / vec3.norm(k0_lab);
  const k0Tip = vec3.scale(k0_lab, units_A);
  const khTip = vec3.scale(kh_lab, units_A);
  const inverse = (v: Vec3): string => `${format.significant(vec3.norm(v), 6)} Å⁻¹`;
  const Q = vec3.subtract(kh_lab, k0_lab);
  const hkl = format.millerIndices(geometry.hkl);
  const titles = {
    k0: `k₀, wave vector of the incident beam: ${inverse(k0_lab)}`,
    kh: `kₕ = k₀ + Q, wave vector of the diffracted beam: ${inverse(kh_lab)}`,
    Q: `Q of ${hkl}: ${inverse(Q)}, d ${format.significant(geometry.d_A, 6)} Å; drawn to the scale of k₀`,
  };
  const arrow = (role: "k0" | "kh" | "Q", from: Vec3, to: Vec3): Item => ({
    id: `vector.${role}`,
    role,
    title: titles[role],
    shape: { kind: "arrow", from, to, radius: VECTOR_RADIUS, head: "single" },
  });
  return [
    arrow("k0", [0, 0, 0], k0Tip),
    arrow("kh", [0, 0, 0], khTip),
    arrow("Q", k0Tip, khTip),
    label("vector.k0.label", "k0", "k₀", k0Tip, vec3.scale(Q, -1), "strong", titles.k0),
    label("vector.kh.label", "kh", "kₕ", khTip, Q, "strong", titles.kh),
    label(
      "vector.Q.label",
      "Q",
      `Q ${hkl}`,
      vec3.add(midpoint(k0Tip, khTip), vec3.scale(k0_lab, (0.06 * units_A) / WAVE_VECTOR)),
      k0_lab,
      "strong",
      titles.Q,
    ),
  ];
}

/** Arc from k0 to kh with the value of 2theta. */
function arc(geometry: Geometry, k0: Vec3, kh: Vec3): readonly Item[] {
  const up = vec3.normalize(vec3.reject(kh, k0));
  const at = (angle_deg: number): Vec3 =>
    vec3.scale(
      vec3.add(vec3.scale(k0, Math.cos(radians(angle_deg))), vec3.scale(up, Math.sin(radians(angle_deg)))),
      ARC_RADIUS,
    );
  const steps = Math.max(2, Math.ceil(geometry.twoTheta_deg / ARC_STEP_deg));
  const points = Array.from({ length: steps + 1 }, (_, i) => at((geometry.twoTheta_deg * i) / steps));
  const text = `2θ ${format.angle(geometry.twoTheta_deg)}`;
  return [
    { id: "twoTheta", role: "twoTheta", title: text, shape: { kind: "segments", points: chain(points) } },
    label("twoTheta.label", "twoTheta", text, at(geometry.twoTheta_deg / 2), k0, "strong"),
  ];
}
