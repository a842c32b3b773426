import { type CompletionItem, CompletionItemKind } from "vscode-languageserver";
import {
  type Dictionary,
  findDefinition,
  type ItemDefinition,
  stateDetail,
} from "../../../core/cif/dictionary/index.ts";
import { type CifBlock, type CifName, valuesOf } from "../../../core/cif/index.ts";
import { type Crystal, computedValue, RADIATIONS } from "../../../core/crystal/index.ts";
import type { Result } from "../../../core/util/index.ts";
import { writeValue } from "../../quote.ts";
import type { Candidate } from "./candidate.ts";
import { elements, freeLabels, missingLabels, SITE_LABELS, siteLabels, TYPE_SYMBOLS } from "./sites.ts";
import { groupSymbols, missingOperations } from "./symmetry.ts";

/** Where a value is to be written. */
export interface ValueRequest {
  readonly dictionary: Dictionary;
  readonly block: CifBlock | undefined;
  readonly name: CifName;
  readonly typed: string;
  /** The value before it in its row of a loop. */
  readonly before: string | undefined;
  readonly crystalOf: (block: CifBlock) => Result<Crystal>;
}

/**
 * Values for a data name: what follows from the rest of the block, its states, symbols of space groups and elements,
 * labels of sites, its default. Each leads to the explanation of the name.
 */
export function valueItems(request: ValueRequest): CompletionItem[] {
  return itemsOf(distinct([...candidatesFor(request), ...defaultOf(request)]), request);
}

/** `?` and `.`, which may stand for any value. */
export const placeholderItems = (request: ValueRequest): CompletionItem[] => itemsOf(PLACEHOLDERS, request);

function itemsOf(candidates: readonly Candidate[], { name, typed }: ValueRequest): CompletionItem[] {
  const isQuoted = /^['"]/.test(typed);
  return candidates.flatMap(({ value, detail, kind }) => {
    const written = kind === CompletionItemKind.Constant ? value : writeValue(value);
    if (written === undefined) return [];
    // What was typed is compared with this: with the quote if it begins with one, else without.
    const filterText = isQuoted ? `${typed[0]}${value}` : value;
    return [{ label: value, kind, filterText, insertText: written, data: name.text, ...(detail && { detail }) }];
  });
}

const PLACEHOLDERS: readonly Candidate[] = [
  { value: "?", detail: "unknown", kind: CompletionItemKind.Constant },
  { value: ".", detail: "does not apply", kind: CompletionItemKind.Constant },
];

function candidatesFor({ dictionary, block, name, before, crystalOf }: ValueRequest): readonly Candidate[] {
  const plain = name.key.replaceAll(".", "_");
  if (/^_(?:space_group|symmetry)(?:_symop)?_(?:name_)?(?:space_group_name_)?h-m/.test(plain)) {
    return groupSymbols(block, "hm");
  }
  if (/^_(?:space_group|symmetry)_.*name_hall$/.test(plain)) return groupSymbols(block, "hall");
  if (/^_(?:space_group_symop_operation|symmetry_equiv_pos_as)_xyz$/.test(plain)) {
    return block ? missingOperations(block) : [];
  }
  if (/^_diffrn_radiation_wavelength(?:_value|_wavelength)?$/.test(plain)) return wavelengths(block);
  if (plain === "_diffrn_radiation_type")
    return RADIATIONS.map(({ name: tube }) => value(tube.replace("α", "\\a"), tube));
  const definition = findDefinition(dictionary, name.key);
  const target = definition && linkTarget(dictionary, definition);
  if (SITE_LABELS.includes(name.key)) return block ? freeLabels(block) : [];
  if (plain === "_atom_site_aniso_label") return block ? missingLabels(block, name) : [];
  if (isNamed(target, "_atom_site.label") || LABEL_COLUMN.test(plain)) return block ? siteLabels(block) : [];
  if (isNamed(target, "_atom_type.symbol") || TYPE_SYMBOLS.includes(name.key)) return elements(block, before);
  const computed = block && computedValue(plain, block, crystalOf(block));
  return [
    ...(computed ? [value(computed.text, `computed from ${computed.from}`)] : []),
    ...(definition && /^date(?:time)?$/i.test(definition.contents) ? [value(today(), "today")] : []),
    ...(definition?.states ?? []).map((state) => ({
      value: state.code,
      detail: stateDetail(definition!, state.code) ?? "",
      kind: CompletionItemKind.EnumMember,
    })),
  ];
}

const value = (text: string, detail: string): Candidate => ({ value: text, detail, kind: CompletionItemKind.Value });

const today = (): string => new Date().toISOString().slice(0, 10);

const LABEL_COLUMN = /^_geom_\w*atom_site_label\w*$/;

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

/** Of tubes; that of the tube which the block names comes first. */
function wavelengths(block: CifBlock | undefined): readonly Candidate[] {
  const type = (block && valuesOf(block, "_diffrn_radiation_type", "_diffrn_radiation.type")[0]?.text) ?? "";
  return RADIATIONS.toSorted((a, b) => Number(b.pattern.test(type)) - Number(a.pattern.test(type))).map(
    ({ name, usual }) => value(usual, `${name}, in Å`),
  );
}

/** What the dictionary takes where nothing is given. */
function defaultOf({ dictionary, name }: ValueRequest): readonly Candidate[] {
  const taken = findDefinition(dictionary, name.key)?.default;
  return taken === undefined || taken === "?" || taken === "." ? [] : [value(taken, "taken where it is not given")];
}

/** Each value once, where it comes first. */
function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ value }) => !seen.has(value) && seen.add(value));
}
