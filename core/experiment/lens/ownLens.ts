import { fail, misspeltKeys, ok, type Result, readJsonText } from "../../util/index.ts";
import type { LensBox, LensMaterial, LensSeries } from "./lensBox.ts";
import { lensFileSchema } from "./lensFile.ts";
import type { LensPath, LensSource } from "./lensSource.ts";

/** Reads the text of a `*.dfxrm-lens.json` file; comments and trailing commas are allowed. */
export function ownLensSource(text: string): Result<LensSource> {
  const json = readJsonText(text);
  if (json.issues.length > 0) return fail(...json.issues);
  const spelling = misspeltKeys(json, lensFileSchema, "lens/unknown-key");
  const placeAt = (offset: number) => {
    const path = json.pathAt(offset);
    const key = json.keyRangeOf(path);
    const range = key.start <= offset && offset <= key.end ? key : json.rangeOf(path);
    // Blanks within a list or object belong to none of its values.
    return text.slice(range.start, range.end).includes("\n") ? undefined : { path, label: label(path), range };
  };
  return ok({ content: json.value, label, range: (path) => json.rangeOf(path), placeAt, spelling });
}

function label(path: LensPath): string {
  const key = path.at(-1);
  return typeof key === "number" ? `Entry ${key + 1} of ${label(path.slice(0, -1))}` : String(key);
}

const materialFile = ({ formula, density_g_cm3, unitCell, other }: LensMaterial) => ({
  ...(unitCell ? { unitCell } : { formula, density_g_cm3 }),
  ...other,
});

const seriesFile = ({ material, other, ...series }: LensSeries) => ({
  ...series,
  material: materialFile(material),
  ...other,
});

const flat = <T extends { readonly other?: Readonly<Record<string, unknown>> }>({ other, ...known }: T) => ({
  ...known,
  ...other,
});

/** The text of a `*.dfxrm-lens.json` file; `readLens` gives the same box back. */
export function writeOwnLens({ name, series, mountPoint, mountPointShown, notes, other }: LensBox): string {
  const file = {
    version: 1,
    name,
    ...(notes === undefined ? {} : { notes }),
    series: series.map(seriesFile),
    mountPoint: flat(mountPoint),
    ...(mountPointShown ? { mountPointShown: flat(mountPointShown) } : {}),
    ...other,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
