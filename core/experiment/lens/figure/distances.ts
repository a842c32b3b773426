import { radians } from "../../../util/index.ts";
import type { LensFocus } from "../focus.ts";
import type { FigureItem, TextRun } from "./figure.types.ts";
import { DRAWN_deg, dashed, ENDS, line, mm, onBeam, SAMPLE, SIZE, TOTAL } from "./frame.ts";

/** From the diffracted beam to the rows of distances above it, from the incident one to those below. */
const ABOVE = { near: 66, far: 128 } as const;
const BELOW = { near: 64, far: 118 } as const;

interface Distance {
  readonly subscript: string;
  readonly from: number;
  readonly to: number;
  readonly value: number | undefined;
}

export const named = (subscript: string, value: string, isHorizontal = false): readonly TextRun[] => [
  { text: "d" },
  { text: subscript, isSubscript: true },
  { text: `${isHorizontal ? "′" : ""} ${value}` },
];

/** Width of a character in heights of a wide font. */
const width_em = (character: string): number => (/[.\s′]/.test(character) ? 0.32 : 0.64);

/** The height of the font at which a text has room between two arrow heads. */
export function fittingSize(runs: readonly TextRun[], room: number): number {
  const width = runs
    .flatMap(({ text, isSubscript }) => [...text].map((character) => width_em(character) * (isSubscript ? 0.7 : 1)))
    .reduce((sum, own) => sum + own, 0);
  return Math.min(SIZE, (room - 8) / width);
}

/** Rows of distances: two over the diffracted beam, two under the incident one, joined by lines to what they measure. */
export function distances({ focus, dL_mm, dTot_mm, twoTheta_deg }: LensFocus): readonly FigureItem[] {
  const [start, first, last, end] = ENDS;
  const parts: readonly Distance[] = [
    { subscript: "1", from: start, to: first, value: focus?.d1_mm },
    { subscript: "L", from: first, to: last, value: dL_mm },
    { subscript: "2", from: last, to: end, value: focus?.d2_mm },
  ];
  const total: Distance = { subscript: "tot", from: start, to: end, value: dTot_mm };
  const projection = Math.cos(radians(twoTheta_deg));
  const isOuter = (along: number): boolean => along === 0 || along === TOTAL;
  return [
    ...ENDS.map((along) =>
      line("helper", onBeam(along, 34), onBeam(along, (isOuter(along) ? ABOVE.far : ABOVE.near) + 8)),
    ),
    ...ENDS.map((along) => dropLine(along, (isOuter(along) ? BELOW.far : BELOW.near) + 8)),
    ...parts.flatMap((part) => above(ABOVE.near, part)),
    ...above(ABOVE.far, total),
    ...parts.flatMap((part) => below(BELOW.near, part, projection)),
    ...below(BELOW.far, total, projection),
  ];
}

function above(row: number, { subscript, from, to, value }: Distance): readonly FigureItem[] {
  const runs = named(subscript, mm(value));
  return [
    { kind: "line", role: "dimension", from: onBeam(from, row), to: onBeam(to, row), arrows: "both" },
    {
      kind: "text",
      role: "label",
      at: onBeam((from + to) / 2, row + 11),
      runs,
      size: fittingSize(runs, to - from),
      anchor: "middle",
      rotation_deg: DRAWN_deg,
    },
  ];
}

function below(row: number, { subscript, from, to, value }: Distance, projection: number): readonly FigureItem[] {
  const y = SAMPLE[1] + row;
  const [left, right] = [onBeam(from)[0], onBeam(to)[0]];
  const runs = named(subscript, mm(value === undefined ? undefined : value * projection), true);
  return [
    { kind: "line", role: "dimension", from: [left, y], to: [right, y], arrows: "both" },
    {
      kind: "text",
      role: "label",
      at: [(left + right) / 2, y - 11],
      runs,
      size: fittingSize(runs, right - left),
      anchor: "middle",
    },
  ];
}

/** From below the diffracted beam straight down to a row of distances. */
function dropLine(along: number, row: number): FigureItem {
  const [x, y] = onBeam(along);
  return dashed("helper", [x, y + 38], [x, SAMPLE[1] + row]);
}
