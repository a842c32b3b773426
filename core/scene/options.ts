/** What can be shown and hidden. */
export const TOGGLES = [
  "sample",
  "illuminated",
  "structure",
  "structureInside",
  "bonds",
  "polyhedra",
  "latticePlanes",
  "beams",
  "vectors",
  "lens",
  "goniometer",
  "frames",
  "detectorView",
  "labels",
] as const;
export type Toggle = (typeof TOGGLES)[number];

/** A bond is drawn where two atoms are closer than the sum of their covalent radii times `factor`. */
export interface BondLimits {
  readonly factor: number;
  /** Limits for pairs of elements in place of the rule; 0 draws none. */
  readonly pairs: readonly { readonly elements: readonly [string, string]; readonly longest_A: number }[];
}

export interface SceneOptions {
  readonly shown: Readonly<Record<Toggle, boolean>>;
  readonly bonds: BondLimits;
  /** Which of the goniometer's solutions is shown. */
  readonly solution: number;
  /** How far the rocking axis is turned from the Bragg condition. */
  readonly rocking_deg: number;
}

export const DEFAULT_SCENE_OPTIONS: SceneOptions = {
  shown: {
    sample: true,
    illuminated: true,
    structure: true,
    structureInside: false,
    bonds: true,
    polyhedra: false,
    latticePlanes: false,
    beams: true,
    vectors: true,
    lens: true,
    goniometer: true,
    frames: true,
    detectorView: true,
    labels: true,
  },
  bonds: { factor: 1.15, pairs: [] },
  solution: 0,
  rocking_deg: 0,
};
