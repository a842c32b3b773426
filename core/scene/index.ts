export { allItems, buildScene, type SceneInput } from "./build.ts";
export { type LabelRequest, overlap, placeLabels, type Rectangle } from "./placement.ts";
export type { Item, LabelShape, LegendEntry, Part, PartId, Role, Scene, Shape, ViewName } from "./scene.ts";
export { VIEW_NAMES } from "./scene.ts";
