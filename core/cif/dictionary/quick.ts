import { type ContentType, wantedInstead } from "./contents.ts";
import type { ItemDefinition } from "./model.ts";

/**
 * Whether the value at these offsets is certainly right. A quick test reads the text where it stands and makes no objects,
 * so that millions of values cost little; what it does not clear is looked at in full.
 */
export type QuickTest = (text: string, start: number, end: number) => boolean;

/** Bounds of a range as numbers. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

export const EVERYTHING: NumberRange = { min: -Infinity, max: Infinity };

const CODE = {
  quote: 39,
  doubleQuote: 34,
  semicolon: 59,
  bracket: 91,
  brace: 123,
  open: 40,
  dot: 46,
  minus: 45,
  plus: 43,
};

const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/** The quick test of an item; with `clearsSu` it clears numbers with an uncertainty too.  */
export function quickTest(
  item: ItemDefinition,
  content: ContentType,
  range: NumberRange,
  clearsSu: boolean,
): QuickTest {
  if (item.container !== "Single" || content.kind === "list") return () => false;
  if (item.states && !item.statesAreOpen) {
    const codes = new Set(item.states.map(({ code }) => code));
    return (text, start, end) => isSpecial(text, start, end) || codes.has(text.slice(start, end));
  }
  if (item.range && range === EVERYTHING) return () => false;
  switch (content.type) {
    case "real":
    case "integer": {
      const isInteger = content.type === "integer";
      return (text, start, end) =>
        isSpecial(text, start, end) || isPlainNumber(text, start, end, isInteger, clearsSu, range);
    }
    case "word":
    case "code":
      return isUnquoted;
    case "text":
      return isNotContainer;
    default:
      return (text, start, end) =>
        isUnquoted(text, start) && (isSpecial(text, start, end) || isOfType(text.slice(start, end), content.type));
  }
}

const isOfType = (text: string, type: string): boolean => wantedInstead(text, type) === undefined;

function isSpecial(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  return end - start === 1 && (first === CODE.dot || first === 63);
}

function isUnquoted(text: string, start: number): boolean {
  const first = text.charCodeAt(start);
  return first !== CODE.quote && first !== CODE.doubleQuote && first !== CODE.semicolon && isNotContainer(text, start);
}

function isNotContainer(text: string, start: number): boolean {
  const first = text.charCodeAt(start);
  return first !== CODE.bracket && first !== CODE.brace;
}

/** Sign, digits, point, digits and perhaps an uncertainty, within the range; false for all that is harder to tell. */
function isPlainNumber(
  text: string,
  start: number,
  end: number,
  isInteger: boolean,
  clearsSu: boolean,
  range: NumberRange,
): boolean {
  let i = start;
  let first = text.charCodeAt(i);
  const isNegative = first === CODE.minus;
  if (isNegative || first === CODE.plus) first = text.charCodeAt(++i);
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + code - 48;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (code === CODE.dot && decimals < 0 && !isInteger) decimals = 0;
    else break;
  }
  if (digits === 0 || digits > 15) return false;
  const value = decimals > 0 ? mantissa / POWERS_OF_TEN[decimals]! : mantissa;
  const isInside = isNegative ? -value >= range.min && -value <= range.max : value >= range.min && value <= range.max;
  return isInside && (i === end || (clearsSu && isUncertainty(text, i, end)));
}

function isUncertainty(text: string, start: number, end: number): boolean {
  if (text.charCodeAt(start) !== CODE.open || text.charCodeAt(end - 1) !== 41 || end - start < 3) return false;
  for (let i = start + 1; i < end - 1; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
