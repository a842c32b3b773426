import { type CompletionItem, CompletionItemKind } from "vscode-languageserver";
import { type Dictionary, findDefinition, type ItemDefinition } from "../../../core/cif/dictionary/index.ts";
import { type CifBlock, type CifName, findColumn, valuesOf } from "../../../core/cif/index.ts";
import { ELEMENTS, SETTINGS } from "../../../core/crystal/index.ts";
import { writeValue } from "../../quote.ts";

interface Candidate {
  readonly value: string;
  readonly detail?: string;
  readonly kind: CompletionItemKind;
}

const SITE_LABELS = ["_atom_site_label", "_atom_site.label"];
const TYPE_SYMBOLS = ["_atom_type_symbol", "_atom_type.symbol", "_atom_site_type_symbol", "_atom_site.type_symbol"];
/** Labels beyond this many are left to be typed. */
const LABEL_LIMIT = 500;

/** Values for a data name: its states, symbols of space groups and elements, labels of the block; then `?` and `.`. */
export function valueItems(
  dictionary: Dictionary,
  { block, name, typed }: { readonly block: CifBlock | undefined; readonly name: CifName; readonly typed: string },
): CompletionItem[] {
  const isQuoted = /^['"]/.test(typed);
  const candidates = [...candidatesFor(dictionary, block, name), ...PLACEHOLDERS];
  return candidates.flatMap(({ value, detail, kind }, index) => {
    const written = kind === CompletionItemKind.Constant ? value : writeValue(value);
    if (written === undefined) return [];
    // What was typed is compared with this: with the quote if it begins with one, else without.
    const filterText = isQuoted ? `${typed[0]}${value}` : value;
    const sortText = String(index).padStart(4, "0");
    return [{ label: value, kind, filterText, sortText, insertText: written, ...(detail !== undefined && { detail }) }];
  });
}

const PLACEHOLDERS: readonly Candidate[] = [
  { value: "?", detail: "unknown", kind: CompletionItemKind.Constant },
  { value: ".", detail: "does not apply", kind: CompletionItemKind.Constant },
];

function candidatesFor(dictionary: Dictionary, block: CifBlock | undefined, name: CifName): readonly Candidate[] {
  const plain = name.key.replaceAll(".", "_");
  if (/^_(?:space_group|symmetry)(?:_symop)?_(?:name_)?(?:space_group_name_)?h-m/.test(plain)) return HM_SYMBOLS();
  if (/^_(?:space_group|symmetry)_.*name_hall$/.test(plain)) return HALL_SYMBOLS();
  const definition = findDefinition(dictionary, name.key);
  const target = definition && linkTarget(dictionary, definition);
  if (isNamed(target, "_atom_site.label") || LABEL_COLUMN.test(plain)) return labels(block);
  if (isNamed(target, "_atom_type.symbol") || TYPE_SYMBOLS.includes(name.key)) return elements(block);
  return (definition?.states ?? []).map(({ code, detail }) => ({
    value: code,
    kind: CompletionItemKind.EnumMember,
    ...(detail !== undefined && { detail }),
  }));
}

const LABEL_COLUMN = /^_(?:atom_site_aniso_label|geom_\w*atom_site_label\w*)$/;

const isNamed = (definition: ItemDefinition | undefined, name: string): boolean =>
  definition?.name.toLowerCase() === name;

/** The item whose values this one repeats, through all links; itself if there is none. */
function linkTarget(dictionary: Dictionary, definition: ItemDefinition): ItemDefinition {
  let target = definition;
  for (let step = 0; step < 5 && target.linkedTo !== undefined; step++) {
    const next = findDefinition(dictionary, target.linkedTo);
    if (!next) break;
    target = next;
  }
  return target;
}

const HM_SYMBOLS = (): readonly Candidate[] =>
  distinct(
    SETTINGS.map(({ hm, number, hall }) => ({
      value: hm,
      detail: `No. ${number}, ${hall}`,
      kind: CompletionItemKind.Value,
    })),
  );

const HALL_SYMBOLS = (): readonly Candidate[] =>
  distinct(
    SETTINGS.map(({ hm, number, hall }) => ({
      value: hall,
      detail: `No. ${number}, ${hm}`,
      kind: CompletionItemKind.Value,
    })),
  );

function labels(block: CifBlock | undefined): readonly Candidate[] {
  const found = block && findColumn(block, ...SITE_LABELS);
  if (!found) return [];
  const count = Math.min(found.loop.rowCount, LABEL_LIMIT);
  return distinct(
    Array.from({ length: count }, (_, row) => ({
      value: found.loop.value(row, found.column)!.text,
      kind: CompletionItemKind.Reference,
    })),
  );
}

/** Those that the block has first. */
function elements(block: CifBlock | undefined): readonly Candidate[] {
  const written = block ? TYPE_SYMBOLS.flatMap((name) => valuesOf(block, name).slice(0, LABEL_LIMIT)) : [];
  return distinct([
    ...written
      .filter(({ kind }) => kind === "unquoted")
      .map(({ text }) => ({ value: text, kind: CompletionItemKind.Value })),
    ...ELEMENTS.map(({ symbol }) => ({ value: symbol, kind: CompletionItemKind.Value })),
  ]);
}

/** Each value once, where it comes first. */
function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ value }) => !seen.has(value) && seen.add(value));
}
