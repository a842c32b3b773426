import type { CameraRig } from "./camera.ts";

const ORBIT_STEP_rad = Math.PI / 36;
const PAN_STEP_px = 24;
const ZOOM_STEP = 1.15;
/** A press that moves farther than this is a drag. */
const CLICK_px = 4;

/** What each key does: arrows orbit, with Shift they pan, + and - zoom, Home resets. */
export function keyAction(event: KeyboardEvent, rig: CameraRig, home: () => void): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const arrow = ARROWS[event.key];
  if (arrow) {
    const [x, y] = arrow;
    return event.shiftKey
      ? () => rig.pan(x * PAN_STEP_px, y * PAN_STEP_px)
      : () => rig.orbit(x * ORBIT_STEP_rad, -y * ORBIT_STEP_rad);
  }
  switch (event.key) {
    case "+":
    case "=":
      return () => rig.zoomBy(ZOOM_STEP);
    case "-":
    case "_":
      return () => rig.zoomBy(1 / ZOOM_STEP);
    case "Home":
      return home;
    default:
      return undefined;
  }
}

/** Direction on the screen, y downwards. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface PointerHandlers {
  /** The pointer rests on, or has left, this point of the canvas. */
  readonly onPoint: (point: { readonly x: number; readonly y: number } | null) => void;
  readonly onClick: (point: { readonly x: number; readonly y: number }) => void;
}

/** Pointing and clicking; a drag is neither. At most one `onPoint` a frame. */
export function listenToPointer(canvas: HTMLElement, handlers: PointerHandlers): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  let pressed: { readonly x: number; readonly y: number } | undefined;
  let frame = 0;
  canvas.addEventListener(
    "pointerdown",
    ({ offsetX, offsetY }) => {
      pressed = { x: offsetX, y: offsetY };
    },
    { signal },
  );
  canvas.addEventListener(
    "pointermove",
    ({ buttons, offsetX, offsetY }) => {
      if (buttons !== 0) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => handlers.onPoint({ x: offsetX, y: offsetY }));
    },
    { signal },
  );
  canvas.addEventListener(
    "pointerleave",
    () => {
      cancelAnimationFrame(frame);
      handlers.onPoint(null);
    },
    { signal },
  );
  canvas.addEventListener(
    "pointerup",
    ({ offsetX, offsetY }) => {
      if (pressed && Math.hypot(offsetX - pressed.x, offsetY - pressed.y) <= CLICK_px) {
        handlers.onClick({ x: offsetX, y: offsetY });
      }
      pressed = undefined;
    },
    { signal },
  );
  return () => {
    cancelAnimationFrame(frame);
    abort.abort();
  };
}
