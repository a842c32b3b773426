import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { error, fail, ok, type Result, type TextRange } from "../../util/index.ts";
import type { LensBox, LensMaterial, LensSeries } from "./lensBox.ts";
import type { LensPath, LensSource } from "./lensSource.ts";

const rangeOf = ({ offset, length }: Pick<Node, "offset" | "length">): TextRange => ({
  start: offset,
  end: offset + length,
});

/** Reads the text of a `*.dfxrm-lens.json` file; comments and trailing commas are allowed. */
export function ownLensSource(text: string): Result<LensSource> {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (root === undefined || first !== undefined) {
    const place = first ?? { offset: 0, length: text.length, error: 0 };
    const found = first ? printParseErrorCode(first.error) : "EmptyFile";
    return fail(error("lens/syntax", `The lens file cannot be read here: ${words(found)}.`, { range: rangeOf(place) }));
  }
  return ok({
    content: getNodeValue(root),
    label: (path) => label(path),
    range: (path) => rangeOf(nearest(root, path)),
  });
}

/** `CommaExpected` -> "comma expected". */
const words = (code: string): string => code.replace(/(?<=[a-z])[A-Z]/g, " $&").toLowerCase();

function label(path: LensPath): string {
  const key = path.at(-1);
  return typeof key === "number" ? `Entry ${key + 1} of ${label(path.slice(0, -1))}` : String(key);
}

/** The node of the value, or of the innermost thing around it that there is. */
function nearest(root: Node, path: LensPath): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    // What a series as a whole is about is shown at its first key, not over many lines.
    if (node !== undefined) return length < path.length ? (node.children?.[0] ?? node) : node;
  }
  return root.children?.[0] ?? root;
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
