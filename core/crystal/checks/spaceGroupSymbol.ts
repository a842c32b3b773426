import { explicitSymbol, SETTINGS, type Setting, settingsByHm } from "../settings.ts";

const CHOICES: Readonly<Record<string, string>> = { s: "1", z: "2", h: "h", r: "r" };

/**
 * A symbol as people type it in the form of the index: without blanks, quotes, underscores, tildes; `P2(1)/n` as `p21/n`;
 * the letter of an origin or of axes at the end (`F d -3 m S`, `R 3 c H`) as a choice (`:1`, `:h`).
 */
const plainSymbol = (symbol: string): string =>
  symbol
    .toLowerCase()
    .replace(/\((\d)\)/g, "$1")
    .replace(/[\s_'"~]+/g, "")
    .replace(/(?!^):?([szhr])$/, (_, letter: string) => `:${CHOICES[letter]}`);

/** Other spellings of a setting: without the ones of monoclinic symbols, with a, b or c for the glide plane e, cubic without bar. */
function spellingsOf(setting: Setting): readonly string[] {
  const { hm, hmShort, hmFull, number } = setting;
  const spellings = [hm, hmShort, hmFull].map((symbol) => symbol.toLowerCase());
  if (number >= 3 && number <= 15)
    spellings.push(
      hmFull
        .toLowerCase()
        .split(" ")
        .filter((part) => part !== "1")
        .join(" "),
    );
  if (number >= 195) spellings.push(...spellings.map((symbol) => symbol.replaceAll("-", "")));
  for (const glide of "abc") spellings.push(...spellings.map((symbol) => symbol.replace(/e/g, glide)));
  return [...new Set(spellings.map((symbol) => symbol.replace(/\s+/g, "")))];
}

let bySpelling: ReadonlyMap<string, readonly Setting[]> | undefined;
function spellings(): ReadonlyMap<string, readonly Setting[]> {
  if (bySpelling) return bySpelling;
  const index = new Map<string, Setting[]>();
  for (const setting of SETTINGS) {
    for (const spelling of spellingsOf(setting)) index.set(spelling, [...(index.get(spelling) ?? []), setting]);
  }
  bySpelling = index;
  return index;
}

/** Settings that a symbol can mean, in the standard spelling or in one that is common in files. */
export function settingsByAnySymbol(symbol: string): readonly Setting[] {
  const exact = settingsByHm(symbol);
  return exact.length > 0 ? exact : (spellings().get(plainSymbol(symbol)) ?? []);
}

/** The symbol of the table that is nearest to a misspelt one: one letter or sign off; undefined if there are none or several. */
export function nearestSymbol(symbol: string): string | undefined {
  const wanted = plainSymbol(symbol);
  if (wanted.length < 3) return undefined;
  const near = [...spellings()].filter(([spelling]) => isOneEditAway(wanted, spelling)).flatMap(([, named]) => named);
  const numbers = new Set(near.map(({ number }) => number));
  return numbers.size === 1 ? explicitSymbol(near[0]!) : undefined;
}

/** Whether one inserted, deleted, replaced or exchanged character makes one text the other. */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
