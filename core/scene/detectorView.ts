import type { ExperimentPlan, Geometry, InstrumentProfile } from "../experiment/index.ts";
import { format, type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { convexHull } from "./convexHull.ts";
import { illuminatedBody_um } from "./illuminated.ts";
import type { LensInFocus } from "./lens.ts";
import type { Item, Part } from "./scene.ts";
import { chain, label, lengthText } from "./shapes.ts";

/** The figure fits into this, the part's own unit; its texts stand around it. */
const FIGURE = 0.85;
const ARROW = 0.4;
const THINNEST = 0.02;
/** An illuminated volume that fills less of the field of view than this is drawn larger than the field. */
const SMALLEST = 0.02;

export interface DetectorViewInput {
  readonly plan: ExperimentPlan;
  readonly geometry: Geometry;
  readonly instrument: InstrumentProfile;
  readonly lens: LensInFocus | null;
  readonly sampleToLab: Mat3;
}

/** What one pixel of the camera covers on the sample, um: E15. */
export interface PixelOnSample {
  /** Across the scattering plane. */
  readonly across_um: number;
  /** Along the direction of deflection, as the beam from the lens shows it. */
  readonly along_um: number;
  /** Along the incident beam in a sheet: px / sin 2theta normal to the beam, px / tan 2theta upright. */
  readonly inSheet_um: number;
}

export function pixelOnSample(
  { camera }: InstrumentProfile,
  lens: LensInFocus | null,
  twoTheta_deg: number,
): PixelOnSample | null {
  if (!camera || !lens) return null;
  const pixel_um = camera.pixel_um / camera.opticalMagnification / Math.abs(lens.M);
  const twoTheta = radians(twoTheta_deg);
  const isUpright = camera.mounting === "upright";
  return {
    across_um: pixel_um,
    along_um: isUpright ? pixel_um * Math.cos(twoTheta) : pixel_um,
    inSheet_um: isUpright ? pixel_um / Math.tan(twoTheta) : pixel_um / Math.sin(twoTheta),
  };
}

/** Unit vectors of the lab to the right and up in the picture of the detector, seen from the sample. */
export function detectorAxes(geometry: Geometry): { readonly right: Vec3; readonly up: Vec3; readonly along: Vec3 } {
  const along = vec3.normalize(mat3.multiplyVector(geometry.sampleToLab, geometry.kh_sample_invA));
  const up = vec3.normalize(vec3.reject(vec3.scale([1, 0, 0], -1), along));
  return { right: vec3.cross(along, up), up, along };
}

/** The illuminated volume projected along kh onto a plane normal to it: points in um, right and up of the detector. */
export function projectedVolume_um({
  plan,
  geometry,
  sampleToLab,
}: DetectorViewInput): readonly (readonly [number, number])[] {
  const { right, up } = detectorAxes(geometry);
  return illuminatedBody_um(plan, sampleToLab)
    .flat()
    .map((point) => [vec3.dot(point, right), vec3.dot(point, up)]);
}

/** A flat figure of what the detector sees, with the directions of the sample and of a pixel in it. */
export function detectorPart(input: DetectorViewInput): readonly Part[] {
  const { geometry, instrument, lens, sampleToLab } = input;
  const points = projectedVolume_um(input);
  if (points.length === 0) return [];
  const extent = (i: 0 | 1): number =>
    Math.max(...points.map((point) => point[i])) - Math.min(...points.map((point) => point[i]));
  const [width_um, height_um] = [extent(0), extent(1)];
  const pixel = pixelOnSample(instrument, lens, geometry.twoTheta_deg);
  const field_um = pixel && instrument.camera ? instrument.camera.size_px.map((n) => n * pixel.across_um) : null;
  const showsField = field_um !== null && Math.max(width_um, height_um) > SMALLEST * Math.max(...field_um);
  const widest_um = Math.max(width_um, height_um, ...(showsField ? field_um : []));
  const scale = (2 * FIGURE) / widest_um;
  const flat = (x: number, y: number): Vec3 => [x, y, 0];
  const size = [
    Math.max(width_um * scale, THINNEST) / Math.max(width_um * scale, 1e-9),
    Math.max(height_um * scale, THINNEST) / Math.max(height_um * scale, 1e-9),
  ] as const;
  const outline = convexHull(points).map(([x, y]) => flat(x * scale * size[0], y * scale * size[1]));
  const title = `Seen by the detector: the illuminated volume projected along kₕ, ${lengthText(width_um)} across × ${lengthText(height_um)} along the scattering plane${pixel ? `; one pixel covers ${nm(pixel.across_um)} across, and ${nm(pixel.inSheet_um)} along the beam in a sheet` : ""}`;
  const items: Item[] = [
    {
      id: "detectorView.volume",
      role: "illuminated",
      title,
      data: { across_um: width_um, along_um: height_um },
      shape: { kind: "mesh", vertices: outline, faces: [outline.map((_, i) => i)] },
    },
    ...(showsField ? [fieldItem(field_um, scale)] : []),
    ...axisArrows(geometry, sampleToLab),
  ];
  const caption = [
    "on the detector",
    `${rounded(width_um)} × ${rounded(height_um)}`,
    ...(pixel ? [`pixel ${nm(pixel.across_um)} × ${nm(pixel.inSheet_um)}`] : []),
  ].join("\n");
  return [{ id: "detector", radius: 1, toLab: mat3.identity, isFlat: true, caption, items }];
}

const rounded = (value_um: number): string => format.length(value_um, 3);

function fieldItem(field_um: readonly number[], scale: number): Item {
  const [x, y] = field_um.map((size) => (size * scale) / 2) as [number, number];
  const corners: readonly Vec3[] = [
    [-x, -y, 0.02],
    [x, -y, 0.02],
    [x, y, 0.02],
    [-x, y, 0.02],
    [-x, -y, 0.02],
  ];
  return {
    id: "detectorView.field",
    role: "detector",
    title: `Field of view of the camera on the sample: ${field_um.map((size) => rounded(size)).join(" × ")}`,
    data: { width_um: field_um[0]!, height_um: field_um[1]! },
    shape: { kind: "segments", points: chain(corners), line: "dashed" },
  };
}

/** The sample's x, y, z as the detector shows them; those along kh are left out. */
function axisArrows(geometry: Geometry, sampleToLab: Mat3): readonly Item[] {
  const { right, up } = detectorAxes(geometry);
  const columns = mat3.transpose(sampleToLab);
  return (["x", "y", "z"] as const).flatMap((name, i): readonly Item[] => {
    const axis = columns[i]!;
    const seen: Vec3 = [vec3.dot(axis, right), vec3.dot(axis, up), 0];
    if (vec3.norm(seen) < 0.25) return [];
    const from: Vec3 = [-1.35, -0.2, 0.03];
    const to = vec3.add(from, vec3.scale(seen, ARROW));
    const role = (["axis1", "axis2", "axis3"] as const)[i]!;
    const title = `Sample ${name} on the detector`;
    return [
      {
        id: `detectorView.${name}`,
        role,
        title,
        shape: { kind: "arrow", from, to, radius: 0.022, head: "double" },
      },
      label(`detectorView.${name}.label`, role, name, to, seen, "quiet", title),
    ];
  });
}

const nm = (value_um: number): string => `${format.significant(value_um * 1e3, 4)} nm`;
