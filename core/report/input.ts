import type { Crystal } from "../crystal/index.ts";
import type { ExperimentPlan, Hkl, InstrumentProfile, LensBox } from "../experiment/index.ts";
import type { Issue } from "../util/index.ts";

/** A file that the plan rests on. */
export interface SourceFile {
  readonly role: "crystal" | "plan" | "instrument" | "lens";
  readonly path: string;
  /** Of its text, in hexadecimal; null where it was never a file. */
  readonly sha256: string | null;
}

/** All that an export is made of: plain JSON, so that it can be sent to where it is computed. */
export interface ExportInput {
  /** Name of the plan, for people. */
  readonly name: string;
  readonly plan: ExperimentPlan;
  readonly crystal: Crystal;
  /** The plan's reflection, or the default one where the plan names none. */
  readonly hkl: Hkl | null;
  readonly instrument: InstrumentProfile;
  /** Null where the plan has no lens, or its file cannot be read; `issues` says so. */
  readonly lens: LensBox | null;
  readonly files: readonly SourceFile[];
  /** Of files that were read with faults. */
  readonly issues: readonly Issue[];
  /** Program and version. */
  readonly software: string;
  /** When it is written, as it is to be printed. */
  readonly date: string;
}
