import {
  type HostToView,
  type MadeFile,
  type PanelCommand,
  type PanelKind,
  parseViewToHost,
  type ViewToHost,
} from "../../core/protocol/index.ts";
import type { Session, SessionView } from "../session.ts";

/** What a panel may ask of the editor around it. */
export interface PanelActions {
  /** Selects a range of the CIF, or of the document named, in its editor. */
  readonly reveal: (range: { readonly start: number; readonly end: number }, uri: string | undefined) => Promise<void>;
  /** What the header offers, undo and redo apart. */
  readonly command: (name: Exclude<PanelCommand, "undo" | "redo">) => Promise<void>;
  /** Opens another panel of the same experiment. */
  readonly show: (kind: PanelKind) => Promise<void>;
  /** Asks where, writes, and says what happened. */
  readonly save: (file: MadeFile) => Promise<Outcome>;
  readonly copy: (text: string) => Promise<void>;
  /** Sends what a panel that was left behind has given along, if this one is opened in its place. */
  readonly restore: () => void;
  /** Sends what a panel without a crystal shows. */
  readonly welcome: () => void;
  /** Opens an example, and shows it in the panel. */
  readonly openExample: (file: string) => Promise<void>;
  readonly log: (level: "info" | "warn" | "error", text: string) => void;
}

/** Handles one message of a panel, which has no session while it has no crystal. Every request gets exactly one reply, a refused and a failed one too. */
export async function handleMessage(
  raw: unknown,
  session: Session | undefined,
  view: SessionView,
  actions: PanelActions,
): Promise<void> {
  const message = parseViewToHost(raw);
  const reply = replier(raw, view);
  if (message.t === "invalid") {
    actions.log("error", `Message of the ${view.kind} panel refused: ${message.reason}`);
    reply({ ok: false, error: `The request was not understood: ${message.reason}` });
    return;
  }
  try {
    reply(await perform(message, session, view, actions));
  } catch (cause) {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    actions.log("error", `Request "${message.t}" of the ${view.kind} panel failed: ${text}`);
    reply({ ok: false, error: cause instanceof Error ? cause.message : String(cause) });
  }
}

const NO_CRYSTAL: Outcome = { ok: false, error: "This panel shows no crystal yet: open a .cif file first." };

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: string };

async function perform(
  message: ViewToHost,
  session: Session | undefined,
  view: SessionView,
  actions: PanelActions,
): Promise<Outcome> {
  switch (message.t) {
    case "ping":
      break;
    case "ready":
      actions.restore();
      await (session?.start(view) ?? actions.welcome());
      break;
    case "plan.edit":
      return session?.edit(view, message) ?? NO_CRYSTAL;
    case "plan.preview":
      session?.preview(view, message.ops);
      break;
    case "openExample":
      await actions.openExample(message.file);
      break;
    case "reveal":
      await actions.reveal(message.range, message.uri);
      break;
    case "command":
      if (message.name === "undo") return session?.undo() ?? NO_CRYSTAL;
      if (message.name === "redo") return session?.redo() ?? NO_CRYSTAL;
      await actions.command(message.name);
      break;
    case "show":
      await actions.show(message.panel);
      break;
    case "save":
      return actions.save(message);
    case "copy":
      await actions.copy(message.text);
      break;
    case "log":
      actions.log(message.level, message.text);
      break;
  }
  return { ok: true };
}

/** Replies to a message that carries an id; to any other it says nothing. */
function replier(raw: unknown, view: SessionView): (outcome: Outcome) => void {
  const id = typeof raw === "object" && raw !== null && "id" in raw ? raw.id : undefined;
  if (typeof id !== "number") return () => {};
  return (outcome) => {
    const message: HostToView = outcome.ok
      ? { t: "reply", re: id, ok: true }
      : { t: "reply", re: id, ok: false, error: outcome.error };
    view.post(message);
  };
}
