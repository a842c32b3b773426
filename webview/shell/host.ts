import { type HostToView, parseHostToView, type ViewToHost } from "../../core/protocol/index.ts";

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type ViewRequest = DistributiveOmit<Extract<ViewToHost, { id: number }>, "id">;
type ViewNotice = Exclude<ViewToHost, { id: number }>;
/** What a panel without a crystal shows. */
export type EmptyMessage = Extract<HostToView, { t: "empty" }>;
/** What a panel takes over from the one in whose place it is opened. */
export type RestoreMessage = Extract<HostToView, { t: "restore" }>;
export type StateMessage = Exclude<HostToView, { t: "reply" } | EmptyMessage | RestoreMessage>;

/** The panel's only way to the extension host. */
export interface Host {
  notify(message: ViewNotice): void;
  /** Undefined once the host has done it, else the host's sentence of why not. */
  request(message: ViewRequest): Promise<string | undefined>;
  /** Calls `listener` with every valid message that is not a reply. */
  listen(listener: (message: StateMessage | EmptyMessage | RestoreMessage) => void): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Connects to the host. VS Code hands its API out once, so call this once a page. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  const waiting = new Map<number, (error: string | undefined) => void>();
  let lastId = 0;
  let listener: (message: StateMessage | EmptyMessage | RestoreMessage) => void = () => {};
  const notify = (message: ViewNotice): void => api.postMessage(message);

  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = parseHostToView(event.data);
    if (message.t === "invalid") {
      notify({ t: "log", level: "error", text: `Message from the extension refused: ${message.reason}` });
    } else if (message.t === "reply") {
      waiting.get(message.re)?.(message.ok ? undefined : message.error);
      waiting.delete(message.re);
    } else {
      listener(message);
    }
  });
  window.addEventListener("error", (event) => {
    const stack = event.error instanceof Error ? event.error.stack : undefined;
    notify({ t: "log", level: "error", text: stack ?? event.message });
  });
  window.addEventListener("unhandledrejection", (event) => {
    const stack = event.reason instanceof Error ? event.reason.stack : undefined;
    notify({ t: "log", level: "error", text: stack ?? String(event.reason) });
  });

  return {
    notify,
    request: (message) =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, resolve);
        api.postMessage({ ...message, id: lastId });
      }),
    listen: (newListener) => {
      listener = newListener;
    },
    getState: () => api.getState(),
    setState: (state) => api.setState(state),
  };
}
