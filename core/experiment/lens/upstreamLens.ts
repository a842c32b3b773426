import { parse, TomlError, type TomlTable } from "smol-toml";
import {
  createLineIndex,
  error,
  fail,
  type Issue,
  MAX_ISSUES,
  nearestName,
  ok,
  type Result,
  textTooLong,
} from "../../util/index.ts";
import type { LensPath, LensSource } from "./lensSource.ts";
import {
  CELL_NAMES,
  type KeyNames,
  MATERIAL_KEYS,
  MAX_SERIES,
  MOUNT_NAMES,
  SERIES_NAMES,
  SHOWN_NAMES,
  SPACING,
} from "./upstreamKeys.ts";
import {
  contentRange,
  locateUpstream,
  nearestPlace,
  placeAt,
  type UpstreamPlaces,
  withAsciiKeys,
  written,
} from "./upstreamPlaces.ts";

/** Reads the text of a `.lens` file of DF-XRM_viz, with the micro sign or the Greek mu in its key. */
export function upstreamLensSource(text: string): Result<LensSource> {
  const tooLong = textTooLong(text);
  if (tooLong) return fail(tooLong);
  const ascii = withAsciiKeys(text);
  let toml: TomlTable;
  try {
    toml = parse(ascii);
  } catch (caught) {
    if (!(caught instanceof TomlError)) throw caught;
    const reason = caught.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
    const range = contentRange(text, createLineIndex(text).lineRange(caught.line));
    return fail(error("lens/syntax", `The lens file cannot be read here: ${reason}.`, { range }));
  }
  const indices = Array.from({ length: MAX_SERIES }, (_, index) => index).filter((i) => `lens_series_${i}` in toml);
  if (indices.length === 0) {
    const message =
      "The file names no lenslets: add a section [lens_series_0] with number_of_lenses and the other keys.";
    return fail(error("lens/no-series", message, { range: contentRange(text, createLineIndex(text).lineRange(1)) }));
  }
  const places = locateUpstream(ascii);
  return ok({
    content: contentOf(toml, indices, leadingComment(text)),
    label: (path) => written(keyOf(path, indices).at(-1)!),
    range: (path) => nearestPlace(places, keyOf(path, indices)),
    placeAt: (offset) => {
      const place = placeAt(places, offset);
      const path = place && pathOf(place.key, indices);
      return path && { path, label: written(place.label), range: place.range };
    },
    spelling: spelling(toml, places),
  });
}

const isTable = (value: unknown): value is TomlTable =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

const tableAt = (table: TomlTable, key: string): TomlTable => {
  const value = table[key];
  return isTable(value) ? value : {};
};

/** Renames the keys that the format knows and keeps the others. */
function renamed(table: TomlTable, keys: KeyNames): Record<string, unknown> {
  const names = new Map(keys);
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [names.get(key) ?? key, value]));
}

function contentOf(toml: TomlTable, indices: readonly number[], notes: string | undefined): unknown {
  const rest: Record<string, unknown> = { ...toml };
  for (const index of Array(MAX_SERIES).keys()) {
    delete rest[`lens_series_${index}`];
    delete rest[`separator_${index}`];
  }
  delete rest["mount_point"];
  delete rest["print_mount_point"];
  return {
    ...rest,
    version: 1,
    ...(notes === undefined ? {} : { notes }),
    series: indices.map((index, i) => ({
      ...renamed(tableAt(toml, `lens_series_${index}`), SERIES_NAMES),
      material: materialContent(tableAt(tableAt(toml, `lens_series_${index}`), "material")),
      ...separator(toml, index, indices[i + 1]),
    })),
    ...(isTable(toml["mount_point"]) ? { mountPoint: renamed(toml["mount_point"], MOUNT_NAMES) } : {}),
    ...(isTable(toml["print_mount_point"]) ? { mountPointShown: shownContent(toml["print_mount_point"]) } : {}),
  };
}

const shownContent = (table: TomlTable): Record<string, unknown> => ({
  along: false,
  orthogonal: false,
  x: false,
  y: false,
  ...renamed(table, SHOWN_NAMES),
});

function materialContent(material: TomlTable): unknown {
  const { formula, density_g_cm3, ...cell } = material;
  const { atoms, volume_A3, ...rest } = renamed(cell, CELL_NAMES);
  // The two that we write beside the cell hold the exact numbers of a material that was not given by its cell.
  return formula === undefined ? { unitCell: { atoms, volume_A3 }, ...rest } : { formula, density_g_cm3, ...rest };
}

/** The separators between a series and the next; where several follow each other they add up. */
function separator(toml: TomlTable, index: number, next = MAX_SERIES): { readonly separator_mm?: unknown } {
  const found = Array.from({ length: next - index }, (_, i) => toml[`separator_${index + i}`]).filter(isTable);
  if (found.length === 0) return {};
  const spacings = found.map((table) => table[SPACING]);
  if (spacings.length === 1) return { separator_mm: spacings[0] };
  return { separator_mm: spacings.reduce<number>((sum, spacing) => sum + Number(spacing), 0) };
}

/** The comment that the file begins with. */
export function leadingComment(text: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith("#"));
  if (end <= 0) return undefined;
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^# ?/, ""))
    .join("\n");
}

/** Key in the TOML document of a path in the content. */
function keyOf(path: LensPath, indices: readonly number[]): readonly string[] {
  const [top, index, key, ...more] = path;
  const foreign = (own: unknown, keys: KeyNames): string => keys.find(([, name]) => name === own)?.[0] ?? String(own);
  if (top === "mountPoint") return index === undefined ? ["mount_point"] : ["mount_point", foreign(index, MOUNT_NAMES)];
  if (top === "mountPointShown") return ["print_mount_point", foreign(index, SHOWN_NAMES)];
  if (top !== "series" || typeof index !== "number") return [String(top)];
  const section = `lens_series_${indices[index]}`;
  if (key === undefined) return [section];
  if (key === "separator_mm") return [`separator_${indices[index]}`, SPACING];
  if (key !== "material") return [section, foreign(key, SERIES_NAMES)];
  const leaf = more.find((step) => step !== "unitCell" && typeof step === "string");
  return [section, "material", ...(leaf === undefined ? [] : [foreign(leaf, CELL_NAMES)])];
}

/** Path in the content of a dotted key of the TOML document; undefined for a key that the format does not know. */
function pathOf(dotted: string, indices: readonly number[]): LensPath | undefined {
  const [section = "", key, inner] = dotted.split(".");
  const own = (name: string | undefined, keys: KeyNames): readonly string[] =>
    keys.filter(([foreign]) => foreign === name).map(([, known]) => known);
  const within = (path: LensPath, found: readonly string[]): LensPath | undefined =>
    found.length > 0 ? [...path, ...found] : undefined;
  if (section === "name") return ["name"];
  if (section === "mount_point")
    return key === undefined ? ["mountPoint"] : within(["mountPoint"], own(key, MOUNT_NAMES));
  if (section === "print_mount_point") {
    return key === undefined ? ["mountPointShown"] : within(["mountPointShown"], own(key, SHOWN_NAMES));
  }
  const [, kind, number] = /^(lens_series|separator)_(\d+)$/.exec(section) ?? [];
  const index = indices.indexOf(Number(number));
  if (kind === undefined || index < 0) return undefined;
  const series = ["series", index];
  if (kind === "separator") return key === undefined || key === SPACING ? [...series, "separator_mm"] : undefined;
  if (key === undefined) return series;
  if (key !== "material") return within(series, own(key, SERIES_NAMES));
  const material = [...series, "material"];
  if (inner === undefined) return material;
  const ofCell = own(inner, CELL_NAMES);
  if (ofCell.length > 0) return [...material, "unitCell", ...ofCell];
  return MATERIAL_KEYS.includes(inner) ? [...material, inner] : undefined;
}

/** Keys and sections that the format does not know and that resemble one which their section lacks. */
function spelling(toml: TomlTable, { keys }: UpstreamPlaces): readonly Issue[] {
  const names = (pairs: KeyNames): readonly string[] => pairs.map(([name]) => name);
  const check = (table: TomlTable, path: string, known: readonly string[]): readonly Issue[] =>
    Object.keys(table)
      .slice(0, MAX_ISSUES)
      .flatMap((key): readonly Issue[] => {
        const range = keys.get(path + key);
        const own = known.map((name) => name.replace("#", /\d+$/.exec(key)?.[0] ?? "#"));
        const meant = own.includes(key)
          ? undefined
          : nearestName(
              key,
              own.filter((name) => !(name in table)),
            );
        if (meant === undefined || range === undefined) return [];
        const fix = { title: `Replace by ${written(meant)}`, edits: [{ range, newText: written(meant) }] };
        const message = `${written(key)} is not known and has no effect: is ${written(meant)} meant?`;
        return [{ code: "lens/unknown-key", severity: "warning", message, range, fixes: [fix] }];
      });
  return [
    ...check(toml, "", ["name", "lens_series_#", "separator_#", "mount_point", "print_mount_point"]),
    ...Object.keys(toml)
      .slice(0, MAX_ISSUES)
      .flatMap((key) => {
        const table = tableAt(toml, key);
        const within = (known: readonly string[]) => check(table, `${key}.`, known);
        if (/^separator_\d+$/.test(key)) return within([SPACING]);
        if (key === "mount_point") return within(names(MOUNT_NAMES));
        if (key === "print_mount_point") return within(names(SHOWN_NAMES));
        if (!/^lens_series_\d+$/.test(key)) return [];
        const material = check(tableAt(table, "material"), `${key}.material.`, MATERIAL_KEYS);
        return [...within([...names(SERIES_NAMES), "material"]), ...material];
      }),
  ];
}
