import type { InsetId } from "./scene.ts";

/** Scene units that must be seen around the centre of the sample. */
const LEFT = 2.5;
const RIGHT = 3.3;
const ABOVE = 1.75;
const BELOW = 3.0;
/** Where the drawn beam begins, to the left of the sample's centre and below it. */
const BEAM_LEFT = 1.85;
const BEAM_BELOW = 0.12;
/** Space to the right of the drawn beams for their texts, as a part of the width. */
const TEXT = 0.12;
const MOST_TEXT_px = 75;
const MARGIN_px = 14;
/** Space below the crystal for its caption and legend. */
const LEGEND_px = 60;
/** Space below the frames for their captions. */
const CAPTION_px = 20;
const DETECTOR_CAPTION_px = 46;

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
  readonly insets: Readonly<Record<InsetId, Disc>>;
}

/** Composition of the picture for a size in CSS pixels. */
export function layoutPicture(width: number, height: number): PictureLayout {
  const text_px = Math.min(TEXT * width, MOST_TEXT_px);
  const pixelsPerUnit = Math.min((width - text_px) / (LEFT + RIGHT), height / (ABOVE + BELOW));
  const spare = height - pixelsPerUnit * (ABOVE + BELOW);
  const short = Math.min(width, height * 1.6);
  /** In a tall window the room above the experiment is the crystal's. */
  const roomAbove = 0.6 * spare - MARGIN_px - LEGEND_px;
  const centre = {
    x: (width - text_px) / 2 + ((LEFT - RIGHT) / 2) * pixelsPerUnit,
    y: ABOVE * pixelsPerUnit + 0.6 * spare,
  };
  /** The beam comes in from the left of the sample, a little below it: the crystal stands before or above its start. */
  const besideBeam = centre.x - BEAM_LEFT * pixelsPerUnit - MARGIN_px;
  const aboveBeam = centre.y + BEAM_BELOW * pixelsPerUnit - MARGIN_px - LEGEND_px;
  const crystal = Math.min(
    Math.max(0.132 * short, Math.min(roomAbove / 2, 0.28 * width)),
    Math.max(besideBeam, aboveBeam) / 2,
    190,
  );
  const frame = Math.min(0.05 * short, 52);
  const detector = Math.min(0.085 * short, 90);
  const frameY = height - MARGIN_px - CAPTION_px - frame;
  return {
    width,
    height,
    centre,
    pixelsPerUnit,
    insets: {
      crystal: { x: MARGIN_px + crystal, y: MARGIN_px + crystal, radius: crystal },
      labFrame: { x: MARGIN_px + 1.3 * frame, y: frameY, radius: frame },
      sampleFrame: { x: MARGIN_px + 4 * frame, y: frameY, radius: frame },
      detector: {
        x: width - MARGIN_px - 1.3 * detector,
        y: height - MARGIN_px - DETECTOR_CAPTION_px - detector,
        radius: detector,
      },
    },
  };
}
