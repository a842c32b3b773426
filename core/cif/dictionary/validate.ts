import type { Issue } from "../../util/index.ts";
import type { CifBlock, CifDocument, CifEntry, CifItem } from "../tree.ts";
import { checkAliases } from "./aliases.ts";
import { checkCategories } from "./categories.ts";
import { type Column, columnsOf, loopOf } from "./columns.ts";
import { checkKeys } from "./keys.ts";
import { checkLinks } from "./links.ts";
import type { Dictionary } from "./model.ts";
import { createNameChecks, type NameChecks } from "./names.ts";
import { createReport, type Report } from "./report.ts";
import { checkValues } from "./values.ts";

export interface ValidationOptions {
  /** By how many of its standard uncertainties a value may pass its range; 3 unless told. */
  readonly suMultiplier?: number;
}

/**
 * Checks a document against a dictionary, block by block and frame by frame: names, types, ranges, enumerations,
 * uncertainties, loops, keys, links and aliases. The issues have codes `dictionary/...`, ranges, and in `names` the data
 * names that each is about. Takes time linear in the length of the text. A file of macromolecules (mmCIF) follows another
 * dictionary language and gives one information; a dictionary is checked only if the dictionary of dictionaries is loaded.
 */
export function validate(
  document: CifDocument,
  dictionary: Dictionary,
  { suMultiplier = 3 }: ValidationOptions = {},
): readonly Issue[] {
  const macromolecular = mmcifMark(document);
  if (macromolecular) {
    const message =
      "This is an mmCIF file: it is not checked against the dictionaries for crystals of small molecules.";
    const { range, text } = macromolecular.name;
    return [{ code: "dictionary/mmcif", severity: "information", message, range, names: [text] }];
  }
  const report = createReport();
  const names = createNameChecks(dictionary, report);
  for (const block of document.blocks) {
    if (isDictionary(block) && !dictionary.items.has("_definition.id")) continue;
    checkBlock(document, block, dictionary, suMultiplier, names, report);
    for (const frame of block.frames) checkBlock(document, frame, dictionary, suMultiplier, names, report);
  }
  names.finish();
  return report.issues();
}

function checkBlock(
  document: CifDocument,
  block: CifBlock,
  dictionary: Dictionary,
  suMultiplier: number,
  names: NameChecks,
  report: Report,
): void {
  const columns = columnsOf(block, dictionary);
  const suColumns = new Map<string | undefined, Column>(
    columns.all.flatMap((column) =>
      column.definition?.purpose === "SU" ? [[column.definition.linkedTo?.toLowerCase(), column]] : [],
    ),
  );
  for (const column of columns.all) {
    names.check(column);
    const suColumn = suColumns.get(column.definition?.name.toLowerCase());
    const isBeside = suColumn !== undefined && loopOf(suColumn) === loopOf(column);
    checkValues(column, isBeside ? suColumn : undefined, document.text, suMultiplier, report);
  }
  checkCategories(columns, dictionary, report);
  checkKeys(columns, dictionary, report);
  checkLinks(columns, dictionary, report);
  checkAliases(columns, report);
}

/** The item that marks a file as mmCIF. */
function mmcifMark({ blocks }: CifDocument): CifItem | undefined {
  const isMark = (entry: CifEntry): entry is CifItem =>
    entry.kind === "item" &&
    (entry.name.key === "_entry.id" ||
      (entry.name.key === "_audit_conform.dict_name" && /^mmcif/i.test(entry.value?.text ?? "")));
  for (const { entries } of blocks) {
    const mark = entries.find(isMark);
    if (mark) return mark;
  }
  return undefined;
}

const isDictionary = ({ entries }: CifBlock): boolean =>
  entries.some((entry) => entry.kind === "item" && entry.name.key === "_dictionary.title");
