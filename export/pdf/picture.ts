import { type Mark, type Picture, type Point, SUBSCRIPT, type TextMark } from "../../core/report/index.ts";
import { radians } from "../../core/util/index.ts";
import type { Paper } from "./paper.ts";
import { plain, printable } from "./text.ts";

/** Draws a picture with its upper left corner at (x, y), `scale` points a unit. */
export function drawPicture(paper: Paper, { marks }: Picture, x: number, y: number, scale: number): void {
  const place = ([px, py]: Point): Point => [x + px * scale, y + py * scale];
  for (const mark of marks) drawMark(paper, mark, place, scale);
}

function drawMark(paper: Paper, mark: Mark, place: (point: Point) => Point, scale: number): void {
  const { pdf } = paper;
  switch (mark.kind) {
    case "line":
      pdf.setDrawColor(mark.colour);
      pdf.setLineWidth(mark.width * scale);
      pdf.setLineDashPattern(mark.dash ? mark.dash.map((length) => length * scale) : [], 0);
      pdf.setLineJoin("round");
      trace(paper, mark.points.map(place));
      pdf.stroke();
      pdf.setLineDashPattern([], 0);
      break;
    case "area": {
      if (mark.points.length < 3) break;
      pdf.saveGraphicsState();
      if (mark.opacity !== undefined && mark.opacity < 1) pdf.setGState(pdf.GState({ opacity: mark.opacity }));
      trace(paper, mark.points.map(place));
      pdf.close();
      paint(paper, mark, scale);
      pdf.restoreGraphicsState();
      break;
    }
    case "circle": {
      const [cx, cy] = place(mark.centre);
      pdf.setFillColor(mark.fill);
      if (mark.outline) {
        pdf.setDrawColor(mark.outline.colour);
        pdf.setLineWidth(mark.outline.width * scale);
      }
      pdf.circle(cx, cy, mark.radius * scale, mark.outline ? "FD" : "F");
      break;
    }
    case "text":
      writeText(paper, mark, place(mark.at), scale);
      break;
  }
}

function trace({ pdf }: Paper, points: readonly Point[]): void {
  points.forEach(([px, py], i) => {
    if (i === 0) pdf.moveTo(px, py);
    else pdf.lineTo(px, py);
  });
}

function paint({ pdf }: Paper, { fill, outline }: Extract<Mark, { kind: "area" }>, scale: number): void {
  pdf.setFillColor(fill);
  if (!outline) {
    pdf.fill();
    return;
  }
  pdf.setDrawColor(outline.colour);
  pdf.setLineWidth(outline.width * scale);
  pdf.setLineJoin("round");
  pdf.fillStroke();
}

function writeText(paper: Paper, mark: TextMark, [x, y]: Point, scale: number): void {
  const { pdf } = paper;
  const pieces = (mark.runs ?? [{ text: mark.text }]).map(({ text, isSubscript }) => {
    const size = mark.size * scale * (isSubscript ? SUBSCRIPT.size : 1);
    const style = { size, colour: mark.colour, ...(mark.bold && { isBold: true }) };
    const shown = printable(text, paper.hasGlyph);
    const drop = isSubscript ? mark.size * scale * SUBSCRIPT.drop : 0;
    return { shown, style, drop, width: paper.widthOf(shown, style) };
  });
  const total = pieces.reduce((sum, { width }) => sum + width, 0);
  let along = mark.anchor === "start" ? 0 : mark.anchor === "middle" ? -total / 2 : -total;
  const angle = radians(mark.rotation_deg ?? 0);
  for (const { shown, style, drop, width } of pieces) {
    const px = x + along * Math.cos(angle) + drop * Math.sin(angle);
    const py = y - along * Math.sin(angle) + drop * Math.cos(angle);
    if (angle === 0) paper.write(shown, px, py, style);
    else {
      paper.widthOf(shown, style);
      pdf.setTextColor(mark.colour);
      pdf.text(plain(shown), px, py, { angle: mark.rotation_deg ?? 0 });
    }
    along += width;
  }
}
