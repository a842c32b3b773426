import type { Issue, TextRange } from "../../util/index.ts";
import type { CifBlock, CifDocument, CifValue } from "../tree.ts";
import { type Attributes, attributesOf } from "./attributes.ts";

/** One request of `_import.get`. */
export interface ImportRequest {
  readonly file: string;
  readonly save: string;
  readonly mode: "contents" | "full";
  readonly ifDuplicate: "exit" | "ignore" | "replace";
  readonly ifMissing: "exit" | "ignore";
  readonly range: TextRange;
}

/** A dictionary file that is being read, and where its imports come from. */
export interface ImportContext {
  readonly document: CifDocument;
  /** The name under which it was asked for; empty for the dictionary itself. */
  readonly file: string;
  resolve(file: string): CifDocument | undefined;
  report(issue: Issue): void;
  /** `file#frame` of the definitions whose imports are being followed. */
  readonly open: ReadonlySet<string>;
}

/** Attributes of which DDLm allows several, each in a loop of its own category. */
const LOOP_CATEGORIES = new Set([
  "_alias",
  "_category_key",
  "_definition_replaced",
  "_description_example",
  "_dictionary_audit",
  "_enumeration_defaults",
  "_enumeration_set",
  "_import_details",
  "_method",
]);

const categoryOf = (attribute: string): string => attribute.split(".")[0]!;

/** All frames of a dictionary, and the blocks themselves, by code in lower case. */
export function framesOf(document: CifDocument): ReadonlyMap<string, CifBlock> {
  const frames = new Map<string, CifBlock>();
  for (const block of document.blocks) {
    frames.set(block.code.toLowerCase(), block);
    for (const frame of block.frames) frames.set(frame.code.toLowerCase(), frame);
  }
  return frames;
}

/** The requests of a definition, in their order. */
export function importsOf(attributes: Attributes): readonly ImportRequest[] {
  return (attributes.get("_import.get") ?? [])
    .flatMap((value) => value.items ?? [value])
    .flatMap((table) => requestFrom(table) ?? []);
}

function requestFrom(table: CifValue): ImportRequest | undefined {
  const fields = new Map(table.entries?.map(({ key, value }) => [key.toLowerCase(), value.text]));
  const file = fields.get("file");
  const save = fields.get("save");
  if (file === undefined || save === undefined) return undefined;
  const duplicate = fields.get("dupl")?.toLowerCase();
  return {
    file,
    save,
    mode: fields.get("mode")?.toLowerCase() === "full" ? "full" : "contents",
    ifDuplicate: duplicate === "ignore" || duplicate === "replace" ? duplicate : "exit",
    ifMissing: fields.get("miss")?.toLowerCase() === "ignore" ? "ignore" : "exit",
    range: table.range,
  };
}

/** Reports a problem with an import; only those of the dictionary itself have a place in it. */
export function reportImport(context: ImportContext, request: ImportRequest, message: string): void {
  const place = context.file === "" ? { range: request.range } : {};
  context.report({ code: "dictionary/import", severity: "warning", message, ...place });
}

/** The file and frame that a request names; what is not there is reported. */
export function findTarget(
  context: ImportContext,
  request: ImportRequest,
): { readonly document: CifDocument; readonly frame: CifBlock } | undefined {
  const document = context.resolve(request.file);
  if (!document) {
    const message = `The dictionary ${request.file}, from which ${request.save} is imported, is not there: put it beside this one.`;
    if (request.ifMissing === "exit") reportImport(context, request, message);
    return undefined;
  }
  const frame = framesOf(document).get(request.save.toLowerCase());
  if (!frame && request.ifMissing === "exit") {
    reportImport(context, request, `${request.file} has no definition ${request.save} to import.`);
  }
  return frame && { document, frame };
}

/** Attributes of a frame with those that it imports in mode Contents, and theirs in turn. */
export function resolvedAttributes(context: ImportContext, frame: CifBlock): Attributes {
  let attributes = attributesOf(frame);
  const own = `${context.file}#${frame.code}`.toLowerCase();
  for (const request of importsOf(attributes)) {
    if (request.mode === "full") continue;
    const target = findTarget(context, request);
    if (!target) continue;
    const key = `${request.file}#${target.frame.code}`.toLowerCase();
    if (key === own || context.open.has(key)) {
      reportImport(context, request, `The import of ${request.save} from ${request.file} leads back to itself.`);
      continue;
    }
    const inner = { ...context, document: target.document, file: request.file, open: new Set([...context.open, own]) };
    attributes = withImported(context, request, attributes, resolvedAttributes(inner, target.frame));
  }
  return attributes;
}

function withImported(
  context: ImportContext,
  request: ImportRequest,
  own: Attributes,
  imported: Attributes,
): Attributes {
  const ownCategories = new Set([...own.keys()].map(categoryOf));
  const isTaken = (name: string): boolean =>
    own.has(name) || (LOOP_CATEGORIES.has(categoryOf(name)) && ownCategories.has(categoryOf(name)));
  const merged = new Map(own);
  const clashes = [...imported.keys()].filter((name) => name !== "_import.get" && isTaken(name));
  if (clashes.length > 0 && request.ifDuplicate === "exit") {
    const message = `${request.save} of ${request.file} brings ${clashes.join(", ")}, which the definition has already: the import is left out.`;
    reportImport(context, request, message);
    return own;
  }
  if (request.ifDuplicate === "replace") {
    const looped = new Set(clashes.map(categoryOf).filter((category) => LOOP_CATEGORIES.has(category)));
    for (const name of own.keys()) if (looped.has(categoryOf(name))) merged.delete(name);
  }
  for (const [name, values] of imported) {
    if (name === "_import.get") continue;
    if (request.ifDuplicate === "replace" || !isTaken(name)) merged.set(name, values);
  }
  return merged;
}
