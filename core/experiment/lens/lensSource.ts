import * as v from "valibot";
import { elementBySymbol } from "../../crystal/index.ts";
import {
  error,
  fail,
  format,
  type Issue,
  MAX_ISSUES,
  ok,
  type RelatedPlace,
  type Result,
  type TextRange,
} from "../../util/index.ts";
import type { LensBox, LensMaterial, LensSeries } from "./lensBox.ts";
import { cellOf, formulaOf, type LensFile, lensFileSchema } from "./lensFile.ts";
import { materialOfCell, parseFormula } from "./material.ts";

export type LensPath = readonly (string | number)[];

/** A value of a lens file, or a section of it. */
export interface LensFilePlace {
  readonly path: LensPath;
  /** As the file calls it. */
  readonly label: string;
  readonly range: TextRange;
}

/** The content of a lens file of either format, with the way back to its text. */
export interface LensSource {
  /** In the form of a `*.dfxrm-lens.json` file, not yet checked. */
  readonly content: unknown;
  /** What the file calls the value. */
  label(path: LensPath): string;
  /** Where the value stands, or for one that is missing what it is missing from. */
  range(path: LensPath): TextRange;
  /** The value whose key or value stands at an offset; undefined where there is none that the format knows. */
  placeAt(offset: number): LensFilePlace | undefined;
  /** Keys that look misspelt. */
  readonly spelling: readonly Issue[];
}

/** Checks the content; every issue says which value, why, and what to write, at its place in the text. */
export function lensBoxOf(source: LensSource, fallbackName: string): Result<LensBox> {
  const parsed = v.safeParse(lensFileSchema, source.content);
  if (!parsed.success) {
    const faults = parsed.issues.slice(0, MAX_ISSUES).map((issue) => shapeIssue(source, issue));
    return fail(...faults, ...source.spelling);
  }
  const file = parsed.output;
  const content = [...materialIssues(source, file), ...seriesIssues(source, file)].slice(0, MAX_ISSUES);
  const issues = [...content, ...source.spelling];
  return issues.some(({ severity }) => severity === "error") ? fail(...issues) : ok(boxOf(file, fallbackName), issues);
}

function shapeIssue(source: LensSource, issue: v.BaseIssue<unknown>): Issue {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const input = path.length === 0 ? undefined : issue.input;
  // valibot words a missing key itself; ours says what the key should hold.
  const remedy = issue.message.startsWith("Invalid key") ? "add it" : issue.message;
  const label = source.label(path);
  const message =
    path.length === 0
      ? `This is not a lens file: ${remedy}.`
      : `${label} is ${input === undefined ? "missing" : shown(input)}: ${remedy}.`;
  return error("lens/value", message, { range: source.range(path), field: path.join(".") });
}

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  return typeof value === "object" && value !== null ? "not complete" : format.excerpt(JSON.stringify(value));
};

function materialIssues(source: LensSource, { series }: LensFile): readonly Issue[] {
  return series.flatMap(({ material }, index) => {
    const cell = cellOf(material);
    if (cell) {
      const path = ["series", index, "material", "unitCell", "atoms"];
      return cell.atoms
        .filter((atom) => elementBySymbol(atom) === undefined)
        .map((atom) =>
          error("lens/element", `"${format.excerpt(atom)}" is no element: write its symbol, such as "Be" or "Al".`, {
            range: source.range(path),
          }),
        );
    }
    const formula = formulaOf(material)?.formula ?? "";
    if (parseFormula(formula) !== null) return [];
    return [
      error(
        "lens/formula",
        `"${format.excerpt(formula)}" is not a formula: write symbols with counts, such as "C5H8O2".`,
        {
          range: source.range(["series", index, "material", "formula"]),
        },
      ),
    ];
  });
}

function seriesIssues(source: LensSource, { series }: LensFile): readonly Issue[] {
  const at = (path: LensPath, message: string): RelatedPlace => ({ range: source.range(path), message });
  return series.flatMap((own, index) => {
    const issues: Issue[] = [];
    if (own.separator_mm === undefined && index < series.length - 1) {
      issues.push({
        code: "lens/separator",
        severity: "warning",
        message: `There is no ${source.label(["series", index, "separator_mm"])} between series ${index + 1} and ${index + 2}: the last lenslet of one and the first of the other are taken at the same place. Give their distance in mm.`,
        range: source.range(["series", index, "separator_mm"]),
        related: [at(["series", index + 1], `Series ${index + 2}`)],
      });
    }
    const { discThickness_um, web_um } = own;
    if (discThickness_um !== undefined && web_um !== undefined && web_um >= discThickness_um) {
      issues.push({
        ...error(
          "lens/web",
          `The web of ${web_um} µm is not thinner than the disc of ${discThickness_um} µm: correct one of them.`,
          { range: source.range(["series", index, "web_um"]) },
        ),
        related: [at(["series", index, "discThickness_um"], `The disc of ${discThickness_um} µm`)],
      });
    }
    if (discThickness_um !== undefined && own.count > 1 && discThickness_um > own.spacing_mm * 1000) {
      issues.push({
        code: "lens/disc",
        severity: "warning",
        message: `Discs of ${discThickness_um} µm do not fit into a spacing of ${own.spacing_mm} mm: correct one of them.`,
        range: source.range(["series", index, "discThickness_um"]),
        related: [at(["series", index, "spacing_mm"], `The spacing of ${own.spacing_mm} mm`)],
      });
    }
    return issues;
  });
}

const KNOWN_KEYS = new Set(Object.keys(lensFileSchema.entries));
const SERIES_KEYS = new Set([
  "count",
  "radius_um",
  "spacing_mm",
  "separator_mm",
  "material",
  "discThickness_um",
  "web_um",
]);

/** The keys that the format does not know; undefined where there are none. */
function unknownKeys(
  value: object,
  known: ReadonlySet<string>,
): { readonly other?: Readonly<Record<string, unknown>> } {
  const entries = Object.entries(value).filter(([key]) => !known.has(key));
  return entries.length === 0 ? {} : { other: Object.fromEntries(entries) };
}

const seriesOf = (file: LensFile["series"][number]): LensSeries => ({
  count: file.count,
  radius_um: file.radius_um,
  material: materialOf(file.material),
  spacing_mm: file.spacing_mm,
  ...(file.separator_mm === undefined ? {} : { separator_mm: file.separator_mm }),
  ...(file.discThickness_um === undefined ? {} : { discThickness_um: file.discThickness_um }),
  ...(file.web_um === undefined ? {} : { web_um: file.web_um }),
  ...unknownKeys(file, SERIES_KEYS),
});

const MATERIAL_KEYS = new Set(["formula", "density_g_cm3", "unitCell"]);

function materialOf(file: LensFile["series"][number]["material"]): LensMaterial {
  const cell = cellOf(file);
  const { formula = "", density_g_cm3 = 0 } = formulaOf(file) ?? {};
  return {
    ...(cell ? materialOfCell(cell.atoms, cell.volume_A3) : { formula, density_g_cm3 }),
    ...unknownKeys(file, MATERIAL_KEYS),
  };
}

const AT_FIRST_LENSLET = { along_mm: 0, orthogonal_mm: 0, offsetX_mm: 0, offsetY_mm: 0 };
const MOUNT_KEYS = new Set(Object.keys(AT_FIRST_LENSLET));
const SHOWN_KEYS = new Set(["along", "orthogonal", "x", "y"]);

function boxOf(file: LensFile, fallbackName: string): LensBox {
  const { along_mm, orthogonal_mm, offsetX_mm, offsetY_mm } = file.mountPoint ?? AT_FIRST_LENSLET;
  return {
    name: file.name ?? fallbackName,
    series: file.series.map(seriesOf),
    mountPoint: {
      along_mm,
      orthogonal_mm,
      offsetX_mm,
      offsetY_mm,
      ...unknownKeys(file.mountPoint ?? {}, MOUNT_KEYS),
    },
    ...(file.mountPointShown ? { mountPointShown: shownFlags(file.mountPointShown) } : {}),
    ...(file.notes === undefined ? {} : { notes: file.notes }),
    ...unknownKeys(file, KNOWN_KEYS),
  };
}

function shownFlags(file: NonNullable<LensFile["mountPointShown"]>): NonNullable<LensBox["mountPointShown"]> {
  const { along, orthogonal, x, y } = file;
  return { along, orthogonal, x, y, ...unknownKeys(file, SHOWN_KEYS) };
}
