import type { ExperimentPlan, Geometry } from "../experiment/index.ts";
import { format, type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import { meshOf, volumeOf } from "./convex.ts";
import { type Facet, facetText, isExact } from "./facets.ts";
import { extentAlong, illuminatedBody, illuminatedBody_um } from "./illuminated.ts";
import { HOME_RIGHT, SAMPLE_RADIUS } from "./layout.ts";
import type { Item } from "./scene.ts";
import { boxCorners, label, lengthText, midpoint } from "./shapes.ts";

/** A thinner edge than this part of the longest one is drawn thicker than it is, and its label says by how much. */
const THINNEST = 0.03;
/** The mark of the exit face stands this far off it. */
const FACE_OFFSET = 0.004;

export interface DrawnSample {
  /** Edges along sample x, y, z in scene units. */
  readonly size: Vec3;
  /** How much thicker than to scale each edge is drawn; 1 is to scale. */
  readonly exaggeration: Vec3;
  readonly units_per_um: number;
}

/** The box scaled so that its corners lie on the sphere of the sample. */
export function drawnSample(sample: ExperimentPlan["sample"]): DrawnSample {
  const true_um: Vec3 = [sample.thickness_um, sample.width_um, sample.height_um];
  const thinnest_um = THINNEST * Math.max(...true_um);
  const drawn_um = true_um.map((edge) => Math.max(edge, thinnest_um)) as unknown as Vec3;
  const units_per_um = (2 * SAMPLE_RADIUS) / vec3.norm(drawn_um);
  return {
    size: vec3.scale(drawn_um, units_per_um),
    exaggeration: [drawn_um[0] / true_um[0], drawn_um[1] / true_um[1], drawn_um[2] / true_um[2]],
    units_per_um,
  };
}

/** The sample box, its exit face, the indices of its faces and its dimensions at the edges. */
export function sampleItems(
  plan: ExperimentPlan,
  geometry: Geometry,
  facets: readonly Facet[],
  drawn: DrawnSample,
  rotation: Mat3,
): readonly Item[] {
  const corners = boxCorners([0, 0, 0], drawn.size, rotation);
  const { thickness_um, width_um, height_um } = plan.sample;
  const dimensions = [thickness_um, width_um, height_um] as const;
  const texts = dimensions.map(lengthText);
  const title = `Sample: thickness ${texts[0]} (x), width ${texts[1]} (y), height ${texts[2]} (z); up is ${geometry.up.text}, exit face ${geometry.exit.text}`;
  const exitTitle = `Exit face ${geometry.exit.text}${geometry.exit.isDefault ? ", a guess: no exit face is given" : ""}`;
  return [
    {
      id: "sample",
      role: "sample",
      title,
      field: "sample.thickness_um",
      data: { thickness_um, width_um, height_um },
      shape: { kind: "box", centre: [0, 0, 0], size: drawn.size, rotation },
    },
    {
      id: "sample.exit",
      role: "exitFace",
      title: exitTitle,
      field: "sample.exit",
      shape: exitFace(drawn.size, rotation),
    },
    exitLabel(corners, geometry.exit.text + (geometry.exit.isDefault ? " by default" : ""), exitTitle),
    ...facetLabels(facets, drawn.size, rotation),
    ...dimensions.map((_, axis) =>
      dimensionLabel(corners, axis, `${texts[axis]}${remark(drawn.exaggeration[axis]!)}`, title),
    ),
  ];
}

const FACE_NAMES = ["+x", "−x", "+y", "−y", "+z", "−z"];

/** The indices of every face but the exit face, which has a label of its own. */
function facetLabels(facets: readonly Facet[], size: Vec3, rotation: Mat3): readonly Item[] {
  return facets.flatMap((facet, i): readonly Item[] => {
    if (i === 0) return [];
    const axis = i >> 1;
    const sign = i % 2 === 0 ? 1 : -1;
    const normal = vec3.scale(mat3.transpose(rotation)[axis]!, sign);
    const how = isExact(facet) ? "" : `, ${format.fixed(facet.off_deg, 2)}° from that plane`;
    const title = `Face ${FACE_NAMES[i]} of the sample: (${facet.hkl.join(",")})${how}`;
    return [
      label(
        `sample.facet.${FACE_NAMES[i]}`,
        "facet",
        facetText(facet),
        vec3.scale(normal, size[axis]! / 2),
        normal,
        "quiet",
        title,
        { facing: normal, detail: "large" },
      ),
    ];
  });
}

/** The part of the drawn sample that the drawn beam meets; its numbers are those of the real one. */
export function illuminatedItems(
  plan: ExperimentPlan,
  drawn: DrawnSample,
  beam: { readonly width: number; readonly height: number },
  sampleToLab: Mat3,
): readonly Item[] {
  const body = illuminatedBody(drawn.size, sampleToLab, beam.width, beam.height);
  if (body.length === 0) return [];
  const real_um = illuminatedBody_um(plan, sampleToLab);
  const volume_um3 = volumeOf(real_um);
  const length_um = extentAlong(real_um, [1, 0, 0]);
  return [
    {
      id: "sample.illuminated",
      role: "illuminated",
      title: `Illuminated volume: ${format.significant(volume_um3, 4)} µm³, ${lengthText(length_um)} along the beam`,
      data: { volume_um3, alongBeam_um: length_um },
      shape: { kind: "mesh", ...meshOf(body) },
    },
  ];
}

const remark = (exaggeration: number): string =>
  exaggeration > 1.005 ? ` (drawn ${format.significant(exaggeration, 2)}× as thick)` : "";

function exitFace(size: Vec3, rotation: Mat3): Item["shape"] {
  const x = size[0] / 2 + FACE_OFFSET;
  const [y, z] = [size[1] / 2, size[2] / 2];
  const quad: readonly Vec3[] = [
    [x, -y, -z],
    [x, y, -z],
    [x, y, z],
    [x, -y, z],
  ];
  return { kind: "mesh", vertices: quad.map((v) => mat3.multiplyVector(rotation, v)), faces: [[0, 1, 2, 3]] };
}

/** At the lower corner of the exit face that is farthest to the right in the first view. */
function exitLabel(corners: readonly Vec3[], text: string, title: string): Item {
  const right = (v: Vec3): number => vec3.dot(v, HOME_RIGHT) - v[2];
  const exitCorners = corners.filter((_, i) => i & 1);
  const at = exitCorners.reduce((best, corner) => (right(corner) > right(best) ? corner : best));
  return label(
    "sample.exit.label",
    "exitFace",
    `exit face ${text}`,
    at,
    vec3.add(HOME_RIGHT, [0, 0, -0.3]),
    "plain",
    title,
    { short: `exit ${text}` },
  );
}

/** Which way the label of each dimension should lie from the sample in the first view, sample axes x, y, z. */
const SIDES: readonly Vec3[] = [
  vec3.add(HOME_RIGHT, [0, 0, 1]),
  vec3.add(vec3.scale(HOME_RIGHT, 0.5), [0, 0, 1]),
  vec3.add(vec3.scale(HOME_RIGHT, -1), [0, 0, 0.1]),
];

/** At the middle of that one of the four parallel edges which lies farthest to the wanted side. */
function dimensionLabel(corners: readonly Vec3[], axis: number, text: string, title: string): Item {
  const bit = 1 << axis;
  const side = SIDES[axis]!;
  const middles = corners.flatMap((corner, i) => (i & bit ? [] : [midpoint(corner, corners[i | bit]!)]));
  const at = middles.reduce((best, middle) => (vec3.dot(middle, side) > vec3.dot(best, side) ? middle : best));
  const id = `sample.${["thickness", "width", "height"][axis]}`;
  return label(id, "sample", text, at, side, "quiet", title, { detail: "medium" });
}
