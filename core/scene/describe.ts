import type { UnitCell } from "../crystal/index.ts";
import { excess_deg, type FaceName } from "../experiment/index.ts";
import { degrees, format, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { drawnBeam } from "./beams.ts";
import type { SceneInput } from "./build.ts";
import { volumeOf } from "./convex.ts";
import { type Facet, facetOf, isExact, latticeDirectionOf, sampleFacets } from "./facets.ts";
import { illuminatedBody_um } from "./illuminated.ts";
import { clearance_mm } from "./lens.ts";
import { DEFAULT_SCENE_OPTIONS } from "./options.ts";
import { drawnSample } from "./sample.ts";
import { energyText, lengthText } from "./shapes.ts";
import { directionWords, limitsText, wedgeOf } from "./wedge.ts";

/** A part of the picture in words. */
export interface DescriptionSection {
  readonly heading: string;
  readonly sentences: readonly string[];
}

/** Directions closer than this are called the same. */
const SAME_deg = 0.005;

/** The picture in words, for those who cannot see it and for the logbook: what points where, and every angle. */
export function describeExperiment(input: SceneInput): readonly DescriptionSection[] {
  return [
    { heading: "Reflection", sentences: reflection(input) },
    { heading: "Sample", sentences: sample(input) },
    { heading: "Crystal", sentences: crystal(input) },
    { heading: "Goniometer", sentences: goniometer(input) },
    { heading: "Lens and detector", sentences: lens(input) },
    { heading: "Drawing", sentences: drawing(input) },
  ].filter(({ sentences }) => sentences.length > 0);
}

/** All sentences as one text. */
export const descriptionText = (sections: readonly DescriptionSection[]): string =>
  sections.map(({ heading, sentences }) => `${heading}: ${sentences.join(" ")}`).join("\n");

const indices = (open: "(" | "[", values: Vec3): string =>
  `${open}${values.map((x) => format.fixed(x, 0)).join(",")}${open === "(" ? ")" : "]"}`;

const named = (open: "(" | "[", facet: Facet): string =>
  isExact(facet) ? indices(open, facet.hkl) : `${format.fixed(facet.off_deg, 2)}° off ${indices(open, facet.hkl)}`;

/** Where a direction of the lab points, in words. */
export function pointing(direction_lab: Vec3): string {
  const [x, y, z] = vec3.normalize(direction_lab);
  const axes: readonly (readonly [Vec3, string])[] = [
    [[1, 0, 0], "downstream along the beam"],
    [[-1, 0, 0], "upstream against the beam"],
    [[0, 1, 0], "to the left, seen along the beam"],
    [[0, -1, 0], "to the right, seen along the beam"],
    [[0, 0, 1], "up"],
    [[0, 0, -1], "down"],
  ];
  const same = axes.find(([axis]) => degrees(vec3.angleBetween(axis, [x, y, z])) < SAME_deg);
  if (same) return same[1];
  const elevation_deg = degrees(Math.asin(z));
  const azimuth_deg = degrees(Math.atan2(y, x));
  const level =
    Math.abs(elevation_deg) < SAME_deg
      ? "horizontal"
      : `${format.fixed(Math.abs(elevation_deg), 2)}° ${elevation_deg > 0 ? "above" : "below"} the horizontal`;
  if (90 - Math.abs(elevation_deg) < SAME_deg) return level;
  const turned = Math.abs(azimuth_deg);
  if (turned < SAME_deg) return `downstream, ${level}`;
  if (180 - turned < SAME_deg) return `upstream, ${level}`;
  return `${level}, ${format.fixed(turned, 2)}° from downstream to the ${azimuth_deg > 0 ? "left" : "right"}`;
}

function reflection({ geometry, instrument }: SceneInput): readonly string[] {
  const toLab = (v: Vec3): Vec3 => mat3.multiplyVector(geometry.sampleToLab, v);
  return [
    `(${geometry.hkl.join(",")}) at ${energyText(geometry.energy_keV)}: two theta ${format.angle(geometry.twoTheta_deg)}, d ${format.significant(geometry.d_A, 6)} Å.`,
    `The beam runs along lab X; lab Z is up and lab Y is to the left, seen along the beam.`,
    `The diffracted beam points ${pointing(toLab(geometry.kh_sample_invA))}.`,
    `Q points ${pointing(toLab(geometry.Q_sample_invA))}.`,
    ...(instrument.eta_deg === 0
      ? []
      : [`The plane of the two beams is turned by eta ${format.angle(instrument.eta_deg)} from the vertical.`]),
  ];
}

const FACES: readonly FaceName[] = ["+x", "-x", "+y", "-y", "+z", "-z"];

function sample({ plan, geometry, crystal: { cell } }: SceneInput): readonly string[] {
  const { thickness_um, width_um, height_um } = plan.sample;
  const facets = sampleFacets(geometry.crystalToSample, cell);
  const columns = mat3.transpose(geometry.sampleToLab);
  const axes = (["x", "y", "z"] as const).map(
    (name, i) => `Sample ${name}, normal of ${named("(", facets[2 * i]!)}, points ${pointing(columns[i]!)}.`,
  );
  const face = (name: FaceName): string => `${name.replace("-", "−")} ${named("(", facets[FACES.indexOf(name)]!)}`;
  const { entryFace, exitFace, in_um, out_um } = geometry.path;
  const volume_um3 = volumeOf(illuminatedBody_um(plan, geometry.sampleToLab));
  return [
    `${lengthText(thickness_um)} thick (x), ${lengthText(width_um)} wide (y), ${lengthText(height_um)} high (z).`,
    ...axes,
    ...(geometry.exit.isDefault ? [`The exit face ${geometry.exit.text} is a guess.`] : []),
    `The beam enters through face ${face(entryFace)} and leaves through face ${face(exitFace)}, ${format.length(in_um)} and ${format.length(out_um)} to and from the centre.`,
    `It lights ${format.significant(volume_um3, 4)} µm³.`,
  ];
}

function crystal({ geometry, crystal: { cell } }: SceneInput): readonly string[] {
  const crystalToLab = mat3.multiply(geometry.sampleToLab, geometry.crystalToSample);
  const labToCrystal = mat3.transpose(crystalToLab);
  const names = ["X, along the beam,", "Y, to the left,", "Z, up,"];
  const inCrystal = (axis: Vec3, of: UnitCell): string => {
    const direction = mat3.multiplyVector(labToCrystal, axis);
    const [plane, row] = [facetOf(direction, of), latticeDirectionOf(direction, of)];
    const along = (facet: Facet, name: string): string =>
      isExact(facet) ? name : `within ${format.fixed(facet.off_deg, 2)}° of ${name}`;
    return `${along(plane, `the normal of ${indices("(", plane.hkl)}`)} and ${along(row, indices("[", row.hkl))}`;
  };
  const lab = names.map((name, i) => `Lab ${name} is ${inCrystal(mat3.identity[i]!, cell)}.`);
  const axes = mat3.transpose(mat3.multiply(crystalToLab, cell.direct));
  return [...lab, ...["a", "b", "c"].map((name, i) => `${name} points ${pointing(axes[i]!)}.`)];
}

function goniometer({ geometry, instrument, options = DEFAULT_SCENE_OPTIONS }: SceneInput): readonly string[] {
  const solution = geometry.goniometer[options.solution] ?? geometry.goniometer[0];
  if (!solution) return ["The goniometer has no solution for this orientation."];
  const angles_deg = instrument.stack.map((_, i) => solution.angles[i]?.angle_deg ?? 0);
  const axes = instrument.stack.map((axis, i) => {
    const limits = axis.limits_deg === null ? "no limits known" : `limits ${limitsText(axis.limits_deg)}`;
    const beyond = excess_deg(axis, angles_deg[i]!);
    const verdict = beyond > 0 ? `, exceeded by ${format.fixed(beyond, 4)}°` : "";
    return `${axis.name} ${format.angle(angles_deg[i]!)} (${limits}${verdict}; ${axis.sense}).`;
  });
  const wedge = wedgeOf(instrument.stack, angles_deg);
  return [
    `${instrument.name}, from the floor to the sample.`,
    ...axes,
    ...(solution.gimbalLock === undefined ? [] : [solution.gimbalLock]),
    ...(wedge
      ? [
          `A holder with a wedge of ${format.fixed(wedge.angle_deg, 2)}° about ${directionWords(wedge.axis_holder)} lets ${wedge.axes.join(" and ")} stand at 0.`,
        ]
      : []),
  ];
}

function lens({ geometry, lens: placed }: SceneInput): readonly string[] {
  if (!placed) return [];
  const total_mm = placed.d1_mm + placed.dL_mm + placed.d2_mm;
  const along_mm = total_mm * Math.cos(radians(geometry.twoTheta_deg));
  return [
    `The first lenslet is ${format.fixed(placed.d1_mm, 3)} mm from the sample (d₁), the magnification is ${format.fixed(placed.M, 3)}.`,
    `The detector is ${format.fixed(total_mm, 1)} mm from the sample along the diffracted beam, ${format.fixed(along_mm, 1)} mm along the incident beam.`,
    `The direct beam passes ${format.fixed(clearance_mm(placed, geometry.twoTheta_deg), 2)} mm from the lens axis at its entrance.`,
  ];
}

/** What is not to scale. */
function drawing({ plan }: SceneInput): readonly string[] {
  const drawn = drawnSample(plan.sample);
  const edges = ["thickness", "width", "height"].flatMap((name, i) =>
    drawn.exaggeration[i]! > 1.005
      ? [`The ${name} is drawn ${format.significant(drawn.exaggeration[i]!, 2)} times as large as to scale.`]
      : [],
  );
  return [
    ...edges,
    ...(drawnBeam(plan, drawn).isToScale ? [] : ["The cross-section of the beam is not drawn to scale."]),
    "Goniometer, lens and detector are a scheme, not to scale; directions and angles are true.",
  ];
}
