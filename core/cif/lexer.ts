import {
  containerEnd,
  isBlank,
  isLineStart,
  lineEnd,
  quotedEnd,
  textFieldEnd,
  unclosedTextFieldEnd,
  wordEnd,
} from "./scan.ts";
import { createTokenTable, pushToken, TOKEN, type TokenKind, type TokenTable } from "./tokens.ts";

/** Reads tokens one after the other, so that the parser can correct it after a text field that was not closed. */
export interface Lexer {
  /** Everything read so far, comments included. Between its tokens there is white space only. */
  readonly tokens: TokenTable;
  /** Index of the next token that is not a comment; at the end of the text that of an `end` token. */
  next(): number;
  /** Takes the text field `index` as not closed: it ends before the next line that looks like CIF; reading resumes there. */
  reopen(index: number): void;
}

const MAGIC = /^\uFEFF?#\\#CIF_2\.0(?![^ \t\r\n])/;

/** CIF 2.0 if the magic code stands at the very start (Bernstein et al. 2016, J. Appl. Cryst. 49, 277), else 1.1. */
export const detectVersion = (text: string): "1.1" | "2.0" => (MAGIC.test(text) ? "2.0" : "1.1");

export function createLexer(text: string, version: "1.1" | "2.0"): Lexer {
  const tokens = createTokenTable();
  const length = text.length;
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let containersClose = version === "2.0";

  const take = (kind: TokenKind, start: number, end: number): number => {
    position = end;
    return pushToken(tokens, kind, start, end);
  };

  const next = (): number => {
    for (;;) {
      while (position < length && isBlank(text.charCodeAt(position))) position++;
      if (position >= length) return pushToken(tokens, TOKEN.end, length, length);
      const start = position;
      switch (text.charCodeAt(start)) {
        case 35: // #
          take(TOKEN.comment, start, lineEnd(text, start));
          continue;
        case 39: // '
          return take(TOKEN.singleQuoted, start, quotedEnd(text, start, version));
        case 34: // "
          return take(TOKEN.doubleQuoted, start, quotedEnd(text, start, version));
        case 95: // _
          return take(TOKEN.name, start, wordEnd(text, start));
        case 59: // ;
          if (isLineStart(text, start)) return take(TOKEN.textField, start, textFieldEnd(text, start));
          break;
        case 91: // [
        case 123: // {
          if (containersClose) {
            const end = containerEnd(text, start);
            if (end !== undefined) return take(text[start] === "[" ? TOKEN.list : TOKEN.table, start, end);
            containersClose = false;
          }
          break;
      }
      const end = wordEnd(text, start);
      return take(wordKind(text, start, end), start, end);
    }
  };

  return {
    tokens,
    next,
    reopen(index) {
      const end = unclosedTextFieldEnd(text, tokens.starts[index]!);
      tokens.ends[index] = end;
      tokens.count = index + 1;
      position = end;
    },
  };
}

const UNDERSCORE = 95;

function wordKind(text: string, start: number, end: number): TokenKind {
  if (text.charCodeAt(start + 4) === UNDERSCORE && end >= start + 5) {
    const keyword = text.slice(start, start + 4).toLowerCase();
    const alone = end === start + 5;
    if (keyword === "data") return TOKEN.blockHeader;
    if (keyword === "save") return alone ? TOKEN.frameEnd : TOKEN.frameHeader;
    if (keyword === "loop" && alone) return TOKEN.loop;
    if (keyword === "stop" && alone) return TOKEN.reserved;
  } else if (end === start + 7 && text.charCodeAt(end - 1) === UNDERSCORE) {
    if (text.slice(start, end).toLowerCase() === "global_") return TOKEN.reserved;
  }
  return TOKEN.unquoted;
}
