/** Where the tokens of CIF end: functions of a text and an offset, without state. */

export const LF = 10;
export const CR = 13;
const TAB = 9;
const SPACE = 32;
const SEMICOLON = 59;

export const isLineEnd = (code: number): boolean => code === LF || code === CR;

/**
 * White space between tokens. Vertical tab, form feed and Ctrl-Z are not CIF characters, but older files use them as
 * white space: they are reported as characters and separate tokens.
 */
export const isBlank = (code: number): boolean =>
  code === SPACE || code === LF || code === CR || code === TAB || code === 11 || code === 12 || code === 26;

/** White space or the end of the text. */
export const isBlankAt = (text: string, offset: number): boolean =>
  offset >= text.length || isBlank(text.charCodeAt(offset));

export const isLineStart = (text: string, offset: number): boolean =>
  offset === 0 || isLineEnd(text.charCodeAt(offset - 1));

export const isOpening = (code: number): boolean => code === 91 || code === 123;
export const isClosing = (code: number): boolean => code === 93 || code === 125;
export const isBracket = (code: number): boolean => isOpening(code) || isClosing(code);

export function wordEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isBlank(text.charCodeAt(end))) end++;
  return end;
}

/** End of a word within a list or table: brackets end it too. */
export function wordEndInContainer(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isBlank(text.charCodeAt(end)) && !isBracket(text.charCodeAt(end))) end++;
  return end;
}

/** Offset of the next line end, or the end of the text. */
export function lineEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return end;
}

/** Start of `text` up to `end` without the white space that ends it, but not before `start`. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && isBlank(text.charCodeAt(last - 1))) last--;
  return last;
}

/**
 * End of a quoted string that opens at `start`. CIF 1.1 closes it at the same quote followed by white space, CIF 2.0 at the
 * next same quote. One that is not closed on its line ends with the line; within a list or table the brackets that end
 * the line are left to these.
 */
export function quotedEnd(text: string, start: number, version: "1.1" | "2.0", inContainer = false): number {
  const quote = text.charCodeAt(start);
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote && (version === "2.0" || isBlankAt(text, i + 1))) return i + 1;
    if (isLineEnd(code)) return unclosedQuoteEnd(text, start, i, inContainer);
  }
  return unclosedQuoteEnd(text, start, text.length, inContainer);
}

function unclosedQuoteEnd(text: string, start: number, lineEnd: number, inContainer: boolean): number {
  let end = trimmedEnd(text, start + 1, lineEnd);
  while (inContainer && end > start + 1 && isClosing(text.charCodeAt(end - 1))) end--;
  return end;
}

export const isTripleQuote = (text: string, start: number): boolean =>
  text.charCodeAt(start + 1) === text.charCodeAt(start) && text.charCodeAt(start + 2) === text.charCodeAt(start);

/** Whether a string has its closing delimiter, one quote or three. */
export const isClosedQuote = (text: string, start: number, end: number, width: 1 | 3): boolean =>
  end - start >= 2 * width && text.slice(end - width, end) === text.slice(start, start + width);

const OPENS_VALUE = /(?:^|[\r\n])[ \t]*_\S+[ \t]+$/;

/**
 * End of a triple-quoted string that opens at `start`: behind the next three of the same quote. One that never closes, or
 * only where another one opens behind a data name, ends before the next line that looks like CIF.
 */
export function tripleQuotedEnd(text: string, start: number): number {
  const close = text.indexOf(text.slice(start, start + 3), start + 3);
  if (close === -1) return unclosedTextEnd(text, start, 3);
  const opensNext =
    !isBlankAt(text, close + 3) &&
    !isClosing(text.charCodeAt(close + 3)) &&
    OPENS_VALUE.test(text.slice(Math.max(start + 3, close - 200), close));
  return opensNext ? unclosedTextEnd(text, start, 3) : close + 3;
}

/**
 * End of a text field that opens at `start`: behind the next `;` at the start of a line. A field that never closes ends
 * before the next line that looks like CIF, so that one slip does not swallow the file.
 */
export function textFieldEnd(text: string, start: number): number {
  for (let close = text.indexOf(";", start + 1); close !== -1; close = text.indexOf(";", close + 1)) {
    if (!isLineEnd(text.charCodeAt(close - 1))) continue;
    const opensNext = !isBlankAt(text, close + 1) && endsWithName(text, start, close);
    return opensNext ? unclosedTextEnd(text, start) : close + 1;
  }
  return unclosedTextEnd(text, start);
}

const RESUME = /(?:\r\n?|\n)(?=_[a-z]|loop_\s|data_\S|save_)/gi;

/**
 * End of a text field or triple-quoted string, opening at `start` with a delimiter of `width` characters, that lacks its
 * closing one: before the next line that looks like CIF.
 */
export function unclosedTextEnd(text: string, start: number, width = 1): number {
  RESUME.lastIndex = start;
  const resume = RESUME.exec(text);
  return trimmedEnd(text, start + width, resume ? resume.index : text.length);
}

export const isClosedTextField = (text: string, start: number, end: number): boolean =>
  end - start > 1 && text.charCodeAt(end - 1) === SEMICOLON && isLineEnd(text.charCodeAt(end - 2));

const ONLY_A_NAME = /^_[a-z]\S*[ \t]*$/i;

/** Whether the last line before `close` is a data name alone: then that `;` rather opens the value of this name. */
export function endsWithName(text: string, start: number, close: number): boolean {
  let end = close - 1;
  if (text.charCodeAt(end) === LF && text.charCodeAt(end - 1) === CR) end--;
  let first = end;
  while (first > start && !isLineEnd(text.charCodeAt(first - 1))) first--;
  return first > start && ONLY_A_NAME.test(text.slice(first, end));
}
