import { type Dictionary, validate } from "../core/cif/dictionary/index.ts";
import { type CifBlock, type CifDocument, parseCif } from "../core/cif/index.ts";
import { type Crystal, crystalFromBlock, type DocumentIssue, placedIssue } from "../core/crystal/index.ts";
import type { Result } from "../core/util/index.ts";
import { cifIssues } from "../core/xray/index.ts";
import { syntaxFixes } from "./syntaxFixes.ts";

/** What is known of one text: parsed once, everything else made when it is asked for and then kept. */
export interface Analysis {
  readonly cif: CifDocument;
  crystal(block: CifBlock): Result<Crystal>;
  /** Problems of the text and of its crystals, in order of position. */
  issues(): readonly DocumentIssue[];
  /** What a dictionary has to say about it, in order of position. */
  dictionaryIssues(dictionary: Dictionary): readonly DocumentIssue[];
}

/** Analyses of the texts used last, at most `limit` of them; a changed text replaces the older one of its URI. */
export interface AnalysisCache {
  get(uri: string, text: string): Analysis;
  delete(uri: string): void;
}

export function createAnalysisCache(limit: number): AnalysisCache {
  const entries = new Map<string, Analysis>();
  return {
    get(uri, text) {
      const known = entries.get(uri);
      const analysis = known?.cif.text === text ? known : analyse(text);
      entries.delete(uri);
      entries.set(uri, analysis);
      for (const oldest of entries.keys()) {
        if (entries.size <= limit) break;
        entries.delete(oldest);
      }
      return analysis;
    },
    delete: (uri) => void entries.delete(uri),
  };
}

function analyse(text: string): Analysis {
  const cif = parseCif(text);
  const crystals = new Map<CifBlock, Result<Crystal>>();
  const crystal = (block: CifBlock): Result<Crystal> => {
    const known = crystals.get(block);
    if (known) return known;
    const result = crystalFromBlock(block);
    crystals.set(block, result);
    return result;
  };
  let issues: readonly DocumentIssue[] | undefined;
  let validated: { readonly dictionary: Dictionary; readonly issues: readonly DocumentIssue[] } | undefined;
  return {
    cif,
    crystal,
    issues() {
      issues ??= cifIssues(cif, crystal).map((issue) =>
        issue.fixes ? issue : { ...issue, ...syntaxFixes(cif, issue) },
      );
      return issues;
    },
    dictionaryIssues(dictionary) {
      if (validated?.dictionary !== dictionary) {
        validated = { dictionary, issues: validate(cif, dictionary).map((issue) => placedIssue(cif, issue)) };
      }
      return validated.issues;
    },
  };
}
