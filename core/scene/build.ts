import type { Crystal } from "../crystal/index.ts";
import type { ExperimentPlan, Geometry, GoniometerAxis } from "../experiment/index.ts";
import { mat3, type Vec3, vec3 } from "../util/index.ts";
import { beamItems } from "./beams.ts";
import { frameParts } from "./frames.ts";
import { goniometerItems } from "./goniometer.ts";
import { HOME_EYE } from "./layout.ts";
import { drawnSample, sampleItems } from "./sample.ts";
import type { Item, Part, Scene, ViewName } from "./scene.ts";
import { legendOf, structurePart } from "./structure.ts";

export interface SceneInput {
  readonly plan: ExperimentPlan;
  readonly crystal: Crystal;
  readonly geometry: Geometry;
  /** The goniometer of the instrument, from the floor to the sample. */
  readonly stack: readonly GoniometerAxis[];
}

/** The experiment as shapes; pure, and cheap enough for every frame of a drag (the cell is built once per crystal). */
export function buildScene({ plan, crystal, geometry, stack }: SceneInput): Scene {
  const drawn = drawnSample(plan.sample);
  const experiment: Part = {
    id: "experiment",
    radius: 1,
    toLab: mat3.identity,
    items: [
      ...sampleItems(plan, geometry, drawn),
      ...beamItems(plan, geometry, drawn),
      ...goniometerItems(geometry, stack, drawn),
    ],
  };
  const crystalToLab = mat3.multiply(geometry.sampleToLab, geometry.crystalToSample);
  return {
    parts: [experiment, { ...structurePart(crystal), toLab: crystalToLab }, ...frameParts(geometry.sampleToLab)],
    legend: legendOf(crystal),
    views: viewsOf(geometry),
  };
}

function viewsOf(geometry: Geometry): Readonly<Record<ViewName, Vec3>> {
  return {
    home: HOME_EYE,
    alongBeam: [-1, 0, 0],
    againstBeam: [1, 0, 0],
    top: [0, 0, 1],
    side: [0, -1, 0],
    alongQ: vec3.normalize(mat3.multiplyVector(geometry.sampleToLab, geometry.Q_sample_invA)),
  };
}

/** All items of a scene with the part they belong to. */
export const allItems = (scene: Scene): readonly { readonly part: Part; readonly item: Item }[] =>
  scene.parts.flatMap((part) => part.items.map((item) => ({ part, item })));
