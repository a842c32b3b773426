import { smallest } from "../../util/index.ts";
import type { CifBlock, CifValue } from "../tree.ts";

/** The attributes of one definition: values by data name in lower case; a looped attribute has one value a row. */
export type Attributes = ReadonlyMap<string, readonly CifValue[]>;

export function attributesOf(block: CifBlock): Attributes {
  const attributes = new Map<string, readonly CifValue[]>();
  for (const entry of block.entries) {
    if (entry.kind === "item") {
      if (entry.value) attributes.set(entry.name.key, [entry.value]);
      continue;
    }
    entry.names.forEach((name, column) => {
      attributes.set(
        name.key,
        Array.from({ length: entry.rowCount }, (_, row) => entry.value(row, column)!),
      );
    });
  }
  return attributes;
}

const isGiven = (value: CifValue | undefined): value is CifValue =>
  value !== undefined && value.kind !== "unknown" && value.kind !== "inapplicable";

/** The text of an attribute; undefined where it is absent, `?` or `.`. */
export function textOf(attributes: Attributes, name: string): string | undefined {
  const value = attributes.get(name)?.[0];
  return isGiven(value) ? value.text : undefined;
}

/** The texts of a looped attribute that are not `?` or `.`. */
export const textsOf = (attributes: Attributes, name: string): readonly string[] =>
  (attributes.get(name) ?? []).filter(isGiven).map(({ text }) => text);

/** The texts of two attributes of one loop, row by row; the second is undefined where it is not given. */
export function pairsOf(
  attributes: Attributes,
  first: string,
  second: string,
): readonly (readonly [string, string | undefined])[] {
  const details = attributes.get(second);
  return (attributes.get(first) ?? []).map(({ text }, row) => {
    const detail = details?.[row];
    return [text, isGiven(detail) ? detail.text : undefined];
  });
}

/** A paragraph as it is read: the indent that all lines share is gone, and so are blank lines at both ends. */
export function paragraph(text: string): string {
  const lines = text.replace(/^(?:[ \t]*\n)+|\s+$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = smallest(indents);
  return lines.map((line) => line.slice(Math.min(indent, line.length)).trimEnd()).join("\n");
}
