import {
  isBlank,
  isClosedQuote,
  isLineStart,
  isOpening,
  isTripleQuote,
  lineEnd,
  quotedEnd,
  textFieldEnd,
  tripleQuotedEnd,
  unclosedTextEnd,
  wordEnd,
  wordEndInContainer,
} from "./scan.ts";
import { createTokenTable, pushToken, TOKEN, type TokenKind, type TokenTable } from "./tokens.ts";

/** Where a token is read: in a list or table, brackets end words, and in a table a quoted string with a colon is a key. */
export type Context = "top" | "list" | "table";

/** Reads tokens one after the other, so that the parser can say where it is and correct it after an unclosed value. */
export interface Lexer {
  /** Everything read so far, comments included. Between its tokens there is white space only. */
  readonly tokens: TokenTable;
  /** Index of the next token that is not a comment; at the end of the text that of an `end` token. */
  next(context?: Context): number;
  /** Forgets the token `index` and all behind it: reading resumes at its start. */
  rewind(index: number): void;
  /** Takes the text field `index` as not closed: it ends before the next line that looks like CIF; reading resumes there. */
  reopen(index: number): void;
}

const MAGIC = /^\uFEFF?#\\#CIF_2\.0(?![^ \t\r\n])/;

/** CIF 2.0 if the magic code stands at the very start (Bernstein et al. 2016, J. Appl. Cryst. 49, 277), else 1.1. */
export const detectVersion = (text: string): "1.1" | "2.0" => (MAGIC.test(text) ? "2.0" : "1.1");

export function createLexer(text: string, version: "1.1" | "2.0"): Lexer {
  const tokens = createTokenTable();
  const length = text.length;
  const hasContainers = version === "2.0";
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0;

  const take = (kind: TokenKind, start: number, end: number): number => {
    position = end;
    return pushToken(tokens, kind, start, end);
  };

  const takeQuoted = (kind: TokenKind, start: number, context: Context): number => {
    const isTriple = hasContainers && isTripleQuote(text, start);
    const end = isTriple ? tripleQuotedEnd(text, start) : quotedEnd(text, start, version, context !== "top");
    if (context === "table" && text.charCodeAt(end) === COLON && isClosedQuote(text, start, end, isTriple ? 3 : 1)) {
      return take(TOKEN.key, start, end + 1);
    }
    return take(isTriple ? TOKEN.tripleQuoted : kind, start, end);
  };

  const next = (context: Context = "top"): number => {
    for (;;) {
      while (position < length && isBlank(text.charCodeAt(position))) position++;
      if (position >= length) return pushToken(tokens, TOKEN.end, length, length);
      const start = position;
      switch (text.charCodeAt(start)) {
        case 35: // #
          if (context !== "top" && !mayOpenComment(text, start)) break;
          take(TOKEN.comment, start, lineEnd(text, start));
          continue;
        case 39: // '
          return takeQuoted(TOKEN.singleQuoted, start, context);
        case 34: // "
          return takeQuoted(TOKEN.doubleQuoted, start, context);
        case 95: // _
          return take(TOKEN.name, start, context === "top" ? wordEnd(text, start) : wordEndInContainer(text, start));
        case 59: // ;
          if (isLineStart(text, start)) return take(TOKEN.textField, start, textFieldEnd(text, start));
          break;
        case 91: // [
          if (hasContainers) return take(TOKEN.list, start, start + 1);
          break;
        case 123: // {
          if (hasContainers) return take(TOKEN.table, start, start + 1);
          break;
        case 93: // ]
        case 125: // }
          if (hasContainers) return take(TOKEN.close, start, start + 1);
          break;
      }
      const end = context === "top" ? wordEnd(text, start) : wordEndInContainer(text, start);
      return take(wordKind(text, start, end), start, end);
    }
  };

  return {
    tokens,
    next,
    rewind(index) {
      position = tokens.starts[index]!;
      tokens.count = index;
    },
    reopen(index) {
      const end = unclosedTextEnd(text, tokens.starts[index]!);
      tokens.ends[index] = end;
      tokens.count = index + 1;
      position = end;
    },
  };
}

const COLON = 58;

/** A `#` within a list or table opens a comment behind white space or an opening bracket. */
const mayOpenComment = (text: string, start: number): boolean =>
  isBlank(text.charCodeAt(start - 1)) || isOpening(text.charCodeAt(start - 1));

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
