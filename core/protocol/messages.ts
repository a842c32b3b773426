import * as v from "valibot";
import type { Crystal } from "../crystal/crystal.ts";
import type { InstrumentProfile } from "../experiment/instrument/index.ts";
import type { LensBox } from "../experiment/lens/lensBox.ts";
import type { ExperimentPlan, Hkl, PlanOp } from "../experiment/plan.ts";
import type { Issue, TextRange } from "../util/index.ts";

/** Messages between the extension host and a panel. Every request (a message with `id`) gets exactly one `reply`. */

export type PanelKind = "geometry" | "reflections" | "attenuation" | "lens";

/** The panels that there are, in the order in which they are offered. */
export const PANEL_KINDS: readonly PanelKind[] = ["geometry", "reflections", "attenuation", "lens"];

/** What a panel can have saved; the name of the kind is the extension of the file. */
export const FILE_KINDS = [
  "svg",
  "png",
  "pdf",
  "glb",
  "html",
  "md",
  "csv",
  "tsv",
  "json",
  "txt",
  "py",
  "lens",
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** A file that a panel has made. */
export interface MadeFile {
  /** Suggested name, with or without its extension. */
  readonly name: string;
  readonly kind: FileKind;
  readonly data: string | Uint8Array;
}

/** A CIF as a panel sees it. */
export interface CrystalState {
  readonly uri: string;
  /** File name for titles. */
  readonly name: string;
  /** Grows with each change of the text. */
  readonly version: number;
  /** Code of the data block in use, null if the file has none with a cell. */
  readonly block: string | null;
  /** Codes of all data blocks with a cell: those that a plan can be about. */
  readonly blocks: readonly string[];
  /** Null where the CIF gives no crystal; `issues` says why. */
  readonly crystal: Crystal | null;
  readonly issues: readonly Issue[];
}

/** What a file that the plan names came to: the last good value, and what is wrong with the present text. */
export interface Resolved<T> {
  readonly value: T | null;
  readonly issues: readonly Issue[];
}

/** Where a plan is kept. */
export interface PlanSource {
  /** Null for a draft, which is in no file yet. */
  readonly uri: string | null;
  /** Name of the file; of the CIF for a draft. */
  readonly name: string;
}

export interface PlanState {
  readonly source: PlanSource;
  /** What is wrong with the text of the plan, or with the CIF that it names; `plan` is then the last good one. */
  readonly issues: readonly Issue[];
  /** SHA-256 of the present text of the CIF, to compare with that in the plan; null for a draft. */
  readonly cifSha256: string | null;
  /** Grows with each accepted edit. */
  readonly version: number;
  readonly plan: ExperimentPlan;
  /** The plan's reflection, or the default one where the plan names none; null if there is no crystal. */
  readonly resolvedHkl: Hkl | null;
  readonly instrument: Resolved<InstrumentProfile>;
  /** Null where the plan has no lens. */
  readonly lens: Resolved<LensBox> | null;
}

/** A change of a plan that no host has taken yet. */
export interface OpenEdit {
  readonly label: string;
  readonly ops: readonly PlanOp[];
}

/**
 * Command by which a panel asks to be opened again. VS Code leaves the panels of an extension host that ends behind: they
 * go on to show what they showed, and nothing that they say is heard; but links in them still run commands.
 */
export const OPEN_AGAIN = "dfxrm.openPanelAgain";

/** What a panel that was left behind gives along. */
export interface LeftPanel {
  /** Nonce of its page: the host that has made this page has not left the panel. */
  readonly page: string;
  readonly panel: PanelKind;
  readonly hasFocus: boolean;
  /** What the panel has saved. */
  readonly state: unknown;
  readonly edits: readonly OpenEdit[];
}

export type HostToView =
  | {
      readonly t: "init";
      readonly panel: PanelKind;
      readonly crystal: CrystalState;
      readonly plan: PlanState;
      readonly isLocked: boolean;
    }
  /** The panel has no crystal yet, and offers some. */
  | { readonly t: "empty"; readonly panel: PanelKind }
  /** Before anything else to a panel that is opened in place of one that was left behind. */
  | { readonly t: "restore"; readonly state: unknown; readonly edits: readonly OpenEdit[] }
  /** Whether the panel stays with its plan, or follows the active editor. */
  | { readonly t: "lock"; readonly isLocked: boolean }
  | { readonly t: "crystal"; readonly crystal: CrystalState; readonly plan: PlanState }
  | { readonly t: "plan"; readonly plan: PlanState }
  | { readonly t: "preview"; readonly ops: readonly PlanOp[] }
  | { readonly t: "reply"; readonly re: number; readonly ok: true }
  | { readonly t: "reply"; readonly re: number; readonly ok: false; readonly error: string };

/** What the header and the keys of a panel ask for. */
export const PANEL_COMMANDS = [
  "choosePlan",
  "chooseBlock",
  "savePlan",
  "openPlanText",
  "openCif",
  "toggleLock",
  "undo",
  "redo",
] as const;
export type PanelCommand = (typeof PANEL_COMMANDS)[number];

export type ViewToHost =
  | { readonly t: "ready" }
  /** Asks only for the reply: is the host still there? */
  | { readonly t: "ping"; readonly id: number }
  | {
      readonly t: "plan.edit";
      readonly id: number;
      readonly baseVersion: number;
      readonly label: string;
      readonly ops: readonly PlanOp[];
    }
  | { readonly t: "plan.preview"; readonly ops: readonly PlanOp[] }
  | { readonly t: "command"; readonly id: number; readonly name: PanelCommand }
  /** Selects a place in the CIF or, where a URI is given, in another text that an issue has named. */
  | { readonly t: "reveal"; readonly id: number; readonly range: TextRange; readonly uri?: string }
  /** Opens a crystal that comes with the extension, and shows it in the panel. */
  | { readonly t: "openExample"; readonly id: number; readonly file: string }
  | { readonly t: "show"; readonly id: number; readonly panel: PanelKind }
  /** Asks where, and writes; the reply is ok too where the user has cancelled. */
  | ({ readonly t: "save"; readonly id: number } & MadeFile)
  /** Puts text on the clipboard. */
  | { readonly t: "copy"; readonly id: number; readonly text: string }
  | { readonly t: "log"; readonly level: "info" | "warn" | "error"; readonly text: string };

const planOp = v.object({
  path: v.pipe(v.array(v.string()), v.minLength(1)),
  value: v.optional(v.unknown()),
});
const id = v.pipe(v.number(), v.integer());
const panelKind = v.picklist(["geometry", "reflections", "attenuation", "lens"]);
const openEdits = v.array(v.object({ label: v.string(), ops: v.array(planOp) }));
const leftPanel = v.object({
  page: v.string(),
  panel: panelKind,
  hasFocus: v.boolean(),
  state: v.unknown(),
  edits: openEdits,
});

const viewToHost = v.variant("t", [
  v.object({ t: v.literal("ready") }),
  v.object({ t: v.literal("ping"), id }),
  v.object({ t: v.literal("plan.edit"), id, baseVersion: v.number(), label: v.string(), ops: v.array(planOp) }),
  v.object({ t: v.literal("plan.preview"), ops: v.array(planOp) }),
  v.object({ t: v.literal("command"), id, name: v.picklist(PANEL_COMMANDS) }),
  v.object({
    t: v.literal("reveal"),
    id,
    range: v.object({ start: v.number(), end: v.number() }),
    uri: v.optional(v.string()),
  }),
  v.object({ t: v.literal("openExample"), id, file: v.string() }),
  v.object({ t: v.literal("show"), id, panel: panelKind }),
  v.object({
    t: v.literal("save"),
    id,
    name: v.string(),
    kind: v.picklist(FILE_KINDS),
    data: v.union([v.string(), v.instance(Uint8Array)]),
  }),
  v.object({ t: v.literal("copy"), id, text: v.string() }),
  v.object({ t: v.literal("log"), level: v.picklist(["info", "warn", "error"]), text: v.string() }),
]);

/** A crystal is checked by its outline only: it comes from our own server and is large. */
const crystalState = v.looseObject({
  uri: v.string(),
  name: v.string(),
  version: v.number(),
  block: v.nullable(v.string()),
  blocks: v.array(v.string()),
  crystal: v.nullable(v.looseObject({ cell: v.looseObject({}), sites: v.array(v.unknown()) })),
  issues: v.array(v.looseObject({ code: v.string(), message: v.string() })),
});
const resolved = <T extends v.GenericSchema>(value: T) =>
  v.looseObject({ value: v.nullable(value), issues: v.array(v.looseObject({ message: v.string() })) });
const planState = v.looseObject({
  source: v.object({ uri: v.nullable(v.string()), name: v.string() }),
  issues: v.array(v.looseObject({ code: v.string(), message: v.string() })),
  cifSha256: v.nullable(v.string()),
  version: v.number(),
  plan: v.looseObject({ version: v.literal(1) }),
  resolvedHkl: v.nullable(v.tuple([v.number(), v.number(), v.number()])),
  instrument: resolved(v.looseObject({ stack: v.array(v.unknown()) })),
  lens: v.nullable(resolved(v.looseObject({ series: v.array(v.unknown()) }))),
});

const hostToView = v.variant("t", [
  v.object({ t: v.literal("init"), panel: panelKind, crystal: crystalState, plan: planState, isLocked: v.boolean() }),
  v.object({ t: v.literal("empty"), panel: panelKind }),
  v.object({ t: v.literal("restore"), state: v.unknown(), edits: openEdits }),
  v.object({ t: v.literal("lock"), isLocked: v.boolean() }),
  v.object({ t: v.literal("crystal"), crystal: crystalState, plan: planState }),
  v.object({ t: v.literal("plan"), plan: planState }),
  v.object({ t: v.literal("preview"), ops: v.array(planOp) }),
  v.object({ t: v.literal("reply"), re: id, ok: v.literal(true) }),
  v.object({ t: v.literal("reply"), re: id, ok: v.literal(false), error: v.string() }),
]);

/** The message if it is one of ours, else the reason why it is refused. */
export function parseViewToHost(message: unknown): ViewToHost | { readonly t: "invalid"; readonly reason: string } {
  const parsed = v.safeParse(viewToHost, message);
  return parsed.success ? (parsed.output as ViewToHost) : { t: "invalid", reason: parsed.issues[0].message };
}

/** As `parseViewToHost`, for the other direction. */
export function parseHostToView(message: unknown): HostToView | { readonly t: "invalid"; readonly reason: string } {
  const parsed = v.safeParse(hostToView, message);
  return parsed.success ? (parsed.output as unknown as HostToView) : { t: "invalid", reason: parsed.issues[0].message };
}

/** What the command `OPEN_AGAIN` was given; undefined where it is something else. */
export function parseLeftPanel(argument: unknown): LeftPanel | undefined {
  const parsed = v.safeParse(leftPanel, argument);
  return parsed.success ? (parsed.output as LeftPanel) : undefined;
}
