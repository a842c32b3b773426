import * as vscode from "vscode";
import {
  type CrystalAnswer,
  type CrystalParams,
  cifClosed,
  cifGone,
  fileTooLarge,
  type PlannedExperiment,
} from "../core/protocol/index.ts";
import { error, type Issue } from "../core/util/index.ts";
import { baseName } from "./names.ts";
import { withPatience } from "./patience.ts";
import { openDocument, watch } from "./texts.ts";

/** Crystals of CIF files, of their unsaved text where they are open. */
export interface CrystalStore {
  /** The crystal of a block (of the first block with a cell where none is named) as it is now. Never rejects. */
  read(
    uri: vscode.Uri,
    block: string | undefined,
    energy_keV: number,
    experiment?: PlannedExperiment,
  ): Promise<CrystalAnswer>;
  /** Calls `onChange` a moment after each change of the text, in an editor or on the disk. */
  watch(uri: vscode.Uri, onChange: () => void): vscode.Disposable;
}

export function createCrystalStore(
  request: (params: CrystalParams) => Promise<CrystalAnswer>,
  log: vscode.LogOutputChannel,
): CrystalStore {
  return {
    async read(uri, block, energy_keV, experiment) {
      try {
        const text = await textForServer(uri);
        if (text.issue) return noCrystal(text.issue);
        const params = { uri: uri.toString(), energy_keV };
        const answer = request({
          ...params,
          ...(experiment && { experiment }),
          ...(block !== undefined && { block }),
          ...(text.content !== undefined && { text: text.content }),
        });
        return await withPatience(answer, PATIENCE, () => showReading(uri, answer));
      } catch (cause) {
        log.error(`Reading ${uri.toString()} failed`, cause);
        return noCrystal(
          error(
            "server/failed",
            `${baseName(uri)} could not be read: ${message(cause)}. DF-XRM: Show Log has the details.`,
          ),
        );
      }
    },
    watch,
  };
}

/** No crystal takes so long: then the server hangs, and a panel says so instead of waiting for ever. */
const PATIENCE = { slow_ms: 500, limit_ms: 60_000, refusal: "the language server does not answer" };

/** Says in the status bar, until it is done, what is waited for. */
function showReading(uri: vscode.Uri, work: Promise<unknown>): void {
  const done = work.then(
    () => undefined,
    () => undefined,
  );
  vscode.window.setStatusBarMessage(`$(sync~spin) Reading ${baseName(uri)} …`, done);
}

interface ServerText {
  /** Absent where the server has the document already. */
  readonly content?: string;
  readonly issue?: Issue;
}

async function textForServer(uri: vscode.Uri): Promise<ServerText> {
  const document = openDocument(uri);
  if (document) return document.languageId === "cif" ? {} : { content: document.getText() };
  if (uri.scheme === "untitled") {
    return { issue: cifClosed(baseName(uri)) };
  }
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    const limit_MB = vscode.workspace.getConfiguration("dfxrm").get("maxFileSizeMB", 5);
    const issue = fileTooLarge(size / 1e6, limit_MB);
    if (issue) return { issue };
    return { content: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch (cause) {
    if (!(cause instanceof vscode.FileSystemError)) throw cause;
    return { issue: cifGone(baseName(uri)) };
  }
}

const noCrystal = (issue: Issue): CrystalAnswer => ({
  block: null,
  blocks: [],
  crystal: null,
  issues: [issue],
  defaultHkl: null,
});

const message = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
