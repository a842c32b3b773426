import {
  AmbientLight,
  DirectionalLight,
  type OrthographicCamera,
  Raycaster,
  Scene as ThreeScene,
  Vector2,
  WebGLRenderer,
} from "three";
import {
  type Camera,
  type Item,
  type Palette,
  type PictureLayout,
  type Projection,
  placePart,
  type Scene,
  sceneToSvg,
} from "../../../core/scene/index.ts";
import { BATCHED } from "./batch.ts";
import { createUnitShapes } from "./drawables.ts";
import { createMaterials } from "./materials.ts";
import { createPartView, type PartView } from "./parts.ts";

export interface Frame {
  readonly scene: Scene;
  readonly state: Camera;
  readonly projection: Projection;
  readonly layout: PictureLayout;
}

/** What three makes of a scene. It can be asked what is at a point also where nothing can be drawn with it. */
export interface World {
  readonly stage: ThreeScene;
  /** Atoms and bonds. */
  readonly count: number;
  update(scene: Scene): void;
  place(frame: Frame): void;
  simplify(isSimple: boolean): void;
  recolour(palette: Palette): void;
  resize(width: number, height: number): void;
  setPixelRatio(ratio: number): void;
  itemAt(x: number, y: number, layout: PictureLayout): Item | null;
  dispose(): void;
}

const SEEN_THROUGH: ReadonlySet<Item["role"]> = new Set(["sample", "exitFace", "facet"]);

/** @param isMultisampled whether the renderer smooths edges by itself */
export function createWorld(camera: OrthographicCamera, palette: Palette, isMultisampled: boolean): World {
  const stage = new ThreeScene();
  const units = createUnitShapes();
  const materials = createMaterials(palette, isMultisampled);
  const parts = new Map<string, PartView>();
  stage.add(camera, new AmbientLight(0xffffff, 1.7));
  const lamp = new DirectionalLight(0xffffff, 2);
  lamp.position.set(-0.5, 0.9, 1);
  camera.add(lamp);
  camera.add(lamp.target);
  const raycaster = new Raycaster();
  raycaster.layers.enable(BATCHED);
  return {
    stage,
    get count() {
      return [...parts.values()].reduce((sum, { count }) => sum + count, 0);
    },
    update(scene) {
      const seen = new Set<string>(scene.parts.map(({ id }) => id));
      for (const [id, view] of parts) {
        if (seen.has(id)) continue;
        stage.remove(view.object);
        view.dispose();
        parts.delete(id);
      }
      for (const part of scene.parts) {
        const known = parts.get(part.id);
        if (known) {
          known.update(part);
          continue;
        }
        const view = createPartView(part, units, materials);
        parts.set(part.id, view);
        stage.add(view.object);
      }
    },
    place({ projection, layout }) {
      for (const view of parts.values()) view.place(placePart(view.part, projection, layout), projection);
    },
    simplify(isSimple) {
      for (const view of parts.values()) view.simplify(isSimple);
    },
    recolour: (next) => materials.recolour(next),
    resize: (width, height) => materials.resize(width, height),
    setPixelRatio: (ratio) => materials.setPixelRatio(ratio),
    itemAt(x, y, { width, height }) {
      raycaster.setFromCamera(new Vector2((2 * x) / width - 1, 1 - (2 * y) / height), camera);
      const hits = [...parts.values()].flatMap((view) => view.pick(raycaster)).sort((a, b) => a.distance - b.distance);
      // What is inside the glass of the sample is meant rather than the glass.
      return (hits.find(({ item }) => !SEEN_THROUGH.has(item.role)) ?? hits[0])?.item ?? null;
    },
    dispose() {
      for (const view of parts.values()) view.dispose();
      parts.clear();
      materials.dispose();
      units.dispose();
    },
  };
}

export interface Renderer {
  readonly gl: WebGLRenderer;
  /** Drawn by the processor: its edges are smoothed by a finer picture, once it rests. */
  readonly isSoftware: boolean;
}

/** Null where the browser gives no WebGL context. */
export function createRenderer(): Renderer | null {
  try {
    const isSoftware = isDrawnInSoftware();
    const gl = new WebGLRenderer({ antialias: !isSoftware, alpha: true, powerPreference: "low-power" });
    gl.setClearColor(0x000000, 0);
    return { gl, isSoftware };
  } catch {
    return null;
  }
}

function isDrawnInSoftware(): boolean {
  const probe = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  probe?.getExtension("WEBGL_lose_context")?.loseContext();
  return probe === null;
}

/** The same picture as vectors, for where there is no WebGL or it has gone. */
export interface VectorPainter {
  draw(frame: Frame, palette: Palette): void;
  clear(): void;
}

export function createVectorPainter(container: HTMLElement): VectorPainter {
  let shown: Element | null = null;
  const clear = (): void => {
    shown?.remove();
    shown = null;
  };
  return {
    draw({ scene, state, layout }, palette) {
      const text = sceneToSvg(scene, state, layout, palette, { background: null });
      const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
      const next = document.importNode(documentElement, true);
      next.setAttribute("class", "experiment-vector");
      next.setAttribute("aria-hidden", "true");
      // A title would be shown by the browser wherever the pointer is.
      for (const words of next.querySelectorAll(":scope > title, :scope > desc")) words.remove();
      if (shown) shown.replaceWith(next);
      else container.prepend(next);
      shown = next;
    },
    clear,
  };
}
