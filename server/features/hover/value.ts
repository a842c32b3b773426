import {
  type Dictionary,
  findDefinition,
  type ItemDefinition,
  stateDetail,
} from "../../../core/cif/dictionary/index.ts";
import { type CifBlock, type CifPlace, type CifValue, parseNumber } from "../../../core/cif/index.ts";
import { type Crystal, operationWords, parseOperation, type Site } from "../../../core/crystal/index.ts";
import { format, type Result } from "../../../core/util/index.ts";
import { code, escapeMarkdown } from "../../markdown.ts";
import { sentence, unitSymbol } from "./name.ts";
import { siteParagraphs } from "./site.ts";

type ValuePlace = Extract<CifPlace, { part: "value" }>;

/** What a value is: its name and place in a loop, what it says, and the geometry or site behind it. */
export function valueParagraphs(
  place: ValuePlace,
  dictionary: Dictionary,
  crystalOf: (block: CifBlock) => Result<Crystal>,
): readonly string[] {
  const { entry, name, value, row, column, block } = place;
  const definition = findDefinition(dictionary, name.key);
  const inLoop =
    entry.kind === "loop"
      ? `: row ${row! + 1} of ${entry.rowCount}, column ${column! + 1} of ${entry.names.length}`
      : "";
  const geometry = operation(name.key, value) ?? site(place, crystalOf(block));
  const meaning = definition && sentence(definition);
  return [
    `${code(name.text)}${inLoop}`,
    ...reading(value, definition),
    ...(geometry ?? []),
    ...(meaning && !geometry ? [meaning] : []),
  ];
}

function reading(value: CifValue, definition: ItemDefinition | undefined): readonly string[] {
  if (value.kind === "unknown") return ["`?`: the value is unknown or was not recorded"];
  if (value.kind === "inapplicable") {
    const fallback = definition?.default;
    return [
      fallback === undefined
        ? "`.`: a value does not apply here"
        : `\`.\`: does not apply, or the default ${code(fallback)}`,
    ];
  }
  const detail = definition && stateDetail(definition, value.text);
  if (detail) return [escapeMarkdown(detail)];
  const number = parseNumber(value.text);
  const isNumeric = definition === undefined || /real|integer|complex/i.test(definition.contents);
  if (!number || !isNumeric || (number.su === null && !definition?.units)) return [];
  const unit = definition?.units ? ` ${unitSymbol(definition.units)}` : "";
  const decimals = Math.min(12, Math.max(0, number.decimals));
  const shown = format.fixed(number.value, decimals);
  if (number.su === null) return [`${shown}${unit}`];
  return [`${shown} ± ${format.fixed(number.su, decimals)}${unit} (standard uncertainty)`];
}

const OPERATION =
  /^_(?:space_group_symop(?:_magn)?[._]operation[._]xyz|space_group_symop_magn_operation\.xyz|symmetry_equiv[._]pos_as_xyz)$/;

function operation(key: string, value: CifValue): readonly string[] | undefined {
  if (!OPERATION.test(key)) return undefined;
  const parsed = parseOperation(value.text.split(",").slice(0, 3).join(","));
  return parsed.ok ? [`**${escapeMarkdown(parsed.value.xyz)}**: ${operationWords(parsed.value)}`] : undefined;
}

const ATOM_COLUMN = /^_atom_site[._](?:label|type_symbol|fract_[xyz])$/;
const LABEL_COLUMN = /^_(?:atom_site_aniso[._]label|geom_\w*[._]atom_site_label_\w+)$/;

function site({ entry, name, row, value }: ValuePlace, crystal: Result<Crystal>): readonly string[] | undefined {
  if (!crystal.ok || entry.kind !== "loop") return undefined;
  const find = (matches: (site: Site) => boolean): Site | undefined => crystal.value.sites.find(matches);
  const start = entry.rowRange(row!).start;
  const found = ATOM_COLUMN.test(name.key)
    ? find(({ range }) => range.start === start)
    : LABEL_COLUMN.test(name.key)
      ? find(({ label }) => label === value.text)
      : undefined;
  return found && siteParagraphs(crystal.value, found);
}
