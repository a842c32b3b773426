import { type Mat3, mat3 } from "../util/index.ts";
import type { SymmetryOperation, UnitCell } from "./crystal.ts";
import { hallGenerators } from "./hall.ts";
import { generateGroup, operationKey } from "./operations.ts";
import { SETTINGS_TABLE } from "./tables/settings.generated.ts";

/** One of the 530 settings of the space groups (International Tables for Crystallography A; Hall's list). */
export interface Setting {
  readonly number: number;
  /** Unique axis and cell choice, axes, or origin choice: `b1`, `cab`, `1`, `H` ...; empty if there is only one. */
  readonly choice: string;
  readonly hall: string;
  /** Short symbol: for monoclinic groups that of the type, the same in all settings. */
  readonly hmShort: string;
  readonly hmFull: string;
  /** The symbol as CIF files have it: unambiguous, with `:1`, `:2`, `:H` or `:R` where the group has several. */
  readonly hm: string;
}

export const SETTINGS: readonly Setting[] = SETTINGS_TABLE.trim()
  .split("\n")
  .map((row) => {
    const [number, choice, hall, hmShort, full] = row.split("|") as [string, string, string, string, string?];
    const hmFull = full ?? hmShort;
    const monoclinic = Number(number) >= 3 && Number(number) <= 15;
    const origin = /^[12HR]/.exec(choice)?.[0];
    const hm = (monoclinic ? hmFull : hmShort) + (origin ? ` :${origin}` : "");
    return { number: Number(number), choice, hall, hmShort, hmFull, hm };
  });

/** Symbols compare without blanks, underscores and case; `:h` at the end stays apart. */
const normalize = (symbol: string): string => symbol.toLowerCase().replace(/[\s_]+/g, "");

/** Settings by the symbols that are theirs, and, for those that none of these names, by the short symbol of their type. */
const byName = new Map<string, Setting[]>();
const byType = new Map<string, Setting[]>();
for (const setting of SETTINGS) {
  const { hm, hmShort, hmFull, choice } = setting;
  const names = new Set([hm, hmFull, `${hmFull}:${choice}`, `${hmShort}:${choice}`].map(normalize));
  for (const name of names) byName.set(name, [...(byName.get(name) ?? []), setting]);
  const type = normalize(hmShort);
  byType.set(type, [...(byType.get(type) ?? []), setting]);
}

/** Every setting that has this standard symbol, short, full, or with its origin or axes choice after a colon. */
export function settingsByHm(symbol: string): readonly Setting[] {
  const wanted = normalize(symbol);
  return byName.get(wanted) ?? byType.get(wanted) ?? [];
}

/** The symbol of a setting that no other setting has, so that it can be offered to the reader. */
export function explicitSymbol({ hm, hmShort, choice, hall }: Setting): string {
  const isUnique = SETTINGS.every((other) => other.hm !== hm || other.hall === hall);
  return isUnique ? hm : `${hmShort} :${choice}`;
}

/** Settings with this Hall symbol, spelled as in the table. */
export const settingByHall = (symbol: string): Setting | undefined => {
  const wanted = normalize(symbol);
  return SETTINGS.find(({ hall }) => normalize(hall) === wanted);
};

/** Operations of which all others of a setting are products; kept once read. */
export function settingGenerators(setting: Setting): readonly SymmetryOperation[] {
  const known = readGenerators.get(setting);
  if (known) return known;
  const generators = hallGenerators(setting.hall) ?? [];
  readGenerators.set(setting, generators);
  return generators;
}
const readGenerators = new Map<Setting, readonly SymmetryOperation[]>();

/** Operations of a setting of the table, identity first; kept once made. */
export function settingOperations(setting: Setting): readonly SymmetryOperation[] {
  const known = madeOperations.get(setting);
  if (known) return known;
  const operations = generateGroup(settingGenerators(setting)) ?? [];
  madeOperations.set(setting, operations);
  return operations;
}
const madeOperations = new Map<Setting, readonly SymmetryOperation[]>();

/**
 * The setting whose operations are exactly these, `likely` ones tried first; undefined if there is none, as for a
 * shifted origin. Takes the operations of a group.
 */
export function settingByOperations(
  operations: readonly SymmetryOperation[],
  likely: readonly Setting[] = [],
): Setting | undefined {
  const keys = new Set(operations.map(operationKey));
  const matches = (setting: Setting): boolean =>
    generatorKeysOf(setting).every((key) => keys.has(key)) && settingOperations(setting).length === operations.length;
  return likely.find(matches) ?? SETTINGS.find(matches);
}

const generatorKeys = new Map<Setting, readonly number[]>();
function generatorKeysOf(setting: Setting): readonly number[] {
  const known = generatorKeys.get(setting);
  if (known) return known;
  const keys = settingGenerators(setting).map(operationKey);
  generatorKeys.set(setting, keys);
  return keys;
}

/**
 * Whether the operations leave the metric of the cell as it is: lengths within 1 %, angles within about 0.5 degree
 * of what the symmetry asks for.
 */
export function operationsFitCell(operations: readonly SymmetryOperation[], cell: UnitCell): boolean {
  const metric = mat3.multiply(mat3.transpose(cell.direct), cell.direct);
  return operations.every(({ rotation }) => {
    const image: Mat3 = mat3.multiply(mat3.transpose(rotation), mat3.multiply(metric, rotation));
    return image.every((row, i) =>
      row.every((value, j) => Math.abs(value - metric[i]![j]!) <= 0.01 * Math.sqrt(metric[i]![i]! * metric[j]![j]!)),
    );
  });
}
