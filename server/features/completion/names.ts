import { type CompletionItem, CompletionItemKind, CompletionItemTag } from "vscode-languageserver";
import {
  type Dictionary,
  findDefinition,
  type ItemDefinition,
  sentenceOf,
} from "../../../core/cif/dictionary/index.ts";
import type { CifBlock, CifDocument, CifName } from "../../../core/cif/index.ts";
import type { TextRange } from "../../../core/util/index.ts";
import { unitSymbol } from "../hover/name.ts";
import { categoryOf, namePlaces, USUAL } from "./order.ts";

/** Lists are cut to this length, and asked for again as more is typed. */
export const LIST_LIMIT = 200;

export interface CompletionNames {
  /** Names that are likely next. */
  readonly usual: readonly CompletionItem[];
  readonly others: readonly CompletionItem[];
  readonly isIncomplete: boolean;
}

/**
 * Data names that fit what was typed and that the block does not have: in the header of a loop those of its category,
 * elsewhere those of single values first, in the order of `namePlaces`. Spelled as the file spells its names, with a point
 * or with underscores only.
 */
export function nameItems(
  cif: CifDocument,
  dictionary: Dictionary,
  {
    block,
    header,
    typed,
    range,
  }: {
    readonly block: CifBlock | undefined;
    readonly header: readonly CifName[] | undefined;
    readonly typed: string;
    readonly range: TextRange;
  },
): CompletionNames {
  const dotted = typed.includes(".") || usesDots(cif);
  const wanted = plain(typed);
  const others = header?.filter(({ key }) => plain(key) !== wanted);
  const present = new Set(block ? definedNames(block, dictionary, wanted) : []);
  const isOfLoop = others ? loopFilter(others, dictionary) : undefined;
  const placeOf = namePlaces(dictionary, block, others, range.start);
  const ranked = [...new Set(dictionary.items.values())].flatMap((item) => {
    if (present.has(item) || (isOfLoop && !isOfLoop(item))) return [];
    const name = spelled(item, dotted);
    const match = bestMatch([name, item.name, ...item.aliases], wanted);
    if (!match) return [];
    const isLoopCategory = dictionary.categories.get(item.category)?.class === "Loop";
    const faults = rankOf([
      match.rank === 2,
      match.rank === 1,
      item.replacedBy !== undefined,
      !dotted && name.includes("."),
      isLoopCategory && !header,
    ]);
    const place = placeOf(item);
    return [{ item, faults, place, isPlain: sentenceOf(item) === undefined, name, filterText: match.name }];
  });
  ranked.sort(
    (a, b) =>
      a.faults - b.faults || a.place - b.place || Number(a.isPlain) - Number(b.isPlain) || (a.name < b.name ? -1 : 1),
  );
  const shown = ranked.slice(0, LIST_LIMIT).map(({ item, name, filterText, ...rank }) => ({
    isUsual: rank.faults === 0 && rank.place < USUAL,
    completion: {
      label: name,
      kind: CompletionItemKind.Property,
      detail: detailOf(item),
      filterText,
      data: name,
      ...(item.replacedBy && { tags: [CompletionItemTag.Deprecated] }),
    } satisfies CompletionItem,
  }));
  return {
    usual: shown.filter(({ isUsual }) => isUsual).map(({ completion }) => completion),
    others: shown.filter(({ isUsual }) => !isUsual).map(({ completion }) => completion),
    isIncomplete: shown.length < ranked.length,
  };
}

/** A number that grows with each of these faults, an earlier one counting more than all later ones together. */
const rankOf = (faults: readonly boolean[]): number => faults.reduce((rank, fault) => rank * 2 + Number(fault), 0);

/** The form in which both spellings of a name agree. */
const plain = (name: string): string => name.toLowerCase().replaceAll(".", "_");

/** The name that fits best: with what was typed at its beginning (0), within it (1), or as letters in this order (2). */
function bestMatch(
  names: readonly string[],
  wanted: string,
): { readonly name: string; readonly rank: number } | undefined {
  const tests = [
    (name: string) => name.startsWith(wanted),
    (name: string) => name.includes(wanted.slice(1)),
    (name: string) => holdsInOrder(name, wanted),
  ];
  for (const [rank, test] of tests.entries()) {
    const name = names.find((candidate) => test(plain(candidate)));
    if (name !== undefined) return { name, rank };
  }
  return undefined;
}

function holdsInOrder(name: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Whether the first names of a file are of the newer style. */
function usesDots({ blocks }: CifDocument): boolean {
  const names = (blocks[0]?.entries ?? [])
    .slice(0, 20)
    .flatMap((entry) => (entry.kind === "loop" ? entry.names : [entry.name]));
  const dotted = names.filter(({ text }) => text.includes(".")).length;
  return dotted > 0 && dotted * 2 >= names.length;
}

function spelled({ name, aliases, deprecatedAliases }: ItemDefinition, dotted: boolean): string {
  if (dotted) return name;
  const undotted = aliases.filter((alias) => !alias.includes("."));
  return undotted.find((alias) => !deprecatedAliases.includes(alias)) ?? undotted[0] ?? name;
}

/** Definitions of the names of a block, without the one that is being typed. */
const definedNames = (block: CifBlock, dictionary: Dictionary, typed: string): ItemDefinition[] =>
  block.entries
    .flatMap((entry) => (entry.kind === "loop" ? entry.names : [entry.name]))
    .filter(({ key }) => plain(key) !== typed)
    .flatMap(({ key }) => findDefinition(dictionary, key) ?? []);

/** Items that may stand in a loop: of the category that its other names have, of its parent or child; of any looped one. */
function loopFilter(header: readonly CifName[], dictionary: Dictionary): (item: ItemDefinition) => boolean {
  const { categories } = dictionary;
  const category = categoryOf(dictionary, header);
  if (category === undefined) return (item) => categories.get(item.category)?.class === "Loop";
  const parent = categories.get(category)?.parent;
  const isLooped = (name: string | undefined): boolean => name !== undefined && categories.get(name)?.class === "Loop";
  return (item) =>
    item.category === category ||
    (item.category === parent && isLooped(parent)) ||
    (categories.get(item.category)?.parent === category && isLooped(item.category));
}

const detailOf = ({ contents, units, states }: ItemDefinition): string =>
  [contents, ...(units ? [unitSymbol(units)] : []), ...(states ? [`${states.length} states`] : [])].join(", ");
