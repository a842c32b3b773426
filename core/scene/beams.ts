import type { ExperimentPlan, Geometry } from "../experiment/index.ts";
import { format, type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { HEAD_RADIUS } from "./drawing/styles.ts";
import { ARC_RADIUS, BEAM_REACH, BEAM_START, DETECTOR_AT, DIRECT_END, WAVE_VECTOR } from "./layout.ts";
import type { LensInFocus } from "./lens.ts";
import { type Rocking, rockingText } from "./rocking.ts";
import type { DrawnSample } from "./sample.ts";
import type { Item, Role, Shape } from "./scene.ts";
import { chain, energyText, label, lengthText, midpoint } from "./shapes.ts";

/** Limits of the drawn cross-section of the beam in scene units: it must be seen, and not hide the sample. */
const THINNEST_BEAM = 0.026;
const THICKEST_BEAM = 1.2;
const ARC_STEP_deg = 1.5;
const VECTOR_RADIUS = 0.026;

/** A beam this faint is still drawn, so that its place is known. */
const FAINTEST = 0.06;

export interface DrawnBeam {
  /** Along lab Y and lab Z, scene units. */
  readonly width: number;
  readonly height: number;
  readonly isToScale: boolean;
}

/** The cross-section of the beam in scene units, kept within what can be seen. */
export function drawnBeam({ beam }: ExperimentPlan, { units_per_um }: DrawnSample): DrawnBeam {
  const section = (size_um: number): number => Math.min(THICKEST_BEAM, Math.max(THINNEST_BEAM, size_um * units_per_um));
  const [width, height] = [section(beam.width_um), section(beam.height_um)];
  return {
    width,
    height,
    isToScale: width === beam.width_um * units_per_um && height === beam.height_um * units_per_um,
  };
}

/** Incident, transmitted and diffracted beam. Away from the Bragg condition the diffracted one fades. */
export function beamItems(
  plan: ExperimentPlan,
  geometry: Geometry,
  { width, height, isToScale }: DrawnBeam,
  lens: LensInFocus | null,
  rocking: Rocking | null,
): readonly Item[] {
  const { width_um, height_um, energy_keV } = plan.beam;
  const { k0, kh } = unitBeams(geometry);
  const size = `${lengthText(width_um)} wide (Y), ${lengthText(height_um)} high (Z)`;
  const remark = isToScale ? "" : "; its cross-section is not drawn to scale";
  const angle = format.angle(geometry.twoTheta_deg);
  const reach = lens ? DETECTOR_AT : BEAM_REACH;
  const isRocked = rocking !== null && rocking.offset_deg !== 0;
  const opacity = isRocked ? Math.max(FAINTEST, rocking.intensity) : 1;
  const prism = (role: Role, id: string, title: string, direction: Vec3, from: number, to: number): Item => ({
    id,
    role,
    title,
    shape: beamBox(direction, from, to, width, height),
  });
  const incident = `Incident beam: ${energyText(energy_keV)}, ${size}${remark}`;
  const diffracted = `Diffracted beam to the lens, ${angle} from the direct beam${isRocked ? `; ${rockingText(rocking).replace("\n", ", ")}` : ""}`;
  return [
    {
      ...prism("incidentBeam", "beam.incident", incident, k0, -BEAM_START, 0),
      field: "beam.energy_keV",
      data: { energy_keV, width_um, height_um },
    },
    prism("transmittedBeam", "beam.transmitted", "Direct beam behind the sample", k0, 0, DIRECT_END),
    { ...prism("diffractedBeam", "beam.diffracted", diffracted, kh, 0, reach), ...(isRocked && { opacity }) },
    label(
      "beam.incident.label",
      "incidentBeam",
      `beam ${energyText(energy_keV)}\n${lengthText(width_um)} × ${lengthText(height_um)}${isToScale ? "" : "\nnot to scale"}`,
      vec3.scale(k0, -0.8 * BEAM_START),
      [0, 0, -1],
      "plain",
      incident,
      { short: `beam ${energyText(energy_keV)}`, standOff: 0.3 * width },
    ),
    ...(lens
      ? []
      : [label("beam.diffracted.label", "diffractedBeam", "to the lens", vec3.scale(kh, reach), kh, "plain")]),
    ...(isRocked
      ? [
          label(
            "rocking.label",
            "diffractedBeam",
            rockingText(rocking),
            vec3.scale(kh, 1.2),
            [0, 0, 1],
            "strong",
            diffracted,
          ),
        ]
      : []),
  ];
}

const unitBeams = (geometry: Geometry): { readonly k0: Vec3; readonly kh: Vec3 } => ({
  k0: vec3.normalize(mat3.multiplyVector(geometry.sampleToLab, geometry.k0_sample_invA)),
  kh: vec3.normalize(mat3.multiplyVector(geometry.sampleToLab, geometry.kh_sample_invA)),
});

/** Wave vectors with |Q| / |k0| to scale, and the angle between them; Q turns with the sample. */
export function vectorItems(geometry: Geometry, sampleToLab: Mat3): readonly Item[] {
  const toLab = (v: Vec3): Vec3 => mat3.multiplyVector(geometry.sampleToLab, v);
  const { k0, kh } = unitBeams(geometry);
  return [
    ...vectors(
      geometry,
      toLab(geometry.k0_sample_invA),
      toLab(geometry.kh_sample_invA),
      mat3.multiplyVector(sampleToLab, geometry.Q_sample_invA),
    ),
    ...arc(geometry, k0, kh),
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

function vectors(geometry: Geometry, k0_lab: Vec3, kh_lab: Vec3, Q: Vec3): readonly Item[] {
  const units_A = WAVE_VECTOR / vec3.norm(k0_lab);
  const k0Tip = vec3.scale(k0_lab, units_A);
  const khTip = vec3.scale(kh_lab, units_A);
  const QTip = vec3.add(k0Tip, vec3.scale(Q, units_A));
  const inverse = (v: Vec3): string => `${format.significant(vec3.norm(v), 6)} Å⁻¹`;
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
    arrow("Q", k0Tip, QTip),
    label("vector.k0.label", "k0", "k₀", k0Tip, vec3.scale(Q, -1), "strong", titles.k0, { standOff: VECTOR_RADIUS }),
    label("vector.kh.label", "kh", "kₕ", khTip, Q, "strong", titles.kh, { standOff: VECTOR_RADIUS }),
    label("vector.Q.label", "Q", `Q ${hkl}`, midpoint(k0Tip, QTip), vec3.scale(k0_lab, -1), "strong", titles.Q, {
      standOff: HEAD_RADIUS * VECTOR_RADIUS,
    }),
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
    label("twoTheta.label", "twoTheta", text, at(0), vec3.subtract(vec3.scale(k0, 0.4), up), "strong"),
  ];
}
