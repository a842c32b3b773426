import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import { findDefinition } from "../../../core/cif/dictionary/index.ts";
import { type CifPlace, entryAt } from "../../../core/cif/index.ts";
import type { TextRange } from "../../../core/util/index.ts";
import { type ExplainedDocument, toRange } from "../../document.ts";
import { code } from "../../markdown.ts";
import { cellParagraphs } from "./cell.ts";
import { factParagraphs, nameParagraphs } from "./name.ts";
import { valueParagraphs } from "./value.ts";

/** On a cell item: value and whole cell; on other names: what the dictionaries say; on other values: what they mean. */
export function hover(source: ExplainedDocument, position: Position): Hover | null {
  const { document, analysis } = source;
  const place = entryAt(analysis.cif, document.offsetAt(position));
  const found = place && explain(source, place);
  if (!found) return null;
  const value = found.paragraphs.join("\n\n");
  return { contents: { kind: MarkupKind.Markdown, value }, range: toRange(document, found.range) };
}

interface Explanation {
  readonly paragraphs: readonly string[];
  readonly range: TextRange;
}

function explain({ analysis, dictionary }: ExplainedDocument, place: CifPlace): Explanation | undefined {
  if (place.part !== "name" && place.part !== "value") return undefined;
  const { entry, block, range, name } = place;
  if (entry.kind === "item") {
    const cell = cellParagraphs(entry, () => analysis.crystal(block));
    const definition = findDefinition(dictionary, name.key);
    const facts =
      place.part === "name" && definition ? ["---", ...factParagraphs(dictionary, definition, name.text)] : [];
    if (cell) return { paragraphs: [...cell, ...facts], range: entry.range };
  }
  if (place.part === "value") return { paragraphs: valueParagraphs(place, dictionary, analysis.crystal), range };
  const unknown = [`${code(name.text)} is not defined in the dictionaries in use.`];
  return { paragraphs: nameParagraphs(dictionary, name.text) ?? unknown, range };
}
