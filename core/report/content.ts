import type { Picture } from "./picture.ts";

/**
 * A logbook page as content without looks, which every writer (PDF, HTML, Markdown) lays out in its own way. Texts are
 * plain Unicode; a digit with a bar over it (an index of a reflection) is followed by U+0305.
 */
export interface Logbook {
  /** Name of the plan. */
  readonly title: string;
  readonly subtitle: string;
  /** Program and version, and when it was written. */
  readonly origin: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block = FactsBlock | TableBlock | NotesBlock | PictureBlock;

/** Names with their values, one a line. */
export interface FactsBlock {
  readonly kind: "facts";
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** How the value is meant or where it comes from. */
  readonly note?: string;
}

export interface TableBlock {
  readonly kind: "table";
  readonly caption?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that are marked as chosen, by index. */
  readonly marked?: readonly number[];
}

export interface Column {
  readonly title: string;
  /** Figures stand to the right, texts to the left. */
  readonly align: "left" | "right";
  /** The text may break into lines; only this column gives way where a table is too wide. */
  readonly breaks?: boolean;
}

/** Sentences, each with a word in front that says how serious it is: "Caution", "Note", "Yes". */
export interface NotesBlock {
  readonly kind: "notes";
  readonly notes: readonly { readonly word: string; readonly text: string }[];
}

export interface PictureBlock {
  readonly kind: "picture";
  readonly picture: Picture;
}

export const fact = (label: string, value: string, note?: string): Fact => ({
  label,
  value,
  ...(note !== undefined && { note }),
});

export const facts = (...list: readonly Fact[]): FactsBlock => ({ kind: "facts", facts: list });
