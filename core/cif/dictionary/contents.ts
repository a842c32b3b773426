import type { CifValue } from "../tree.ts";

/** What `_type.contents` asks for: one type, a list of types, or a list of such lists. */
export type ContentType =
  | { readonly kind: "plain"; readonly type: string }
  | { readonly kind: "list"; readonly types: readonly string[]; readonly isNested: boolean };

/** `Real`; `Real,Integer` for a list of the two; `List(Real,Integer)` for any number of such lists. */
export function contentTypeFrom(contents: string): ContentType {
  const lower = contents.toLowerCase().replace(/\s/g, "");
  const list = /^(?:list|matrix|array)\((.*)\)$/.exec(lower);
  const types = (list?.[1] ?? lower).split(",");
  if (!list && types.length === 1) return { kind: "plain", type: types[0]! };
  return { kind: "list", types, isNested: list !== null };
}

export const isNumeric = (type: string): boolean => /^(?:real|integer|count|index)$/.test(type);

/** A value that is not of its type, and what it should be, to be read behind "should be". */
export interface ContentProblem {
  readonly value: CifValue;
  readonly wanted: string;
  /** Whether the text would be right without its quotes. */
  readonly isQuotedNumber: boolean;
}

const isSpecial = (value: CifValue): boolean => value.kind === "unknown" || value.kind === "inapplicable";

/** All values within a value that are not of its type. `.` and `?` are of any type. */
export function contentProblems(value: CifValue, content: ContentType): readonly ContentProblem[] {
  if (isSpecial(value)) return [];
  if (content.kind === "plain") return plainProblems(value, content.type);
  const { types, isNested } = content;
  if (!value.items) return [{ value, wanted: "a list", isQuotedNumber: false }];
  return isNested ? value.items.flatMap((item) => tupleProblems(item, types)) : tupleProblems(value, types);
}

function tupleProblems(value: CifValue, types: readonly string[]): readonly ContentProblem[] {
  if (isSpecial(value)) return [];
  if (types.length === 1) return plainProblems(value, types[0]!);
  if (!value.items) return [{ value, wanted: `a list of ${types.length} values`, isQuotedNumber: false }];
  if (value.items.length !== types.length) {
    const wanted = `a list of ${types.length} values, not ${value.items.length}`;
    return [{ value, wanted, isQuotedNumber: false }];
  }
  return value.items.flatMap((item, index) => plainProblems(item, types[index]!));
}

/** Lists within lists are looked into down to this depth. */
const MAX_DEPTH = 50;

function plainProblems(value: CifValue, type: string, depth = 0): readonly ContentProblem[] {
  if (isSpecial(value) || depth > MAX_DEPTH) return [];
  if (value.items) return value.items.flatMap((item) => plainProblems(item, type, depth + 1));
  if (value.entries) return value.entries.flatMap((entry) => plainProblems(entry.value, type, depth + 1));
  const wanted = wantedInstead(value.text, type);
  if (wanted !== undefined) return [{ value, wanted, isQuotedNumber: false }];
  if (value.kind === "unquoted" || !isNumeric(type)) return [];
  return [{ value, wanted: "a number without quotes", isQuotedNumber: true }];
}

const UNSIGNED = String.raw`(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?:\(\d+\))?`;
const REAL = new RegExp(`^[+-]?${UNSIGNED}$`);
const IMAGINARY = new RegExp(`^[+-]?${UNSIGNED}[jJ]$`);
const COMPLEX = new RegExp(`^[+-]?${UNSIGNED} ?[+-] ?${UNSIGNED}[jJ]$`);

/** Semantic Versioning 2.0.0, items 2, 9 and 10. */
const PRE_RELEASE = String.raw`(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)`;
const VERSION = new RegExp(
  String.raw`^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-${PRE_RELEASE}(?:\.${PRE_RELEASE})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$`,
);

/** Text without the white space of CIF; other blanks of Unicode are letters to it. */
const WORD = /^[^ \t\r\n]*$/;

/** Rules by type in lower case (ddl.dic 4.2, `_type.contents`): a test, and the words for what it asks. */
const RULES: Readonly<Record<string, readonly [test: (text: string) => boolean, wanted: string]>> = {
  word: [(text) => WORD.test(text), "a word without blanks"],
  code: [(text) => WORD.test(text), "a code without blanks"],
  name: [(text) => /^\w+$/.test(text), "a name of letters, digits and underscores"],
  tag: [(text) => text.startsWith("_") && WORD.test(text), "a data name"],
  uri: [(text) => /^[A-Za-z][A-Za-z0-9+.-]*:[!-~]*$/.test(text), "a URI with its scheme, such as https://..."],
  iri: [(text) => /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]*$/.test(text), "an IRI with its scheme, such as https://..."],
  date: [isDate, "a date as year-month-day, such as 2024-02-29"],
  datetime: [isDateTime, "a date or time as in 2024-02-29 or 2024-02-29T12:00:00+01:00"],
  version: [(text) => VERSION.test(text), "a version such as 1.4.0"],
  dimension: [(text) => /^\[(?:\d+(?:,\d+)*)?\]$/.test(text), "lengths in brackets, such as [3,3]"],
  range: [isRange, "a range min:max with min not above max"],
  count: [(text) => /^\d+(?:\(\d+\))?$/.test(text), "a whole number from 0 on"],
  index: [(text) => /^0*[1-9]\d*(?:\(\d+\))?$/.test(text), "a whole number from 1 on"],
  integer: [(text) => /^[+-]?\d+(?:\(\d+\))?$/.test(text), "a whole number"],
  real: [(text) => REAL.test(text), "a number"],
  imag: [(text) => IMAGINARY.test(text), "an imaginary number such as 1.5j"],
  complex: [(text) => COMPLEX.test(text), "a complex number such as 3.1+4.2j"],
  symop: [
    (text) => /^[1-9]\d*(?:[_ ]\d{3,})?$/.test(text),
    "the number of a symmetry operator, with its translation as in 2_565",
  ],
};

/** What a text should be instead, in words, if it is not of the type; undefined where it is. */
export const wantedInstead = (text: string, type: string): string | undefined => {
  const rule = RULES[type];
  return rule && !rule[0](text) ? rule[1] : undefined;
};

/** Days of a month; 0 for what is no month. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month >= 1 && month <= 12 ? (/^(?:4|6|9|11)$/.test(String(month)) ? 30 : 31) : 0;
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return match !== null && Number(match[3]) >= 1 && Number(match[3]) <= daysIn(Number(match[1]), Number(match[2]));
}

/** A full date or a date with time of RFC 3339. */
function isDateTime(text: string): boolean {
  const match = /^([^Tt ]+)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d)))?$/.exec(text);
  if (!match || !isDate(match[1]!)) return false;
  const within = (part: string | undefined, limit: number): boolean => part === undefined || Number(part) <= limit;
  return (
    within(match[2], 23) && within(match[3], 59) && within(match[4], 60) && within(match[5], 23) && within(match[6], 59)
  );
}

function isRange(text: string): boolean {
  const match = /^([^:]*):([^:]*)$/.exec(text);
  if (!match) return false;
  const [min, max] = [match[1]!, match[2]!];
  if ((min !== "" && !REAL.test(min)) || (max !== "" && !REAL.test(max))) return false;
  return (min !== "" || max !== "") && (min === "" || max === "" || Number(min) <= Number(max));
}
