import type { LineIndex } from "../util/index.ts";
import type { IssueList } from "./issues.ts";

/** Longest line, in characters, in CIF 1.1 and 2.0 (International Tables for Crystallography G, 2.2.7.1). */
export const LINE_LIMIT = 2048;

/** Runs of characters outside the character set; U+FFFD stands for bytes that could not be decoded. */
const OUTSIDE_1_1 = /\uFFFD+|[^\t\n\r\x20-\x7E\uFFFD]+/g;
const OUTSIDE_2_0 =
  /\uFFFD+|[^\t\n\r\x20-\x7E\u{A0}-\u{D7FF}\u{E000}-\u{FDCF}\u{FDF0}-\u{1FFFD}\u{20000}-\u{2FFFD}\u{30000}-\u{3FFFD}\u{40000}-\u{4FFFD}\u{50000}-\u{5FFFD}\u{60000}-\u{6FFFD}\u{70000}-\u{7FFFD}\u{80000}-\u{8FFFD}\u{90000}-\u{9FFFD}\u{A0000}-\u{AFFFD}\u{B0000}-\u{BFFFD}\u{C0000}-\u{CFFFD}\u{D0000}-\u{DFFFD}\u{E0000}-\u{EFFFD}\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}]+/gu;

/** Reports characters that the version of CIF does not allow. */
export function checkCharacters(text: string, version: "1.1" | "2.0", issues: IssueList): void {
  const outside = version === "1.1" ? OUTSIDE_1_1 : OUTSIDE_2_0;
  outside.lastIndex = version === "2.0" && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let found = outside.exec(text);
  for (let count = 0; found && count <= 200; count++) {
    const run = found[0];
    const range = { start: found.index, end: found.index + run.length };
    if (run.startsWith("\uFFFD")) issues.add("bad-encoding", BAD_ENCODING, range);
    else issues.add("illegal-character", () => illegalCharacter(run, version), range);
    found = outside.exec(text);
  }
}

const BAD_ENCODING =
  "These bytes are not UTF-8, so the characters are lost: reopen the file with its real encoding (often Windows 1252 or ISO 8859-1) and save it again.";

function illegalCharacter(run: string, version: "1.1" | "2.0"): string {
  const codePoint = run.codePointAt(0)!;
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
  if (codePoint === 0xfeff)
    return `A byte order mark (${name}) is not allowed in CIF 1.1: save the file as plain ASCII.`;
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) {
    return `The control character ${name} is not allowed in CIF: delete it.`;
  }
  const character = String.fromCodePoint(codePoint);
  if (version === "2.0") return `The character "${character}" (${name}) is not allowed in CIF 2.0: delete it.`;
  const markup = MARKUP[character.normalize("NFC")];
  const remedy = markup ? `write ${markup} instead` : "write it in ASCII";
  return `The character "${character}" (${name}) is not ASCII, and CIF 1.1 allows ASCII only: ${remedy}.`;
}

/** Codes of the IUCr for characters that CIF 1.1 cannot hold (International Tables for Crystallography G, 2.2.7.4.14). */
const MARKUP: Readonly<Record<string, string>> = {
  Å: "\\%A",
  å: "\\%a",
  "°": "\\%",
  "±": "+-",
  "×": "\\\\times",
  "–": "--",
  "—": "---",
  α: "\\a",
  β: "\\b",
  γ: "\\g",
  δ: "\\d",
  Δ: "\\D",
  θ: "\\q",
  κ: "\\k",
  λ: "\\l",
  µ: "\\m",
  μ: "\\m",
  σ: "\\s",
  χ: "\\c",
  ω: "\\w",
  Ω: "\\W",
  á: "\\'a",
  é: "\\'e",
  í: "\\'i",
  ó: "\\'o",
  ú: "\\'u",
  à: "\\`a",
  è: "\\`e",
  â: "\\^a",
  ê: "\\^e",
  î: "\\^i",
  ô: "\\^o",
  ä: '\\"a',
  ë: '\\"e',
  ï: '\\"i',
  ö: '\\"o',
  ü: '\\"u',
  Ä: '\\"A',
  Ö: '\\"O',
  Ü: '\\"U',
  ç: "\\,c",
  Ç: "\\,C",
  ñ: "\\~n",
  ã: "\\~a",
  õ: "\\~o",
  ø: "\\/o",
  Ø: "\\/O",
  č: "\\<c",
  š: "\\<s",
  ž: "\\<z",
  ł: "\\/l",
  ß: "\\&s",
};

/** Reports lines of more than 2048 characters, from the first character too many. */
export function checkLineLengths(text: string, lines: LineIndex, issues: IssueList): void {
  for (let line = 1; line <= lines.lineCount; line++) {
    const { start, end } = lines.lineRange(line);
    if (end - start <= LINE_LIMIT) continue;
    const surrogatePairs = text.slice(start, end).match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
    const count = end - start - surrogatePairs;
    if (count <= LINE_LIMIT) continue;
    const message = (): string =>
      `This line has ${count} characters, and CIF allows ${LINE_LIMIT}: break it, or write the value as a text field.`;
    issues.add("line-too-long", message, { start: offsetOfCharacter(text, start, LINE_LIMIT), end });
  }
}

/** Offset of the character (not code unit) `count` after `start`. */
function offsetOfCharacter(text: string, start: number, count: number): number {
  let offset = start;
  for (let i = 0; i < count; i++) offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  return offset;
}
