export { builtInDictionary } from "./builtIn.ts";
export { iucrLink } from "./link.ts";
export { type LoadedDictionary, loadDictionary } from "./load.ts";
export {
  type CategoryDefinition,
  type Dictionary,
  type EnumerationState,
  findDefinition,
  type ItemDefinition,
  mergeDictionaries,
  namesOf,
  type ValueRange,
} from "./model.ts";
export { sentenceOf } from "./sentences/index.ts";
export { stateDetail } from "./sentences/states.ts";
export { type ValidationOptions, validate } from "./validate.ts";
