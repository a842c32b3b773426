export { KEY_HELP } from "./keys.ts";
export { createView, type ExperimentView, type ViewCallbacks } from "./view.ts";
