/** What the keyboard does in the picture; the line of help below it is made of this. */

export interface KeyActions {
  orbit(azimuth_rad: number, elevation_rad: number): void;
  pan(x_px: number, y_px: number): void;
  zoomBy(factor: number): void;
  home(): void;
  /** The view of that place in the list, from 1. */
  view(place: number): void;
  /** Turns the sample about Q. */
  turn(angle_deg: number): void;
}

export const KEY_HELP =
  "Arrows turn the picture, Shift+arrows move it, + and − zoom, 0 or Home resets, 1 to 9 choose a view, Alt+← → turn the sample about Q.";

const ORBIT_STEP_rad = Math.PI / 36;
const PAN_STEP_px = 24;
const ZOOM_STEP = 1.15;
const TURN_STEP_deg = 1;

/** Direction on the screen, y downwards. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** True if the key means something here; it has been acted on then. */
export function actOnKey(event: KeyboardEvent, actions: KeyActions): boolean {
  if (event.ctrlKey || event.metaKey) return false;
  const { key, shiftKey, altKey } = event;
  const arrow = ARROWS[key];
  if (arrow !== undefined) {
    const [x, y] = arrow;
    if (altKey) {
      if (x === 0) return false;
      actions.turn(x * TURN_STEP_deg * (shiftKey ? 10 : 1));
    } else if (shiftKey) actions.pan(x * PAN_STEP_px, y * PAN_STEP_px);
    else actions.orbit(x * ORBIT_STEP_rad, -y * ORBIT_STEP_rad);
    return true;
  }
  if (altKey) return false;
  if (key === "+" || key === "=") actions.zoomBy(ZOOM_STEP);
  else if (key === "-" || key === "_") actions.zoomBy(1 / ZOOM_STEP);
  else if (key === "Home" || key === "0") actions.home();
  else if (/^[1-9]$/.test(key)) actions.view(Number(key));
  else return false;
  return true;
}
