import type { Mark, Picture, Point } from "../../core/report/index.ts";
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
    case "text": {
      const [tx, ty] = place(mark.at);
      const style = { size: mark.size * scale, colour: mark.colour, ...(mark.bold && { isBold: true }) };
      const text = printable(mark.text, paper.hasGlyph);
      const width = paper.widthOf(text, style);
      const shift = mark.anchor === "start" ? 0 : mark.anchor === "middle" ? width / 2 : width;
      if (mark.turned) pdf.text(plain(text), tx, ty + shift, { angle: 90 });
      else paper.write(text, tx - shift, ty, style);
      break;
    }
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
