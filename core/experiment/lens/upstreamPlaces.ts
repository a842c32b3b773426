import type { TextRange } from "../../util/index.ts";
import { RADIUS, RADIUS_WRITTEN } from "./upstreamKeys.ts";

/** Where the section headers, keys and values of a `.lens` file stand, each by its dotted key. */
export interface UpstreamPlaces {
  readonly values: ReadonlyMap<string, TextRange>;
  /** Of sections the header without its brackets. */
  readonly keys: ReadonlyMap<string, TextRange>;
}

/** Looks at each line by itself; the text has keys in ASCII. */
export function locateUpstream(text: string): UpstreamPlaces {
  const values = new Map<string, TextRange>();
  const keys = new Map<string, TextRange>();
  let section = "";
  let start = 0;
  for (const line of text.split("\n")) {
    const content = contentRange(text, { start, end: start + commentStart(line) });
    const words = text.slice(content.start, content.end);
    const equals = words.indexOf("=");
    if (words.startsWith("[") && words.endsWith("]") && equals < 0) {
      const inside = contentRange(text, { start: content.start + 1, end: content.end - 1 });
      section = text.slice(inside.start, inside.end).replaceAll(/["'\s]/g, "");
      values.set(section, content);
      keys.set(section, inside);
    } else if (equals > 0) {
      const key = contentRange(text, { start: content.start, end: content.start + equals });
      const name = text.slice(key.start, key.end).replaceAll('"', "");
      const full = section === "" ? name : `${section}.${name}`;
      values.set(full, contentRange(text, { start: content.start + equals + 1, end: content.end }));
      keys.set(full, key);
    }
    start += line.length + 1;
  }
  return { values, keys };
}

/** The key or section that stands at an offset, with its value, as it is called there. */
export function placeAt(
  { keys, values }: UpstreamPlaces,
  offset: number,
): { readonly key: string; readonly label: string; readonly range: TextRange } | undefined {
  for (const [key, own] of keys) {
    const value = values.get(key) ?? own;
    const range = { start: Math.min(own.start, value.start), end: value.end };
    // A section's header has its brackets around its name.
    const label = value.start < own.start ? `[${key}]` : key.slice(key.lastIndexOf(".") + 1);
    if (range.start <= offset && offset <= range.end) return { key, label, range };
  }
  return undefined;
}

/** Place of the value with a key, else of the nearest section around it. */
export function nearestPlace({ values }: UpstreamPlaces, key: readonly string[]): TextRange {
  for (let length = key.length; length > 0; length--) {
    const place = values.get(key.slice(0, length).join("."));
    if (place) return place;
  }
  // A separator that is missing is missing behind its series.
  const series = values.get((key[0] ?? "").replace("separator", "lens_series"));
  return series ?? { start: 0, end: 0 };
}

/** Where the comment of a line begins; its length where it has none. */
export function commentStart(line: string): number {
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    if (quote !== "") {
      if (character === quote) quote = "";
      else if (character === "\\" && quote === '"') i++;
    } else if (character === "#") return i;
    else if (character === '"' || character === "'") quote = character;
  }
  return line.length;
}

/** The range without blanks at its ends. */
export function contentRange(text: string, { start, end }: TextRange): TextRange {
  const line = text.slice(start, end);
  const lead = line.length - line.trimStart().length;
  return { start: start + lead, end: start + Math.max(lead, line.trimEnd().length) };
}

/** Micro sign and Greek mu are one letter to the reader; in a bare key TOML allows neither. Lengths stay. */
export const withAsciiKeys = (text: string): string =>
  text.replace(/^[ \t]*[^\s=#"'[]+(?=[ \t]*=)/gm, (key) => key.replace(/[µμ]/g, "u"));

/** A key as it is written in a file. */
export const written = (key: string): string => (key === RADIUS ? RADIUS_WRITTEN : key);
