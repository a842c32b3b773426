import type { ExperimentPlan, InstrumentProfile, LensBox } from "../core/experiment/index.ts";
import type {
  CrystalAnswer,
  CrystalState,
  HostToView,
  PanelKind,
  PlannedExperiment,
  PlanSource,
  PlanState,
  Resolved,
  ViewToHost,
} from "../core/protocol/index.ts";
import type { Issue } from "../core/util/index.ts";
import type { Outcome } from "./panels/messages.ts";
import type { PlanStore } from "./planStore.ts";

/** Where a panel of a session shows; messages to it may be lost while it is hidden. */
export interface SessionView {
  readonly kind: PanelKind;
  readonly isLocked: boolean;
  readonly post: (message: HostToView) => void;
}

/** What a session takes from its host. */
export interface SessionPorts {
  readonly uri: () => string;
  /** File name of the CIF: its name for people, and its path as a plan beside it states it. */
  readonly name: () => string;
  /** Reads the CIF as it is now; never rejects. */
  readonly readCrystal: (energy_keV: number, experiment?: PlannedExperiment) => Promise<CrystalAnswer>;
  readonly source: () => PlanSource;
  /** What is wrong with the text of the plan. */
  readonly planIssues: () => readonly Issue[];
  /** Digest of the present text of the CIF, where it is wanted. */
  readonly cifSha256: () => string | null;
  /** The files that the plan names, as far as they are read. */
  readonly files: (plan: ExperimentPlan) => {
    readonly instrument: Resolved<InstrumentProfile>;
    readonly lens: Resolved<LensBox> | null;
  };
  /** Resolves once those files have been read; undefined where they have. */
  readonly reading: (plan: ExperimentPlan) => Promise<unknown> | undefined;
}

/** One experiment (a CIF block with its plan) that any number of panels show. */
export interface Session {
  readonly plan: ExperimentPlan;
  /** Code of the block that is shown, null while none is. */
  readonly block: string | null;
  readonly blocks: readonly string[];
  /** Adds a panel; the returned function removes it. */
  attach(view: SessionView): () => void;
  /** Sends everything to a panel that has just started. */
  start(view: SessionView): Promise<void>;
  edit(view: SessionView, edit: Extract<ViewToHost, { t: "plan.edit" }>): Promise<Outcome>;
  undo(): Promise<Outcome>;
  redo(): Promise<Outcome>;
  preview(view: SessionView, ops: Extract<ViewToHost, { t: "plan.preview" }>["ops"]): void;
  /** To be called after each change of the CIF's text. */
  crystalChanged(): Promise<void>;
  /** To be called after each change of the plan, of its text or of a file that it names that no panel has made. */
  planChanged(): void;
}

export function createSession(ports: SessionPorts, store: PlanStore): Session {
  const views = new Set<SessionView>();
  const started = new Set<SessionView>();
  let textVersion = 0;
  let lastRead = 0;
  let answer: CrystalAnswer | undefined;
  let shown: CrystalState | undefined;
  let reading: Promise<void> | undefined;
  let readFor = "";

  const planState = (): PlanState => {
    const { version, plan } = store;
    return {
      source: ports.source(),
      version,
      plan,
      issues: ports.planIssues(),
      cifSha256: ports.cifSha256(),
      resolvedHkl: plan.reflection?.hkl ?? answer?.defaultHkl ?? null,
      ...ports.files(plan),
    };
  };
  const broadcast = (message: HostToView, except?: SessionView): void => {
    for (const view of started) if (view !== except) view.post(message);
  };

  /** What the default reflection depends on. */
  const choiceKey = (): string => {
    const { beam, sample, lens } = store.plan;
    return JSON.stringify([beam.energy_keV, sample, lens, ports.files(store.plan).instrument.value]);
  };

  /** Reads the crystal; an answer that a later reading overtook is dropped. */
  const readOnce = async (): Promise<void> => {
    const ticket = ++lastRead;
    // Without its instrument a plan would have another default reflection.
    const files = ports.reading(store.plan);
    if (files !== undefined) await files;
    const { plan } = store;
    const instrument = ports.files(plan).instrument.value;
    readFor = choiceKey();
    const latest = await ports.readCrystal(plan.beam.energy_keV, instrument ? { plan, instrument } : undefined);
    if (ticket !== lastRead) return;
    const previous = planState().resolvedHkl;
    answer = latest;
    if (latest.block !== null && ports.source().uri === null) {
      store.useCif({ path: ports.name(), block: latest.block });
    }
    if (shown?.version !== textVersion) {
      const { crystal, issues, blocks } = latest;
      // A text that is broken for a moment does not change which block the panels are about.
      const block = latest.block ?? shown?.block ?? null;
      shown = { uri: ports.uri(), name: ports.name(), version: textVersion, block, blocks, crystal, issues };
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
  const planChanged = (): void => {
    broadcast({ t: "plan", plan: planState() });
    if (choiceKey() !== readFor && !store.plan.reflection) void read();
  };
  const changing = async (change: Promise<Outcome>): Promise<Outcome> => {
    const before = store.version;
    const outcome = await change;
    if (store.version !== before) planChanged();
    return outcome;
  };

  return {
    get plan() {
      return store.plan;
    },
    get block() {
      return shown?.block ?? null;
    },
    get blocks() {
      return shown?.blocks ?? [];
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
      view.post({ t: "init", panel: view.kind, crystal: shown, plan: planState(), isLocked: view.isLocked });
    },
    async edit(view, { baseVersion, ops }) {
      const outcome = await store.edit(baseVersion, ops);
      if (outcome.ok) planChanged();
      else view.post({ t: "plan", plan: planState() });
      return outcome;
    },
    undo: () => changing(store.undo()),
    redo: () => changing(store.redo()),
    preview(view, ops) {
      broadcast({ t: "preview", ops }, view);
    },
    crystalChanged,
    planChanged,
  };
}
