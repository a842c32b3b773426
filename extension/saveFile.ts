import type { Uri } from "vscode";
import type { MadeFile } from "../core/protocol/index.ts";
import { baseName } from "./names.ts";
import type { Outcome } from "./panels/messages.ts";

/** What saving takes from its host. */
export interface SavingPorts {
  /** Asks for a place, the name given beside `origin` by default; undefined where the user cancels. */
  readonly ask: (name: string, kind: MadeFile["kind"], origin: Uri) => Promise<Uri | undefined>;
  /** Writes the file; rejects with the error of the file system. */
  readonly write: (place: Uri, content: Uint8Array) => Promise<void>;
  readonly tellSaved: (place: Uri) => void;
  /** Tells why it is not saved; true where the user wants to choose another place. */
  readonly tellFailed: (sentence: string) => Promise<boolean>;
}

/**
 * Asks where to save a file that a panel has made, writes it and says what happened. A place that cannot be written can
 * be chosen anew, so that nothing is lost. To cancel is no failure.
 */
export async function saveFile({ name, kind, data }: MadeFile, origin: Uri, ports: SavingPorts): Promise<Outcome> {
  const content = typeof data === "string" ? new TextEncoder().encode(data) : data;
  const saved = await saveAs(name, kind, origin, async () => content, ports);
  if (saved.ok && saved.place) ports.tellSaved(saved.place);
  return saved.ok ? { ok: true } : saved;
}

/** As `saveFile`, of a content that depends on the place, which it may refuse by an error; says only what fails. */
export async function saveAs(
  name: string,
  kind: MadeFile["kind"],
  origin: Uri,
  contentFor: (place: Uri) => Promise<Uint8Array>,
  ports: SavingPorts,
): Promise<{ readonly ok: true; readonly place?: Uri } | { readonly ok: false; readonly error: string }> {
  for (;;) {
    const place = await ports.ask(fileName(name, kind), kind, origin);
    if (place === undefined) return { ok: true };
    try {
      await ports.write(place, await contentFor(place));
      return { ok: true, place };
    } catch (cause) {
      const sentence = `${baseName(place)} was not saved: ${reason(cause)}`;
      if (!(await ports.tellFailed(sentence))) return { ok: false, error: sentence };
    }
  }
}

/** A name that every file system takes, in any script, with the extension of its kind. */
export function fileName(suggested: string, kind: MadeFile["kind"]): string {
  const ending = `.${kind}`;
  const stem = suggested.toLowerCase().endsWith(ending) ? suggested.slice(0, -ending.length) : suggested;
  const characters = [...stem.normalize("NFC").replace(/[\p{Cc}<>:"/\\|?*]+/gu, "-")].slice(0, 100);
  const kept = characters.join("").replace(/^[\s.]+|[\s.]+$/g, "");
  return `${kept === "" ? "df-xrm" : kept}${ending}`;
}

const REASONS: Readonly<Record<string, string>> = {
  NoPermissions: "its folder or the file itself is read-only.",
  FileNotFound: "its folder is not there.",
  FileIsADirectory: "a folder has this name.",
  FileNotADirectory: "a part of its path is no folder.",
  Unavailable: "the file system is out of reach.",
};

/** What an error of the file system means, as the end of a sentence. */
function reason(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
  const message = cause instanceof Error ? cause.message : String(cause);
  return REASONS[code] ?? message;
}
