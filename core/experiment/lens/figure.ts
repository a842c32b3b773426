import { format, radians } from "../../util/index.ts";
import type { Camera } from "../instrument/index.ts";
import type { LensFocus } from "./focus.ts";
import { type LensBox, lensletCount } from "./lensBox.ts";

/** What an item of the figure stands for; a renderer chooses colour and width by it. */
export type FigureRole =
  | "incident"
  | "diffracted"
  | "sample"
  | "lens"
  | "detector"
  | "mount"
  | "dimension"
  | "helper"
  | "label"
  | "strong"
  | "note";

export type Point = readonly [x: number, y: number];

/** A piece of a text, on the line or below it. */
export interface TextRun {
  readonly text: string;
  readonly isSubscript?: true;
}

export type FigureItem =
  | {
      readonly kind: "line";
      readonly role: FigureRole;
      readonly from: Point;
      readonly to: Point;
      readonly isDashed?: true;
      /** Where it has arrow heads. */
      readonly arrows?: "end" | "both";
    }
  | {
      readonly kind: "polyline";
      readonly role: FigureRole;
      readonly points: readonly Point[];
      readonly isClosed?: true;
    }
  | {
      readonly kind: "text";
      readonly role: FigureRole;
      /** On the base line. */
      readonly at: Point;
      readonly runs: readonly TextRun[];
      /** Height of the font. */
      readonly size: number;
      readonly anchor: "start" | "middle" | "end";
      /** Counter-clockwise. */
      readonly rotation_deg?: number;
    };

/** The lens between sample and detector as lines and texts; x to the right, y down, from 0 to width and height. */
export interface LensFigure {
  readonly width: number;
  readonly height: number;
  readonly items: readonly FigureItem[];
  /** The same in sentences, for those who do not see it. */
  readonly description: string;
}

const WIDTH = 1000;
const HEIGHT = 640;
const SAMPLE: Point = [80, 500];
/** The angle at which the diffracted beam is drawn, whatever 2theta is. */
const DRAWN_deg = 25;
/** Lengths in the picture of d1, the box and d2. */
const DRAWN = { d1: 230, dL: 180, d2: 400 } as const;
const TOTAL = DRAWN.d1 + DRAWN.dL + DRAWN.d2;
const SIZE = 25;

const cosine = Math.cos(radians(DRAWN_deg));
const sine = Math.sin(radians(DRAWN_deg));

/** A point `along` the drawn beam from the sample and `across` it, upwards. */
const onBeam = (along: number, across = 0): Point => [
  SAMPLE[0] + along * cosine - across * sine,
  SAMPLE[1] - along * sine - across * cosine,
];

/** A distance in mm: two decimals, as motors are read. */
const mm = (value: number | undefined): string => (value === undefined ? "–" : format.fixed(value, 2));

const named = (subscript: string, value: string, isHorizontal = false): readonly TextRun[] => [
  { text: "d" },
  { text: subscript, isSubscript: true },
  { text: `${isHorizontal ? "′" : ""} ${value}` },
];

const line = (role: FigureRole, from: Point, to: Point): FigureItem => ({ kind: "line", role, from, to });
const dashed = (role: FigureRole, from: Point, to: Point): FigureItem => ({
  kind: "line",
  role,
  from,
  to,
  isDashed: true,
});

/**
 * The drawing for a lens in focus, or with what is known of one that is not: every distance along the diffracted beam
 * and along the incident one.
 */
export function lensFigure(box: LensBox, found: LensFocus, camera: Camera | null): LensFigure {
  return {
    width: WIDTH,
    height: HEIGHT,
    items: [
      ...beams(),
      ...lensBox(),
      ...detector(camera),
      ...mountMark(box, found),
      ...dimensions(found),
      ...texts(box, found),
    ],
    description: describeLens(box, found),
  };
}

function beams(): readonly FigureItem[] {
  const end = onBeam(TOTAL);
  const broken = DRAWN.d1 + DRAWN.dL + 0.55 * DRAWN.d2;
  return [
    { kind: "line", role: "incident", from: [10, SAMPLE[1]], to: [SAMPLE[0] - 14, SAMPLE[1]], arrows: "end" },
    dashed("helper", SAMPLE, [end[0] + 60, SAMPLE[1]]),
    line("diffracted", SAMPLE, onBeam(broken)),
    line("diffracted", onBeam(broken + 10), end),
    // The break in the scale.
    line("helper", onBeam(broken - 6, -14), onBeam(broken + 6, 14)),
    line("helper", onBeam(broken + 4, -14), onBeam(broken + 16, 14)),
    {
      kind: "polyline",
      role: "sample",
      isClosed: true,
      points: [
        [SAMPLE[0] - 7, SAMPLE[1] - 22],
        [SAMPLE[0] + 7, SAMPLE[1] - 22],
        [SAMPLE[0] + 7, SAMPLE[1] + 22],
        [SAMPLE[0] - 7, SAMPLE[1] + 22],
      ],
    },
    { kind: "polyline", role: "helper", points: arc(DRAWN.d1 + DRAWN.dL + 45) },
  ];
}

const arc = (radius: number): readonly Point[] =>
  Array.from({ length: 17 }, (_, i): Point => {
    const angle = radians((DRAWN_deg * i) / 16);
    return [SAMPLE[0] + radius * Math.cos(angle), SAMPLE[1] - radius * Math.sin(angle)];
  });

const LENSLETS_DRAWN = 9;

/** The box with a few of its lenslets, each between two hollow parabolas. */
function lensBox(): readonly FigureItem[] {
  const [start, end] = [DRAWN.d1, DRAWN.d1 + DRAWN.dL];
  const half = 24;
  const outline: FigureItem = {
    kind: "polyline",
    role: "lens",
    isClosed: true,
    points: [onBeam(start - 10, half), onBeam(end + 10, half), onBeam(end + 10, -half), onBeam(start - 10, -half)],
  };
  const lenslets = Array.from({ length: LENSLETS_DRAWN }, (_, i): FigureItem => {
    const centre = start + (i / (LENSLETS_DRAWN - 1)) * DRAWN.dL;
    const heights = Array.from({ length: 11 }, (_, j) => (j / 5 - 1) * (half - 5));
    const side = (sign: 1 | -1): readonly Point[] =>
      heights.map((height) => onBeam(centre + sign * (1 + 6 * (height / half) ** 2), sign * height));
    return { kind: "polyline", role: "lens", isClosed: true, points: [...side(1), ...side(-1)] };
  });
  return [outline, ...lenslets];
}

function detector(camera: Camera | null): readonly FigureItem[] {
  const end = onBeam(TOTAL);
  const half = 44;
  if (camera?.mounting === "upright") return [line("detector", [end[0], end[1] - half], [end[0], end[1] + half])];
  return [line("detector", onBeam(TOTAL, half), onBeam(TOTAL, -half))];
}

/** The mount point where it is along the box, up to a little beyond its ends. */
function mountMark({ mountPoint }: LensBox, { dL_mm, focus }: LensFocus): readonly FigureItem[] {
  if (focus === null) return [];
  const share = Math.max(-0.3, Math.min(1.3, dL_mm > 0 ? mountPoint.along_mm / dL_mm : 0));
  const along = DRAWN.d1 + share * DRAWN.dL;
  const across = -36 + 12 * Math.sign(mountPoint.orthogonal_mm);
  return [
    {
      kind: "polyline",
      role: "mount",
      isClosed: true,
      points: [onBeam(along, across + 10), onBeam(along + 9, across - 7), onBeam(along - 9, across - 7)],
    },
  ];
}

/** Rows of distances: two over the diffracted beam, two under the incident one, joined by lines to what they measure. */
function dimensions({ focus, dL_mm, dTot_mm, twoTheta_deg }: LensFocus): readonly FigureItem[] {
  const parts = [
    { subscript: "1", from: 0, to: DRAWN.d1, value: focus?.d1_mm },
    { subscript: "L", from: DRAWN.d1, to: DRAWN.d1 + DRAWN.dL, value: dL_mm },
    { subscript: "2", from: DRAWN.d1 + DRAWN.dL, to: TOTAL, value: focus?.d2_mm },
  ];
  const total = { subscript: "tot", from: 0, to: TOTAL, value: dTot_mm };
  const projection = Math.cos(radians(twoTheta_deg));
  const [near, far] = [62, 118];
  const over = (row: number, { subscript, from, to, value }: (typeof parts)[number]): readonly FigureItem[] => [
    { kind: "line", role: "dimension", from: onBeam(from, row), to: onBeam(to, row), arrows: "both" },
    {
      kind: "text",
      role: "label",
      at: onBeam((from + to) / 2, row + 9),
      runs: named(subscript, mm(value)),
      size: SIZE,
      anchor: "middle",
      rotation_deg: DRAWN_deg,
    },
  ];
  const under = (row: number, { subscript, from, to, value }: (typeof parts)[number]): readonly FigureItem[] => {
    const y = SAMPLE[1] + row;
    return [
      { kind: "line", role: "dimension", from: [onBeam(from)[0], y], to: [onBeam(to)[0], y], arrows: "both" },
      {
        kind: "text",
        role: "label",
        at: [onBeam((from + to) / 2)[0], y - 8],
        runs: named(subscript, mm(value === undefined ? undefined : value * projection), true),
        size: SIZE,
        anchor: "middle",
      },
    ];
  };
  const ends = [0, DRAWN.d1, DRAWN.d1 + DRAWN.dL, TOTAL];
  return [
    ...ends.map((along) =>
      line("helper", onBeam(along, 30), onBeam(along, along === 0 || along === TOTAL ? far + 8 : near + 8)),
    ),
    ...ends.map((along) => dropLine(along, along === 0 || along === TOTAL ? 112 : 64)),
    ...parts.flatMap((part) => over(near, part)),
    ...over(far, total),
    ...parts.flatMap((part) => under(56, part)),
    ...under(104, total),
  ];
}

/** From below the diffracted beam straight down to a row of distances. */
function dropLine(along: number, row: number): FigureItem {
  const [x, y] = onBeam(along);
  return dashed("helper", [x, y + 34], [x, SAMPLE[1] + row]);
}

function texts(
  box: LensBox,
  { focus, mountPoint, twoTheta_deg, focalLength_mm, dTotMin_mm }: LensFocus,
): readonly FigureItem[] {
  const text = (role: FigureRole, at: Point, content: string, size = SIZE): FigureItem => ({
    kind: "text",
    role,
    at,
    runs: [{ text: content }],
    size,
    anchor: "start",
  });
  const answer =
    focus === null
      ? [
          text("strong", [10, 48], "No focus", 46),
          {
            ...text("label", [10, 86], ""),
            runs: dTotMin_mm === null ? [{ text: "lens too strong" }] : named("tot", `≥ ${mm(dTotMin_mm)} needed`),
          },
        ]
      : [
          text("strong", [10, 48], `M ${format.fixed(focus.M, 3)}`, 46),
          text("label", [10, 86], `f ${mm(focalLength_mm)}`),
        ];
  const mount = mountPoint
    ? [
        text("label", [10, 124], "▵ mount point"),
        text("label", [10, 156], `x ${mm(mountPoint.x_mm)}`),
        text("label", [10, 188], `y ${mm(mountPoint.y_mm)}`),
      ]
    : [];
  return [
    ...answer,
    ...mount,
    text("label", [DRAWN.d1 + DRAWN.dL + 140, SAMPLE[1] - 42], `2θ ${format.angle(twoTheta_deg)}`),
    {
      kind: "text",
      role: "note",
      at: [WIDTH - 10, HEIGHT - 8],
      runs: [
        { text: `${box.name} · distances in mm · not to scale: d` },
        { text: "2", isSubscript: true },
        { text: " is broken, 2θ drawn at 25°" },
      ],
      size: 17,
      anchor: "end",
    },
  ];
}

/** What the figure shows, in sentences. */
export function describeLens(box: LensBox, found: LensFocus): string {
  const { focus, dL_mm, dTot_mm, twoTheta_deg, energy_keV, mountPoint, dTotMin_mm } = found;
  const projection = Math.cos(radians(twoTheta_deg));
  const both = (value: number): string => `${mm(value)} mm (${mm(value * projection)} mm along the incident beam)`;
  const start = `${box.name} (${lensletCount(box)} lenslets) at ${Number(energy_keV.toPrecision(6))} keV and 2θ ${format.angle(twoTheta_deg)}.`;
  if (focus === null) {
    const need = dTotMin_mm === null ? "The lens is too strong." : `It needs d tot of at least ${mm(dTotMin_mm)} mm.`;
    return `${start} No focus at d tot ${both(dTot_mm)}. ${need}`;
  }
  const mount = mountPoint ? ` Mount point at x ${mm(mountPoint.x_mm)} mm, y ${mm(mountPoint.y_mm)} mm.` : "";
  return (
    `${start} In focus: d1 ${both(focus.d1_mm)}, lens box ${both(dL_mm)}, d2 ${both(focus.d2_mm)}, ` +
    `d tot ${both(dTot_mm)}. Magnification ${format.fixed(focus.M, 3)}.${mount}`
  );
}
