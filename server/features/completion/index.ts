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
import { nameItems } from "./names.ts";
import { placeholderItems, type ValueRequest, valueItems } from "./values.ts";

/** Characters that ask for a list by themselves. */
export const COMPLETION_TRIGGERS = ["_", ".", "'", '"'];

/** Items in the order in which they are offered. */
interface Offer {
  readonly items: readonly CompletionItem[];
  readonly isIncomplete: boolean;
}

/** Names, keywords or values, as they fit at a position. */
export function completion(source: ExplainedDocument, position: Position): CompletionList {
  const { document, analysis } = source;
  const offset = document.offsetAt(position);
  const context = completionContext(analysis.cif, offset);
  const { items, isIncomplete } = offerFor(source, context);
  const range = toRange(document, context.range);
  return {
    isIncomplete,
    items: items.map((item, index) => ({
      ...item,
      sortText: String(index).padStart(4, "0"),
      textEdit: { range, newText: item.insertText ?? item.label },
    })),
  };
}

/** The item with what the dictionaries say of its name, or of the name whose value it is. */
export function completionDocumentation(item: CompletionItem, dictionary: Dictionary): CompletionItem {
  const paragraphs = typeof item.data === "string" ? nameParagraphs(dictionary, item.data) : undefined;
  if (!paragraphs) return item;
  return { ...item, documentation: { kind: MarkupKind.Markdown, value: paragraphs.join("\n\n") } };
}

/** So many names stand before the keywords where nothing was typed. */
const NAMES_FIRST = 8;

function offerFor(source: ExplainedDocument, context: CompletionContext): Offer {
  const { analysis, dictionary } = source;
  const valuesOf = (request: Pick<ValueRequest, "name" | "before">): ValueRequest => ({
    ...request,
    dictionary,
    block: context.block,
    typed: context.typed,
    crystalOf: analysis.crystal,
  });
  switch (context.kind) {
    case "nothing":
      return { items: [], isIncomplete: false };
    case "header":
      return { items: keywords(source, context), isIncomplete: false };
    case "value": {
      const request = valuesOf(context);
      const ends = context.mayEndLoop ? keywords(source, context) : [];
      return { items: [...valueItems(request), ...placeholderItems(request), ...ends], isIncomplete: false };
    }
    case "name": {
      const isName = context.typed === "" || context.typed.startsWith("_");
      const { usual, others, isIncomplete } =
        isName && context.block ? nameItems(analysis.cif, dictionary, context) : NO_NAMES;
      const values =
        context.firstOfRow && !context.typed.startsWith("_")
          ? valueItems(valuesOf({ name: context.firstOfRow, before: undefined }))
          : [];
      const [first, rest] = [usual.slice(0, NAMES_FIRST), usual.slice(NAMES_FIRST)];
      return { items: [...first, ...values, ...keywords(source, context), ...rest, ...others], isIncomplete };
    }
  }
}

const NO_NAMES = { usual: [], others: [], isIncomplete: false };

const LOOP = {
  label: "loop_",
  detail: "a table: names, then values row by row",
  documentation: {
    kind: MarkupKind.Markdown,
    value: "```cif\nloop_\n_atom_site_label\n_atom_site_fract_x\nNb1 0\nO1 0.0492\n```",
  },
};
const DATA = {
  label: "data_",
  detail: "a data block; its name follows without a blank",
  documentation: {
    kind: MarkupKind.Markdown,
    value: "```cif\ndata_LiNbO3\n_cell_length_a 5.148\n```\n\nWhat follows, up to the next `data_`, belongs to it.",
  },
};

/** Those that may begin here; the first block is named as the file is. A header goes on with names and values only. */
function keywords({ document, analysis }: ExplainedDocument, context: CompletionContext): CompletionItem[] {
  if (context.kind === "name" && context.header) return [];
  const { typed, block, kind } = context;
  const name = blockName(document.uri);
  const isHeaded = analysis.cif.blocks.some(({ code, header }) => header.end > header.start && code !== "");
  const named =
    name === "" || isHeaded ? [] : [{ ...DATA, label: `data_${name}`, detail: "a data block, named as the file" }];
  const isOutside = block === undefined || block.header.end === block.header.start;
  const offered = kind === "header" ? named : [...named, ...(isOutside ? [] : [LOOP]), DATA];
  return offered
    .filter(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase()))
    .map((keyword) => ({ ...keyword, kind: CompletionItemKind.Keyword }));
}

/** The name of a file as the code of a block, which has no blanks. */
function blockName(uri: string): string {
  const file = uri.replace(/[?#].*$/, "").replace(/^.*\//, "");
  try {
    return decodeURIComponent(file)
      .replace(/\.[^.]*$/, "")
      .replace(/[^\w.+-]+/g, "_");
  } catch {
    return "";
  }
}
