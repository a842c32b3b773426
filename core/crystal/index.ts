export { unitCell } from "./cell.ts";
export { RADIATIONS } from "./checks/diffraction.ts";
export { isXray, wavelengthOf } from "./checks/radiation.ts";
export { type Check, type CheckSubject, type Quantity, quantityAt, replaceBy } from "./checks/subject.ts";
export { type ComputedValue, computedValue } from "./computed.ts";
export type { Crystal, Displacement, Site, SpaceGroup, SymmetryOperation, UnitCell } from "./crystal.ts";
export { blocksWithCell, crystalFromBlock, crystalFromCif, selectBlock } from "./crystalFromBlock.ts";
export { type DocumentIssue, documentIssues, placedIssue } from "./documentIssues.ts";
export { ELEMENTS, type Element, elementBySymbol } from "./elements.ts";
export { formulaOf } from "./formula.ts";
export { operationsFromHall } from "./hall.ts";
export { readHmSymbol, type SymbolMeaning, type SymbolReading } from "./hmSymbol.ts";
export { equivalentReflections, isSystematicallyAbsent, laueOperations, transformIndices } from "./laue.ts";
export { type LikelySetting, likelySettings } from "./likelySettings.ts";
export { type NeighbourShell, neighboursOf } from "./neighbours.ts";
export { parseOperation } from "./operations.ts";
export { type OperationGeometry, operationGeometry, operationWords } from "./operationWords.ts";
export { imageOf } from "./place.ts";
export { placeOf } from "./relatedPlaces.ts";
export {
  SETTINGS,
  type Setting,
  settingByHall,
  settingByOperations,
  settingOperations,
  settingsByHm,
} from "./settings.ts";
export { type AtomType, readAtomType } from "./typeSymbol.ts";
