import { AmbientLight, DirectionalLight, Raycaster, Scene as ThreeScene, Vector2, Vector3, WebGLRenderer } from "three";
import { type Item, layoutPicture, type PictureLayout, type Scene, type ViewName } from "../../../core/scene/index.ts";
import { type CameraState, createCamera, type Projection } from "./camera.ts";
import { createUnitShapes } from "./drawables.ts";
import { keyAction, listenToPointer } from "./interaction.ts";
import { createLabelLayer } from "./labels.ts";
import { createMaterials } from "./materials.ts";
import { createPartView, type PartView } from "./parts.ts";
import { readTheme } from "./theme.ts";
import "./view.css";

/** The experiment on the screen. It draws when something has changed, and only then. */
export interface ExperimentView {
  /** Shows a scene; the camera stays. The first one is seen from home unless `setCamera` came before. */
  update(scene: Scene): void;
  setView(name: ViewName): void;
  /** Null until a scene has been shown. */
  getCamera(): CameraState | null;
  setCamera(state: CameraState): void;
  /** Reads the colours and fonts of the theme again. */
  readTheme(): void;
  /** Number of frames drawn so far. */
  readonly frames: number;
  /** What the graphics card holds, for tests. */
  readonly memory: { readonly geometries: number; readonly textures: number };
  dispose(): void;
}

export interface ViewCallbacks {
  /** The item under the pointer has changed. */
  readonly onHover?: (item: Item | null) => void;
  readonly onPick?: (item: Item) => void;
  /** The camera was moved, by hand or by a call. */
  readonly onCamera?: (state: CameraState) => void;
  /** The picture cannot be drawn; `reason` is a sentence for the user. After `null` it can be drawn again. */
  readonly onUnavailable?: (reason: string | null) => void;
}

const MAX_PIXEL_RATIO = 2;
/** Space that is kept around the experiment for its texts. */
const LABEL_ROOM_px = 32;
/** Parts beside the experiment stand in front of it, in scene units at zoom 1. */
const INSET_DEPTH = 60;

/**
 * Fills `container`, which the caller sizes, with the picture. The caller names it: `aria-label` of the container.
 * Where there is no WebGL, `onUnavailable` says so and the returned view does nothing.
 */
export function createView(container: HTMLElement, callbacks: ViewCallbacks): ExperimentView {
  const renderer = createRenderer();
  if (!renderer) {
    callbacks.onUnavailable?.("The picture needs WebGL, which is not available here; all numbers are beside it.");
    return INERT;
  }
  container.classList.add("experiment-view");
  container.setAttribute("role", "img");
  container.tabIndex = 0;
  const canvas = renderer.domElement;
  container.append(canvas);

  const stage = new ThreeScene();
  const units = createUnitShapes();
  const materials = createMaterials(readTheme(container));
  const labels = createLabelLayer(container);
  const parts = new Map<string, PartView>();
  let scene: Scene | undefined;
  let layout: PictureLayout | undefined;
  let frames = 0;
  let scheduled = 0;
  let lost = false;
  let placed = false;

  const invalidate = (): void => {
    if (scheduled === 0 && !lost) scheduled = requestAnimationFrame(draw);
  };
  const rig = createCamera(canvas, () => {
    invalidate();
    if (scene) callbacks.onCamera?.(rig.state());
  });
  const { camera } = rig;
  stage.add(camera, new AmbientLight(0xffffff, 1.7));
  const lamp = new DirectionalLight(0xffffff, 2);
  lamp.position.set(-0.5, 0.9, 1);
  camera.add(lamp);
  camera.add(lamp.target);

  function draw(): void {
    scheduled = 0;
    if (!scene || !layout || lost) return;
    const projection = rig.projection();
    for (const view of parts.values()) {
      const { id, radius } = view.part;
      if (id !== "experiment" && id !== "crystalInside") {
        const inset = layout.insets[id];
        view.object.position.copy(projection.unproject(inset.x, inset.y, INSET_DEPTH));
        view.object.scale.setScalar(inset.radius / radius / projection.pixelsPerUnit);
      }
      view.object.updateMatrixWorld();
    }
    renderer!.render(stage, camera);
    labels.place([...parts.values()], projection, layout);
    frames++;
  }

  const resize = (): void => {
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0) return;
    layout = layoutPicture(width, height);
    labels.forgetSizes();
    renderer.setPixelRatio(Math.min(globalThis.devicePixelRatio, MAX_PIXEL_RATIO));
    renderer.setSize(width, height);
    materials.resize(width, height);
    rig.resize(layout);
  };
  const resizeObserver = new ResizeObserver(resize);
  resizeObserver.observe(container);
  resize();

  const look = (state: CameraState): void => {
    placed = true;
    rig.look(state);
  };
  const setView = (name: ViewName): void => {
    if (!scene) return;
    look({ eye: scene.views[name], target: [0, 0, 0], zoom: 1 });
    const zoom = layout ? zoomToFit(scene, rig.projection(), layout) : 1;
    if (zoom < 1) rig.zoomBy(zoom);
  };

  const raycaster = new Raycaster();
  const itemAt = ({ x, y }: { readonly x: number; readonly y: number }): Item | null => {
    if (!layout) return null;
    raycaster.setFromCamera(new Vector2((2 * x) / layout.width - 1, 1 - (2 * y) / layout.height), camera);
    const hits = [...parts.values()].flatMap((view) => view.pick(raycaster)).sort((a, b) => a.distance - b.distance);
    // What is inside the glass of the sample is meant rather than the glass.
    return (hits.find(({ item }) => !SEEN_THROUGH.has(item.role)) ?? hits[0])?.item ?? null;
  };
  let hovered: Item | null = null;
  const stopPointer = listenToPointer(canvas, {
    onPoint(point) {
      const item = point && itemAt(point);
      if (item?.id === hovered?.id) return;
      hovered = item;
      canvas.style.cursor = item?.source ? "pointer" : "";
      callbacks.onHover?.(item);
    },
    onClick(point) {
      const item = itemAt(point);
      if (item) callbacks.onPick?.(item);
    },
  });
  const onKey = (event: KeyboardEvent): void => {
    const action = keyAction(event, rig, () => setView("home"));
    if (!action) return;
    event.preventDefault();
    action();
  };
  container.addEventListener("keydown", onKey);

  const onLost = (event: Event): void => {
    event.preventDefault();
    lost = true;
    callbacks.onUnavailable?.("The graphics card has dropped the picture; it comes back by itself.");
  };
  const onRestored = (): void => {
    lost = false;
    callbacks.onUnavailable?.(null);
    invalidate();
  };
  canvas.addEventListener("webglcontextlost", onLost);
  canvas.addEventListener("webglcontextrestored", onRestored);

  return {
    update(next) {
      scene = next;
      const seen = new Set<string>(next.parts.map(({ id }) => id));
      for (const [id, view] of parts) {
        if (seen.has(id)) continue;
        stage.remove(view.object);
        view.dispose();
        parts.delete(id);
      }
      for (const part of next.parts) {
        const known = parts.get(part.id);
        if (known) {
          known.update(part);
          continue;
        }
        const view = createPartView(part, units, materials);
        parts.set(part.id, view);
        stage.add(view.object);
      }
      materials.resize(layout?.width ?? 1, layout?.height ?? 1);
      labels.update(next.parts, next.legend);
      if (!placed) setView("home");
      invalidate();
    },
    setView,
    getCamera: () => (scene ? rig.state() : null),
    setCamera: look,
    readTheme() {
      materials.recolour(readTheme(container));
      labels.forgetSizes();
      invalidate();
    },
    get frames() {
      return frames;
    },
    get memory() {
      const { geometries, textures } = renderer.info.memory;
      return { geometries, textures };
    },
    dispose() {
      cancelAnimationFrame(scheduled);
      lost = true;
      resizeObserver.disconnect();
      stopPointer();
      container.removeEventListener("keydown", onKey);
      canvas.removeEventListener("webglcontextlost", onLost);
      canvas.removeEventListener("webglcontextrestored", onRestored);
      for (const view of parts.values()) view.dispose();
      parts.clear();
      labels.dispose();
      materials.dispose();
      units.dispose();
      rig.dispose();
      renderer.dispose();
      renderer.forceContextLoss();
      canvas.remove();
    },
  };
}

const SEEN_THROUGH: ReadonlySet<Item["role"]> = new Set(["sample", "exitFace"]);

/** The largest zoom up to 1 at which the anchors of all labels of the experiment, with room for a text, are seen. */
function zoomToFit(scene: Scene, projection: Projection, { width, height, centre }: PictureLayout): number {
  let zoom = 1;
  const shrink = (offset: number, before: number, after: number): void => {
    const room = (offset < 0 ? before : after) - LABEL_ROOM_px;
    if (Math.abs(offset) > room) zoom = Math.min(zoom, room / Math.abs(offset));
  };
  for (const part of scene.parts) {
    if (part.id !== "experiment") continue;
    for (const { shape } of part.items) {
      if (shape.kind !== "label") continue;
      const { x, y } = projection.project(new Vector3(...shape.at));
      shrink(x - centre.x, centre.x, width - centre.x);
      shrink(y - centre.y, centre.y, height - centre.y);
    }
  }
  return zoom;
}

/** Null where the browser gives no WebGL context. */
function createRenderer(): WebGLRenderer | null {
  try {
    const renderer = new WebGLRenderer({ antialias: true, alpha: true, powerPreference: "low-power" });
    renderer.setClearColor(0x000000, 0);
    return renderer;
  } catch {
    return null;
  }
}

const INERT: ExperimentView = {
  update: () => {},
  setView: () => {},
  getCamera: () => null,
  setCamera: () => {},
  readTheme: () => {},
  frames: 0,
  memory: { geometries: 0, textures: 0 },
  dispose: () => {},
};
