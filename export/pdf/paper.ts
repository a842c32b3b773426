import { unzlibSync } from "fflate";
import { jsPDF } from "jspdf";
import { BOLD, REGULAR } from "./fonts.generated.ts";
import { barred, plain } from "./text.ts";

/** A sheet of paper that fills from the top; lengths in points, y downwards. */

export type PaperFormat = "a4" | "letter";

export interface TextStyle {
  readonly size: number;
  readonly isBold?: boolean;
  readonly colour?: string;
}

export interface Paper {
  readonly pdf: jsPDF;
  readonly left: number;
  readonly width: number;
  /** Lowest line that may be written on. */
  readonly bottom: number;
  /** Where the next thing begins. */
  y: number;
  /** Height of a page that can be written on. */
  readonly height: number;
  newPage(): void;
  widthOf(text: string, style: TextStyle): number;
  /** Writes one line; what the font lacks must have been replaced by `printable`. */
  write(text: string, x: number, baseline: number, style: TextStyle): void;
  hasGlyph(codePoint: number): boolean;
}

const MARGIN = 48;
const TOP = 64;
const BOTTOM = 56;
const FAMILY = "DejaVuSans";

export function createPaper(format: PaperFormat, made: { readonly title: string; readonly software: string }): Paper {
  const pdf = new jsPDF({ unit: "pt", format, compress: true, putOnlyUsedFonts: true });
  for (const [style, packed] of [
    ["normal", REGULAR],
    ["bold", BOLD],
  ] as const) {
    const file = `${FAMILY}-${style}.ttf`;
    pdf.addFileToVFS(file, binaryString(unzlibSync(bytesOf(packed))));
    pdf.addFont(file, FAMILY, style, undefined, "Identity-H");
  }
  pdf.setDocumentProperties({ title: made.title, creator: made.software });
  pdf.setLanguage("en-GB");
  const page = pdf.internal.pageSize;
  const bottom = page.getHeight() - BOTTOM;
  const use = ({ size, isBold = false, colour = "#000000" }: TextStyle): void => {
    pdf.setFont(FAMILY, isBold ? "bold" : "normal");
    pdf.setFontSize(size);
    pdf.setTextColor(colour);
  };
  use({ size: 9 });
  const { metadata } = pdf.getFont() as unknown as {
    metadata: { characterToGlyph(codePoint: number): number | undefined };
  };
  const paper: Paper = {
    pdf,
    left: MARGIN,
    width: page.getWidth() - 2 * MARGIN,
    bottom,
    y: TOP,
    height: bottom - TOP,
    newPage() {
      pdf.addPage();
      paper.y = TOP;
    },
    widthOf(text, style) {
      use(style);
      return pdf.getTextWidth(plain(text));
    },
    write(text, x, baseline, style) {
      use(style);
      let at = x;
      for (const { text: part, isBarred } of barred(text)) {
        const width = pdf.getTextWidth(part);
        if (isBarred) writeBarred(pdf, part, at, baseline, width, style);
        else pdf.text(part, at, baseline);
        at += width;
      }
    },
    hasGlyph: (codePoint) => (metadata.characterToGlyph(codePoint) ?? 0) > 0,
  };
  return paper;
}

/** Figures with a stroke over them; who copies them gets a minus sign before the figures. */
function writeBarred(pdf: jsPDF, figures: string, x: number, baseline: number, width: number, style: TextStyle): void {
  const hex = [...`-${figures}`].map((character) => character.charCodeAt(0).toString(16).padStart(4, "0")).join("");
  const { write } = pdf.internal as unknown as { write(operators: string): void };
  write(`/Span <</ActualText <FEFF${hex}>>> BDC`);
  pdf.text(figures, x, baseline);
  write("EMC");
  pdf.setDrawColor(style.colour ?? "#000000");
  pdf.setLineWidth(style.size * 0.065);
  pdf.line(x + width * 0.1, baseline - style.size * 0.82, x + width * 0.9, baseline - style.size * 0.82);
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

function binaryString(bytes: Uint8Array): string {
  const STEP = 8192;
  let text = "";
  for (let i = 0; i < bytes.length; i += STEP) text += String.fromCharCode(...bytes.subarray(i, i + STEP));
  return text;
}
