import type { DocumentFilter } from "vscode-languageserver";

/** The files of an experiment beside the CIF. */
export type ExperimentFileKind = "plan" | "instrument" | "lens";

const ENDINGS: readonly (readonly [string, ExperimentFileKind])[] = [
  [".dfxrm.json", "plan"],
  [".dfxrm-instrument.json", "instrument"],
  [".dfxrm-lens.json", "lens"],
  [".lens", "lens"],
];

/** What the server is asked about, beside CIF files. */
export const EXPERIMENT_FILES: readonly DocumentFilter[] = ENDINGS.map(([ending]) => ({ pattern: `**/*${ending}` }));

/** Kind of a file by its name; undefined for all others, CIF files among them. */
export function experimentFileKind(uri: string): ExperimentFileKind | undefined {
  const name = uri.replace(/[?#].*$/, "").toLowerCase();
  return ENDINGS.find(([ending]) => name.endsWith(ending))?.[1];
}
