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
  | "strong";

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
  /** What has to be known to read it: which lens, the unit, what is not to scale. */
  readonly note: string;
  /** The same in sentences, for those who do not see it. */
  readonly description: string;
}
