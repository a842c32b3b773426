import { type IssueList, quoted } from "./issues.ts";
import { isBlankAt, isBracket, isClosedQuote, isClosedTextField, isClosing, lineEnd } from "./scan.ts";
import { type Source, TOKEN } from "./tokens.ts";

/** Longest data name, block code and frame code in CIF 1.1 (International Tables for Crystallography G, 2.2.7.1). */
const NAME_LIMIT = 75;
const PREFIX = "data_".length;

/** Whether a token outside lists and tables is wrong by itself, wherever it stands. */
export const isBadToken = (source: Source, index: number): boolean =>
  isWrongToken(source, index) || lacksSpaceBehind(source, index);

/** Whether a token is wrong, apart from what follows it. */
export function isWrongToken({ text, tokens, version }: Source, index: number): boolean {
  const start = tokens.starts[index]!;
  const end = tokens.ends[index]!;
  switch (tokens.kinds[index]) {
    case TOKEN.unquoted:
      return isWrongWord(text, start, end, version);
    case TOKEN.singleQuoted:
    case TOKEN.doubleQuoted:
      return !isClosedQuote(text, start, end, 1);
    case TOKEN.tripleQuoted:
      return !isClosedQuote(text, start, end, 3);
    case TOKEN.textField:
      return !isClosedTextField(text, start, end);
    case TOKEN.name:
      return end - start === 1 || (version === "1.1" && end - start > NAME_LIMIT);
    case TOKEN.blockHeader:
      return end - start === PREFIX || (version === "1.1" && end - start > PREFIX + NAME_LIMIT);
    case TOKEN.frameHeader:
      return version === "1.1" && end - start > PREFIX + NAME_LIMIT;
    case TOKEN.reserved:
    case TOKEN.close:
      return true;
    default:
      return false;
  }
}

function isWrongWord(text: string, start: number, end: number, version: "1.1" | "2.0"): boolean {
  const first = text.charCodeAt(start);
  if (first === 35 || first === 36 || first === 91 || first === 93) return true;
  if (version === "1.1") return false;
  for (let i = start; i < end; i++) if (isBracket(text.charCodeAt(i))) return true;
  return false;
}

/** Whether a value with delimiters runs into what follows it. A closing bracket there is reported by itself. */
function lacksSpaceBehind({ text, tokens, version }: Source, index: number): boolean {
  if (tokens.kinds[index]! < TOKEN.singleQuoted) return false;
  const end = tokens.ends[index]!;
  return !isBlankAt(text, end) && !(version === "2.0" && isClosing(text.charCodeAt(end)));
}

/** Says what is wrong with a bad token. */
export function reportToken(source: Source, index: number, issues: IssueList): void {
  if (isWrongToken(source, index)) reportWrongToken(source, index, issues);
  else reportMissingSpace(source, index, issues);
}

function reportWrongToken({ text, tokens, version }: Source, index: number, issues: IssueList): void {
  const start = tokens.starts[index]!;
  const end = tokens.ends[index]!;
  const range = { start, end };
  const written = text.slice(start, Math.min(end, start + 200));
  switch (tokens.kinds[index]) {
    case TOKEN.unquoted: {
      issues.add("bad-unquoted-value", () => badWord(written), range);
      return;
    }
    case TOKEN.singleQuoted:
    case TOKEN.doubleQuoted: {
      const message = (): string =>
        `The closing ${text[start]} of this value is missing: it must stand on the same line, with a blank or the line end behind it.`;
      issues.add("unterminated-quote", message, range);
      return;
    }
    case TOKEN.tripleQuoted: {
      const message = (): string =>
        `This text is not closed: write ${text.slice(start, start + 3)} behind its last character.`;
      issues.add("unterminated-quote", message, { start, end: lineEnd(text, start) });
      return;
    }
    case TOKEN.textField: {
      const message =
        "This text field is not closed: write a line with ; alone, at the start of the line, after its last line.";
      issues.add("unterminated-text", message, { start, end: lineEnd(text, start) });
      return;
    }
    case TOKEN.name:
      if (end - start === 1) issues.add("bad-tag", "A data name needs a name behind its underscore.", range);
      else issues.add("name-too-long", () => tooLong("data name", end - start), range);
      return;
    case TOKEN.blockHeader:
      if (end - start === PREFIX) {
        issues.add("bad-block-name", "data_ needs a block name behind it, without a blank: data_NAME.", range);
      } else issues.add("name-too-long", () => tooLong("block name", end - start - PREFIX), range);
      return;
    case TOKEN.frameHeader:
      issues.add("name-too-long", () => tooLong("frame name", end - start - PREFIX), range);
      return;
    case TOKEN.close: {
      const what = written === "]" ? "list" : "table";
      const message = (): string =>
        `This ${written} closes no ${what}: delete it, or quote the value that it belongs to.`;
      issues.add("unexpected-delimiter", message, range);
      return;
    }
    case TOKEN.reserved: {
      const message = (): string =>
        `${written} is reserved and has no meaning in CIF ${version}: delete it, or quote it if it is a value.`;
      issues.add("reserved-word", message, range);
    }
  }
}

function badWord(written: string): string {
  const first = written.charAt(0);
  const fault = "#$[]".includes(first) ? `begin with ${first}` : `contain ${/[[\]{}]/.exec(written)?.[0]}`;
  return `A value without quotes must not ${fault}: write '${quoted(written).slice(1, -1)}' in quotes.`;
}

const tooLong = (what: string, length: number): string =>
  `This ${what} has ${length} characters, and CIF 1.1 allows ${NAME_LIMIT}: shorten it.`;

/** Reports that the value `index` runs into what follows it. */
export function reportMissingSpace({ text, tokens, version }: Source, index: number, issues: IssueList): void {
  const end = tokens.ends[index]!;
  issues.add("missing-whitespace", () => missingSpace(text, version, tokens.kinds[index]!, end), {
    start: end,
    end: end + 1,
  });
}

function missingSpace(text: string, version: "1.1" | "2.0", kind: number, end: number): string {
  const isQuoted = kind === TOKEN.singleQuoted || kind === TOKEN.doubleQuoted;
  if (isQuoted && version === "2.0" && /\w/.test(text.charAt(end))) {
    const quote = text.charAt(end - 1);
    return `This value ends at the ${quote} here, for CIF 2.0 allows no ${quote} within: write it in ${quote === "'" ? '"' : "'"} or in ${quote.repeat(3)}.`;
  }
  if (text.charAt(end) === ",") return "Values are separated by blanks, not by commas: delete this comma.";
  return `A blank or a line end is missing behind the end of this ${NOUN[kind] ?? "value"}.`;
}

const NOUN: Readonly<Record<number, string>> = {
  [TOKEN.singleQuoted]: "quoted value",
  [TOKEN.doubleQuoted]: "quoted value",
  [TOKEN.tripleQuoted]: "quoted value",
  [TOKEN.textField]: "text field",
  [TOKEN.list]: "list",
  [TOKEN.table]: "table",
};
