import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import {
  EXPORT_FORMATS,
  type ExportContent,
  type ExportFormat,
  exportContent,
  fillTemplate,
} from "../../core/report/index.ts";
import { createLineIndex, type Issue, type Result } from "../../core/util/index.ts";
import { version } from "../../package.json";
import { type Command, errorLines, type Outcome, readArguments, UsageError } from "../command.ts";
import { loadPlan, readText } from "../planFile.ts";

const FORMATS = EXPORT_FORMATS.map(({ id }) => id);

export const exportPlan: Command = {
  usage: `export PLAN --format ${FORMATS.join("|")} [--paper a4|letter] [-o FILE] | export PLAN --template FILE [-o FILE]`,
  summary: "logbook page, picture, 3D model, tables and motor list of a plan; texts go to standard output without -o",
  async run(argv) {
    const options = argv.map((argument) => (argument === "-o" ? "--output" : argument));
    const { values, positionals } = readArguments(options, ["format", "paper", "template", "output"]);
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError("give one plan file");
    const { template, output } = values;
    const format = formatOf(values["format"], template);
    const paper = values["paper"] ?? "a4";
    if (paper !== "a4" && paper !== "letter") throw new UsageError("--paper is a4 or letter");

    const loaded = loadPlan(file);
    if (!loaded.ok) return refused(loaded.issues, file);
    const content = exportContent({
      ...loaded.value,
      name: basename(file).replace(/(\.dfxrm)?\.json$/i, ""),
      software: `DF-XRM ${version}`,
      date: `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
    });
    if (!content.ok) return refused(content.issues, file);
    if (format === null) {
      const text = readText(template ?? "", "");
      const filled = fillTemplate(text, content.value);
      if (filled.ok) return deliver(filled.value, output);
      return { output: "", errors: errorLines(filled.issues, template ?? "", createLineIndex(text)), status: 1 };
    }
    const written = await write(content.value, format, paper);
    return written.ok ? deliver(written.value, output) : refused(written.issues, file);
  },
};

function formatOf(format: string | undefined, template: string | undefined): ExportFormat | null {
  if (template !== undefined && format === undefined) return null;
  const known = EXPORT_FORMATS.find(({ id }) => id === format);
  if (known && template === undefined) return known.id;
  throw new UsageError(
    template === undefined ? `--format is one of ${FORMATS.join(", ")}` : "give --format or --template, not both",
  );
}

/** The writers are loaded only where something is exported. */
async function write(
  content: ExportContent,
  format: ExportFormat,
  paper: "a4" | "letter",
): Promise<Result<string | Uint8Array>> {
  const { writeExport } = await import("../../export/index.ts");
  return writeExport(content, format, { paper });
}

function deliver(content: string | Uint8Array, output: string | undefined): Outcome {
  if (output === undefined) {
    if (typeof content !== "string") throw new UsageError("this format is no text: give a file with -o");
    return { output: content, errors: [], status: 0 };
  }
  try {
    writeFileSync(output, content);
  } catch (caught) {
    const reason = caught instanceof Error && "code" in caught ? caught.code : caught;
    throw new UsageError(`cannot write ${output} (${reason})`);
  }
  return { output: "", errors: [], status: 0 };
}

const refused = (issues: readonly Issue[], file: string): Outcome => ({
  output: "",
  errors: issues.filter(({ severity }) => severity === "error").map(({ message }) => `${file}: ${message}`),
  status: 1,
});
