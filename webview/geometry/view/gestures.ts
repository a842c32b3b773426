/** Pixels from the upper left corner of the surface. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `turn` turns the sample about Q: with Alt, or whenever `turns` says so. */
export type DragKind = "orbit" | "pan" | "turn";

export interface GestureHandlers {
  /** The pointer rests on, or has left, this point; at most once a frame. */
  onPoint(point: Point | null): void;
  onClick(point: Point): void;
  onDrag(kind: DragKind, dx: number, dy: number): void;
  onDragEnd(kind: DragKind): void;
  onZoom(factor: number): void;
  /** Whether a plain drag turns the sample instead of the picture. */
  turns(): boolean;
}

/** A press that moves farther than this is a drag. */
const CLICK_px = 4;
/** Zoom of one pixel of the wheel; a pinch on a touch pad comes as a wheel with Ctrl, in smaller steps. */
const WHEEL = 0.0015;
const PINCH = 0.01;
const LINE_px = 16;

/** Mouse, pen and touch: one pointer drags, two move and zoom, the wheel zooms. A drag is never a click. */
export function listenToGestures(surface: HTMLElement, handlers: GestureHandlers): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const down = new Map<number, Point>();
  let start: Point | null = null;
  let kind: DragKind | null = null;
  let frame = 0;

  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top } = surface.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const kindOf = ({ button, buttons, shiftKey, altKey }: PointerEvent): DragKind => {
    if (shiftKey || button > 0 || buttons > 1) return "pan";
    return altKey || handlers.turns() ? "turn" : "orbit";
  };
  /** On some systems the menu comes when the button goes down, before it is known whether that begins a drag. */
  const openMenu = ({ clientX, clientY }: PointerEvent): void => {
    const event = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, button: 2, clientX, clientY });
    surface.dispatchEvent(event);
  };
  const end = (): void => {
    if (kind !== null && start === null) handlers.onDragEnd(kind);
    kind = null;
    start = null;
  };

  surface.addEventListener(
    "pointerdown",
    (event) => {
      down.set(event.pointerId, pointOf(event));
      surface.setPointerCapture(event.pointerId);
      if (down.size === 1) {
        start = pointOf(event);
        kind = kindOf(event);
      } else end();
    },
    { signal },
  );
  surface.addEventListener(
    "pointermove",
    (event) => {
      const now = pointOf(event);
      const before = down.get(event.pointerId);
      if (before === undefined) {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => handlers.onPoint(now));
        return;
      }
      if (down.size === 2) {
        const [first, second] = [...down.entries()].map(([id, at]) => (id === event.pointerId ? now : at));
        const [a, b] = [...down.values()];
        if (first && second && a && b) {
          handlers.onDrag("pan", (now.x - before.x) / 2, (now.y - before.y) / 2);
          const spread = Math.hypot(a.x - b.x, a.y - b.y);
          if (spread > 0) handlers.onZoom(Math.hypot(first.x - second.x, first.y - second.y) / spread);
        }
      } else if (kind !== null) {
        const isDrag = start === null || Math.hypot(now.x - start.x, now.y - start.y) > CLICK_px;
        if (!isDrag) return;
        start = null;
        handlers.onDrag(kind, now.x - before.x, now.y - before.y);
      }
      down.set(event.pointerId, now);
    },
    { signal },
  );
  surface.addEventListener(
    "pointerup",
    (event) => {
      if (down.size === 1 && start !== null) {
        if (event.button === 0) handlers.onClick(pointOf(event));
        if (event.button === 2) openMenu(event);
      }
      down.delete(event.pointerId);
      end();
    },
    { signal },
  );
  surface.addEventListener(
    "pointercancel",
    (event) => {
      down.delete(event.pointerId);
      end();
    },
    { signal },
  );
  surface.addEventListener(
    "pointerleave",
    () => {
      cancelAnimationFrame(frame);
      handlers.onPoint(null);
    },
    { signal },
  );
  surface.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_px : 1);
      handlers.onZoom(Math.exp(-pixels * (event.ctrlKey ? PINCH : WHEEL)));
    },
    { signal, passive: false },
  );
  surface.addEventListener(
    "contextmenu",
    (event) => {
      if (event.isTrusted && event.button === 2) event.preventDefault();
    },
    { signal },
  );
  return () => {
    cancelAnimationFrame(frame);
    abort.abort();
  };
}
