import {
  type Dictionary,
  findDefinition,
  type ItemDefinition,
  iucrLink,
  sentenceOf,
} from "../../../core/cif/dictionary/index.ts";
import { code, escapeMarkdown } from "../../markdown.ts";

const STATES_SHOWN = 12;
/** Text of a loaded dictionary is cut to about this length. */
const DESCRIPTION_LENGTH = 600;

/** What the dictionaries say of a data name; undefined for a name that they do not define. */
export function nameParagraphs(dictionary: Dictionary, name: string): readonly string[] | undefined {
  const definition = findDefinition(dictionary, name);
  if (!definition) return undefined;
  const meaning = sentence(definition);
  return [
    `**${escapeMarkdown(name)}**`,
    ...(meaning ? [meaning] : []),
    ...factParagraphs(dictionary, definition, name),
  ];
}

/** The same without the meaning: category, type, range, unit, states, other names, and where it is defined. */
export function factParagraphs(dictionary: Dictionary, definition: ItemDefinition, name: string): readonly string[] {
  const paragraphs = [
    withdrawal(definition),
    facts(dictionary, definition),
    states(definition),
    otherNames(definition, name),
    source(definition),
  ];
  return paragraphs.filter((paragraph) => paragraph !== undefined);
}

/** What the item is: in our sentence, else in the words of a loaded dictionary. */
export function sentence(definition: ItemDefinition): string | undefined {
  const text = sentenceOf(definition) ?? definition.description?.trim().replace(/\s+/g, " ");
  if (!text) return undefined;
  return escapeMarkdown(text.length > DESCRIPTION_LENGTH ? `${text.slice(0, DESCRIPTION_LENGTH)}…` : text);
}

function withdrawal({ replacedBy }: ItemDefinition): string | undefined {
  if (!replacedBy) return undefined;
  return replacedBy.length > 0
    ? `Use ${replacedBy.map(code).join(" or ")} instead.`
    : "Withdrawn, without a replacement.";
}

function facts(dictionary: Dictionary, definition: ItemDefinition): string {
  const { category, container, contents, dimension, range, units, purpose, linkedTo } = definition;
  const loop = dictionary.categories.get(category)?.class === "Loop" ? ", one value a row" : "";
  const shape =
    container === "Single" ? "" : ` (${container.toLowerCase()}${dimension ? ` ${dimension.join(" × ")}` : ""})`;
  return [
    `Category ${code(category)}${loop}`,
    `${contents}${shape}${purpose === "Measurand" ? ", may have a standard uncertainty" : ""}`,
    ...(units ? [`in ${unitSymbol(units)}`] : []),
    ...(range ? [rangeText(range)] : []),
    ...(linkedTo ? [`refers to ${code(linkedTo)}`] : []),
    ...(definition.default === undefined ? [] : [`default ${code(definition.default)}`]),
  ].join("  \n");
}

function rangeText({ min, max }: NonNullable<ItemDefinition["range"]>): string {
  const [from, to] = [min, max].map((limit) => (limit === undefined ? undefined : tidy(limit)));
  if (from !== undefined && to !== undefined) return `${from} to ${to}`;
  return from !== undefined ? `at least ${from}` : `at most ${to}`;
}

/** `0` for the `0.0` of a dictionary; a limit that is a letter stays. */
const tidy = (limit: string): string => (Number.isFinite(Number(limit)) ? String(Number(limit)) : code(limit));

function states({ states: all, statesAreOpen }: ItemDefinition): string | undefined {
  if (!all || all.length === 0) return undefined;
  const shown = all.slice(0, STATES_SHOWN).map((state) => code(state.code));
  const more = all.length > STATES_SHOWN ? ` and ${all.length - STATES_SHOWN} more` : "";
  return `${statesAreOpen ? "For instance" : "One of"} ${shown.join(", ")}${more}`;
}

function otherNames({ name, aliases, deprecatedAliases }: ItemDefinition, written: string): string | undefined {
  const others = [name, ...aliases].filter((other) => other.toLowerCase() !== written.toLowerCase());
  if (others.length === 0) return undefined;
  return `Also ${others.map((other) => `${code(other)}${deprecatedAliases.includes(other) ? " (outdated)" : ""}`).join(", ")}`;
}

function source(definition: ItemDefinition): string | undefined {
  const link = iucrLink(definition);
  return link === undefined ? undefined : `[Definition of the IUCr](${link})`;
}

const UNITS: Readonly<Record<string, string>> = {
  angstroms: "Å",
  angstrom_squared: "Å²",
  angstrom_cubed: "Å³",
  reciprocal_angstroms: "Å⁻¹",
  reciprocal_angstrom_squared: "Å⁻²",
  degrees: "°",
  kelvins: "K",
  millimetres: "mm",
  reciprocal_millimetres: "mm⁻¹",
  nanometres: "nm",
  micrometres: "µm",
  femtometres: "fm",
  kilopascals: "kPa",
  megagrams_per_metre_cubed: "g/cm³",
  dalton: "u",
  electrons: "e",
  electrons_per_angstrom: "e/Å",
  electrons_per_angstrom_cubed: "e/Å³",
  kilovolts: "kV",
  milliamperes: "mA",
  kilowatts: "kW",
  minutes: "min",
  seconds: "s",
};

/** `Å` for `angstroms`; the words of the dictionary where the unit is a rare one. */
export const unitSymbol = (units: string): string => UNITS[units] ?? escapeMarkdown(units.replaceAll("_", " "));
