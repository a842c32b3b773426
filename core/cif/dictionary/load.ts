import type { Issue } from "../../util/index.ts";
import type { CifBlock, CifDocument } from "../tree.ts";
import { type Attributes, attributesOf, textOf } from "./attributes.ts";
import { loadDdl1 } from "./ddl1.ts";
import { categoryFrom, isCategory, isHead, itemFrom } from "./ddlm.ts";
import { findTarget, type ImportContext, importsOf, reportImport, resolvedAttributes } from "./imports.ts";
import {
  type CategoryDefinition,
  createDictionary,
  type Dictionary,
  emptyDictionary,
  type ItemFacts,
} from "./model.ts";

/** A dictionary and what was wrong with its file. */
export interface LoadedDictionary {
  readonly dictionary: Dictionary;
  readonly issues: readonly Issue[];
}

/** Definitions by name in lower case, in the order in which they were found. */
interface Definitions {
  readonly items: Map<string, ItemFacts>;
  readonly categories: Map<string, CategoryDefinition>;
}

/**
 * Reads a DDLm or DDL1 dictionary from its syntax tree. `resolve` gives the documents that it imports by the file name
 * written in it (the last part of a URI is enough); undefined where there is none, which an issue then says. A Full import
 * of a dictionary that is loaded anyway does no harm: `resolve` may leave it out.
 */
export function loadDictionary(
  document: CifDocument,
  resolve: (file: string) => CifDocument | undefined,
): LoadedDictionary {
  const issues: Issue[] = [];
  const block = document.blocks.find(({ frames }) => frames.length > 0);
  const context: ImportContext = {
    document,
    file: "",
    resolve: remembered(resolve),
    report: (issue) => issues.push(issue),
    open: new Set(),
  };
  if (!block) {
    const dictionary = loadDdl1(document);
    if (dictionary) return { dictionary, issues };
    const message =
      "This is not a dictionary that can be read: it has neither DDLm definitions in save frames nor DDL1 ones.";
    return { dictionary: emptyDictionary, issues: [{ code: "dictionary/unreadable", severity: "error", message }] };
  }
  const definitions: Definitions = { items: new Map(), categories: new Map() };
  for (const frame of block.frames) addFrame(context, frame, definitions);
  const head = attributesOf(block);
  const dictionary = createDictionary(
    {
      title: textOf(head, "_dictionary.title") ?? block.code,
      version: textOf(head, "_dictionary.version") ?? "",
      date: textOf(head, "_dictionary.date") ?? "",
    },
    definitions.items.values(),
    definitions.categories.values(),
  );
  return { dictionary, issues };
}

/** A hundred definitions import from one file: it is asked for once. */
function remembered(resolve: ImportContext["resolve"]): ImportContext["resolve"] {
  const documents = new Map<string, CifDocument | undefined>();
  return (file) => {
    if (!documents.has(file)) documents.set(file, resolve(file));
    return documents.get(file);
  };
}

function addFrame(context: ImportContext, frame: CifBlock, definitions: Definitions): void {
  const attributes = resolvedAttributes(context, frame);
  addDefinition(attributes, definitions);
  for (const request of importsOf(attributes))
    if (request.mode === "full") addFull(context, request, attributes, definitions);
}

function addDefinition(attributes: Attributes, { items, categories }: Definitions): void {
  if (isCategory(attributes)) {
    const category = categoryFrom(attributes);
    if (category) categories.set(category.name.toLowerCase(), category);
    return;
  }
  const item = itemFrom(attributes);
  if (item) items.set(item.name.toLowerCase(), item);
}

/** Full mode: a category with all below it, under the importing one; a Head gives what is below it to a Head. */
function addFull(
  context: ImportContext,
  request: ReturnType<typeof importsOf>[number],
  importing: Attributes,
  definitions: Definitions,
): void {
  const target = findTarget(context, request);
  if (!target) return;
  const key = `${request.file}#${target.frame.code}`.toLowerCase();
  if (context.open.has(key)) return;
  const targetHead = attributesOf(target.frame);
  const refused = refusal(importing, targetHead, request.save);
  if (refused !== undefined) {
    reportImport(context, request, refused);
    return;
  }
  const inner = { ...context, document: target.document, file: request.file, open: new Set([...context.open, key]) };
  const imported: Definitions = { items: new Map(), categories: new Map() };
  for (const frame of target.document.blocks.flatMap(({ frames }) => frames)) addFrame(inner, frame, imported);
  const root = (textOf(targetHead, "_definition.id") ?? request.save).toLowerCase();
  const parent = (textOf(importing, "_definition.id") ?? "").toLowerCase();
  const inside = (category: string): boolean => isBelow(imported.categories, category, root);
  for (const [name, category] of imported.categories) {
    if (!inside(name) || (name === root && isHead(targetHead))) continue;
    const isTop = isHead(targetHead) ? category.parent === root : name === root;
    addUnlessTaken(definitions.categories, name, isTop ? { ...category, parent } : category, request.ifDuplicate);
  }
  for (const [name, item] of imported.items) {
    if (inside(item.category)) addUnlessTaken(definitions.items, name, item, request.ifDuplicate);
  }
}

/** Why a Full import is not allowed (ddl.dic, `_import_details.mode`); undefined where it is. */
function refusal(importing: Attributes, target: Attributes, save: string): string | undefined {
  if (!isCategory(importing)) return `A data item cannot import ${save} in Full mode: only a category can.`;
  if (isHead(target) && !isHead(importing))
    return `${save} is the head of a dictionary: only a head category can import it.`;
  return undefined;
}

const addUnlessTaken = <T>(into: Map<string, T>, name: string, value: T, ifDuplicate: string): void => {
  if (ifDuplicate === "replace" || !into.has(name)) into.set(name, value);
};

function isBelow(categories: ReadonlyMap<string, CategoryDefinition>, category: string, root: string): boolean {
  const seen = new Set<string>();
  for (let name = category; !seen.has(name); name = categories.get(name)?.parent ?? "") {
    if (name === root) return true;
    seen.add(name);
  }
  return false;
}
