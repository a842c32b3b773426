export type { CameraState } from "./camera.ts";
export { createView, type ExperimentView, type ViewCallbacks } from "./view.ts";
