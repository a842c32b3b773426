import type {
  CodeAction,
  CodeActionParams,
  Connection,
  Hover,
  HoverParams,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentIssue } from "../../core/crystal/index.ts";
import { parseInstrument, readLens } from "../../core/experiment/index.ts";
import {
  type PlanSummaryParams,
  RESOURCE_REQUEST,
  type ResourceAnswer,
  type ResourceParams,
  wrongMessage,
} from "../../core/protocol/index.ts";
import { type Issue, leveled, looksLikeJson, readJsonText } from "../../core/util/index.ts";
import type { Analysis } from "../analysis.ts";
import { codeActions } from "../features/codeActions.ts";
import { type Presentation, toDiagnostic } from "../features/diagnostics.ts";
import { describe } from "../guard.ts";
import type { Runtime } from "../runtime.ts";
import type { SettingsStore } from "../settings.ts";
import { lensHover, planHover } from "./hover.ts";
import { type ExperimentFileKind, experimentFileKind } from "./kinds.ts";
import { placed } from "./places.ts";
import { type ReadPlan, readPlan } from "./readPlan.ts";
import { planSummary } from "./summary.ts";

const DEBOUNCE_MS = 150;

/** Serves plans, instrument profiles and lens files: problems at the value that causes them, remedies, hovers. */
export interface ExperimentService {
  refresh(document: TextDocument): void;
  /** Looks at all plans again that name a file which has changed. */
  resourceChanged(uri: string): void;
  clear(uri: string): void;
  hover(params: HoverParams): Promise<Hover | null>;
  codeActions(params: CodeActionParams): Promise<CodeAction[]>;
  /** A plan and what follows from it, in words. */
  summary(params: PlanSummaryParams): Promise<string>;
}

interface Known {
  readonly version: number;
  readonly issues: readonly DocumentIssue[];
  readonly plan: ReadPlan | null;
}

export function createExperimentService(host: {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly settings: SettingsStore;
  readonly documents: TextDocuments<TextDocument>;
  readonly analyse: (uri: string, text: string) => Analysis;
  readonly presentation: () => Presentation;
}): ExperimentService {
  const { connection, runtime, settings, documents, analyse } = host;
  const cancelPending = new Map<string, () => void>();
  const known = new Map<string, Promise<Known>>();
  /** Files that a document named when it was read last, each with its text if it could be read. */
  const usedBy = new Map<string, Map<string, TextDocument | undefined>>();

  const reader =
    (document: string) =>
    async (params: ResourceParams): Promise<ResourceAnswer> => {
      try {
        const answer = await connection.sendRequest<ResourceAnswer>(RESOURCE_REQUEST, params);
        const wrong = wrongMessage("resourceAnswer", answer);
        if (wrong !== undefined) return { problem: `the answer of the editor was not understood (${wrong}).` };
        if (answer.uri !== undefined) {
          const text = "text" in answer ? TextDocument.create(answer.uri, "", 0, answer.text) : undefined;
          usedBy.get(document)?.set(answer.uri, text);
        }
        return answer;
      } catch {
        return { problem: "this editor hands no files to the language server." };
      }
    };

  const read = async (document: TextDocument, kind: ExperimentFileKind): Promise<Known> => {
    const { uri, version } = document;
    const text = document.getText();
    const json = looksLikeJson(text) ? readJsonText(text) : null;
    usedBy.set(uri, new Map());
    const plan = kind === "plan" ? await readPlan(uri, text, { read: reader(uri), analyse }) : null;
    const issues: readonly Issue[] =
      plan?.issues ?? (kind === "instrument" ? parseInstrument(text) : readLens(text, uri)).issues;
    return { version, issues: issues.map((issue) => placed(issue, json)), plan };
  };

  /** The reading of the present version; one is made where there is none. */
  const present = async (document: TextDocument, kind: ExperimentFileKind): Promise<Known> => {
    const last = await known.get(document.uri);
    if (last?.version === document.version) return last;
    const reading = read(document, kind);
    known.set(document.uri, reading);
    return reading;
  };

  const publish = async (uri: string): Promise<void> => {
    const document = documents.get(uri);
    const kind = experimentFileKind(uri);
    if (!document || !kind) return;
    const { diagnosticsEnabled, levels } = await settings.current();
    const { version, issues } = await present(document, kind);
    if (documents.get(uri)?.version !== version) return;
    const shown = diagnosticsEnabled ? leveled(issues, levels) : [];
    const diagnostics = shown.map((issue) => toDiagnostic(document, issue, presentation(uri)));
    await connection.sendDiagnostics({ uri, version, diagnostics });
  };

  const presentation = (uri: string): Presentation => ({
    ...host.presentation(),
    other: (other) => usedBy.get(uri)?.get(other),
  });

  const schedule = (uri: string): void => {
    cancelPending.get(uri)?.();
    const run = (): void => {
      cancelPending.delete(uri);
      publish(uri).catch((cause) => connection.console.error(`Diagnostics of ${uri} failed: ${describe(cause)}`));
    };
    cancelPending.set(uri, runtime.schedule(run, DEBOUNCE_MS));
  };

  const forget = (uri: string): void => {
    known.delete(uri);
    schedule(uri);
  };

  return {
    refresh: ({ uri }) => schedule(uri),
    resourceChanged(uri) {
      for (const [document, uses] of usedBy) if (uses.has(uri)) forget(document);
    },
    clear(uri) {
      cancelPending.get(uri)?.();
      cancelPending.delete(uri);
      known.delete(uri);
      usedBy.delete(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
    async hover({ textDocument, position }) {
      const document = documents.get(textDocument.uri);
      const kind = document && experimentFileKind(document.uri);
      if (!document || !kind || kind === "instrument") return null;
      const offset = document.offsetAt(position);
      if (kind === "lens") return lensHover(document, offset);
      const { plan } = await present(document, kind);
      return plan && planHover(document, offset, plan);
    },
    async summary({ uri, text, name }) {
      return planSummary(await readPlan(uri, text, { read: reader(uri), analyse }), name);
    },
    async codeActions(params) {
      const document = documents.get(params.textDocument.uri);
      const kind = document && experimentFileKind(document.uri);
      if (!document || !kind) return [];
      const [{ issues }, { levels }] = await Promise.all([present(document, kind), settings.current()]);
      return codeActions({ document }, leveled(issues, levels), params, presentation(document.uri));
    },
  };
}
