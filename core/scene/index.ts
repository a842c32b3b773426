export { allItems, buildScene, type SceneInput } from "./build.ts";
export { type Camera, cameraBasis, type PicturePoint, type Projection, projectionOf, targetPlace } from "./camera.ts";
export { type DescriptionSection, describeExperiment, descriptionText, pointing } from "./describe.ts";
export { detectorAxes, type PixelOnSample, pixelOnSample, projectedVolume_um } from "./detectorView.ts";
export * from "./drawing/index.ts";
export { cameraFrom, cameraOfView } from "./fit.ts";
export { clearance_mm, type LensInFocus } from "./lens.ts";
export { type BondLimits, DEFAULT_SCENE_OPTIONS, type SceneOptions, TOGGLES, type Toggle } from "./options.ts";
export { type Disc, layoutPicture, type PictureLayout } from "./pictureLayout.ts";
export { type LabelRequest, overlap, placeLabels, type Rectangle } from "./placement.ts";
export { inLab, type PartPlacement, placePart, projectFrom } from "./placePart.ts";
export { deviation_deg, type Rocking, type RockingInput, rockingOf, rockingText } from "./rocking.ts";
export type {
  InsetId,
  Item,
  LabelShape,
  LegendEntry,
  LineStyle,
  Part,
  PartId,
  Role,
  Scene,
  Shape,
  ViewName,
} from "./scene.ts";
export { VIEW_NAMES } from "./scene.ts";
export {
  layoutTexts,
  type PlacedText,
  type TextLayout,
  type TextMeasure,
  type TextSize,
  type TextStyle,
} from "./textLayout.ts";
export { wedgeOf } from "./wedge.ts";
