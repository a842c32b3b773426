import {
  type Camera,
  cameraFrom,
  cameraOfView,
  type Item,
  layoutPicture,
  type Palette,
  type PictureLayout,
  type Scene,
  VIEW_NAMES,
  type ViewName,
} from "../../../core/scene/index.ts";
import type { Vec3 } from "../../../core/util/index.ts";
import { createCamera } from "./camera.ts";
import { listenToGestures, type Point } from "./gestures.ts";
import { actOnKey } from "./keys.ts";
import { createLabelLayer } from "./labels.ts";
import { createRenderer, createVectorPainter, createWorld, type Frame } from "./painter.ts";
import { readPalette } from "./theme.ts";
import "./view.css";

/** The experiment on the screen. It draws when something has changed, and only then. */
export interface ExperimentView {
  /** Shows a scene; the camera stays. The first one is seen from home unless `setCamera` came before. */
  update(scene: Scene): void;
  setView(name: ViewName): void;
  /** Looks from that direction of the lab frame at the sample. */
  lookFrom(eye: Vec3): void;
  /** Null until a scene has been shown. */
  getCamera(): Camera | null;
  setCamera(state: Camera): void;
  /** Reads the colours and fonts of the theme again. */
  readTheme(): void;
  readonly palette: Palette;
  /** CSS pixels. */
  readonly size: { readonly width: number; readonly height: number };
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
  readonly onCamera?: (state: Camera) => void;
  /** How the picture is drawn has changed; `reason` is a sentence for the user, null where all is well. */
  readonly onDrawnWith?: (painter: "webgl" | "svg", reason: string | null) => void;
  /** The sample is turned about Q by this much more; `isDone` when it is let go. */
  readonly onTurn?: (angle_deg: number, isDone: boolean) => void;
  /** Whether a plain drag turns the sample about Q instead of the picture. */
  readonly turns?: () => boolean;
}

const MAX_PIXEL_RATIO = 2;
/** Of a picture drawn in software: at rest each pixel is the mean of four, which smooths its edges. */
const SOFTWARE_PIXEL_RATIO = { moving: 1, resting: 2 } as const;
/** A picture of more atoms and bonds than this is simplified while it moves. */
const MANY = 6000;
/** How long the picture must have rested to be drawn in full again. */
const REST_ms = 180;
/** Turn of the sample about Q for one pixel of a drag. */
const TURN_deg_px = 0.25;
const NO_WEBGL = "Drawn without WebGL, which is not available here.";
const LOST = "The graphics card has dropped the picture; until it comes back it is drawn without it.";

/** Fills `container`, which the caller sizes and names, with the picture. */
export function createView(container: HTMLElement, callbacks: ViewCallbacks): ExperimentView {
  container.classList.add("experiment-view");
  container.setAttribute("role", "img");
  container.tabIndex = 0;
  let palette = readPalette(container);
  /** Without its place in the page the container has no colours yet. */
  let isThemed = container.isConnected;
  const renderer = createRenderer();
  const canvas = renderer?.gl.domElement;
  if (canvas) container.append(canvas);
  const vectors = createVectorPainter(container);
  const labels = createLabelLayer(container);
  let scene: Scene | undefined;
  let layout: PictureLayout | undefined;
  let frames = 0;
  let scheduled = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let isMoving = false;
  let updated = Number.NEGATIVE_INFINITY;
  let isLost = false;
  let isPlaced = false;
  let isOver = false;

  const invalidate = (): void => {
    if (scheduled === 0 && !isOver) scheduled = requestAnimationFrame(draw);
  };
  const rig = createCamera(() => {
    invalidate();
    if (scene) callbacks.onCamera?.(rig.state());
  });
  const world = createWorld(rig.camera, palette, renderer?.isSoftware === false);
  const pixelRatio = (): number =>
    renderer?.isSoftware
      ? SOFTWARE_PIXEL_RATIO[isMoving ? "moving" : "resting"]
      : Math.min(globalThis.devicePixelRatio, MAX_PIXEL_RATIO);

  function draw(): void {
    scheduled = 0;
    const projection = rig.projection();
    if (!scene || !layout || projection === null || isOver) return;
    const frame: Frame = { scene, state: rig.state(), projection, layout };
    world.place(frame);
    if (renderer && !isLost) {
      const ratio = pixelRatio();
      if (ratio !== renderer.gl.getPixelRatio()) renderer.gl.setPixelRatio(ratio);
      world.setPixelRatio(ratio);
      world.simplify(isMoving && world.count > MANY);
      renderer.gl.render(world.stage, rig.camera);
      labels.place(scene, projection, layout);
    } else vectors.draw(frame, palette);
    frames++;
  }

  /** While it moves a picture that costs much is simple; once it rests it is drawn in full. */
  const move = (): void => {
    clearTimeout(resting);
    if (world.count <= MANY && !renderer?.isSoftware) return;
    isMoving = true;
    resting = setTimeout(() => {
      isMoving = false;
      invalidate();
    }, REST_ms);
  };

  const resize = (): void => {
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0) return;
    layout = layoutPicture(width, height);
    labels.forgetSizes();
    labels.forgetPlaces();
    renderer?.gl.setPixelRatio(pixelRatio());
    renderer?.gl.setSize(width, height);
    world.resize(width, height);
    rig.resize(layout);
    if (scene && !isPlaced) setView("home");
  };
  const resizeObserver = new ResizeObserver(resize);
  resizeObserver.observe(container);
  resize();

  const look = (state: Camera): void => {
    isPlaced = true;
    labels.forgetPlaces();
    rig.look(state);
  };
  const setView = (name: ViewName): void => {
    if (scene && layout) look(cameraOfView(scene, name, layout));
  };

  const itemAt = ({ x, y }: Point): Item | null => (layout ? world.itemAt(x, y, layout) : null);
  let hovered: Item | null = null;
  const stopGestures = listenToGestures(container, {
    turns: () => callbacks.turns?.() ?? false,
    onPoint(point) {
      const item = point && itemAt(point);
      if (item?.id === hovered?.id) return;
      hovered = item;
      container.style.cursor = item?.source || item?.field ? "pointer" : "";
      callbacks.onHover?.(item);
    },
    onClick(point) {
      const item = itemAt(point);
      if (item) callbacks.onPick?.(item);
    },
    onDrag(kind, dx, dy) {
      if (kind === "turn") {
        callbacks.onTurn?.(dx * TURN_deg_px, false);
        return;
      }
      move();
      const turn = (2 * Math.PI) / Math.max(1, layout?.height ?? 1);
      if (kind === "orbit") rig.orbit(-dx * turn, dy * turn);
      else rig.pan(dx, dy);
    },
    onDragEnd: (kind) => kind === "turn" && callbacks.onTurn?.(0, true),
    onZoom(factor) {
      move();
      rig.zoomBy(factor);
    },
  });
  let isTurning = false;
  const onKey = (event: KeyboardEvent): void => {
    const done = actOnKey(event, {
      orbit: (azimuth, elevation) => {
        move();
        rig.orbit(azimuth, elevation);
      },
      pan: rig.pan,
      zoomBy: rig.zoomBy,
      home: () => setView("home"),
      view: (place) => {
        const name = VIEW_NAMES[place - 1];
        if (name !== undefined) setView(name);
      },
      turn: (angle_deg) => {
        isTurning = true;
        callbacks.onTurn?.(angle_deg, false);
      },
    });
    if (done) event.preventDefault();
  };
  const endTurn = (): void => {
    if (isTurning) callbacks.onTurn?.(0, true);
    isTurning = false;
  };
  container.addEventListener("keydown", onKey);
  container.addEventListener("keyup", endTurn);
  container.addEventListener("blur", endTurn);

  const drawWith = (painter: "webgl" | "svg", reason: string | null): void => {
    labels.show(painter === "webgl");
    if (canvas) canvas.hidden = painter === "svg";
    if (painter === "webgl") vectors.clear();
    callbacks.onDrawnWith?.(painter, reason);
    invalidate();
  };
  const onLost = (event: Event): void => {
    event.preventDefault();
    isLost = true;
    drawWith("svg", LOST);
  };
  const onRestored = (): void => {
    isLost = false;
    drawWith("webgl", null);
  };
  canvas?.addEventListener("webglcontextlost", onLost);
  canvas?.addEventListener("webglcontextrestored", onRestored);
  if (!renderer) drawWith("svg", NO_WEBGL);

  const readTheme = (): void => {
    isThemed = container.isConnected;
    palette = readPalette(container);
    world.recolour(palette);
    labels.forgetSizes();
    invalidate();
  };

  return {
    update(next) {
      if (!isThemed) readTheme();
      // While a value is dragged one scene follows the other.
      if (performance.now() - updated < REST_ms) move();
      updated = performance.now();
      scene = next;
      world.update(next);
      if (layout) world.resize(layout.width, layout.height);
      labels.update(next);
      if (!isPlaced) setView("home");
      invalidate();
    },
    setView,
    lookFrom(eye) {
      if (scene && layout) look(cameraFrom(scene, eye, layout));
    },
    getCamera: () => (scene ? rig.state() : null),
    setCamera: look,
    readTheme,
    get palette() {
      return palette;
    },
    get size() {
      return { width: layout?.width ?? 1, height: layout?.height ?? 1 };
    },
    get frames() {
      return frames;
    },
    get memory() {
      const { geometries, textures } = renderer?.gl.info.memory ?? { geometries: 0, textures: 0 };
      return { geometries, textures };
    },
    dispose() {
      isOver = true;
      cancelAnimationFrame(scheduled);
      clearTimeout(resting);
      resizeObserver.disconnect();
      stopGestures();
      container.removeEventListener("keydown", onKey);
      container.removeEventListener("keyup", endTurn);
      container.removeEventListener("blur", endTurn);
      canvas?.removeEventListener("webglcontextlost", onLost);
      canvas?.removeEventListener("webglcontextrestored", onRestored);
      world.dispose();
      labels.dispose();
      vectors.clear();
      renderer?.gl.dispose();
      renderer?.gl.forceContextLoss();
      canvas?.remove();
    },
  };
}
