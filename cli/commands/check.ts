import { entryAt } from "../../core/cif/index.ts";
import { documentIssues } from "../../core/crystal/index.ts";
import { type Command, readArguments, readCif, toJson, UsageError } from "../command.ts";

export const check: Command = {
  usage: "check FILE... [--json]",
  summary: "problems of CIF files, each with its place",
  run(argv) {
    const { positionals, json } = readArguments(argv, []);
    if (positionals.length === 0) throw new UsageError("give at least one file");
    const reports = positionals.map(checkFile);
    const faulty = reports.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === "error"));
    return { output: json ? toJson(reports) : describe(reports), errors: [], status: faulty ? 1 : 0 };
  },
};

function checkFile(file: string) {
  const document = readCif(file);
  const diagnostics = documentIssues(document).map(({ code, severity, message, range, block }) => {
    const start = document.lines.position(range.start);
    const end = document.lines.position(range.end);
    const place = entryAt(document, range.start);
    return {
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      severity,
      code,
      message,
      block,
      names: place !== undefined && "name" in place ? [place.name.text] : [],
    };
  });
  return { file, diagnostics };
}

const describe = (reports: readonly ReturnType<typeof checkFile>[]): string =>
  reports
    .flatMap(({ file, diagnostics }) =>
      diagnostics.map(
        ({ line, column, severity, message, code }) => `${file}:${line}:${column}: ${severity}: ${message} [${code}]\n`,
      ),
    )
    .join("");
