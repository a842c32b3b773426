import type { Scene } from "../scene.ts";
import type { TextMeasure, TextSize, TextStyle } from "../textLayout.ts";

/** Advance widths in thousandths of the font size, wide enough for the usual sans-serif fonts. */
const WIDTHS: readonly (readonly [string, number])[] = [
  ["ijlI.,:;'|()[]/ ", 340],
  ["frt-", 400],
  ["mwMWĀÅ×=+−<>~", 860],
  ["ABCDEFGHKNOPQRSTUVXYZ&", 730],
];
const OTHER = 610;
const MARKS = /[\u0300-\u036f]/g;
const LINE_HEIGHT = 1.25;
const BOLD = 1.07;
const SMALL = 0.9;
/** A swatch, the space to its text and the space to the next entry, in font sizes. */
export const SWATCH_em = 0.75;
export const SWATCH_GAP_em = 0.3;
export const ENTRY_GAP_em = 0.75;

const widths = new Map(WIDTHS.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width] as const)));

export const fontSizeOf = (style: TextStyle, base_px: number): number =>
  style === "quiet" || style === "caption" ? SMALL * base_px : base_px;

/** Width of one line in pixels, estimated: core has no fonts. */
export const lineWidth = (line: string, style: TextStyle, base_px: number): number => {
  const thousandths = [...line.replace(MARKS, "")].reduce((sum, letter) => sum + (widths.get(letter) ?? OTHER), 0);
  return (thousandths / 1000) * fontSizeOf(style, base_px) * (style === "strong" ? BOLD : 1);
};

export const lineHeight = (style: TextStyle, base_px: number): number => LINE_HEIGHT * fontSizeOf(style, base_px);

/** Font size of the texts of a picture: smaller in a small one, so that they leave room for what they name; larger on a wall. */
export function baseFontSize(width: number, height: number): number {
  const largest = Math.max(13, Math.min(0.0145 * height, 0.0095 * width));
  return Math.min(largest, Math.max(11, Math.min(0.026 * height, 0.019 * width)));
}

export const estimateTexts = (base_px: number): TextMeasure => ({
  text(text, style): TextSize {
    const lines = text.split("\n");
    return {
      width: Math.ceil(Math.max(...lines.map((line) => lineWidth(line, style, base_px)))),
      height: Math.ceil(lines.length * lineHeight(style, base_px)),
    };
  },
  legend({ legend }: Scene): TextSize {
    const size = fontSizeOf("caption", base_px);
    const entries = legend.map(
      ({ element }) => (SWATCH_em + SWATCH_GAP_em) * size + lineWidth(element, "caption", base_px),
    );
    const gaps = Math.max(0, entries.length - 1) * ENTRY_GAP_em * size;
    return {
      width: Math.ceil(entries.reduce((a, b) => a + b, gaps)),
      height: Math.ceil(lineHeight("caption", base_px)),
    };
  },
});
