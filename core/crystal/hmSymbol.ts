import type { Vec3 } from "../util/index.ts";
import type { SymmetryOperation } from "./crystal.ts";
import { LATTICES } from "./hall.ts";
import { generateGroup, IDENTITY, makeOperation } from "./operations.ts";
import { SETTINGS, type Setting, settingOperations } from "./settings.ts";

/** One of the settings that a Hermann-Mauguin symbol can mean. */
export interface SymbolMeaning {
  readonly setting: Setting;
  /** Those of the setting, and those of the centring where one is added. */
  readonly operations: readonly SymmetryOperation[];
}

export interface SymbolReading {
  /** The likeliest first: monoclinic ones with unique axis b before c before a. Not empty. */
  readonly meanings: readonly SymbolMeaning[];
  /** Lattice letter that no setting of the table has with this symbol and that is added to the primitive one. */
  readonly addedCentring: string | undefined;
}

const isMonoclinic = ({ number }: Setting): boolean => number >= 3 && number <= 15;

/** The choice of origin or axes that a remark in the symbol states: `{origin @ centre (-3m)}`, `{rhombohedral axes}`. */
function remarkedChoice(symbol: string): string {
  if (/rhombohedral/.test(symbol)) return ":r";
  if (/hexagonal/.test(symbol)) return ":h";
  const origin = /origin(.*)$/.exec(symbol)?.[1];
  if (origin === undefined) return "";
  const choice = /^\s*(?:choice)?\s*([12])\b/.exec(origin)?.[1];
  if (choice) return `:${choice}`;
  // Origin 2 is the one at a centre of symmetry, whose site symmetry may be named instead.
  return /cent|-1|-3|\/m/.test(origin) ? ":2" : ":1";
}

/** Origin 1 and 2 of the Inorganic Crystal Structure Database, axes of trigonal groups. */
const LETTERS: Readonly<Record<string, string>> = { s: "1", z: "2", h: "h", r: "r" };

/** No symbol is longer, remarks and all. */
const MAX_SYMBOL = 500;

/** The form in which symbols are compared: without blanks, marks and remarks, the choice after a colon. */
export function plainSymbol(symbol: string): string {
  const text = symbol
    .trim()
    .slice(0, MAX_SYMBOL)
    .toLowerCase()
    .replace(/<[^>]*>/g, "")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/(\d)\u0305/g, "-$1")
    .replace(/[\u2080-\u2089]/g, (digit) => String(digit.charCodeAt(0) - 0x2080));
  const plain = text
    .replace(/\s(?:\(?(?:no\.?|#)\s*\d+\)?|\(\d{2,3}\))\s*$/, "")
    .replace(/\{.*\}|\[.*\]|\(\s*(?:origin|hexagonal|rhombohedral|no\b).*\)|\borigin\b.*$/g, "")
    .replace(/\((\d)\)/g, "$1")
    .replace(/(\d)[\s-]*bar\b|\bbar[\s-]*(\d)/g, "-$1$2")
    .replace(/[\s_'"~]+/g, "")
    .replace(/(?!^):?([szhr])$/, (_, letter: string) => `:${LETTERS[letter]}`)
    // Protein Data Bank: H for R on hexagonal axes.
    .replace(/^h(32?)$/, "r$1:h");
  return plain.includes(":") ? plain : plain + remarkedChoice(text);
}

/** The symbol with each `e` as one of the two glides it stands for (before 1992): `C m c e` as `C m c a`, `C m c b`. */
function withOldGlides(symbol: string): readonly string[] {
  const [lattice, ...planes] = symbol.split(" ");
  let symbols: readonly string[] = [""];
  for (const [axis, plane] of planes.entries()) {
    const glides = plane === "e" ? [..."abc"].filter((_, i) => i !== axis) : [];
    symbols = symbols.flatMap((start) => [plane, ...glides].map((name) => `${start} ${name}`));
  }
  return symbols.map((rest) => lattice + rest);
}

function spellingsOf(setting: Setting): readonly string[] {
  const { hmShort, hmFull, number, choice } = setting;
  const withoutOnes = hmFull.split(" ").filter((part) => part !== "1");
  let symbols: readonly string[] = isMonoclinic(setting) ? [hmFull, withoutOnes.join(" ")] : [hmShort, hmFull];
  if (/ e/.test(hmShort)) symbols = symbols.flatMap(withOldGlides);
  // Cubic symbols of before 1983 have no bar.
  if (number >= 200) symbols = symbols.flatMap((symbol) => [symbol, symbol.replaceAll("-3", "3")]);
  const tails = ["", `:${choice}`, `:${choice.slice(0, 1)}`];
  const spelt = symbols.flatMap((symbol) => tails.map((tail) => symbol + tail));
  return [...new Set(spelt.map((symbol) => symbol.toLowerCase().replace(/\s+/g, "")))];
}

let bySpelling: ReadonlyMap<string, readonly Setting[]> | undefined;

/** Settings by each of their spellings in the form of `plainSymbol`. */
export function settingsBySpelling(): ReadonlyMap<string, readonly Setting[]> {
  if (bySpelling) return bySpelling;
  const index = new Map<string, Setting[]>();
  for (const setting of SETTINGS) {
    for (const name of spellingsOf(setting)) index.set(name, [...(index.get(name) ?? []), setting]);
  }
  bySpelling = index;
  return index;
}

/** Operations with a centring added; undefined if they do not map it on itself. */
function withCentring(
  operations: readonly SymmetryOperation[],
  translations: readonly Vec3[],
): readonly SymmetryOperation[] | undefined {
  const centrings = translations.map((translation) => makeOperation(IDENTITY.rotation, translation));
  const group = generateGroup([...operations, ...centrings]);
  return group?.length === operations.length * (translations.length + 1) ? group : undefined;
}

/**
 * The settings that a Hermann-Mauguin symbol can mean, in any spelling met in files: with or without blanks, `P2_1/n`,
 * `P 2(1)/c`, monoclinic symbols without ones, cubic ones without bar, the glides of before 1992, remarks on origin and
 * axes. A symbol that only lacks its centring in the table (`C 1`, `A -1`) is the primitive one with the centring added.
 * Undefined if it is none.
 */
export function readHmSymbol(symbol: string): SymbolReading | undefined {
  const plain = plainSymbol(symbol);
  const meaning = (setting: Setting): SymbolMeaning => ({ setting, operations: settingOperations(setting) });
  const named = settingsBySpelling().get(plain);
  if (named) return { meanings: named.map(meaning), addedCentring: undefined };

  const lattice = plain.charAt(0).toUpperCase();
  const translations = "ABCFI".includes(lattice) ? LATTICES[lattice] : undefined;
  if (!translations) return undefined;
  const meanings = (settingsBySpelling().get(`p${plain.slice(1)}`) ?? []).flatMap((setting) => {
    const operations = withCentring(settingOperations(setting), translations);
    return operations ? [{ setting, operations }] : [];
  });
  return meanings.length > 0 ? { meanings, addedCentring: lattice } : undefined;
}
