import type { Severity } from "../core/util/index.ts";
import { toJson } from "./command.ts";

/** A place with 1-based lines and columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A problem of a file. */
export interface Diagnostic extends Place {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly block: string | null;
  readonly names: readonly string[];
  /** The other places of the file that it is about. */
  readonly related: readonly (Place & { readonly message: string })[];
}

export interface Report {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
}

const SARIF_LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** A location of SARIF. */
const physical = (file: string, { line, column, endLine, endColumn }: Place) => ({
  physicalLocation: {
    artifactLocation: { uri: encodeURI(file.replaceAll("\\", "/")) },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  },
});

/** SARIF 2.1.0 (OASIS), as code hosts show it beside the lines of a change. */
export function toSarif(reports: readonly Report[]): string {
  const codes = [...new Set(reports.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort();
  const results = reports.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ code, severity, message, related, ...place }) => ({
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: SARIF_LEVELS[severity],
      message: { text: message },
      locations: [physical(file, place)],
      ...(related.length > 0 && {
        relatedLocations: related.map((other, index) => ({
          id: index + 1,
          ...physical(file, other),
          message: { text: other.message },
        })),
      }),
    })),
  );
  return toJson({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "df-xrm check", rules: codes.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  });
}
