import type { PartId } from "../../../core/scene/index.ts";

/** Scene units that must be seen to the left and right of the sample, above it and below it. */
const HALF_WIDTH = 3.15;
const ABOVE = 1.75;
const BELOW = 3.0;
const MARGIN_px = 12;

export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  /** Where the sample's centre stands. */
  readonly centre: { readonly x: number; readonly y: number };
  readonly pixelsPerUnit: number;
  /** The parts beside the experiment keep their places and sizes while it is zoomed. */
  readonly insets: Readonly<Record<Exclude<PartId, "experiment">, Disc>>;
}

/** Composition of the picture for a size in CSS pixels. */
export function layoutPicture(width: number, height: number): PictureLayout {
  const pixelsPerUnit = Math.min(width / (2 * HALF_WIDTH), height / (ABOVE + BELOW));
  const spare = height - pixelsPerUnit * (ABOVE + BELOW);
  const short = Math.min(width, height * 1.6);
  const crystal = Math.min(0.165 * short, 200);
  const frame = Math.min(0.062 * short, 64);
  const frameY = height - MARGIN_px - 22 - frame;
  return {
    width,
    height,
    centre: { x: width / 2, y: ABOVE * pixelsPerUnit + spare / 2 },
    pixelsPerUnit,
    insets: {
      crystal: { x: MARGIN_px + crystal, y: MARGIN_px + crystal, radius: crystal },
      labFrame: { x: MARGIN_px + frame, y: frameY, radius: frame },
      sampleFrame: { x: MARGIN_px + 3.4 * frame, y: frameY, radius: frame },
    },
  };
}
