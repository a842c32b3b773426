import { type CifBlock, type CifDocument, parseCif } from "../core/cif/index.ts";
import { type Crystal, crystalFromBlock } from "../core/crystal/index.ts";
import type { Result } from "../core/util/index.ts";

/** What is known of one text: parsed once, crystals built when they are asked for. */
export interface Analysis {
  readonly cif: CifDocument;
  crystal(block: CifBlock): Result<Crystal>;
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
  return {
    cif,
    crystal(block) {
      const known = crystals.get(block);
      if (known) return known;
      const result = crystalFromBlock(block);
      crystals.set(block, result);
      return result;
    },
  };
}
