import type { FigureItem, FigureRole, LensFigure } from "../experiment/index.ts";
import { INK, type Mark, type Picture, type Point } from "./picture.ts";

const LOOKS: Readonly<Record<FigureRole, { readonly colour: string; readonly width: number; readonly fill?: string }>> =
  {
    incident: { colour: "#b35f00", width: 4 },
    diffracted: { colour: "#5b2a86", width: 3 },
    sample: { colour: "#2f6db5", width: 2, fill: "#cfe0f3" },
    lens: { colour: "#333333", width: 1.5, fill: "#ffffff" },
    detector: { colour: "#111111", width: 7 },
    mount: { colour: "#333333", width: 1.5, fill: "#333333" },
    dimension: { colour: "#333333", width: 1.5 },
    helper: { colour: "#8a8a8a", width: 1 },
    label: { colour: INK.text, width: 1 },
    strong: { colour: INK.text, width: 1 },
  };
const NOTE = { size: 17, base: 26, height: 34 } as const;
const MOUNT_SIGN = "▵";
const HEAD = { length: 13, angle: 0.33 } as const;

/** The drawing of the lens as a picture that every writer can print. */
export const lensPicture = ({ width, height, items, note }: LensFigure): Picture => ({
  width,
  height: height + NOTE.height,
  title: "Lens between sample and detector",
  marks: [
    ...items.flatMap(marksOf),
    { kind: "text", at: [0, height + NOTE.base], text: note, size: NOTE.size, anchor: "start", colour: INK.quiet },
  ],
});

function marksOf(item: FigureItem): readonly Mark[] {
  const { colour, width, fill } = LOOKS[item.role];
  switch (item.kind) {
    case "line": {
      const { from, to, arrows } = item;
      return [
        { kind: "line", points: [from, to], colour, width, ...(item.isDashed && { dash: [7, 5] }) },
        ...(arrows ? [head(to, from, colour)] : []),
        ...(arrows === "both" ? [head(from, to, colour)] : []),
      ];
    }
    case "polyline":
      return [
        item.isClosed
          ? { kind: "area", points: item.points, fill: fill ?? "#ffffff", outline: { colour, width } }
          : { kind: "line", points: item.points, colour, width },
      ];
    case "text": {
      const { at, runs, size, anchor, rotation_deg = 0 } = item;
      const text = runs.map((run) => run.text).join("");
      const bold = item.role === "strong";
      if (text === "") return [];
      const [x, y] = at;
      if (!text.startsWith(MOUNT_SIGN))
        return [{ kind: "text", at, text, runs, size, anchor, colour, bold, rotation_deg }];
      // Few fonts have the triangle: it is drawn as at the lens.
      const words = text.slice(MOUNT_SIGN.length).trim();
      return [
        {
          kind: "area",
          points: [
            [x + 0.36 * size, y - 0.68 * size],
            [x + 0.72 * size, y],
            [x, y],
          ],
          fill: LOOKS.mount.colour,
        },
        { kind: "text", at: [x + 1.04 * size, y], text: words, size, anchor, colour },
      ];
    }
  }
}

/** An arrow head with its tip at `tip`, away from `from`. */
function head(tip: Point, from: Point, fill: string): Mark {
  const angle = Math.atan2(tip[1] - from[1], tip[0] - from[0]);
  const wing = (turn: number): Point => [
    tip[0] - HEAD.length * Math.cos(angle + turn),
    tip[1] - HEAD.length * Math.sin(angle + turn),
  ];
  return { kind: "area", points: [tip, wing(HEAD.angle), wing(-HEAD.angle)], fill };
}
