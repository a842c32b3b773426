import type { Crystal } from "../crystal/crystal.ts";
import type { InstrumentProfile } from "../experiment/instrument/index.ts";
import type { ExperimentPlan, Hkl } from "../experiment/plan.ts";
import type { ExportContent, ExportInput } from "../report/index.ts";
import { error, type Issue, type Result } from "../util/index.ts";

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
  /** For whom it is chosen: the brightest that this instrument reaches; absent: the brightest. */
  readonly experiment?: PlannedExperiment;
}

export interface PlannedExperiment {
  readonly plan: ExperimentPlan;
  readonly instrument: InstrumentProfile;
}

export interface CrystalAnswer {
  readonly block: string | null;
  /** Codes of all data blocks with a cell, in the order of the file. */
  readonly blocks: readonly string[];
  readonly crystal: Crystal | null;
  readonly issues: readonly Issue[];
  /** The default reflection at `energy_keV`; null if there is no crystal or nothing diffracts. */
  readonly defaultHkl: Hkl | null;
}

/** All that is exported of a plan, computed where the tables are. */
export const EXPORT_REQUEST = "dfxrm/export";

export type ExportParams = ExportInput;
export type ExportAnswer = Result<ExportContent>;

/** Asked by the client: a plan and what follows from it, as Markdown with one fact on a line. */
export const PLAN_SUMMARY_REQUEST = "dfxrm/planSummary";

export interface PlanSummaryParams {
  /** Of the plan file: what it names is found from there. */
  readonly uri: string;
  readonly text: string;
  readonly name: string;
}

/** Asked by the server: the text of a file that a setting or a document names; the server itself touches no disk. */
export const RESOURCE_REQUEST = "dfxrm/resource";

export interface ResourceParams {
  /** Relative, with `/`: to the folder of `base`, or without it to the folder of the workspace. */
  readonly path: string;
  /** URI of the document that names it. */
  readonly base?: string;
}

export type ResourceAnswer =
  | { readonly uri: string; readonly text: string }
  /** Why there is no text, as the end of a sentence: "there is no such file in the workspace"; where it would be. */
  | { readonly problem: string; readonly uri?: string };

/** Told by the client: a file that the server asked for has another text now. */
export const RESOURCE_CHANGED = "dfxrm/resourceChanged";

export interface ResourceChange {
  readonly uri: string;
}

/** What a client may tell the server in `initializationOptions`. */
export interface ClientOptions {
  /** It shows the state of a file. */
  readonly fileState?: boolean;
  /** Address of the explanation of a problem, with {code} where its code belongs. */
  readonly explanations?: string;
  /** What makes it no longer tell of problems of one code, with {code} in the title where that belongs. */
  readonly ignore?: { readonly command: string; readonly title: string };
}

/** Told by the server: what a CIF comes to, each time it was checked. */
export const FILE_STATE = "dfxrm/fileState";

export interface FileState {
  readonly uri: string;
  /** A few words: the crystal, or why there is none. */
  readonly summary: string;
  /** One sentence more. */
  readonly detail: string;
  readonly severity: "error" | "warning" | "none";
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

/** Said of a CIF that is not where it was. */
export const cifGone = (name: string): Issue =>
  error(
    "file/gone",
    `${name} cannot be read: it was moved, deleted or is out of reach. Put it back, or open it where it is now.`,
  );

/** Said of a CIF that was in no file, and whose text went with its editor. */
export const cifClosed = (name: string): Issue =>
  error("file/closed", `The unsaved ${name} was closed. If it was saved, open the saved file and show it again.`);

/** Codes of what leaves a panel without a text of its CIF, not with a text that gives no crystal. */
export const WITHOUT_CIF: readonly string[] = ["file/gone", "file/closed", "plan/outside"];

/** Said of a CIF whose text is another than when the plan was saved. */
export const cifChanged = (path: string): Issue => ({
  code: "plan/cif-changed",
  severity: "information",
  message: `${path} has changed since this plan was saved: its numbers follow the present file. See whether the plan still holds.`,
});

/** Title of what takes `cifChanged` away. */
export const NOTE_CIF = "Note the CIF as it is now";
