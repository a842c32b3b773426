import type { Crystal } from "../crystal/index.ts";
import type { ExperimentPlan, Geometry, InstrumentProfile } from "../experiment/index.ts";
import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import { beamItems } from "./beams.ts";
import { frameParts } from "./frames.ts";
import { goniometerItems } from "./goniometer.ts";
import { HOME_EYE } from "./layout.ts";
import type { SceneOptions } from "./options.ts";
import { drawnSample, sampleItems } from "./sample.ts";
import type { Item, Part, Scene, ViewName } from "./scene.ts";
import { legendOf, structurePart } from "./structure.ts";

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

export interface SceneInput {
  readonly plan: ExperimentPlan;
  readonly crystal: Crystal;
  readonly geometry: Geometry;
  readonly instrument: InstrumentProfile;
  /** The objective in focus; null or absent: none is planned, or it has no focus. */
  readonly lens?: LensInFocus | null;
  readonly options?: SceneOptions;
}

/** The experiment as shapes; pure, and cheap enough for every frame of a drag (the cell is built once per crystal). */
export function buildScene({ plan, crystal, geometry, instrument }: SceneInput): Scene {
  const drawn = drawnSample(plan.sample);
  const experiment: Part = {
    id: "experiment",
    radius: 1,
    toLab: mat3.identity,
    items: [
      ...sampleItems(plan, geometry, drawn),
      ...beamItems(plan, geometry, drawn),
      ...goniometerItems(geometry, instrument.stack, drawn),
    ],
  };
  const crystalToLab = mat3.multiply(geometry.sampleToLab, geometry.crystalToSample);
  return {
    parts: [experiment, { ...structurePart(crystal), toLab: crystalToLab }, ...frameParts(geometry.sampleToLab)],
    legend: legendOf(crystal),
    views: viewsOf(geometry, crystal),
  };
}

function viewsOf(geometry: Geometry, { cell }: Crystal): Readonly<Record<ViewName, Vec3>> {
  const crystalToLab = mat3.multiply(geometry.sampleToLab, geometry.crystalToSample);
  const [a, b, c] = mat3.transpose(mat3.multiply(crystalToLab, cell.direct)).map(vec3.normalize) as unknown as Mat3;
  return {
    alongA: a,
    alongB: b,
    alongC: c,
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
