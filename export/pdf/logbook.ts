import type { Block, FactsBlock, Logbook, Picture } from "../../core/report/index.ts";
import { createPaper, type Paper, type PaperFormat } from "./paper.ts";
import { drawPicture } from "./picture.ts";
import { type Sheet, tableHeight, writeTable } from "./table.ts";
import { printable, wrap } from "./text.ts";

const SIZE = 8.5;
const TABLE_SIZE = 8;
const TITLE = { size: 17, isBold: true };
const HEADING = { size: 11.5, isBold: true };
const CAPTION = { size: SIZE, isBold: true };
/** Plots are drawn at their size in points: two of them, with their numbers, share a page. */
const LARGEST_SCALE = 0.8;
/** A picture becomes smaller rather than to leave half a page empty, as long as its smallest text can be read. */
const SMALLEST_TEXT = 5;
const SMALLEST_SHARE = 0.55;
const BELOW_CAPTION = 18;
/** Rows of a table that is not torn apart. */
const SHORT = 14;
const SHORT_FACTS = 10;
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
    const needed = 34 + (first ? leastHeight(paper, first) : 0);
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
      paper.y += 4;
      if (paper.y + leastHeight(paper, block) > paper.bottom) paper.newPage();
      writeTable(paper, factSheet(block));
      break;
    case "table": {
      const { caption, columns, rows, marked = [] } = block;
      paper.y += 6;
      if (paper.y + leastHeight(paper, block) > paper.bottom) paper.newPage();
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
      paper.y += 8;
      if (paper.y + leastHeight(paper, block) > paper.bottom) paper.newPage();
      const height = Math.min(pictureHeight(paper, picture), paper.bottom - paper.y - BELOW_CAPTION);
      writeLines(paper, picture.title, CAPTION);
      drawPicture(paper, picture, paper.left, paper.y, height / picture.height);
      paper.y += height + 4;
      break;
    }
  }
}

const factSheet = ({ facts }: FactsBlock): Sheet => ({
  columns: [
    { align: "left", style: { colour: QUIET } },
    { align: "left", breaks: true },
    { align: "left", breaks: true, style: { colour: QUIET } },
  ],
  rows: facts.map(({ label, value, note = "" }) => [label, value, note]),
  marked: [],
  size: SIZE,
});

/** As wide as the page, but not much larger than it is, and never too high for the page with its heading. */
const pictureHeight = ({ width, height }: Paper, picture: Picture): number =>
  Math.min(Math.min(width / picture.width, LARGEST_SCALE) * picture.height, height - 60);

function leastPictureHeight(paper: Paper, picture: Picture): number {
  const height = pictureHeight(paper, picture);
  const sizes = picture.marks.flatMap((mark) => (mark.kind === "text" ? [mark.size] : []));
  const readable = (SMALLEST_TEXT / Math.min(...sizes)) * picture.height;
  return Math.min(height, Math.max(SMALLEST_SHARE * height, readable));
}

/** The room that a block needs to begin on a page: a short table stays in one piece, of a long one a few rows do. */
function leastHeight(paper: Paper, block: Block): number {
  if (block.kind === "picture") return leastPictureHeight(paper, block.picture) + BELOW_CAPTION;
  if (block.kind === "facts" && block.facts.length <= SHORT_FACTS) return tableHeight(paper, factSheet(block));
  if (block.kind !== "table") return 56;
  const rows = block.rows.length <= SHORT ? block.rows.length : 2;
  return 30 + rows * TABLE_SIZE * (block.columns.some(({ breaks }) => breaks) ? 2.6 : 1.7);
}

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
