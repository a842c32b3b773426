import type { Crystal } from "../crystal/index.ts";
import type { ExperimentPlan, Geometry, InstrumentProfile } from "../experiment/index.ts";
import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import { beamItems, drawnBeam, vectorItems } from "./beams.ts";
import { detectorPart } from "./detectorView.ts";
import { sampleFacets } from "./facets.ts";
import { frameParts } from "./frames.ts";
import { goniometerItems } from "./goniometer.ts";
import { HOME_EYE } from "./layout.ts";
import { type LensInFocus, lensItems } from "./lens.ts";
import { DEFAULT_SCENE_OPTIONS, type SceneOptions } from "./options.ts";
import { rockingOf } from "./rocking.ts";
import { drawnSample, illuminatedItems, sampleItems } from "./sample.ts";
import type { Item, Part, Scene, ViewName } from "./scene.ts";
import { insidePart, legendOf, structureOptions, structurePart } from "./structure.ts";

export interface SceneInput {
  readonly plan: ExperimentPlan;
  readonly crystal: Crystal;
  readonly geometry: Geometry;
  readonly instrument: InstrumentProfile;
  /** The objective in focus; null or absent: none is planned, or it has no focus. */
  readonly lens?: LensInFocus | null;
  /** Width of the reflection of the perfect crystal, for rocking; null or absent: not known. */
  readonly darwinWidth_fwhm_urad?: number | null;
  readonly options?: SceneOptions;
}

/** The experiment as shapes; pure, and cheap enough for every frame of a drag (the cell is built once per crystal). */
export function buildScene(input: SceneInput): Scene {
  const { plan, crystal, geometry, instrument, lens = null, options = DEFAULT_SCENE_OPTIONS } = input;
  const { shown } = options;
  const drawn = drawnSample(plan.sample);
  const beam = drawnBeam(plan, drawn);
  const solution = geometry.goniometer[options.solution] ?? geometry.goniometer[0];
  const rocking = rockingOf({
    geometry,
    instrument,
    solution,
    offset_deg: options.rocking_deg,
    bandwidth_fwhm: plan.beam.bandwidth_fwhm ?? instrument.bandwidth_fwhm,
    darwinWidth_fwhm_urad: input.darwinWidth_fwhm_urad ?? null,
  });
  const sampleToLab = rocking?.sampleToLab ?? geometry.sampleToLab;
  const crystalToLab = mat3.multiply(sampleToLab, geometry.crystalToSample);
  const facets = sampleFacets(geometry.crystalToSample, crystal.cell);
  const experiment: Part = {
    id: "experiment",
    radius: 1,
    toLab: mat3.identity,
    items: [
      ...(shown.sample ? sampleItems(plan, geometry, facets, drawn, sampleToLab) : []),
      ...(shown.illuminated ? illuminatedItems(plan, drawn, beam, sampleToLab) : []),
      ...(shown.beams ? beamItems(plan, geometry, beam, shown.lens ? lens : null, rocking) : []),
      ...(shown.vectors ? vectorItems(geometry, sampleToLab) : []),
      ...(shown.lens && lens ? lensItems(plan, geometry, instrument, lens, geometry.sampleToLab) : []),
      ...(shown.goniometer && solution ? goniometerItems(instrument, solution, rocking, drawn) : []),
    ],
  };
  const structure = structureOptions(options, geometry.hkl);
  const parts: readonly Part[] = [
    experiment,
    ...(shown.structure ? [{ ...structurePart(crystal, structure), toLab: crystalToLab }] : []),
    ...(shown.structureInside ? [{ ...insidePart(crystal, structure), toLab: crystalToLab }] : []),
    ...(shown.frames ? frameParts(sampleToLab) : []),
    ...(shown.detectorView ? detectorPart({ plan, geometry, instrument, lens, sampleToLab }) : []),
  ];
  return {
    parts: shown.labels ? parts : parts.map(withoutLabels),
    legend: shown.structure || shown.structureInside ? legendOf(crystal) : [],
    views: viewsOf(geometry, crystal),
  };
}

const withoutLabels = (part: Part): Part => ({
  ...part,
  items: part.items.filter(({ shape }) => shape.kind !== "label"),
});

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
