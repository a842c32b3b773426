import { type IssueList, quoted } from "./issues.ts";
import { isBlankAt, isClosedTextField, lineEnd } from "./scan.ts";
import { type Source, TOKEN } from "./tokens.ts";

/** Longest data name, block code and frame code in CIF 1.1 (International Tables for Crystallography G, 2.2.7.1). */
const NAME_LIMIT = 75;
const PREFIX = "data_".length;

/** Whether a token is wrong by itself, wherever it stands. */
export function isBadToken({ text, tokens, version }: Source, index: number): boolean {
  const start = tokens.starts[index]!;
  const end = tokens.ends[index]!;
  switch (tokens.kinds[index]) {
    case TOKEN.unquoted: {
      const first = text.charCodeAt(start);
      return first === 91 || first === 93 || first === 36 || (version === "2.0" && (first === 123 || first === 125));
    }
    case TOKEN.singleQuoted:
    case TOKEN.doubleQuoted:
      return !isClosedQuote(text, start, end) || !isBlankAt(text, end);
    case TOKEN.textField:
      return !isClosedTextField(text, start, end) || !isBlankAt(text, end);
    case TOKEN.name:
      return end - start === 1 || (version === "1.1" && end - start > NAME_LIMIT);
    case TOKEN.blockHeader:
      return end - start === PREFIX || (version === "1.1" && end - start > PREFIX + NAME_LIMIT);
    case TOKEN.frameHeader:
      return version === "1.1" && end - start > PREFIX + NAME_LIMIT;
    case TOKEN.reserved:
      return true;
    default:
      return false;
  }
}

/** A quoted string that does not close on its line ends with the line. */
const isClosedQuote = (text: string, start: number, end: number): boolean =>
  end - start > 1 && text[end - 1] === text[start];

/** Says what is wrong with a bad token. */
export function reportToken({ text, tokens, version }: Source, index: number, issues: IssueList): void {
  const start = tokens.starts[index]!;
  const end = tokens.ends[index]!;
  const range = { start, end };
  const written = text.slice(start, Math.min(end, start + 200));
  switch (tokens.kinds[index]) {
    case TOKEN.unquoted: {
      const message = `A value without quotes must not begin with ${written[0]}: write '${quoted(written).slice(1, -1)}' in quotes.`;
      issues.add("bad-unquoted-value", message, range);
      return;
    }
    case TOKEN.singleQuoted:
    case TOKEN.doubleQuoted: {
      if (isClosedQuote(text, start, end)) {
        reportMissingSpace(end, "quoted value", issues);
        return;
      }
      const quote = text[start];
      const message = `The closing ${quote} of this value is missing: it must stand on the same line, with a blank or the line end behind it.`;
      issues.add("unterminated-quote", message, range);
      return;
    }
    case TOKEN.textField: {
      if (isClosedTextField(text, start, end)) {
        reportMissingSpace(end, "text field", issues);
        return;
      }
      const message =
        "This text field is not closed: write a line with ; alone, at the start of the line, after its last line.";
      issues.add("unterminated-text", message, { start, end: lineEnd(text, start) });
      return;
    }
    case TOKEN.name:
      if (end - start === 1) issues.add("bad-tag", "A data name needs a name behind its underscore.", range);
      else issues.add("name-too-long", tooLong("data name", end - start), range);
      return;
    case TOKEN.blockHeader:
      if (end - start === PREFIX) {
        issues.add("bad-block-name", "data_ needs a block name behind it, without a blank: data_NAME.", range);
      } else issues.add("name-too-long", tooLong("block name", end - start - PREFIX), range);
      return;
    case TOKEN.frameHeader:
      issues.add("name-too-long", tooLong("frame name", end - start - PREFIX), range);
      return;
    case TOKEN.reserved: {
      const message = `${written} is reserved and has no meaning in CIF ${version}: delete it, or quote it if it is a value.`;
      issues.add("reserved-word", message, range);
    }
  }
}

const tooLong = (what: string, length: number): string =>
  `This ${what} has ${length} characters, and CIF 1.1 allows ${NAME_LIMIT}: shorten it.`;

function reportMissingSpace(end: number, what: string, issues: IssueList): void {
  const message = `A blank or a line end is missing behind the end of this ${what}.`;
  issues.add("missing-whitespace", message, { start: end, end: end + 1 });
}
