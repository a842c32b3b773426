import type { ExportContent, ExportFormat } from "../core/report/index.ts";
import { ok, type Result } from "../core/util/index.ts";
import { modelGlb } from "./glb.ts";
import { logbookHtml } from "./html.ts";
import { logbookMarkdown } from "./markdown.ts";
import { logbookPdf } from "./pdf/logbook.ts";
import { experimentJson, motorsCsv, motorsJson, motorsText, reflectionsCsv } from "./tables.ts";

export interface WriteOptions {
  readonly paper: "a4" | "letter";
}

/** Writes the content in a format: text, or bytes where the format is none. */
export async function writeExport(
  content: ExportContent,
  format: ExportFormat,
  { paper }: WriteOptions,
): Promise<Result<string | Uint8Array>> {
  switch (format) {
    case "pdf":
      return ok(logbookPdf(content.logbook, paper));
    case "html":
      return ok(logbookHtml(content.logbook));
    case "md":
      return ok(logbookMarkdown(content.logbook));
    case "json":
      return ok(experimentJson(content));
    case "csv":
      return ok(reflectionsCsv(content.reflections));
    case "svg":
      return ok(content.svg);
    case "glb":
      return ok(await modelGlb(content.model));
    case "motors":
      return ok(motorsText(content));
    case "motors-csv":
      return ok(motorsCsv(content.motors));
    case "motors-json":
      return ok(motorsJson(content));
  }
}
