import type { Connection, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentIssue } from "../core/crystal/index.ts";
import { type ClientOptions, FILE_STATE } from "../core/protocol/index.ts";
import { type Issue, type Levels, leveled } from "../core/util/index.ts";
import { allIssues } from "./allIssues.ts";
import { carryOver } from "./carryOver.ts";
import type { DictionaryStore } from "./dictionaries.ts";
import { type AnalysedDocument, textTooLarge } from "./document.ts";
import { fileNote, type Presentation, toDiagnostic } from "./features/diagnostics.ts";
import { fileState } from "./features/fileState.ts";
import { describe } from "./guard.ts";
import type { Runtime } from "./runtime.ts";
import type { SettingsStore } from "./settings.ts";

/** After the last change of a text, and longer for a long one: 0.6 s for 5 MB. */
const debounce_ms = (text: string): number => 100 + text.length * 1e-4;
/** From the problems of text and crystal to those that the dictionaries find. */
const DICTIONARY_DELAY_MS = 300;

/**
 * Sends the diagnostics of open documents, each a moment after its last change: first those of the text and its
 * crystals, with what the dictionaries found before carried over, then all anew. An overtaken result is never sent.
 */
export interface DiagnosticsPublisher {
  refresh(document: TextDocument): void;
  clear(uri: string): void;
}

interface DictionaryFindings {
  readonly text: string;
  readonly notes: readonly Issue[];
  readonly issues: readonly DocumentIssue[];
}

export function createDiagnosticsPublisher(host: {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly settings: SettingsStore;
  readonly dictionaries: DictionaryStore;
  readonly documents: TextDocuments<TextDocument>;
  readonly analysed: (document: TextDocument) => AnalysedDocument;
  readonly options: () => ClientOptions;
  readonly presentation: () => Presentation;
}): DiagnosticsPublisher {
  const { connection, runtime, settings, dictionaries, documents, analysed } = host;
  const cancelPending = new Map<string, () => void>();
  const findings = new Map<string, DictionaryFindings>();

  const schedule = (uri: string, delay_ms: number, step: (document: TextDocument) => Promise<void>): void => {
    cancelPending.get(uri)?.();
    const run = async (): Promise<void> => {
      cancelPending.delete(uri);
      const document = documents.get(uri);
      try {
        if (document) await step(document);
      } catch (cause) {
        connection.console.error(`Diagnostics of ${uri} failed: ${describe(cause)}`);
      }
    };
    cancelPending.set(
      uri,
      runtime.schedule(() => void run(), delay_ms),
    );
  };

  const isCurrent = ({ uri, version }: { readonly uri: string; readonly version: number }): boolean =>
    documents.get(uri)?.version === version;

  const send = (
    document: TextDocument,
    version: number,
    levels: Levels,
    issues: readonly DocumentIssue[],
    notes: readonly Issue[],
  ): Promise<void> => {
    const how = host.presentation();
    const diagnostics = [
      ...leveled(notes, levels).map((note) => fileNote(note, how)),
      ...leveled(issues, levels).map((issue) => toDiagnostic(document, issue, how)),
    ];
    return connection.sendDiagnostics({ uri: document.uri, version, diagnostics });
  };

  const publishFirst = async (document: TextDocument): Promise<void> => {
    const { uri, version } = document;
    const { diagnosticsEnabled, maxFileSizeMB, levels } = await settings.current();
    if (!isCurrent({ uri, version })) return;
    const limit = textTooLarge(document.getText(), maxFileSizeMB);
    if (limit || !diagnosticsEnabled) {
      findings.delete(uri);
      await send(document, version, levels, [], limit && diagnosticsEnabled ? [limit] : []);
      return;
    }
    const source = analysed(document);
    const before = findings.get(uri);
    const carried = before ? carryOver(before.issues, before.text, document.getText()) : [];
    await send(document, version, levels, allIssues(source.analysis.issues(), carried), before?.notes ?? []);
    if (host.options().fileState) await connection.sendNotification(FILE_STATE, fileState(source, levels));
    if (isCurrent({ uri, version })) schedule(uri, DICTIONARY_DELAY_MS, publishAll);
  };

  const publishAll = async (document: TextDocument): Promise<void> => {
    const { uri, version } = document;
    const { dictionaries: paths, levels } = await settings.current();
    const { dictionary, notes } = await dictionaries.load(paths);
    if (!isCurrent({ uri, version })) return;
    const { analysis } = analysed(document);
    const issues = analysis.dictionaryIssues(dictionary);
    findings.set(uri, { text: document.getText(), notes, issues });
    await send(document, version, levels, allIssues(analysis.issues(), issues), notes);
  };

  const refresh = (document: TextDocument): void =>
    schedule(document.uri, debounce_ms(document.getText()), publishFirst);

  return {
    refresh,
    clear(uri) {
      cancelPending.get(uri)?.();
      cancelPending.delete(uri);
      findings.delete(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}
