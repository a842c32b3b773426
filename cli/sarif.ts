import type { Severity } from "../core/util/index.ts";
import { toJson } from "./command.ts";

/** A problem of a file with 1-based lines and columns in UTF-16 units. */
export interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly block: string | null;
  readonly names: readonly string[];
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

/** SARIF 2.1.0 (OASIS), as code hosts show it beside the lines of a change. */
export function toSarif(reports: readonly Report[]): string {
  const codes = [...new Set(reports.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort();
  const results = reports.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ code, severity, message, line, column, endLine, endColumn }) => ({
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: SARIF_LEVELS[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(file.replaceAll("\\", "/")) },
            region: { startLine: line, startColumn: column, endLine, endColumn },
          },
        },
      ],
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
