import type { OpenEdit, PanelKind } from "../../core/protocol/index.ts";
import { element } from "../ui/dom.ts";
import { emptyPanel } from "./emptyPanel.ts";
import { connectHost } from "./host.ts";
import { watchHost } from "./hostWatch.ts";
import { listenForUndo } from "./planBar.ts";
import { createStore, type Store } from "./store.ts";
import { openViewState, type ViewState } from "./viewState.ts";

export interface Panel {
  readonly store: Store;
  readonly viewState: ViewState;
}

/**
 * Starts a panel: says `ready`, mounts once the host has sent the crystal and the plan, and marks the body with
 * `data-ready` after the first paint.
 */
export function startPanel(kind: PanelKind, mount: (root: HTMLElement, panel: Panel) => void): void {
  const host = connectHost();
  const viewState = openViewState(host);
  const root = document.getElementById("app") ?? document.body;
  root.append(element("p", { class: "waiting", text: "Reading the crystal …" }));

  let store: Store | undefined;
  let edits: readonly OpenEdit[] = [];
  watchHost(host, kind, () => ({ state: viewState.present(), edits: store?.openEdits() ?? edits }));
  host.listen((message) => {
    if (message.t === "restore") {
      viewState.restore(message.state);
      edits = message.edits;
    } else if (message.t === "empty") {
      if (store === undefined) root.replaceChildren(emptyPanel(kind, host));
      markReady(kind);
    } else if (message.t === "init" && store === undefined) {
      store = createStore(host, message);
      root.replaceChildren();
      mount(root, { store, viewState });
      listenForUndo(store);
      for (const { label, ops } of edits) store.edit(label, ops);
      markReady(kind);
    } else {
      store?.receive(message);
    }
    if (message.t === "init" || message.t === "lock") viewState.keepLock(message.isLocked);
    if (message.t === "init" || message.t === "crystal") {
      viewState.belongsTo(message.crystal.uri, message.crystal.block, message.plan.source.uri);
    }
  });
  host.notify({ t: "ready" });
}

/** Marks the body two frames later: the first is drawn by then. */
function markReady(kind: PanelKind): void {
  const mark = (): void => {
    document.body.dataset["panel"] = kind;
    document.body.dataset["ready"] = "1";
  };
  requestAnimationFrame(() => requestAnimationFrame(mark));
}
