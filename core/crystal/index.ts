export { unitCell } from "./cell.ts";
export type { Crystal, Displacement, Site, SpaceGroup, SymmetryOperation, UnitCell } from "./crystal.ts";
export { ELEMENTS, type Element, elementBySymbol } from "./elements.ts";
export { operationsFromHall } from "./hall.ts";
export { equivalentReflections, isSystematicallyAbsent, laueOperations, transformIndices } from "./laue.ts";
export { parseOperation } from "./operations.ts";
export { SETTINGS, type Setting, settingByOperations, settingsByHm } from "./settings.ts";
