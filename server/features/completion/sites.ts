import { CompletionItemKind } from "vscode-languageserver";
import { type CifBlock, type CifName, columnValues, findColumn, valuesOf } from "../../../core/cif/index.ts";
import { ELEMENTS, elementBySymbol } from "../../../core/crystal/index.ts";
import type { Candidate } from "./candidate.ts";

export const SITE_LABELS = ["_atom_site_label", "_atom_site.label"];
export const TYPE_SYMBOLS = [
  "_atom_type_symbol",
  "_atom_type.symbol",
  "_atom_site_type_symbol",
  "_atom_site.type_symbol",
];
/** Labels beyond this many are left to be typed. */
const LABEL_LIMIT = 500;

/** The labels of the sites of a block, each with its element and coordinates, without some of them. */
export function siteLabels(block: CifBlock, without: ReadonlySet<string> = new Set()): readonly Candidate[] {
  const found = findColumn(block, ...SITE_LABELS);
  if (!found) return [];
  const { loop, column } = found;
  const shown = ["type_symbol", "fract_x", "fract_y", "fract_z"].map((end) =>
    loop.names.findIndex(({ key }) => key.replace(".", "_") === `_atom_site_${end}`),
  );
  const candidates: Candidate[] = [];
  for (let row = 0; row < loop.rowCount && candidates.length < LABEL_LIMIT; row++) {
    const value = loop.value(row, column)!.text;
    if (without.has(value)) continue;
    const detail = shown.flatMap((index) => loop.value(row, index)?.text ?? []).join(" ");
    candidates.push({ value, detail, kind: CompletionItemKind.Reference });
  }
  return candidates;
}

/** The labels of sites that a column lacks, which has each of them once. */
export function missingLabels(block: CifBlock, { text }: CifName): readonly Candidate[] {
  const present = findColumn(block, text);
  return siteLabels(block, new Set(present && columnValues(present).map((value) => value.text)));
}

/** Labels that no site has yet: the next number of each element of the list, else of the formula. */
export function freeLabels(block: CifBlock): readonly Candidate[] {
  const column = findColumn(block, ...SITE_LABELS);
  const highest = new Map<string, number>();
  for (const { text } of column ? columnValues(column) : []) {
    const [, stem, digits] = /^([A-Za-z]+)(\d*)$/.exec(text) ?? [];
    if (stem !== undefined) highest.set(stem, Math.max(highest.get(stem) ?? 0, Number(digits)));
  }
  if (highest.size === 0) {
    const formula = valuesOf(block, "_chemical_formula_sum", "_chemical_formula.sum")[0]?.text ?? "";
    for (const symbol of formula.match(/[A-Z][a-z]?/g) ?? []) highest.set(symbol, 0);
  }
  return [...highest].map(([stem, number]) => ({
    value: `${stem}${number + 1}`,
    detail: "not used yet",
    kind: CompletionItemKind.Value,
  }));
}

/** Elements: what the block writes for the one that the label of the row names, what else it writes, then all. */
export function elements(block: CifBlock | undefined, label: string | undefined): readonly Candidate[] {
  const [letters = ""] = /^[A-Z][a-z]?/.exec(label ?? "") ?? [];
  const named = (elementBySymbol(letters) ?? elementBySymbol(letters.charAt(0)))?.symbol;
  const written = (block ? TYPE_SYMBOLS.flatMap((name) => valuesOf(block, name).slice(0, LABEL_LIMIT)) : [])
    .filter((value) => value.kind === "unquoted")
    .map(({ text }) => text);
  const isNamed = (text: string): boolean => text.replace(/[^A-Za-z].*$/, "") === named;
  const first = named === undefined ? [] : [...written.filter(isNamed), named];
  const kind = CompletionItemKind.Value;
  return [
    ...first.map((value) => ({ value, detail: `as in ${label}`, kind })),
    ...written.map((value) => ({ value, kind })),
    ...ELEMENTS.map(({ symbol, atomicNumber }) => ({ value: symbol, detail: `Z = ${atomicNumber}`, kind })),
  ];
}
