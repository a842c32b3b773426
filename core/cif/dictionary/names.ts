import type { TextRange } from "../../util/index.ts";
import { editDistance } from "../../util/index.ts";
import type { CifName } from "../tree.ts";
import { type Column, isUndotted } from "./columns.ts";
import { type Dictionary, findDefinition, type ItemDefinition } from "./model.ts";
import { isJournalName, isLocalName, otherDictionary } from "./prefixes.ts";
import { type Report, replacement } from "./report.ts";

/** Names further apart than this are not taken for slips of one another. */
const MAX_SLIPS = 2;

/** Of so many unknown names the likely right one is looked for; a file with more is not a file with slips. */
const MAX_SUGGESTIONS = 200;

/** What the names of a whole document have in common, so that it is said once. */
export interface NameChecks {
  check(column: Column): void;
  /** Reports what was gathered: names of dictionaries that are not loaded. */
  finish(): void;
}

export function createNameChecks(dictionary: Dictionary, report: Report): NameChecks {
  const missing = new Map<string, CifName>();
  const suggestions = new Map<string, string | undefined>();
  const suggest = suggester(dictionary);
  const suggestionFor = (key: string): string | undefined => {
    if (!suggestions.has(key) && suggestions.size < MAX_SUGGESTIONS) suggestions.set(key, suggest(key));
    return suggestions.get(key);
  };
  return {
    check({ name, definition }) {
      if (definition) {
        checkDeprecation(name, definition, dictionary, report);
        return;
      }
      const isLocal = isLocalName(name.key);
      if (isLocal && !isJournalName(name.key)) return;
      const file = otherDictionary(name.key);
      if (file !== undefined) {
        if (!missing.has(file)) missing.set(file, name);
        return;
      }
      const similar = suggestionFor(name.key);
      if (similar === undefined && isLocal) return;
      if (similar === undefined) {
        const message = `${name.text} is in none of the dictionaries that are loaded.`;
        report.add("unknown-tag", "information", message, name.range, [name.text]);
        return;
      }
      const message = `${name.text} is in none of the dictionaries that are loaded. Is ${similar} meant?`;
      const fix = replacement(`Replace by ${similar}`, name.range, similar);
      report.add("unknown-tag", "warning", message, name.range, [name.text], { fix });
    },
    finish() {
      const [first] = [...missing.values()].sort((a, b) => a.range.start - b.range.start);
      if (!first) return;
      const files = [...missing.keys()];
      const message = `Names such as ${first.text} are not checked: add ${files.join(", ")} to the setting dfxrm.cif.dictionaries.`;
      report.add(
        "other-dictionary",
        "information",
        message,
        first.range,
        [...missing.values()].map(({ text }) => text),
      );
    },
  };
}

function checkDeprecation(name: CifName, item: ItemDefinition, dictionary: Dictionary, report: Report): void {
  const names = [name.text];
  if (item.replacedBy) {
    const instead = item.replacedBy.map((successor) => sameStyle(dictionary, successor, name.text));
    const remedy = instead.length === 0 ? "it has no successor" : `use ${instead.join(" or ")}`;
    const message = `${name.text} is withdrawn from the dictionary: ${remedy}.`;
    const fix = instead.length === 1 ? renameTo(instead[0]!, name.range) : undefined;
    report.add("deprecated", isUndotted(name.text) ? "hint" : "information", message, name.range, names, { fix });
    return;
  }
  if (!item.deprecatedAliases.some((alias) => alias.toLowerCase() === name.key)) return;
  const instead = currentName(item, name.text);
  if (instead === undefined) return;
  const message = `${name.text} is an old name of ${instead}: use that.`;
  report.add("deprecated", "hint", message, name.range, names, {
    fix: renameTo(instead, name.range),
  });
}

const renameTo = (name: string, range: TextRange) => replacement(`Replace by ${name}`, range, name);

/** The name to use for an item, with or without a point as the given one; undefined if all of that style are deprecated. */
function currentName(item: ItemDefinition, name: string): string | undefined {
  const current = [item.name, ...item.aliases].filter((alias) => !item.deprecatedAliases.includes(alias));
  return current.find((alias) => isUndotted(alias) === isUndotted(name));
}

/** The name of a successor in the style of the given name, if it has one. */
function sameStyle(dictionary: Dictionary, successor: string, name: string): string {
  const item = findDefinition(dictionary, successor);
  return (item && currentName(item, name)) ?? successor;
}

/** Finds the known name that differs least from one in lower case, by at most two letters. */
function suggester(dictionary: Dictionary): (key: string) => string | undefined {
  let byLength: Map<number, string[]> | undefined;
  const group = (): Map<number, string[]> => {
    const groups = new Map<number, string[]>();
    for (const key of dictionary.items.keys()) {
      const names = groups.get(key.length);
      if (names) names.push(key);
      else groups.set(key.length, [key]);
    }
    return groups;
  };
  return (key) => {
    byLength ??= group();
    let best: string | undefined;
    let limit = Math.min(MAX_SLIPS, Math.floor(key.length / 5));
    for (let difference = 0; difference <= limit; difference++) {
      for (const length of new Set([key.length - difference, key.length + difference])) {
        for (const candidate of byLength.get(length) ?? []) {
          if (editDistance(key, candidate, limit) > limit) continue;
          best = candidate;
          limit = editDistance(key, candidate, limit) - 1;
        }
      }
    }
    return best === undefined ? undefined : spellingOf(dictionary, best);
  };
}

/** A name in lower case as the dictionary writes it. */
function spellingOf(dictionary: Dictionary, key: string): string {
  const item = dictionary.items.get(key);
  return [item?.name ?? key, ...(item?.aliases ?? [])].find((name) => name.toLowerCase() === key) ?? key;
}
