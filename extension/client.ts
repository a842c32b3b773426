import type { LogOutputChannel } from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, State } from "vscode-languageclient";
import {
  type ClientOptions,
  CRYSTAL_REQUEST,
  type CrystalAnswer,
  type CrystalParams,
  EXPORT_REQUEST,
  type ExportAnswer,
  type ExportParams,
  FILE_STATE,
  PLAN_SUMMARY_REQUEST,
  type PlanSummaryParams,
  RESOURCE_CHANGED,
  RESOURCE_REQUEST,
  type ResourceAnswer,
  type ResourceChange,
} from "../core/protocol/index.ts";
import { EXPLANATIONS } from "./documentation.ts";
import { createFileStatus } from "./fileStatus.ts";
import { createResources } from "./resources.ts";

/** Makes the client of one kind of host: a Node process or a web worker serves the language. */
export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** The running language server. */
export interface LanguageService {
  /** Waits for the server where it is still starting; rejects where it does not run. */
  crystal(params: CrystalParams): Promise<CrystalAnswer>;
  /** All that is exported of a plan. */
  exportContent(params: ExportParams): Promise<ExportAnswer>;
  /** A plan and what follows from it, as Markdown. */
  planSummary(params: PlanSummaryParams): Promise<string>;
  /** Calls `listener` each time the server runs again after it had ended. */
  onRestart(listener: () => void): void;
  stop(): Promise<void>;
}

/** Starts the language server; `onFailure` hears why it does not start. */
export function startLanguageService(
  createClient: CreateClient,
  log: LogOutputChannel,
  onFailure: (cause: unknown) => void,
): LanguageService {
  const client = createClient("dfxrm", "DF-XRM", {
    documentSelector: [{ language: "cif" }],
    outputChannel: log,
    initializationOptions: { fileState: true, explanations: EXPLANATIONS } satisfies ClientOptions,
  });
  const status = createFileStatus();
  const resources = createResources((uri) => {
    const change: ResourceChange = { uri: uri.toString() };
    client.sendNotification(RESOURCE_CHANGED, change).catch((cause) => log.error("A changed file was not told", cause));
  });
  client.onRequest<ResourceAnswer, never>(RESOURCE_REQUEST, resources.read);
  client.onNotification(FILE_STATE, status.update);
  const starting = client.start();
  starting.catch(onFailure);
  return {
    crystal: (params) => client.sendRequest<CrystalAnswer>(CRYSTAL_REQUEST, params),
    exportContent: (params) => client.sendRequest<ExportAnswer>(EXPORT_REQUEST, params),
    planSummary: (params) => client.sendRequest<string>(PLAN_SUMMARY_REQUEST, params),
    onRestart: (listener) =>
      void starting.then(
        () => client.onDidChangeState(({ newState }) => newState === State.Running && listener()),
        () => {},
      ),
    stop: async () => {
      status.dispose();
      resources.dispose();
      if (client.needsStop()) await client.stop();
    },
  };
}
