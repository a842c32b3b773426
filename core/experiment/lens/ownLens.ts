import { fail, ok, type Result, readJsonText } from "../../util/index.ts";
import type { LensBox, LensMaterial, LensSeries } from "./lensBox.ts";
import type { LensPath, LensSource } from "./lensSource.ts";

/** Reads the text of a `*.dfxrm-lens.json` file; comments and trailing commas are allowed. */
export function ownLensSource(text: string): Result<LensSource> {
  const json = readJsonText(text);
  if (json.issues.length > 0) return fail(...json.issues);
  return ok({ content: json.value, label, range: (path) => json.rangeOf(path) });
}

function label(path: LensPath): string {
  const key = path.at(-1);
  return typeof key === "number" ? `Entry ${key + 1} of ${label(path.slice(0, -1))}` : String(key);
}

const materialFile = ({ formula, density_g_cm3, unitCell }: LensMaterial) =>
  unitCell ? { unitCell } : { formula, density_g_cm3 };

const seriesFile = ({ material, other, ...series }: LensSeries) => ({
  ...series,
  material: materialFile(material),
  ...other,
});

/** The text of a `*.dfxrm-lens.json` file; `readLens` gives the same box back. */
export function writeOwnLens({ name, series, mountPoint, mountPointShown, notes, other }: LensBox): string {
  const file = {
    version: 1,
    name,
    ...(notes === undefined ? {} : { notes }),
    series: series.map(seriesFile),
    mountPoint,
    ...(mountPointShown ? { mountPointShown } : {}),
    ...other,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
