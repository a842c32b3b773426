/** Text as the font can show it, and broken into lines. A figure with a bar over it is followed by U+0305. */

const BAR = "\u0305";

/** The text without the bars: as wide as it is written. */
export const plain = (text: string): string => text.replaceAll(BAR, "");

/** The text in parts with and without bars. */
export const barred = (text: string): readonly { readonly text: string; readonly isBarred: boolean }[] =>
  text
    .split(/((?:\d\u0305)+)/)
    .filter((part) => part !== "")
    .map((part) => ({ text: plain(part), isBarred: part.includes(BAR) }));

/**
 * Replaces every character that the font lacks by its number, as in U+4E2D, with a space between two of them. Accents
 * that follow their letter are joined with it first.
 */
export function printable(text: string, hasGlyph: (codePoint: number) => boolean): string {
  const characters = [...text.normalize("NFC")];
  return characters
    .map((character, i) => {
      const codePoint = character.codePointAt(0)!;
      if (character === "\t") return " ";
      if (character === "\n") return "\n";
      const isBar = character === BAR && /\d/.test(characters[i - 1] ?? "");
      if (isBar || (hasGlyph(codePoint) && codePoint >= 0x20 && codePoint !== 0xad)) return character;
      const next = characters[i + 1]?.codePointAt(0);
      return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}${next !== undefined && next > 0x20 && !hasGlyph(next) ? " " : ""}`;
    })
    .join("");
}

/** Places after which a line may end, beside spaces: within paths, formulae and lists. */
const BREAK = /(?<=[\s/\\,;_-])|(?<=[₀-₉])(?=[A-Z])/u;

/** Lines that are not wider than `width`: broken at spaces, in paths after a separator, else anywhere. */
export function wrap(text: string, width: number, widthOf: (text: string) => number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const piece of paragraph.split(BREAK).flatMap((part) => parts(part, width, widthOf))) {
      if (line !== "" && widthOf(`${line}${piece}`.trimEnd()) > width) {
        lines.push(line.trimEnd());
        line = piece.trimStart();
      } else line += piece;
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** A piece without places to break, in parts that fit. */
function parts(piece: string, width: number, widthOf: (text: string) => number): readonly string[] {
  if (widthOf(piece.trimEnd()) <= width) return [piece];
  const found: string[] = [];
  let part = "";
  for (const character of piece.match(/.\u0305?/gsu) ?? []) {
    if (part !== "" && widthOf(part + character) > width) {
      found.push(part);
      part = "";
    }
    part += character;
  }
  return [...found, part];
}
