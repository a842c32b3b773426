import type { Connection, Diagnostic, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnalysedDocument, textTooLarge } from "./document.ts";
import { diagnostics, fileNote } from "./features/diagnostics.ts";
import { describe } from "./guard.ts";
import type { Runtime } from "./runtime.ts";
import type { SettingsStore } from "./settings.ts";

const DEBOUNCE_MS = 100;

/** Sends the diagnostics of open documents, each a moment after its last change; an overtaken result is never sent. */
export interface DiagnosticsPublisher {
  refresh(document: TextDocument): void;
  refreshAll(documents: readonly TextDocument[]): void;
  clear(uri: string): void;
}

export function createDiagnosticsPublisher(host: {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly settings: SettingsStore;
  readonly documents: TextDocuments<TextDocument>;
  readonly analysed: (document: TextDocument) => AnalysedDocument;
}): DiagnosticsPublisher {
  const { connection, runtime, settings, documents, analysed } = host;
  const cancelPending = new Map<string, () => void>();

  const compute = async (document: TextDocument): Promise<Diagnostic[]> => {
    const { diagnosticsEnabled, maxFileSizeMB } = await settings.current();
    if (!diagnosticsEnabled) return [];
    const limit = textTooLarge(document.getText(), maxFileSizeMB);
    return limit ? [fileNote(limit)] : diagnostics(analysed(document));
  };

  const publish = async (uri: string): Promise<void> => {
    const document = documents.get(uri);
    if (!document) return;
    const { version } = document;
    try {
      const found = await compute(document);
      if (documents.get(uri)?.version !== version) return;
      await connection.sendDiagnostics({ uri, version, diagnostics: found });
    } catch (cause) {
      connection.console.error(`Diagnostics of ${uri} failed: ${describe(cause)}`);
    }
  };

  const refresh = (document: TextDocument): void => {
    const { uri } = document;
    cancelPending.get(uri)?.();
    const cancel = runtime.schedule(() => {
      cancelPending.delete(uri);
      void publish(uri);
    }, DEBOUNCE_MS);
    cancelPending.set(uri, cancel);
  };

  return {
    refresh,
    refreshAll: (all) => all.forEach(refresh),
    clear(uri) {
      cancelPending.get(uri)?.();
      cancelPending.delete(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}
