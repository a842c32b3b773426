import { type Dictionary, loadDictionary, mergeDictionaries } from "../core/cif/dictionary/index.ts";
import { type CifDocument, parseCif } from "../core/cif/index.ts";
import { type ResourceAnswer, type ResourceParams, wrongMessage } from "../core/protocol/index.ts";
import type { Issue } from "../core/util/index.ts";

/** The built-in dictionary with those of the user on top, and what went wrong with them. */
export interface Dictionaries {
  readonly dictionary: Dictionary;
  readonly notes: readonly Issue[];
}

/** Dictionaries in use; files come from the client, and are read again when they change. */
export interface DictionaryStore {
  /** The built-in dictionary with these files, paths in the workspace, later ones on top. */
  load(paths: readonly string[]): Promise<Dictionaries>;
  /** What was loaded last: for answers that must not wait. */
  readonly current: Dictionaries;
  /** Forgets a file that has changed; whether one of the dictionaries is made of it. */
  invalidate(uri: string): boolean;
}

/** Files that import one another are asked for in at most this many rounds. */
const IMPORT_ROUNDS = 8;

export function createDictionaryStore(
  builtIn: () => Dictionary,
  fetch: (params: ResourceParams) => Promise<ResourceAnswer>,
): DictionaryStore {
  let known: { readonly key: string; readonly dictionaries: Promise<Dictionaries> } | undefined;
  let current: Dictionaries | undefined;
  const uris = new Set<string>();

  const read = async (params: ResourceParams): Promise<ResourceAnswer> => {
    try {
      const answer = await fetch(params);
      const wrong = wrongMessage("resourceAnswer", answer);
      if (wrong !== undefined) return { problem: `the answer of the editor was not understood (${wrong})` };
      if (answer.uri !== undefined) uris.add(answer.uri);
      return answer;
    } catch {
      return { problem: "this editor hands no files to the language server" };
    }
  };

  const loadAll = async (paths: readonly string[]): Promise<Dictionaries> => {
    const loaded = await Promise.all(paths.map((path) => loadFile(path, read)));
    const dictionaries = loaded.flatMap(({ dictionary }) => (dictionary ? [dictionary] : []));
    return {
      dictionary: mergeDictionaries(builtIn(), ...dictionaries),
      notes: loaded.flatMap(({ notes }) => notes),
    };
  };

  return {
    load(paths) {
      const key = JSON.stringify(paths);
      if (known?.key === key) return known.dictionaries;
      uris.clear();
      const dictionaries = loadAll(paths);
      const entry = { key, dictionaries };
      known = entry;
      return dictionaries.then((value) => {
        if (known === entry) current = value;
        return value;
      });
    },
    get current() {
      current ??= { dictionary: builtIn(), notes: [] };
      return current;
    },
    invalidate(uri) {
      if (!uris.has(uri)) return false;
      known = undefined;
      return true;
    },
  };
}

/** Reads a dictionary; the files that it imports are asked for as they come up. */
async function loadFile(
  path: string,
  read: (params: ResourceParams) => Promise<ResourceAnswer>,
): Promise<{ readonly dictionary?: Dictionary; readonly notes: readonly Issue[] }> {
  const answer = await read({ path });
  if ("problem" in answer) return { notes: [note(path, answer.problem)] };
  const document = parseCif(answer.text);
  const imported = new Map<string, CifDocument | undefined>();
  for (let round = 0; ; round++) {
    const missing = new Set<string>();
    const { dictionary, issues } = loadDictionary(document, (file) => {
      if (!imported.has(file)) missing.add(file);
      return imported.get(file);
    });
    if (missing.size > 0 && round < IMPORT_ROUNDS) {
      for (const file of missing) {
        const name = file.slice(file.lastIndexOf("/") + 1);
        const text = await read({ path: name, base: answer.uri });
        imported.set(file, "text" in text ? parseCif(text.text) : undefined);
      }
      continue;
    }
    const [first, ...others] = issues;
    if (!first) return { dictionary, notes: [] };
    const more = others.length > 0 ? ` (and ${others.length} more problems)` : "";
    return { dictionary, notes: [note(path, `${first.message}${more}`)] };
  }
}

const note = (path: string, problem: string): Issue => ({
  code: "dictionary/not-loaded",
  severity: "warning",
  message: `Dictionary ${path} of the setting dfxrm.cif.dictionaries: ${problem}`,
});
