import { type Color, DoubleSide, GreaterDepth, type Material, MeshBasicMaterial, MeshLambertMaterial } from "three";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";
import { type ColourName, type LineStyle, type Palette, type Role, styles } from "../../../core/scene/index.ts";
import { createAtomMaterial, createPointMaterial } from "./atomMaterial.ts";
import { createBondMaterial } from "./bondMaterial.ts";

const HIDDEN_EDGE_OPACITY = 0.3;

/** Materials by role, made once and recoloured in place. */
export interface Materials {
  /** `opacity` is that of the item, on top of what its role has. */
  surface(role: Role, opacity?: number): Material;
  line(role: Role, style?: LineStyle, opacity?: number): LineMaterial;
  hiddenLine(role: Role): LineMaterial;
  stageEdge(): LineMaterial;
  /** Faces that carry colours of their own. */
  polyhedron(): Material;
  atom(): Material;
  bond(): Material;
  /** Atoms of a large structure while it moves. */
  point(): Material;
  /** Writes depth only: what is drawn later knows what the box hides. */
  depth(): Material;
  recolour(palette: Palette): void;
  resize(width: number, height: number): void;
  setPixelRatio(ratio: number): void;
  dispose(): void;
}

export function createMaterials(initial: Palette, isMultisampled: boolean): Materials {
  let palette = initial;
  let size: readonly [number, number] = [1, 1];
  const atoms = createAtomMaterial(isMultisampled);
  const bonds = createBondMaterial();
  const points = createPointMaterial();
  atoms.outline.set(palette.atomOutline);
  const made = new Map<
    string,
    { readonly material: Material & { color: Color }; readonly colour: ColourName | null }
  >();

  const once = <M extends Material & { color: Color }>(key: string, colour: ColourName | null, make: () => M): M => {
    const known = made.get(key);
    if (known) return known.material as M;
    const material = make();
    if (colour) material.color.set(palette[colour]);
    if (material instanceof LineMaterial) material.resolution.set(...size);
    made.set(key, { material, colour });
    return material;
  };
  const glass = (key: string, colour: ColourName | null, opacity: number, vertexColors = false): Material =>
    once(
      key,
      colour,
      () => new MeshBasicMaterial({ transparent: true, opacity, depthWrite: false, side: DoubleSide, vertexColors }),
    );

  return {
    surface(role, opacity = 1) {
      const whole = (styles.GLASS[role] ?? 1) * opacity;
      const key = `surface ${role} ${opacity}`;
      return whole < 1 ? glass(key, role, whole) : once(key, role, () => new MeshLambertMaterial({ side: DoubleSide }));
    },
    line: (role, style, opacity = 1) =>
      once(`line ${role} ${style} ${opacity}`, role, () => {
        const [dashSize, gapSize] = styles.DASHES_px[style ?? "dashed"];
        const linewidth = styles.LINE_WIDTH_px[role] ?? styles.DEFAULT_LINE_WIDTH_px;
        return new LineMaterial({
          linewidth,
          transparent: true,
          opacity,
          ...(style && { dashed: true, dashSize, gapSize }),
        });
      }),
    hiddenLine: (role) =>
      once(
        `hidden ${role}`,
        role,
        () =>
          new LineMaterial({
            linewidth: styles.LINE_WIDTH_px[role] ?? styles.DEFAULT_LINE_WIDTH_px,
            transparent: true,
            opacity: HIDDEN_EDGE_OPACITY,
            depthFunc: GreaterDepth,
            depthWrite: false,
          }),
      ),
    stageEdge: () =>
      once(
        "stage edge",
        "stageEdge",
        () => new LineMaterial({ linewidth: styles.LINE_WIDTH_px.stageFixed ?? 1, transparent: true }),
      ),
    polyhedron: () => glass("polyhedron", null, styles.GLASS.polyhedron ?? 0.35, true),
    atom: () => atoms.material,
    bond: () => bonds,
    point: () => points,
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
      palette = next;
      atoms.outline.set(palette.atomOutline);
      for (const { material, colour } of made.values()) if (colour) material.color.set(palette[colour]);
    },
    resize(width, height) {
      size = [width, height];
      atoms.resize(width);
      points.uniforms["viewportWidth"]!.value = width;
      for (const { material } of made.values()) {
        if (material instanceof LineMaterial) material.resolution.set(width, height);
      }
    },
    setPixelRatio(ratio) {
      points.uniforms["pixelRatio"]!.value = ratio;
    },
    dispose() {
      for (const { material } of made.values()) material.dispose();
      made.clear();
      atoms.material.dispose();
      bonds.dispose();
      points.dispose();
    },
  };
}
