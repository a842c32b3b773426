import type { Crystal } from "../crystal/crystal.ts";
import type { Hkl } from "../experiment/plan.ts";
import type { Issue } from "../util/index.ts";

/** Custom requests of the language server, beside the LSP's own. */

export const CRYSTAL_REQUEST = "dfxrm/crystal";

export interface CrystalParams {
  readonly uri: string;
  /** Sent where the document is not open in the editor; else the server uses the text it knows. */
  readonly text?: string;
  /** Wanted block; absent: the first block with a cell. */
  readonly block?: string;
  /** Energy at which the default reflection is chosen. */
  readonly energy_keV: number;
}

export interface CrystalAnswer {
  readonly block: string | null;
  readonly crystal: Crystal | null;
  readonly issues: readonly Issue[];
  /** The default reflection at `energy_keV`; null if there is no crystal or nothing diffracts. */
  readonly defaultHkl: Hkl | null;
}

/** The note that stands in place of a crystal where a file exceeds the limit; undefined where it does not. */
export function fileTooLarge(size_MB: number, limit_MB: number): Issue | undefined {
  if (size_MB <= limit_MB) return undefined;
  return {
    code: "file/too-large",
    severity: "information",
    message:
      `This file has ${size_MB.toFixed(1)} MB and is not read, because the limit is ${limit_MB} MB. ` +
      "Raise the setting dfxrm.maxFileSizeMB to read it.",
  };
}
