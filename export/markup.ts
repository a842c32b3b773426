import { type Mark, type Picture, type Point, SUBSCRIPT, type TextMark } from "../core/report/index.ts";
import { escapeMarkup } from "../core/util/index.ts";

/** A picture as an element within HTML. */
export function svgElement({ width, height, title, marks }: Picture): string {
  const label = escapeMarkup(title);
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}" font-family="'DejaVu Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"><title>${label}</title>`,
    ...marks.map(element),
    "</svg>",
  ].join("\n");
}

/** Hundredths of a unit are enough for any printer. */
const n = (value: number): string => String(Math.round(value * 100) / 100);
const list = (points: readonly Point[]): string => points.map(([x, y]) => `${n(x)},${n(y)}`).join(" ");

function element(mark: Mark): string {
  switch (mark.kind) {
    case "line": {
      const dash = mark.dash ? ` stroke-dasharray="${mark.dash.map(n).join(" ")}"` : "";
      return `<polyline points="${list(mark.points)}" fill="none" stroke="${mark.colour}" stroke-width="${n(mark.width)}" stroke-linejoin="round"${dash}/>`;
    }
    case "area":
      return `<polygon points="${list(mark.points)}" fill="${mark.fill}"${opacity(mark)}${outline(mark)}/>`;
    case "circle":
      return `<circle cx="${n(mark.centre[0])}" cy="${n(mark.centre[1])}" r="${n(mark.radius)}" fill="${mark.fill}"${outline(mark)}/>`;
    case "text": {
      const [x, y] = mark.at.map(n);
      const place = mark.rotation_deg
        ? `transform="translate(${x} ${y}) rotate(${n(-mark.rotation_deg)})"`
        : `x="${x}" y="${y}"`;
      const bold = mark.bold ? ' font-weight="bold"' : "";
      return `<text ${place} font-size="${n(mark.size)}" text-anchor="${mark.anchor}" fill="${mark.colour}"${bold}>${pieces(mark)}</text>`;
    }
  }
}

/** The text, with its subscripts smaller and below the line. */
function pieces({ text, runs, size }: TextMark): string {
  if (!runs?.some(({ isSubscript }) => isSubscript)) return withBars(text);
  return runs
    .map((run, i) => {
      const before = runs[i - 1]?.isSubscript ? -SUBSCRIPT.drop : 0;
      const dy = n(size * (before + (run.isSubscript ? SUBSCRIPT.drop : 0)));
      const smaller = run.isSubscript ? ` font-size="${n(size * SUBSCRIPT.size)}"` : "";
      return `<tspan dy="${dy}"${smaller}>${withBars(run.text)}</tspan>`;
    })
    .join("");
}

/** Bars over indices as lines: few fonts place the combining character well. */
const withBars = (text: string): string =>
  escapeMarkup(text).replace(
    /((?:\d\u0305)+)/g,
    (barred) => `<tspan text-decoration="overline">${barred.replaceAll("\u0305", "")}</tspan>`,
  );

const opacity = (mark: { readonly opacity?: number }): string =>
  mark.opacity === undefined || mark.opacity === 1 ? "" : ` fill-opacity="${n(mark.opacity)}"`;
const outline = ({
  outline: line,
}: {
  readonly outline?: { readonly colour: string; readonly width: number };
}): string => (line ? ` stroke="${line.colour}" stroke-width="${n(line.width)}" stroke-linejoin="round"` : "");
