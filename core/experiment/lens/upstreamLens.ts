import { parse, stringify, TomlError, type TomlTable } from "smol-toml";
import { createLineIndex, error, fail, ok, type Result, type TextRange } from "../../util/index.ts";
import type { LensBox, LensMaterial, LensSeries } from "./lensBox.ts";
import type { LensPath, LensSource } from "./lensSource.ts";
import { matterOf } from "./material.ts";

/**
 * The `.lens` format of DF-XRM_viz: TOML but for the bare key `radius_of_curvature_in_µm`. Sections `lens_series_0`
 * to `lens_series_99`, each with its `material`, `separator_0` and so on behind them, `mount_point` and
 * `print_mount_point`. It knows neither name, disc thickness, web nor density: these keys are ours, and DF-XRM_viz
 * passes over them.
 */

const RADIUS = "radius_of_curvature_in_um";
const RADIUS_WRITTEN = "radius_of_curvature_in_µm";

/** Keys of the sections in this format and in ours. */
const SERIES_KEYS: readonly (readonly [string, string])[] = [
  ["number_of_lenses", "count"],
  [RADIUS, "radius_um"],
  ["lens_spacing_in_mm", "spacing_mm"],
  ["disc_thickness_in_um", "discThickness_um"],
  ["web_in_um", "web_um"],
];
const MOUNT_KEYS: readonly (readonly [string, string])[] = [
  ["offset_along_lensbox", "along_mm"],
  ["offset_orthogonal_to_lensbox", "orthogonal_mm"],
  ["offset_x", "offsetX_mm"],
  ["offset_y", "offsetY_mm"],
];
const SHOWN_KEYS: readonly (readonly [string, string])[] = [
  ["print_distance_along", "along"],
  ["print_distance_orthogonal", "orthogonal"],
  ["print_distance_x", "x"],
  ["print_distance_y", "y"],
];

const MAX_SERIES = 100;

/** Micro sign and Greek mu are one letter to the reader; in a bare key TOML allows neither. Lengths stay. */
const withAsciiKeys = (text: string): string =>
  text.replace(/^[ \t]*[^\s=#"'[]+(?=[ \t]*=)/gm, (key) => key.replace(/[µμ]/g, "u"));

export function upstreamLensSource(text: string): Result<LensSource> {
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
  const places = locate(ascii);
  return ok({
    content: contentOf(toml, indices, leadingComment(text)),
    label: (path) => keyOf(path, indices).at(-1)!.replace(RADIUS, RADIUS_WRITTEN),
    range: (path) => nearest(places, keyOf(path, indices)),
  });
}

const isTable = (value: unknown): value is TomlTable =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

const tableAt = (table: TomlTable, key: string): TomlTable => {
  const value = table[key];
  return isTable(value) ? value : {};
};

/** Renames the keys that the format knows and keeps the others. */
function renamed(table: TomlTable, keys: readonly (readonly [string, string])[]): Record<string, unknown> {
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
      ...renamed(tableAt(toml, `lens_series_${index}`), SERIES_KEYS),
      material: materialContent(tableAt(tableAt(toml, `lens_series_${index}`), "material")),
      ...separator(toml, index, indices[i + 1]),
    })),
    ...(isTable(toml["mount_point"]) ? { mountPoint: renamed(toml["mount_point"], MOUNT_KEYS) } : {}),
    ...(isTable(toml["print_mount_point"]) ? { mountPointShown: shownContent(toml["print_mount_point"]) } : {}),
  };
}

const shownContent = (table: TomlTable): Record<string, unknown> => ({
  along: false,
  orthogonal: false,
  x: false,
  y: false,
  ...renamed(table, SHOWN_KEYS),
});

function materialContent(material: TomlTable): unknown {
  const { formula, density_g_cm3, atoms_in_Unit_cell: atoms, unit_cell_volume_in_AA3: volume_A3 } = material;
  // The two that we write beside the cell hold the exact numbers of a material that was not given by its cell.
  return formula === undefined ? { unitCell: { atoms, volume_A3 } } : { formula, density_g_cm3 };
}

/** The separators between a series and the next; where several follow each other they add up. */
function separator(toml: TomlTable, index: number, next = MAX_SERIES): { readonly separator_mm?: unknown } {
  const found = Array.from({ length: next - index }, (_, i) => toml[`separator_${index + i}`]).filter(isTable);
  if (found.length === 0) return {};
  const spacings = found.map((table) => table["spacing_in_mm"]);
  if (spacings.length === 1) return { separator_mm: spacings[0] };
  return { separator_mm: spacings.reduce<number>((sum, spacing) => sum + Number(spacing), 0) };
}

/** The comment that the file begins with. */
function leadingComment(text: string): string | undefined {
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
  const foreign = (own: unknown, keys: readonly (readonly [string, string])[]): string =>
    keys.find(([, name]) => name === own)?.[0] ?? String(own);
  if (top === "mountPoint") return index === undefined ? ["mount_point"] : ["mount_point", foreign(index, MOUNT_KEYS)];
  if (top === "mountPointShown") return ["print_mount_point", foreign(index, SHOWN_KEYS)];
  if (top !== "series" || typeof index !== "number") return [String(top)];
  const section = `lens_series_${indices[index]}`;
  if (key === undefined) return [section];
  if (key === "separator_mm") return [`separator_${indices[index]}`, "spacing_in_mm"];
  if (key !== "material") return [section, foreign(key, SERIES_KEYS)];
  const names: Readonly<Record<string, string>> = {
    atoms: "atoms_in_Unit_cell",
    volume_A3: "unit_cell_volume_in_AA3",
  };
  const leaf = more.find((step) => step !== "unitCell" && typeof step === "string");
  return [section, "material", ...(leaf === undefined ? [] : [names[leaf] ?? String(leaf)])];
}

type Places = ReadonlyMap<string, TextRange>;

/** Where each section header and each value stands. */
function locate(text: string): Places {
  const places = new Map<string, TextRange>();
  let section = "";
  for (const line of text.matchAll(/^.*$/gm)) {
    const header = /^\s*\[+\s*([^\]]+?)\s*\]/.exec(line[0]);
    const pair = /^(\s*"?([^\s="']+)"?\s*=\s*)(.*)$/.exec(line[0]);
    if (header) {
      section = header[1]!.replace(/["'\s]/g, "");
      places.set(section, contentRange(text, { start: line.index, end: line.index + line[0].length }));
    } else if (pair) {
      const start = line.index + pair[1]!.length;
      const value = pair[3]!.replace(/\s*(#.*)?$/, "");
      places.set(section === "" ? pair[2]! : `${section}.${pair[2]}`, { start, end: start + value.length });
    }
  }
  return places;
}

function nearest(places: Places, key: readonly string[]): TextRange {
  for (let length = key.length; length > 0; length--) {
    const place = places.get(key.slice(0, length).join("."));
    if (place) return place;
  }
  // A separator that is missing is missing behind its series.
  const series = places.get((key[0] ?? "").replace("separator", "lens_series"));
  return series ?? { start: 0, end: 0 };
}

/** The range without blanks at its ends. */
function contentRange(text: string, { start, end }: TextRange): TextRange {
  const line = text.slice(start, end);
  const lead = line.length - line.trimStart().length;
  return { start: start + lead, end: start + Math.max(lead, line.trimEnd().length) };
}

/** Smallest factor that makes all counts of a formula whole. */
const wholeFactor = (counts: readonly number[]): number => {
  for (let factor = 1; factor < 1000; factor++)
    if (counts.every((count) => Math.abs(count * factor - Math.round(count * factor)) < 1e-9)) return factor;
  return 1000;
};

function materialTable(material: LensMaterial): TomlTable {
  if (material.unitCell) {
    const { atoms, volume_A3 } = material.unitCell;
    return { atoms_in_Unit_cell: [...atoms], unit_cell_volume_in_AA3: volume_A3 };
  }
  const { contents, cell } = matterOf(material);
  const factor = wholeFactor(Object.values(contents));
  const atoms = Object.entries(contents).flatMap(([symbol, count]) =>
    Array<string>(Math.round(count * factor)).fill(symbol),
  );
  return {
    atoms_in_Unit_cell: atoms,
    unit_cell_volume_in_AA3: cell.volume_A3 * factor,
    formula: material.formula,
    density_g_cm3: material.density_g_cm3,
  };
}

function foreignTable(values: object, keys: readonly (readonly [string, string])[]): TomlTable {
  const own = values as Readonly<Record<string, TomlTable[string] | undefined>>;
  return Object.fromEntries(
    keys.flatMap(([foreign, name]) => (own[name] === undefined ? [] : [[foreign, own[name]]])),
  ) as TomlTable;
}

const seriesTable = (series: LensSeries): TomlTable => ({
  ...foreignTable(series, SERIES_KEYS),
  ...(series.other as TomlTable | undefined),
  material: materialTable(series.material),
});

/** The text of a `.lens` file that DF-XRM_viz reads; `readLens` gives the same box back. */
export function writeUpstreamLens({ name, series, mountPoint, mountPointShown, notes, other }: LensBox): string {
  const tables = series.flatMap((own, index): readonly (readonly [string, TomlTable])[] => [
    [`lens_series_${index}`, seriesTable(own)],
    ...(own.separator_mm === undefined
      ? []
      : [[`separator_${index}`, { spacing_in_mm: own.separator_mm }] satisfies [string, TomlTable]]),
  ]);
  const body = stringify({
    name,
    ...(other as TomlTable | undefined),
    ...Object.fromEntries(tables),
    mount_point: foreignTable(mountPoint, MOUNT_KEYS),
    ...(mountPointShown ? { print_mount_point: foreignTable(mountPointShown, SHOWN_KEYS) } : {}),
  }).replaceAll(`${RADIUS} =`, `${RADIUS_WRITTEN} =`);
  const comment =
    notes === undefined
      ? ""
      : `${notes
          .split("\n")
          .map((line) => `# ${line}`.trimEnd())
          .join("\n")}\n\n`;
  return comment + body;
}
