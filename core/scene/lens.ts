import type { ExperimentPlan, Geometry, InstrumentProfile } from "../experiment/index.ts";
import { format, type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { DETECTOR_AT, LENS_FROM, LENS_TO } from "./layout.ts";
import type { Item } from "./scene.ts";
import { label, lengthText, midpoint } from "./shapes.ts";

/** Places of the objective along the diffracted beam. */
export interface LensInFocus {
  /** From the sample to the centre of the first lenslet. */
  readonly d1_mm: number;
  /** From the centre of the first lenslet to that of the last one. */
  readonly dL_mm: number;
  /** From the centre of the last lenslet to the detector. */
  readonly d2_mm: number;
  /** Magnification. */
  readonly M: number;
}

const LENS_HALF = 0.13;
const LENSLETS_DRAWN = 5;
const DETECTOR_SIZE = 0.62;
const DETECTOR_THICKNESS = 0.05;
const BREAK_HALF = 0.12;
const BREAK_GAP = 0.05;

/**
 * The objective and the detector on the diffracted beam, the breaks of scale before and behind it, and how far the
 * direct beam passes from the lens: d1 sin 2theta at its entrance.
 */
export function lensItems(
  plan: ExperimentPlan,
  geometry: Geometry,
  instrument: InstrumentProfile,
  lens: LensInFocus,
  toLab: Mat3,
): readonly Item[] {
  const kh = vec3.normalize(mat3.multiplyVector(toLab, geometry.kh_sample_invA));
  /** Away from the direct beam is up. */
  const side = vec3.normalize(vec3.cross(kh, [1, 0, 0]));
  const up = vec3.cross(kh, side);
  const along: Mat3 = mat3.transpose([kh, side, up]);
  const total_mm = lens.d1_mm + lens.dL_mm + lens.d2_mm;
  const texts = {
    d1: `d₁ ${lengthText(lens.d1_mm * 1e3)}`,
    M: `M ${format.significant(lens.M, 4)}×`,
    total: lengthText(total_mm * 1e3),
  };
  const lensTitle = `Objective in focus: d₁ ${format.fixed(lens.d1_mm, 3)} mm from the sample to the first lenslet, ${format.fixed(lens.dL_mm, 2)} mm long, magnification ${format.fixed(lens.M, 3)}`;
  const detectorTitle = `Detector: ${format.fixed(total_mm, 1)} mm from the sample along the diffracted beam; ${format.fixed(total_mm * Math.cos(radians(geometry.twoTheta_deg)), 1)} mm along the incident beam`;
  const isUpright = instrument.camera?.mounting === "upright";
  const box = (centre: Vec3, size: Vec3, rotation: Mat3): Item["shape"] => ({ kind: "box", centre, size, rotation });
  const step = (LENS_TO - LENS_FROM) / LENSLETS_DRAWN;
  const lenslets = Array.from({ length: LENSLETS_DRAWN }, (_, i): Item => {
    const from = LENS_FROM + (i + 0.5) * step;
    return {
      id: `lens.lenslet.${i}`,
      role: "lens",
      title: lensTitle,
      shape: biconcave(kh, up, from, step),
    };
  });
  const detectorFrame: Mat3 = isUpright ? mat3.transpose([[1, 0, 0], side, vec3.cross([1, 0, 0], side)]) : along;
  return [
    {
      id: "lens",
      role: "lens",
      title: lensTitle,
      field: "lens.file",
      data: { d1_mm: lens.d1_mm, dL_mm: lens.dL_mm, d2_mm: lens.d2_mm, magnification: lens.M },
      shape: box(vec3.scale(kh, (LENS_FROM + LENS_TO) / 2), [LENS_TO - LENS_FROM, 2 * LENS_HALF, 2 * LENS_HALF], along),
    },
    ...lenslets,
    {
      id: "detector",
      role: "detector",
      title: detectorTitle,
      field: "lens.detectorDistance_mm",
      data: { distance_mm: total_mm },
      shape: box(vec3.scale(kh, DETECTOR_AT), [DETECTOR_THICKNESS, DETECTOR_SIZE, DETECTOR_SIZE], detectorFrame),
    },
    scaleBreak("lens.break.1", LENS_FROM - 0.14, kh, up, `Break of scale: ${texts.d1} from the sample to the lens`),
    scaleBreak(
      "lens.break.2",
      (LENS_TO + DETECTOR_AT) / 2,
      kh,
      up,
      `Break of scale: ${lengthText(lens.d2_mm * 1e3)} from the lens to the detector`,
    ),
    label(
      "lens.label",
      "lens",
      `lens, ${texts.M}\n${texts.d1}`,
      vec3.add(vec3.scale(kh, midOf(LENS_FROM, LENS_TO)), vec3.scale(up, LENS_HALF)),
      up,
      "plain",
      lensTitle,
      { short: `lens ${texts.M}` },
    ),
    label(
      "detector.label",
      "detector",
      `detector ${texts.total}\nnot to scale`,
      vec3.add(vec3.scale(kh, DETECTOR_AT), vec3.scale(up, DETECTOR_SIZE / 2)),
      vec3.add(up, vec3.scale(kh, 0.2)),
      "plain",
      detectorTitle,
      { short: `detector ${texts.total}` },
    ),
    ...clearanceItems(plan, geometry, instrument, lens, kh),
  ];
}

const midOf = (a: number, b: number): number => (a + b) / 2;

/** The section of a biconcave lenslet in the scattering plane. */
function biconcave(kh: Vec3, up: Vec3, at: number, step: number): Item["shape"] {
  const points: Vec3[] = [];
  const height = 0.8 * LENS_HALF;
  const steps = 6;
  const place = (along: number, high: number): Vec3 => vec3.add(vec3.scale(kh, at + along), vec3.scale(up, high));
  const edge = (sign: number): readonly Vec3[] =>
    Array.from({ length: steps + 1 }, (_, i) => {
      const part = (2 * i) / steps - 1;
      return place(sign * step * (0.06 + 0.34 * part * part), part * height);
    });
  const [left, right] = [edge(-1), edge(1)];
  for (const line of [left, right]) for (let i = 0; i < steps; i++) points.push(line[i]!, line[i + 1]!);
  points.push(left[0]!, right[0]!, left[steps]!, right[steps]!);
  return { kind: "segments", points };
}

/** Two strokes across the beam: its scale breaks here. */
function scaleBreak(id: string, at: number, kh: Vec3, up: Vec3, title: string): Item {
  const strokes = [-BREAK_GAP / 2, BREAK_GAP / 2].flatMap((shift): readonly Vec3[] => {
    const middle = vec3.scale(kh, at + shift);
    const slant = vec3.add(vec3.scale(up, BREAK_HALF), vec3.scale(kh, 0.4 * BREAK_HALF));
    return [vec3.subtract(middle, slant), vec3.add(middle, slant)];
  });
  return { id, role: "dimension", title, shape: { kind: "segments", points: strokes } };
}

/** Distance of the direct beam from the axis of the lens at its entrance, dfxm.md E19. */
export const clearance_mm = (lens: LensInFocus, twoTheta_deg: number): number =>
  lens.d1_mm * Math.sin(radians(twoTheta_deg));

function clearanceItems(
  plan: ExperimentPlan,
  { twoTheta_deg }: Geometry,
  { lensHousing_halfHeight_mm }: InstrumentProfile,
  lens: LensInFocus,
  kh: Vec3,
): readonly Item[] {
  const free_mm = clearance_mm(lens, twoTheta_deg);
  const needed_mm = lensHousing_halfHeight_mm === null ? null : lensHousing_halfHeight_mm + plan.beam.height_um / 2e3;
  const meets = needed_mm !== null && free_mm < needed_mm;
  const entrance = vec3.scale(kh, LENS_FROM);
  const foot: Vec3 = [entrance[0], 0, 0];
  const housing =
    needed_mm === null
      ? "the profile does not say how large the housing is"
      : `the housing and half the beam need ${format.fixed(needed_mm, 2)} mm`;
  const title = `The direct beam passes ${format.fixed(free_mm, 2)} mm from the lens axis at its entrance; ${housing}`;
  const role = meets ? "exceeded" : "dimension";
  return [
    {
      id: "lens.clearance",
      role,
      title,
      data: { clearance_mm: free_mm },
      shape: { kind: "segments", points: [entrance, foot], line: meets ? "dashed" : "dotted" },
    },
    label(
      "lens.clearance.label",
      role,
      meets
        ? `✗ direct beam meets the lens:\n${format.fixed(free_mm, 1)} mm free`
        : `${format.fixed(free_mm, 1)} mm to the direct beam`,
      midpoint(entrance, foot),
      vec3.subtract([1, 0, 0], vec3.scale(kh, 0.2)),
      meets ? "strong" : "quiet",
      title,
      meets ? {} : { detail: "large" },
    ),
  ];
}
