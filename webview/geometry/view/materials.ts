import { type Color, DoubleSide, GreaterDepth, type Material, MeshBasicMaterial, MeshLambertMaterial } from "three";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";
import type { Role } from "../../../core/scene/index.ts";
import { createAtomMaterial } from "./atomMaterial.ts";
import type { ColourName, Theme } from "./theme.ts";

/** What is seen through: opacity of its surfaces. */
const GLASS: Partial<Record<Role, number>> = {
  sample: 0.05,
  exitFace: 0.14,
  incidentBeam: 0.75,
  transmittedBeam: 0.3,
  diffractedBeam: 0.6,
};
const LINE_WIDTH_px: Partial<Record<Role, number>> = { twoTheta: 2, mark: 2, cellEdge: 1.4, sample: 1.6 };
const STAGE_EDGE_px = 1.1;
const HIDDEN_EDGE_OPACITY = 0.3;

/** Materials by role, made once and recoloured in place. */
export interface Materials {
  surface(role: Role): Material;
  line(role: Role): LineMaterial;
  hiddenLine(role: Role): LineMaterial;
  stageEdge(): LineMaterial;
  atom(): Material;
  /** Writes depth only: what is drawn later knows what the box hides. */
  depth(): Material;
  recolour(theme: Theme): void;
  resize(width: number, height: number): void;
  dispose(): void;
}

export function createMaterials(initial: Theme): Materials {
  let theme = initial;
  let size: readonly [number, number] = [1, 1];
  const atoms = createAtomMaterial();
  atoms.outline.copy(theme("atomOutline"));
  const made = new Map<
    string,
    { readonly material: Material & { color: Color }; readonly colour: ColourName | null }
  >();

  const once = <M extends Material & { color: Color }>(key: string, colour: ColourName | null, make: () => M): M => {
    const known = made.get(key);
    if (known) return known.material as M;
    const material = make();
    if (colour) material.color.copy(theme(colour));
    if (material instanceof LineMaterial) material.resolution.set(...size);
    made.set(key, { material, colour });
    return material;
  };
  const lines = (key: string, colour: ColourName, linewidth: number, hidden = false): LineMaterial =>
    once(key, colour, () =>
      hidden
        ? new LineMaterial({
            linewidth,
            transparent: true,
            opacity: HIDDEN_EDGE_OPACITY,
            depthFunc: GreaterDepth,
            depthWrite: false,
          })
        : new LineMaterial({ linewidth, transparent: true }),
    );

  return {
    surface(role) {
      const opacity = GLASS[role];
      return opacity === undefined
        ? once(`surface ${role}`, role, () => new MeshLambertMaterial())
        : once(
            `surface ${role}`,
            role,
            () => new MeshBasicMaterial({ transparent: true, opacity, depthWrite: false, side: DoubleSide }),
          );
    },
    line: (role) => lines(`line ${role}`, role, LINE_WIDTH_px[role] ?? 1.5),
    hiddenLine: (role) => lines(`hidden ${role}`, role, LINE_WIDTH_px[role] ?? 1.5, true),
    stageEdge: () => lines("stage edge", "stageEdge", STAGE_EDGE_px),
    atom: () => atoms.material,
    depth: () =>
      once(
        "depth",
        null,
        () =>
          new MeshBasicMaterial({
            colorWrite: false,
            transparent: true,
            polygonOffset: true,
            polygonOffsetFactor: 1,
            polygonOffsetUnits: 1,
          }),
      ),
    recolour(next) {
      theme = next;
      atoms.outline.copy(theme("atomOutline"));
      for (const { material, colour } of made.values()) if (colour) material.color.copy(theme(colour));
    },
    resize(width, height) {
      size = [width, height];
      atoms.resize(width);
      for (const { material } of made.values()) {
        if (material instanceof LineMaterial) material.resolution.set(width, height);
      }
    },
    dispose() {
      for (const { material } of made.values()) material.dispose();
      made.clear();
      atoms.material.dispose();
    },
  };
}
