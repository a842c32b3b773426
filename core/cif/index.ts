export { formatDocument, formatRange } from "./edits/format.ts";
export { definitionAt, referencesAt } from "./edits/references.ts";
export { renameAt, renameTargetAt } from "./edits/rename.ts";
export {
  blockAt,
  type CifColumn,
  type CifPlace,
  columnValues,
  entryAt,
  entryOf,
  findBlock,
  findColumn,
  findItem,
  namesOf,
  valuesOf,
} from "./lookup.ts";
export { nameKey } from "./names.ts";
export { type CifNumber, parseNumber } from "./number.ts";
export { parseCif } from "./parser.ts";
export type { CifBlock, CifDocument, CifEntry, CifItem, CifLoop, CifName, CifTableEntry, CifValue } from "./tree.ts";
