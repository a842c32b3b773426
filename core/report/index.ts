export type {
  Block,
  Column,
  Fact,
  FactsBlock,
  Logbook,
  NotesBlock,
  PictureBlock,
  Section,
  TableBlock,
} from "./content.ts";
export { type ExportContent, exportContent } from "./exportContent.ts";
export { EXPORT_FORMATS, type ExportFormat } from "./formats.ts";
export type { ExportInput, SourceFile } from "./input.ts";
export type { Model, ModelNode, ModelShape } from "./model/model.ts";
export { INK, type Mark, type Picture, type Point, SUBSCRIPT, type TextMark } from "./picture.ts";
export { fillTemplate, placeholders } from "./template.ts";
