import type { Mat3, Vec3 } from "../../util/index.ts";

/** The experiment as a solid model in real dimensions: lengths in metres, lab frame (X along the beam, Z up). */
export interface Model {
  readonly name: string;
  readonly materials: readonly Material[];
  readonly nodes: readonly ModelNode[];
}

export interface Material {
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** 1 is opaque. */
  readonly opacity: number;
}

/** A named thing with its place in that of its parent. */
export interface ModelNode {
  readonly name: string;
  readonly translation_m?: Vec3;
  readonly rotation?: Mat3;
  readonly shape?: ModelShape;
  /** Name of its material, where it has a shape. */
  readonly material?: string;
  readonly children?: readonly ModelNode[];
  /** Facts that other programs show as custom properties. */
  readonly extras?: Readonly<Record<string, string | number | boolean | readonly number[]>>;
}

export type ModelShape =
  /** Centred on the node. */
  | { readonly kind: "box"; readonly size_m: Vec3 }
  | { readonly kind: "sphere"; readonly radius_m: number }
  /** Around z, from the node upwards. */
  | { readonly kind: "cylinder"; readonly radius_m: number; readonly length_m: number }
  | { readonly kind: "cone"; readonly radius_m: number; readonly length_m: number }
  /** Flat faces, each convex and counter-clockwise seen from outside. */
  | { readonly kind: "faces"; readonly faces: readonly (readonly Vec3[])[] };
