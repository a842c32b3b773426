import { stringify, type TomlTable } from "smol-toml";
import type { LensBox, LensMaterial, LensSeries } from "./lensBox.ts";
import { matterOf } from "./material.ts";
import {
  CELL_NAMES,
  type KeyNames,
  MOUNT_NAMES,
  RADIUS,
  RADIUS_WRITTEN,
  SERIES_NAMES,
  SHOWN_NAMES,
  SPACING,
} from "./upstreamKeys.ts";
import { leadingComment } from "./upstreamLens.ts";

type Values = Readonly<Record<string, unknown>>;

/** The text of a `.lens` file that DF-XRM_viz reads; `readLens` gives the same box back. */
export function writeUpstreamLens({ name, series, mountPoint, mountPointShown, notes, other }: LensBox): string {
  const tables = series.flatMap((own, index): readonly (readonly [string, Values])[] => [
    [`lens_series_${index}`, seriesTable(own)],
    ...(own.separator_mm === undefined
      ? []
      : [[`separator_${index}`, { [SPACING]: own.separator_mm }] satisfies [string, Values]]),
  ]);
  const comment = notes === undefined ? "" : commentOf(notes);
  const isComment = notes === undefined || leadingComment(`${comment}\n`) === notes;
  const body = stringify({
    name,
    ...(isComment ? {} : { notes }),
    ...other,
    ...Object.fromEntries(tables),
    mount_point: foreign(mountPoint, MOUNT_NAMES),
    ...(mountPointShown ? { print_mount_point: foreign(mountPointShown, SHOWN_NAMES) } : {}),
  } as TomlTable).replaceAll(`${RADIUS} =`, `${RADIUS_WRITTEN} =`);
  return isComment ? comment + body : body;
}

const commentOf = (notes: string): string =>
  `${notes
    .split("\n")
    .map((line) => `# ${line}`.trimEnd())
    .join("\n")}\n\n`;

const seriesTable = ({ material, other, ...series }: LensSeries): Values => ({
  ...foreign(series, SERIES_NAMES),
  ...other,
  material: materialTable(material),
});

/** Of the known values those that there are, by their names here, and all others as they are. */
function foreign(values: object & { readonly other?: Values }, names: KeyNames): Values {
  const known = names.flatMap(([name, own]) => {
    const value: unknown = Reflect.get(values, own);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(known), ...values.other };
}

function materialTable(material: LensMaterial): Values {
  const { formula, density_g_cm3, unitCell, other } = material;
  if (unitCell) return { ...foreign(unitCell, CELL_NAMES), ...other };
  const { contents, cell } = matterOf(material);
  const factor = wholeFactor(Object.values(contents));
  const atoms = Object.entries(contents).flatMap(([symbol, count]) =>
    Array<string>(Math.round(count * factor)).fill(symbol),
  );
  const whole = { atoms, volume_A3: cell.volume_A3 * factor };
  return { ...foreign(whole, CELL_NAMES), formula, density_g_cm3, ...other };
}

/** Smallest factor that makes all counts of a formula whole. */
const wholeFactor = (counts: readonly number[]): number => {
  for (let factor = 1; factor < 1000; factor++)
    if (counts.every((count) => Math.abs(count * factor - Math.round(count * factor)) < 1e-9)) return factor;
  return 1000;
};
