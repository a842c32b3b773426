import { type ExperimentPlan, instrumentById } from "../core/experiment/index.ts";
import type {
  CrystalAnswer,
  CrystalState,
  HostToView,
  PanelKind,
  PlanState,
  ViewToHost,
} from "../core/protocol/index.ts";
import type { PlanStore } from "./planStore.ts";

/** Where a panel of a session shows; messages to it may be lost while it is hidden. */
export interface SessionView {
  readonly kind: PanelKind;
  readonly post: (message: HostToView) => void;
}

/** What a session takes from its host. */
export interface SessionPorts {
  readonly uri: () => string;
  /** File name of the CIF: its name for people, and its path as a plan beside it states it. */
  readonly name: () => string;
  /** Reads the CIF as it is now; never rejects. */
  readonly readCrystal: (energy_keV: number) => Promise<CrystalAnswer>;
}

/** One experiment (a CIF block with its plan) that any number of panels show. */
export interface Session {
  readonly plan: ExperimentPlan;
  /** Adds a panel; the returned function removes it. */
  attach(view: SessionView): () => void;
  /** Sends everything to a panel that has just started. */
  start(view: SessionView): Promise<void>;
  edit(view: SessionView, edit: Extract<ViewToHost, { t: "plan.edit" }>): { ok: true } | { ok: false; error: string };
  preview(view: SessionView, ops: Extract<ViewToHost, { t: "plan.preview" }>["ops"]): void;
  /** To be called after each change of the CIF's text. */
  crystalChanged(): Promise<void>;
}

export function createSession(ports: SessionPorts, store: PlanStore): Session {
  const views = new Set<SessionView>();
  const started = new Set<SessionView>();
  let textVersion = 0;
  let lastRead = 0;
  let answer: CrystalAnswer | undefined;
  let shown: CrystalState | undefined;
  let reading: Promise<void> | undefined;
  let readEnergy_keV = Number.NaN;

  const planState = (): PlanState => {
    const { version, plan } = store;
    const instrument = instrumentById(plan.instrument);
    return {
      version,
      plan,
      resolvedHkl: plan.reflection?.hkl ?? answer?.defaultHkl ?? null,
      instrument: { value: instrument.ok ? instrument.value : null, issues: instrument.issues },
      lens: null,
    };
  };
  const broadcast = (message: HostToView, except?: SessionView): void => {
    for (const view of started) if (view !== except) view.post(message);
  };

  /** Reads the crystal; an answer that a later reading overtook is dropped. */
  const readOnce = async (): Promise<void> => {
    const ticket = ++lastRead;
    readEnergy_keV = store.plan.beam.energy_keV;
    const latest = await ports.readCrystal(readEnergy_keV);
    if (ticket !== lastRead) return;
    const previous = planState().resolvedHkl;
    answer = latest;
    if (latest.block !== null) store.useCif({ path: ports.name(), block: latest.block });
    if (shown?.version !== textVersion) {
      const { crystal, issues } = latest;
      // A text that is broken for a moment does not change which block the panels are about.
      const block = latest.block ?? shown?.block ?? null;
      shown = { uri: ports.uri(), name: ports.name(), version: textVersion, block, crystal, issues };
      broadcast({ t: "crystal", crystal: shown, plan: planState() });
    } else if (String(planState().resolvedHkl) !== String(previous)) {
      broadcast({ t: "plan", plan: planState() });
    }
  };

  const read = (): Promise<void> => {
    reading = readOnce();
    return reading;
  };
  const crystalChanged = (): Promise<void> => {
    textVersion++;
    return read();
  };

  return {
    get plan() {
      return store.plan;
    },
    attach(view) {
      views.add(view);
      return () => {
        views.delete(view);
        started.delete(view);
      };
    },
    async start(view) {
      if (!reading) void crystalChanged();
      while (!shown) await reading;
      if (!views.has(view)) return;
      started.add(view);
      view.post({ t: "init", panel: view.kind, crystal: shown, plan: planState() });
    },
    edit(view, { baseVersion, ops }) {
      const result = store.edit(baseVersion, ops);
      if (result.ok) broadcast({ t: "plan", plan: planState() });
      else view.post({ t: "plan", plan: planState() });
      if (store.plan.beam.energy_keV !== readEnergy_keV && !store.plan.reflection) void read();
      return result;
    },
    preview(view, ops) {
      broadcast({ t: "preview", ops }, view);
    },
    crystalChanged,
  };
}
