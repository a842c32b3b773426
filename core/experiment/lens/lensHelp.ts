import { descriptionAt, format, type TextRange } from "../../util/index.ts";
import { boxLength_mm, type LensBox, type LensSeries, lensletCount } from "./lensBox.ts";
import { lensFileSchema } from "./lensFile.ts";
import { type LensPath, lensBoxOf } from "./lensSource.ts";
import { lensSource } from "./readLens.ts";

/** What there is to know about a key of a lens file, or a section of it, in sentences. */
export interface LensHelp {
  /** As the file calls it. */
  readonly label: string;
  readonly range: TextRange;
  /** What it means, with its unit. */
  readonly meaning: string;
  /** What it has to do with d1, the distance from the sample to the first lenslet; empty for what says nothing of the lens. */
  readonly role: string;
  /** What follows from it without an energy; none where the file is wrong. */
  readonly facts: readonly string[];
}

/** The help for the place `offset` of a lens file of either format; undefined where there is none. */
export function lensHelp(text: string, offset: number): LensHelp | undefined {
  const source = lensSource(text);
  const place = source.ok ? source.value.placeAt(offset) : undefined;
  if (!source.ok || !place) return undefined;
  const { path, label, range } = place;
  // An entry of a list is what the list holds.
  const named = typeof path.at(-1) === "number" ? path.slice(0, -1) : path;
  const meaning = descriptionAt(lensFileSchema, named);
  if (meaning === undefined) return undefined;
  const box = lensBoxOf(source.value, "");
  const role = ROLES[path.findLast((step) => typeof step === "string" && step in ROLES) ?? ""] ?? "";
  return { label, range, meaning, role, facts: box.ok ? factsOf(box.value, path) : [] };
}

const LENSLETS = "d₁ follows from the ray matrix of the whole box, in which each lenslet is thin and has f = R/2δ.";
const VACUUM =
  "d₁ follows from the ray matrix of the whole box, in which this is vacuum; it counts towards d_L, its length.";
const MATERIAL = "Gives δ at the energy of the plan, and with it f = R/2δ of each lenslet, from which d₁ follows.";
const APERTURE =
  "Does not enter d₁. It sets the aperture, 2√(R (T − web)) with the thickness T of the disc, and what gets through.";
const HELD =
  "Does not enter d₁. The box is held at x = (d₁ + along) cos 2θ − orthogonal sin 2θ + offset x, y = (d₁ + along) sin 2θ + orthogonal cos 2θ + offset y.";

/** By the innermost key that has one. */
const ROLES: Readonly<Record<string, string>> = {
  series: LENSLETS,
  count: `${LENSLETS} N lenslets close together have f = R/2Nδ.`,
  radius_um: `${LENSLETS} A smaller radius focuses more strongly.`,
  spacing_mm: VACUUM,
  separator_mm: VACUUM,
  material: MATERIAL,
  discThickness_um: APERTURE,
  web_um: APERTURE,
  mountPoint: HELD,
  mountPointShown: "Does not enter d₁.",
};

function factsOf(box: LensBox, path: LensPath): readonly string[] {
  const [top, index, key] = path;
  const series = top === "series" && typeof index === "number" ? box.series[index] : undefined;
  if (!series) return top === "series" ? [wholeBox(box)] : [];
  switch (key) {
    case undefined:
    case "count":
    case "spacing_mm":
      return [lengthOf(series), wholeBox(box)];
    case "separator_mm":
      return [wholeBox(box)];
    case "radius_um":
      return [focalLength(series), ...apertureOf(series)];
    case "material":
      return [`${series.material.formula}, ${format.significant(series.material.density_g_cm3, 4)} g/cm³.`];
    default:
      return apertureOf(series);
  }
}

const mm = (value: number): string => `${format.significant(value, 5)} mm`;

const wholeBox = (box: LensBox): string =>
  `The box has ${lensletCount(box)} lenslets, d_L = ${mm(boxLength_mm(box))} from the centre of the first to that of the last.`;

const lengthOf = ({ count, spacing_mm }: LensSeries): string =>
  `This series is ${mm((count - 1) * spacing_mm)} long from the centre of its first lenslet to that of its last.`;

const focalLength = ({ count, radius_um }: LensSeries): string =>
  `One lenslet has f = ${format.significant(radius_um / 2, 4)} µm / δ; the ${count} of this series close together have ${format.significant(radius_um / (2 * count), 4)} µm / δ.`;

/** None where the size of the discs is not known. */
function apertureOf({ radius_um, discThickness_um, web_um }: LensSeries): readonly string[] {
  if (discThickness_um === undefined) return [];
  const aperture_um = 2 * Math.sqrt(radius_um * (discThickness_um - (web_um ?? 0)));
  return [
    `The aperture is ${format.significant(aperture_um, 4)} µm wide${web_um === undefined ? ", without a web" : ""}.`,
  ];
}
