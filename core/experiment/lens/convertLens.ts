import { error, fail, looksLikeJson, ok, type Result } from "../../util/index.ts";
import type { LensBox } from "./lensBox.ts";
import { writeOwnLens } from "./ownLens.ts";
import { readLens } from "./readLens.ts";
import { commentStart } from "./upstreamPlaces.ts";
import { writeUpstreamLens } from "./writeUpstreamLens.ts";

/** `lens` is the format of DF-XRM_viz, `json` that of `*.dfxrm-lens.json` files. */
export type LensFormat = "lens" | "json";

export interface ConvertedLens {
  readonly text: string;
  readonly format: LensFormat;
}

/**
 * A lens file in the other format, or in the one given. Every number, key and comment is kept, keys that mean nothing
 * here among them; comments inside the file come into its notes, each behind the key beside which it stood. What is
 * written is read again: where anything would be lost the file is refused, with what it is.
 * @param name that of the file, for a lens that has none of its own
 */
export function convertLens(text: string, name: string, format?: LensFormat): Result<ConvertedLens> {
  const read = readLens(text, name);
  if (!read.ok) return read;
  const isJson = looksLikeJson(text);
  const target = format ?? (isJson ? "lens" : "json");
  const box = withComments(read.value, isJson ? commentsOfJson(text) : commentsOfUpstream(text));
  const written = writeLens(box, target);
  const back = written === null ? null : readLens(written, name);
  const lost = lossOf(box, back);
  if (written === null || lost !== null) {
    const message = `The file cannot be written as ${target === "lens" ? "a .lens file" : "JSON"} without loss: ${lost} would be changed. Take it out, or write it in another way.`;
    return fail(error("lens/convert", message));
  }
  return ok({ text: written, format: target }, read.issues);
}

/** What the file that was written does not say as the box does; null where it says all. */
function lossOf(box: LensBox, back: Result<LensBox> | null): string | null {
  if (back === null) return "a list with null in it, or half a character,";
  return back.ok ? differingKey(box, back.value) : "a key of your own that means something in the other format";
}

/** Null for a value that the format cannot hold: in TOML null in a list, or half a character. */
function writeLens(box: LensBox, format: LensFormat): string | null {
  if (format === "json") return writeOwnLens(box);
  try {
    return writeUpstreamLens(box);
  } catch (caught) {
    if (caught instanceof TypeError || caught instanceof RangeError) return null;
    throw caught;
  }
}

function withComments(box: LensBox, comments: readonly string[]): LensBox {
  if (comments.length === 0) return box;
  return { ...box, notes: [...(box.notes === undefined ? [] : [box.notes]), ...comments].join("\n") };
}

/** Comments but for those that the file begins with, which are its notes. */
function commentsOfUpstream(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((line) => !line.startsWith("#"));
  let section = "";
  return lines.slice(Math.max(0, first)).flatMap((line) => {
    const start = commentStart(line);
    const content = line.slice(0, start).trim();
    if (content.startsWith("[")) section = content.replaceAll(/[[\]\s]/g, "");
    if (start === line.length) return [];
    const key = content.split("=")[0]!.trim();
    const place = content.startsWith("[") ? section : `${section} ${key}`.trim();
    return [remark(content === "" ? "" : place, line.slice(start + 1))];
  });
}

function commentsOfJson(text: string): readonly string[] {
  const comments: string[] = [];
  let key = "";
  for (const [piece] of text.matchAll(/"(?:[^"\\\n]|\\.)*"(?:\s*:)?|\/\/.*|\/\*[\s\S]*?\*\/|\n/g)) {
    if (piece === "\n") key = "";
    else if (piece.startsWith("//")) comments.push(remark(key, piece.slice(2)));
    else if (piece.startsWith("/*")) comments.push(remark(key, piece.slice(2, -2).replaceAll(/\s+/g, " ")));
    else if (piece.endsWith(":")) key = piece.slice(1, piece.lastIndexOf('"'));
  }
  return comments;
}

const remark = (place: string, comment: string): string =>
  place === "" ? comment.trim() : `${place}: ${comment.trim()}`;

/** Path of the first value in which two boxes differ, in words; null where they are the same. */
function differingKey(one: unknown, other: unknown, path: readonly string[] = []): string | null {
  if (Object.is(one, other)) return null;
  const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
  const [a, b] = [one ?? {}, other ?? {}];
  if (!(isObject(a) && isObject(b) && (isObject(one) || isObject(other)))) {
    return path.filter((key) => key !== "other").join(".") || "the file";
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = differingKey(Reflect.get(a, key), Reflect.get(b, key), [...path, key]);
    if (found !== null) return found;
  }
  return null;
}
