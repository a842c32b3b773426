import { batch, computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Crystal } from "../../core/crystal/index.ts";
import {
  applyOps,
  checkPlan,
  type ExperimentPlan,
  type Hkl,
  type InstrumentProfile,
  type LensBox,
  type PlanOp,
} from "../../core/experiment/index.ts";
import type {
  CrystalState,
  MadeFile,
  OpenEdit,
  PanelCommand,
  PanelKind,
  PlanSource,
  PlanState,
  Resolved,
} from "../../core/protocol/index.ts";
import type { Issue } from "../../core/util/index.ts";
import type { Host, StateMessage } from "./host.ts";

interface SentEdit extends OpenEdit {
  /** Version on which the host accepted it; null while it has not. */
  readonly acceptedAfter: number | null;
}

/** What the panel knows. The plan that it shows is the committed one with everything still in the air laid over it. */
export interface Store {
  readonly crystalState: ReadonlySignal<CrystalState>;
  /** The present crystal or, while the text gives none, the last one. */
  readonly lastCrystal: ReadonlySignal<Crystal | null>;
  readonly plan: ReadonlySignal<ExperimentPlan>;
  readonly hkl: ReadonlySignal<Hkl | null>;
  readonly instrument: ReadonlySignal<Resolved<InstrumentProfile>>;
  /** Null where the plan has no lens. */
  readonly lens: ReadonlySignal<Resolved<LensBox> | null>;
  /** Where the plan is kept. */
  readonly source: ReadonlySignal<PlanSource>;
  /** What is wrong with the text of the plan, or with its CIF. */
  readonly planIssues: ReadonlySignal<readonly Issue[]>;
  /** SHA-256 of the present text of the CIF, where it is wanted. */
  readonly cifSha256: ReadonlySignal<string | null>;
  /** Whether the panel stays with its plan, or follows the active editor. */
  readonly isLocked: ReadonlySignal<boolean>;
  /** What was typed and cannot be read, each with its field. */
  readonly unreadable: ReadonlySignal<readonly Issue[]>;
  /** Why the host did not accept the last edit. */
  readonly refusal: ReadonlySignal<Issue | null>;
  /** Shows operations here and in the other panels without touching the plan; none ends it. */
  preview(ops: readonly PlanOp[]): void;
  /** Changes the plan as one undo step. Operations that no plan can have stay here, with their issue. */
  edit(label: string, ops: readonly PlanOp[]): void;
  /** Reports an input that cannot be read; null where it can again. */
  refuse(field: string, issue: Issue | null): void;
  /** Takes back what was typed into a field and could not be used. */
  forget(field: string): void;
  /** Shows the place of an issue or an atom in the CIF, or in the document named. */
  reveal(range: { readonly start: number; readonly end: number }, uri?: string): void;
  /** Asks the host for what the header and the keys offer. */
  command(name: PanelCommand): void;
  /** Opens a crystal that comes with the extension, by its file, and shows it here. */
  openExample(file: string): void;
  /** Opens another panel of the same plan. */
  show(panel: PanelKind): void;
  /** Asks the user where, and saves; undefined once that is done or cancelled, else why it failed. */
  save(file: MadeFile): Promise<string | undefined>;
  /** Puts text on the clipboard; undefined once it is there, else why it is not. */
  copy(text: string): Promise<string | undefined>;
  /** The edits that the host has not taken yet. */
  openEdits(): readonly OpenEdit[];
  receive(message: StateMessage): void;
}

const samePath = (a: PlanOp, b: PlanOp): boolean => a.path.join(".") === b.path.join(".");
const without = (ops: readonly PlanOp[], replaced: readonly PlanOp[]): readonly PlanOp[] =>
  ops.filter((op) => !replaced.some((other) => samePath(op, other)));

export function createStore(
  host: Host,
  { crystal, plan: planState, isLocked: isLockedAtFirst }: Extract<StateMessage, { t: "init" }>,
): Store {
  const crystalState = signal(crystal);
  const lastCrystal = signal(crystal.crystal);
  const committed = signal(planState);
  const isLocked = signal(isLockedAtFirst);
  const relayed = signal<readonly PlanOp[]>([]);
  const sent = signal<readonly SentEdit[]>([]);
  const unfit = signal<readonly PlanOp[]>([]);
  const dragged = signal<readonly PlanOp[]>([]);
  const unreadableByField = signal<ReadonlyMap<string, Issue>>(new Map());
  const refusal = signal<Issue | null>(null);

  let lastPlan = planState.plan;
  const plan = computed(() => {
    const next = applyOps(committed.value.plan, [
      ...relayed.value,
      ...sent.value.flatMap((edit) => edit.ops),
      ...unfit.value,
      ...dragged.value,
    ]);
    // An edit that the host confirms changes nothing: the same object, and nothing is computed again.
    if (JSON.stringify(next) !== JSON.stringify(lastPlan)) lastPlan = next;
    return lastPlan;
  });
  const hkl = computed(() => plan.value.reflection?.hkl ?? committed.value.resolvedHkl);
  const instrument = computed(() => committed.value.instrument);
  const lens = computed(() => committed.value.lens);
  const source = computed(() => committed.value.source);
  const planIssues = computed(() => committed.value.issues);
  const cifSha256 = computed(() => committed.value.cifSha256);
  const unreadable = computed(() => [...unreadableByField.value.values()]);

  let frame = 0;
  const announcePreview = (): void => {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      host.notify({ t: "plan.preview", ops: dragged.peek() });
    });
  };

  /** Drops the edits that the committed plan contains by now. */
  const settle = (): void => {
    const { version } = committed.peek();
    sent.value = sent.value.filter(({ acceptedAfter }) => acceptedAfter === null || version <= acceptedAfter);
  };
  const takePlan = (next: PlanState): void => {
    // Why an edit was refused is of no interest once the plan has gone on.
    if (next.version !== committed.peek().version) refusal.value = null;
    committed.value = next;
    relayed.value = [];
    settle();
  };

  let sending: Promise<void> = Promise.resolve();
  /** One edit at a time, each on the version that the one before has made. */
  const sendNext = async (): Promise<void> => {
    const edit = sent.peek().find(({ acceptedAfter }) => acceptedAfter === null);
    if (edit === undefined) return;
    const baseVersion = committed.peek().version;
    const error = await host.request({ t: "plan.edit", baseVersion, label: edit.label, ops: edit.ops });
    batch(() => {
      sent.value = sent.value.flatMap((other) =>
        other !== edit ? [other] : error === undefined ? [{ ...edit, acceptedAfter: baseVersion }] : [],
      );
      settle();
      if (error !== undefined) refusal.value = { code: "plan/refused", severity: "error", message: error };
    });
  };

  /** Whether a message is about the plan that is shown. */
  const isSamePlan = (message: Exclude<StateMessage, { t: "preview" | "lock" }>): boolean =>
    message.plan.source.uri === committed.peek().source.uri &&
    (message.t === "plan" || message.plan.source.uri !== null || isSameCrystal(message.crystal));
  const isSameCrystal = ({ uri, block }: CrystalState): boolean =>
    uri === crystalState.peek().uri && block === crystalState.peek().block;
  /** What was on its way to another plan has nothing to do with this one. */
  const forgetEdits = (): void => {
    sent.value = [];
    unfit.value = [];
    dragged.value = [];
    unreadableByField.value = new Map();
    refusal.value = null;
  };
  /** Shows why the host did not do something. */
  const tell = async (request: Promise<string | undefined>): Promise<void> => {
    const message = await request;
    refusal.value = message === undefined ? null : { code: "plan/refused", severity: "error", message };
  };

  return {
    crystalState,
    lastCrystal,
    plan,
    hkl,
    instrument,
    lens,
    source,
    planIssues,
    cifSha256,
    isLocked,
    unreadable,
    refusal,
    preview: (ops) => {
      if (ops.length === 0 && dragged.peek().length === 0) return;
      dragged.value = ops;
      announcePreview();
    },
    edit: (label, ops) => {
      const others = without(unfit.peek(), ops);
      const isUnfit = checkPlan(applyOps(committed.peek().plan, ops)).length > 0;
      if (frame !== 0) cancelAnimationFrame(frame);
      frame = 0;
      batch(() => {
        dragged.value = [];
        refusal.value = null;
        unfit.value = isUnfit ? [...others, ...ops] : others;
        if (!isUnfit) sent.value = [...sent.value, { ops, label, acceptedAfter: null }];
      });
      if (!isUnfit) sending = sending.then(sendNext);
    },
    refuse: (field, issue) => {
      const next = new Map(unreadableByField.value);
      if (issue !== null) next.set(field, issue);
      else if (!next.delete(field)) return;
      unreadableByField.value = next;
    },
    forget: (field) => {
      const kept = unfit.value.filter(({ path }) => !`${field}.`.startsWith(`${path.join(".")}.`));
      if (kept.length !== unfit.value.length) unfit.value = kept;
    },
    reveal: ({ start, end }, uri) =>
      void host.request({ t: "reveal", range: { start, end }, ...(uri !== undefined && { uri }) }),
    command: (name) => void tell(host.request({ t: "command", name })),
    openExample: (file) => void tell(host.request({ t: "openExample", file })),
    show: (panel) => void host.request({ t: "show", panel }),
    save: ({ name, kind, data }) => host.request({ t: "save", name, kind, data }),
    copy: (text) => host.request({ t: "copy", text }),
    openEdits: () =>
      sent.peek().flatMap(({ acceptedAfter, label, ops }) => (acceptedAfter === null ? { label, ops } : [])),
    receive: (message) =>
      batch(() => {
        if (message.t === "preview") {
          relayed.value = message.ops;
          return;
        }
        if (message.t === "lock") {
          isLocked.value = message.isLocked;
          return;
        }
        if (message.t === "init") isLocked.value = message.isLocked;
        if (!isSamePlan(message)) forgetEdits();
        // Without a crystal there is no default reflection: the last one stays, as its picture does.
        const isBroken = message.t !== "plan" && message.crystal.crystal === null;
        const resolvedHkl = message.plan.resolvedHkl ?? (isBroken ? committed.value.resolvedHkl : null);
        takePlan({ ...message.plan, resolvedHkl });
        if (message.t === "plan") return;
        if (!isSameCrystal(message.crystal)) lastCrystal.value = null;
        crystalState.value = message.crystal;
        lastCrystal.value = message.crystal.crystal ?? lastCrystal.value;
      }),
  };
}
