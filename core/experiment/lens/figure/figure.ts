import { format, radians } from "../../../util/index.ts";
import type { Camera } from "../../instrument/index.ts";
import type { LensFocus } from "../focus.ts";
import type { LensBox } from "../lensBox.ts";
import { describeLens } from "./describe.ts";
import { distances, fittingSize, named } from "./distances.ts";
import type { FigureItem, FigureRole, LensFigure, Point, TextRun } from "./figure.types.ts";
import { DRAWN_deg, dashed, ENDS, HEIGHT, line, mm, onBeam, SAMPLE, SIZE, TOTAL, WIDTH } from "./frame.ts";

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
      ...distances(found),
      ...texts(found),
    ],
    note: `${box.name}. Distances in mm. Not to scale: d2 is broken, 2θ is drawn at ${DRAWN_deg}°.`,
    description: describeLens(box, found),
  };
}

function beams(): readonly FigureItem[] {
  const end = onBeam(TOTAL);
  const broken = ENDS[2] + 0.6 * (TOTAL - ENDS[2]);
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
    { kind: "polyline", role: "helper", points: arc(ARC) },
  ];
}

/** Radius of the arc that marks 2theta. */
const ARC = 485;

const arc = (radius: number): readonly Point[] =>
  Array.from({ length: 17 }, (_, i): Point => {
    const angle = radians((DRAWN_deg * i) / 16);
    return [SAMPLE[0] + radius * Math.cos(angle), SAMPLE[1] - radius * Math.sin(angle)];
  });

const LENSLETS_DRAWN = 9;

/** The box with a few of its lenslets, each between two hollow parabolas. */
function lensBox(): readonly FigureItem[] {
  const [, start, end] = ENDS;
  const half = 28;
  const outline: FigureItem = {
    kind: "polyline",
    role: "lens",
    isClosed: true,
    points: [onBeam(start - 10, half), onBeam(end + 10, half), onBeam(end + 10, -half), onBeam(start - 10, -half)],
  };
  const lenslets = Array.from({ length: LENSLETS_DRAWN }, (_, i): FigureItem => {
    const centre = start + (i / (LENSLETS_DRAWN - 1)) * (end - start);
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
  const along = ENDS[1] + share * (ENDS[2] - ENDS[1]);
  const across = -42 + 12 * Math.sign(mountPoint.orthogonal_mm);
  return [
    {
      kind: "polyline",
      role: "mount",
      isClosed: true,
      points: [onBeam(along, across + 13), onBeam(along + 12, across - 9), onBeam(along - 12, across - 9)],
    },
  ];
}

/** The answer in the corner over the beam, the mount point and 2theta. */
function texts({ focus, mountPoint, twoTheta_deg, focalLength_mm, dTotMin_mm }: LensFocus): readonly FigureItem[] {
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
          text("strong", [10, 62], "No focus", 64),
          {
            ...text("label", [10, 112], ""),
            runs: dTotMin_mm === null ? [{ text: "lens too strong" }] : named("tot", `≥ ${mm(dTotMin_mm)} needed`),
          },
        ]
      : [
          text("strong", [10, 62], `M ${format.fixed(focus.M, 3)}`, 64),
          text("label", [10, 112], `f ${mm(focalLength_mm)}`),
        ];
  const mount = mountPoint
    ? [
        text("label", [10, 164], "▵ mount point"),
        text("label", [10, 208], `x ${mm(mountPoint.x_mm)}`),
        text("label", [10, 252], `y ${mm(mountPoint.y_mm)}`),
      ]
    : [];
  const angle: readonly TextRun[] = [{ text: `2θ ${format.angle(twoTheta_deg)}` }];
  // Up to the line that drops from the detector.
  const room = onBeam(TOTAL)[0] - SAMPLE[0] - ARC - 12;
  return [
    ...answer,
    ...mount,
    {
      kind: "text",
      role: "label",
      at: [SAMPLE[0] + ARC + 12, SAMPLE[1] - 42],
      runs: angle,
      size: fittingSize(angle, room),
      anchor: "start",
    },
  ];
}
