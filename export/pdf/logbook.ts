import type { Block, Logbook, Picture } from "../../core/report/index.ts";
import { createPaper, type Paper, type PaperFormat } from "./paper.ts";
import { drawPicture } from "./picture.ts";
import { writeTable } from "./table.ts";
import { printable, wrap } from "./text.ts";

const SIZE = 8.5;
const TABLE_SIZE = 8;
const TITLE = { size: 17, isBold: true };
const HEADING = { size: 11.5, isBold: true };
const CAPTION = { size: SIZE, isBold: true };
const QUIET = "#505050";

/** The logbook as a PDF: vectors and selectable text, bookmarks, plan and page number on every page. */
export function logbookPdf({ title, subtitle, origin, sections }: Logbook, format: PaperFormat): Uint8Array {
  const paper = createPaper(format, { title, software: origin });
  writeLines(paper, title, TITLE);
  writeLines(paper, subtitle, { size: 10.5 });
  writeLines(paper, origin, { size: SIZE, colour: QUIET });
  for (const { title, blocks } of sections) {
    paper.y += 14;
    const [first] = blocks;
    const needed = first?.kind === "picture" ? pictureHeight(paper, first.picture) + 50 : 90;
    if (paper.y + needed > paper.bottom) paper.newPage();
    paper.pdf.outline.add(null, title, { pageNumber: paper.pdf.getCurrentPageInfo().pageNumber });
    writeLines(paper, title, HEADING);
    paper.y += 2;
    for (const block of blocks) writeBlock(paper, block);
  }
  addHeaders(paper, title, origin);
  return new Uint8Array(paper.pdf.output("arraybuffer"));
}

function writeLines(paper: Paper, content: string, style: { size: number; isBold?: boolean; colour?: string }): void {
  const text = printable(content, paper.hasGlyph);
  for (const line of wrap(text, paper.width, (part) => paper.widthOf(part, style))) {
    if (paper.y + style.size * 1.4 > paper.bottom) paper.newPage();
    paper.write(line, paper.left, paper.y + style.size, style);
    paper.y += style.size * 1.4;
  }
}

function writeBlock(paper: Paper, block: Block): void {
  switch (block.kind) {
    case "facts":
      writeTable(paper, {
        columns: [
          { align: "left", style: { colour: QUIET } },
          { align: "left", breaks: true },
          { align: "left", breaks: true, style: { colour: QUIET } },
        ],
        rows: block.facts.map(({ label, value, note = "" }) => [label, value, note]),
        marked: [],
        size: SIZE,
      });
      break;
    case "table": {
      const { caption, columns, rows, marked = [] } = block;
      paper.y += 6;
      if (paper.y + 60 > paper.bottom) paper.newPage();
      if (caption) writeLines(paper, caption, CAPTION);
      const head = columns.map(({ title }) => title);
      writeTable(paper, { columns, ...(head.some((cell) => cell !== "") && { head }), rows, marked, size: TABLE_SIZE });
      break;
    }
    case "notes":
      paper.y += 3;
      writeTable(paper, {
        columns: [
          { align: "left", style: { isBold: true } },
          { align: "left", breaks: true },
        ],
        rows: block.notes.map(({ word, text }) => [word, text]),
        marked: [],
        size: SIZE,
      });
      break;
    case "picture": {
      const { picture } = block;
      const height = pictureHeight(paper, picture);
      paper.y += 8;
      if (paper.y + height + 14 > paper.bottom) paper.newPage();
      writeLines(paper, picture.title, CAPTION);
      drawPicture(paper, picture, paper.left, paper.y, height / picture.height);
      paper.y += height + 4;
      break;
    }
  }
}

/** As wide as the page, unless it would then be too high for it with its heading. */
const pictureHeight = ({ width, height }: Paper, picture: Picture): number =>
  Math.min((width / picture.width) * picture.height, height - 60);

/** Plan on top, origin and page number at the bottom of every page, shortened where they do not fit. */
function addHeaders(paper: Paper, title: string, origin: string): void {
  const { pdf, left, width } = paper;
  const style = { size: 7.5, colour: QUIET };
  const count = pdf.getNumberOfPages();
  const short = (content: string, room: number): string => {
    const text = printable(content, paper.hasGlyph);
    if (paper.widthOf(text, style) <= room) return text;
    const [first] = wrap(text, room - paper.widthOf("…", style), (part) => paper.widthOf(part, style));
    return `${first}…`;
  };
  for (let page = 1; page <= count; page++) {
    pdf.setPage(page);
    const number = `${page} / ${count}`;
    const numberWidth = paper.widthOf(number, style);
    if (page > 1) paper.write(short(title, width), left, 40, style);
    paper.write(short(origin, width - numberWidth - 20), left, paper.bottom + 28, style);
    paper.write(number, left + width - numberWidth, paper.bottom + 28, style);
    pdf.setDrawColor("#b0b0b0");
    pdf.setLineWidth(0.4);
    pdf.line(left, paper.bottom + 16, left + width, paper.bottom + 16);
    if (page > 1) pdf.line(left, 46, left + width, 46);
  }
}
