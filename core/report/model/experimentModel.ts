import {
  type Experiment,
  type ExperimentPlan,
  type GoniometerAxis,
  type InstrumentProfile,
  type LensFocus,
  preferredSolution,
} from "../../experiment/index.ts";
import type { Scene } from "../../scene/index.ts";
import { format, mat3, radians, type Vec3, vec3 } from "../../util/index.ts";
import { crystalNodes } from "./crystalModel.ts";
import type { Material, Model, ModelNode } from "./model.ts";
import { arrow, boxFaces, clipConvex, label, rod } from "./shapes.ts";

const UM = 1e-6;
const MM = 1e-3;
/** Drawn length of the beams where no lens or detector ends them. */
const BEAM_m = 0.1;
/** The stages are a scheme: their real shapes are not known. */
const STAGE_m = { first: 0.03, step: 0.022, radius: 0.05, thickness: 0.008, cradle: [0.05, 0.035, 0.014] } as const;
const VECTOR_m = 0.02;
const LENS_RADIUS_m = 1e-3;

const MATERIALS: readonly Material[] = [
  { name: "Sample", colour: "#7aa5d8", opacity: 0.35 },
  { name: "Illuminated volume", colour: "#e07b00", opacity: 0.9 },
  { name: "Incident beam", colour: "#e07b00", opacity: 0.6 },
  { name: "Transmitted beam", colour: "#e0a860", opacity: 0.5 },
  { name: "Diffracted beam", colour: "#7c3fa8", opacity: 0.6 },
  { name: "Lens", colour: "#9a9a9a", opacity: 1 },
  { name: "Detector", colour: "#3a3a3a", opacity: 1 },
  { name: "Stage", colour: "#b5b9be", opacity: 1 },
  { name: "Vector", colour: "#202020", opacity: 1 },
];

export interface ModelInput {
  readonly name: string;
  readonly plan: ExperimentPlan;
  readonly scene: Scene;
  readonly experiment: Experiment;
  readonly instrument: InstrumentProfile;
  readonly lens: LensFocus | null;
  readonly detectorDistance_mm: number | null;
}

/** The experiment with its goniometer turned to the plan, each part under its own name. */
export function experimentModel(input: ModelInput): Model {
  const { plan, scene, experiment, instrument } = input;
  const drawn = scene.parts.find(({ id }) => id === "crystal") ?? { items: [], radius: 1 };
  const structure = crystalNodes(drawn, experiment.geometry.crystalToSample, plan.sample);
  const size_m: Vec3 = vec3.scale([plan.sample.thickness_um, plan.sample.width_um, plan.sample.height_um], UM);
  const sample: ModelNode = {
    name: "Sample",
    extras: {
      thickness_um: plan.sample.thickness_um,
      width_um: plan.sample.width_um,
      height_um: plan.sample.height_um,
      frame: "x exit normal, y = z x x, z up",
    },
    children: [
      { name: "Sample body", shape: { kind: "box", size_m }, material: "Sample" },
      label("sample", [0, 0, size_m[2] / 2], `sample ${input.name}`),
      ...structure.nodes,
    ],
  };
  return {
    name: input.name,
    materials: [...MATERIALS, ...structure.materials],
    nodes: [
      goniometer(instrument.stack, experiment, sample, -size_m[2] / 2),
      illuminated(input, size_m),
      ...beams(input),
      ...optics(input),
    ],
  };
}

/** The stages, each within the one that carries it, turned by its angle; the sample in the innermost. */
function goniometer(
  stack: readonly GoniometerAxis[],
  { geometry }: Experiment,
  sample: ModelNode,
  bottom_m: number,
): ModelNode {
  const solution = preferredSolution(geometry.goniometer);
  if (!solution) return { name: "Goniometer", rotation: geometry.sampleToLab, children: [sample] };
  const holder = rod(
    "Sample holder",
    [0, 0, -STAGE_m.first],
    [0, 0, Math.max(bottom_m, -0.9 * STAGE_m.first)],
    0.001,
    "Stage",
  );
  const nested = stack.reduceRight<ModelNode>(
    (inner, axis, i) => {
      const { angle_deg = 0 } = solution.angles[i] ?? {};
      const below = STAGE_m.first + (stack.length - 1 - i) * STAGE_m.step;
      const isVertical = Math.abs(axis.axis_lab[2]) > 0.7;
      const body: ModelNode = isVertical
        ? {
            name: `Stage ${axis.name} table`,
            translation_m: [0, 0, -below - STAGE_m.thickness],
            shape: { kind: "cylinder", radius_m: STAGE_m.radius, length_m: STAGE_m.thickness },
            material: "Stage",
          }
        : cradle(axis, below);
      return {
        name: `Stage ${axis.name}`,
        rotation: mat3.rotation(axis.axis_lab, radians(angle_deg - (axis.zero_deg ?? 0))),
        extras: { axis_lab: axis.axis_lab, angle_deg, sense: axis.sense, shape: "scheme, not the real stage" },
        children: [
          body,
          label(axis.name, [0, -STAGE_m.radius, -below], `${axis.name} ${format.angle(angle_deg)}`),
          inner,
        ],
      };
    },
    { name: "Holder", children: [holder, sample] },
  );
  return { name: "Goniometer", children: [nested] };
}

/** A flat block below the sample, with a rod that shows about which direction it tilts. */
function cradle({ name, axis_lab }: GoniometerAxis, below_m: number): ModelNode {
  const along = vec3.normalize(vec3.reject(axis_lab, [0, 0, 1]));
  const [length_m, width_m, height_m] = STAGE_m.cradle;
  const end = vec3.scale([1, 0, 0], 0.65 * length_m);
  return {
    name: `Stage ${name} cradle`,
    translation_m: [0, 0, -below_m - height_m / 2],
    rotation: mat3.transpose([along, vec3.cross([0, 0, 1], along), [0, 0, 1]]),
    children: [
      {
        name: `Stage ${name} block`,
        shape: { kind: "box", size_m: [length_m, width_m, height_m] },
        material: "Stage",
      },
      rod(`Stage ${name} axis`, vec3.scale(end, -1), end, 0.0015, "Vector"),
    ],
  };
}

/** The part of the sample that the incident beam meets: the box, cut by the four sides of the beam. */
function illuminated({ plan, experiment }: ModelInput, size_m: Vec3): ModelNode {
  const { sampleToLab } = experiment.geometry;
  const sides: readonly (readonly [Vec3, number])[] = [
    [[0, 1, 0], plan.beam.width_um],
    [[0, 0, 1], plan.beam.height_um],
  ];
  const body = boxFaces(size_m).map((face) => face.map((point) => mat3.multiplyVector(sampleToLab, point)));
  const faces = sides.reduce(
    (cut, [normal, size_um]) => {
      const half_m = (size_um * UM) / 2;
      return clipConvex(clipConvex(cut, normal, half_m), vec3.scale(normal, -1), half_m);
    },
    body as readonly (readonly Vec3[])[],
  );
  return { name: "Illuminated volume", shape: { kind: "faces", faces }, material: "Illuminated volume" };
}

function beams({ plan, experiment, lens, detectorDistance_mm }: ModelInput): readonly ModelNode[] {
  const { geometry } = experiment;
  const toLab = (v: Vec3): Vec3 => mat3.multiplyVector(geometry.sampleToLab, v);
  const [k0, kh] = [toLab(geometry.k0_sample_invA), toLab(geometry.kh_sample_invA)];
  const direction = vec3.normalize(kh);
  const end_m = lens?.focus ? lens.focus.d1_mm * MM : BEAM_m;
  const section = [plan.beam.width_um * UM, plan.beam.height_um * UM] as const;
  const beam = (name: string, along: Vec3, from_m: number, to_m: number): ModelNode => {
    const across = vec3.normalize(vec3.reject([0, 1, 0], along));
    return {
      name,
      translation_m: vec3.scale(along, (from_m + to_m) / 2),
      rotation: mat3.transpose([along, across, vec3.cross(along, across)]),
      shape: { kind: "box", size_m: [to_m - from_m, ...section] },
      material: name,
    };
  };
  const scale = VECTOR_m / vec3.norm(k0);
  const vectors = { k0: [[0, 0, 0], k0], kh: [[0, 0, 0], kh], Q: [k0, kh] } as const;
  return [
    beam("Incident beam", [1, 0, 0], -BEAM_m, 0),
    beam("Transmitted beam", [1, 0, 0], 0, detectorDistance_mm === null ? BEAM_m : Math.max(BEAM_m, end_m)),
    beam("Diffracted beam", direction, 0, end_m),
    label("incident beam", [-BEAM_m, 0, 0], `${format.significant(plan.beam.energy_keV, 6)} keV`),
    label("diffracted beam", vec3.scale(direction, 0.5 * end_m), `2θ ${format.angle(geometry.twoTheta_deg)}`),
    ...Object.entries(vectors).map(([name, [from, to]]) =>
      arrow(name, vec3.scale(from, scale), vec3.scale(to, scale), 2e-4, "Vector", {
        scale: `1/Å is drawn as ${scale} m`,
        vector_lab_invA: vec3.subtract(to, from),
      }),
    ),
  ];
}

function optics({ experiment, lens, detectorDistance_mm, instrument }: ModelInput): readonly ModelNode[] {
  const { geometry } = experiment;
  const kh = vec3.normalize(mat3.multiplyVector(geometry.sampleToLab, geometry.kh_sample_invA));
  const nodes: ModelNode[] = [];
  if (lens?.focus) {
    const from = vec3.scale(kh, lens.focus.d1_mm * MM);
    const to = vec3.scale(kh, (lens.focus.d1_mm + lens.dL_mm) * MM);
    nodes.push({
      name: "Lens",
      extras: { d1_mm: lens.focus.d1_mm, dL_mm: lens.dL_mm, M: lens.focus.M, shape: "scheme of the lens box" },
      children: [
        rod("Lens box", from, to, LENS_RADIUS_m, "Lens"),
        label("lens", from, `lens, M ${format.fixed(lens.focus.M, 3)}`),
      ],
    });
  }
  if (detectorDistance_mm !== null && kh[0] > 1e-6) {
    const { camera } = instrument;
    const pixel_m = camera ? (camera.pixel_um / camera.opticalMagnification) * UM : null;
    const size: readonly [number, number] =
      camera && pixel_m !== null ? [camera.size_px[0] * pixel_m, camera.size_px[1] * pixel_m] : [0.01, 0.01];
    const place = vec3.scale(kh, (detectorDistance_mm * MM) / kh[0]);
    nodes.push({
      name: "Detector",
      translation_m: place,
      extras: { distance_mm: detectorDistance_mm, size: camera ? "field of the camera" : "size not known" },
      children: [
        {
          name: "Detector plane",
          rotation: camera?.mounting === "upright" ? mat3.identity : mat3.transpose(alongBeam(kh)),
          shape: { kind: "box", size_m: [1e-3, size[0], size[1]] },
          material: "Detector",
        },
        label("detector", [0, 0, 0], "detector"),
      ],
    });
  }
  return nodes;
}

/** Axes of a plane normal to a beam: the beam, as horizontal as can be across it, and the third. */
function alongBeam(kh: Vec3): readonly [Vec3, Vec3, Vec3] {
  const across = vec3.normalize(vec3.reject([0, 1, 0], kh));
  return [kh, across, vec3.cross(kh, across)];
}
