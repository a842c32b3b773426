import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  MarkupKind,
  type Position,
} from "vscode-languageserver";
import type { Dictionary } from "../../../core/cif/dictionary/index.ts";
import { type ExplainedDocument, toRange } from "../../document.ts";
import { nameParagraphs } from "../hover/name.ts";
import { type CompletionContext, completionContext } from "./context.ts";
import { type CompletionNames, nameItems } from "./names.ts";
import { valueItems } from "./values.ts";

/** Characters that ask for a list by themselves. */
export const COMPLETION_TRIGGERS = ["_", ".", "'", '"'];

/** Names, keywords or values, as they fit at a position. */
export function completion(source: ExplainedDocument, position: Position): CompletionList {
  const { document, analysis } = source;
  const offset = document.offsetAt(position);
  const context = completionContext(analysis.cif, offset);
  const { items, isIncomplete } = itemsFor(source, context);
  const range = toRange(document, context.range);
  return {
    isIncomplete,
    items: items.map((item) => ({ ...item, textEdit: { range, newText: item.insertText ?? item.label } })),
  };
}

/** The item with what the dictionaries say of its name. */
export function completionDocumentation(item: CompletionItem, dictionary: Dictionary): CompletionItem {
  const paragraphs = typeof item.data === "string" ? nameParagraphs(dictionary, item.data) : undefined;
  if (!paragraphs) return item;
  return { ...item, documentation: { kind: MarkupKind.Markdown, value: paragraphs.join("\n\n") } };
}

function itemsFor({ analysis, dictionary }: ExplainedDocument, context: CompletionContext): CompletionNames {
  if (context.kind === "nothing") return { items: [], isIncomplete: false };
  if (context.kind === "value") {
    const values = valueItems(dictionary, context);
    return { items: context.mayEndLoop ? [...values, ...keywords(context)] : values, isIncomplete: false };
  }
  const isName = context.typed === "" || context.typed.startsWith("_");
  const names =
    isName && context.block ? nameItems(analysis.cif, dictionary, context) : { items: [], isIncomplete: false };
  return { ...names, items: [...names.items, ...keywords(context)] };
}

const KEYWORDS = [
  { label: "loop_", detail: "a table: names, then values row by row" },
  { label: "data_", detail: "a data block; its name follows without a blank" },
] as const;

const keywords = ({ typed, block }: CompletionContext): CompletionItem[] =>
  KEYWORDS.filter(({ label }) => label.startsWith(typed.toLowerCase()) && (block || label === "data_")).map(
    (keyword) => ({
      ...keyword,
      kind: CompletionItemKind.Keyword,
      sortText: "900",
    }),
  );
