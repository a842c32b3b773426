import { parseNumber } from "../number.ts";

/**
 * The form in which values of a type are compared: numbers by value, codes without case, times as instants, all other text
 * as it stands (in Unicode NFC).
 */
export function canonical(text: string, type: string): string {
  switch (type) {
    case "code":
    case "name":
    case "tag":
      return foldCase(text);
    case "real":
    case "integer":
    case "count":
    case "index": {
      const number = parseNumber(text);
      return number ? `${number.value}(${number.su ?? ""})` : text;
    }
    case "datetime":
      return instant(text);
    default:
      return text.normalize("NFC");
  }
}

/** Lower case letter by letter: no letter depends on its neighbours, as the Greek final sigma otherwise does. */
export function foldCase(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return Array.from(text.normalize("NFC"), (letter) => letter.toLowerCase()).join("");
}

/** Milliseconds since 1970 of a time with its zone; a date alone, or what is no time, as it stands. */
function instant(text: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(text);
  if (!match) return text;
  const part = (index: number): number => Number(match[index] ?? 0);
  const offset_min = (match[7] === "-" ? -1 : 1) * (part(8) * 60 + part(9));
  return String(Date.UTC(part(1), part(2) - 1, part(3), part(4), part(5) - offset_min) + part(6) * 1000);
}
