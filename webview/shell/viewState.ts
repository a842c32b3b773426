import type { Host } from "./host.ts";

/** What survives a reload: enough for the host to find the crystal again, and how the panel was left. */
interface SavedState {
  readonly v: 1;
  readonly uri?: string;
  readonly block?: string | null;
  /** The plan file; null for a draft. */
  readonly plan?: string | null;
  /** Absent: true. */
  readonly isLocked?: boolean;
  readonly view: Readonly<Record<string, unknown>>;
}

export interface ViewState {
  /** All that is saved. */
  present(): unknown;
  /** Takes over what another panel had saved. */
  restore(saved: unknown): void;
  /** Remembers which crystal and plan the panel shows. */
  belongsTo(uri: string, block: string | null, plan: string | null): void;
  /** Remembers whether the panel stays with its plan. */
  keepLock(isLocked: boolean): void;
  /** The saved value if `isValid` accepts it, else `fallback`. */
  get<T>(key: string, isValid: (value: unknown) => value is T, fallback: T): T;
  set(key: string, value: unknown): void;
}

const isSaved = (state: unknown): state is SavedState =>
  typeof state === "object" &&
  state !== null &&
  "v" in state &&
  state.v === 1 &&
  "view" in state &&
  typeof state.view === "object" &&
  state.view !== null;

/** Opens the saved state, and saves at once: VS Code restores only panels that have saved something. */
export function openViewState(host: Host): ViewState {
  const restored = host.getState();
  let state: SavedState = isSaved(restored) ? restored : { v: 1, view: {} };
  const save = (next: SavedState): void => {
    state = next;
    host.setState(state);
  };
  save(state);
  return {
    present: () => state,
    restore: (saved) => {
      if (isSaved(saved)) save(saved);
    },
    belongsTo: (uri, block, plan) => {
      if (state.uri !== uri || state.block !== block || state.plan !== plan) save({ ...state, uri, block, plan });
    },
    keepLock: (isLocked) => {
      if (state.isLocked !== isLocked) save({ ...state, isLocked });
    },
    get: (key, isValid, fallback) => {
      const value = state.view[key];
      return isValid(value) ? value : fallback;
    },
    set: (key, value) => save({ ...state, view: { ...state.view, [key]: value } }),
  };
}

export const isString = (value: unknown): value is string => typeof value === "string";
export const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
export const isFiniteNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
