import type { Role } from "../scene.ts";

/** Roles, and the names that only a renderer uses. Colours are `#rrggbb`. */
export type ColourName = Role | "ink" | "paper" | "quiet" | "stageEdge" | "atomOutline";
export type Palette = Readonly<Record<ColourName, string>>;

/** The few colours from which a palette follows. */
export interface BaseColours {
  readonly ink: string;
  readonly paper: string;
  readonly blue: string;
  readonly orange: string;
  readonly purple: string;
  readonly red: string;
  readonly green: string;
}

type Rgb = readonly [number, number, number];
const parse = (colour: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb;

/** `#rrggbb` between two colours: 0 is the first, 1 the second. */
export function mix(a: string, b: string, part: number): string {
  const [from, to] = [parse(a), parse(b)];
  return `#${from
    .map((x, i) =>
      Math.round(x + (to[i]! - x) * part)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

export function paletteOf({ ink, paper, blue, orange, purple, red, green }: BaseColours): Palette {
  const grey = (part: number): string => mix(paper, ink, part);
  return {
    ink,
    paper,
    quiet: grey(0.72),
    stageEdge: grey(0.6),
    atomOutline: grey(0.7),
    sample: blue,
    exitFace: blue,
    facet: blue,
    illuminated: orange,
    incidentBeam: orange,
    transmittedBeam: orange,
    diffractedBeam: purple,
    k0: orange,
    kh: purple,
    Q: ink,
    twoTheta: ink,
    atom: ink,
    bond: ink,
    polyhedron: blue,
    latticePlane: green,
    cellEdge: grey(0.55),
    axis1: red,
    axis2: green,
    axis3: blue,
    lens: grey(0.35),
    detector: grey(0.35),
    dimension: grey(0.7),
    stageFixed: grey(0.22),
    stageMoving: grey(0.42),
    rotationAxis: grey(0.7),
    limits: green,
    exceeded: red,
    pixel: ink,
    mark: ink,
    note: grey(0.72),
  };
}

/** For paper and for light and dark screens, where no editor gives its colours. */
export const LIGHT_PALETTE = paletteOf({
  ink: "#3b3b3b",
  paper: "#ffffff",
  blue: "#1a85ff",
  orange: "#d18616",
  purple: "#652d90",
  red: "#e51400",
  green: "#388a34",
});
export const DARK_PALETTE = paletteOf({
  ink: "#cccccc",
  paper: "#1f1f1f",
  blue: "#3794ff",
  orange: "#d18616",
  purple: "#b180d7",
  red: "#f14c4c",
  green: "#89d185",
});
