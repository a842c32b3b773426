import type { LogOutputChannel } from "vscode";
import type {
  BaseLanguageClient,
  CloseAction,
  ErrorAction,
  ErrorHandler,
  LanguageClientOptions,
} from "vscode-languageclient";
import {
  type ClientOptions,
  CRYSTAL_REQUEST,
  type CrystalAnswer,
  type CrystalParams,
  EXPORT_REQUEST,
  type ExportAnswer,
  type ExportParams,
  FILE_STATE,
  type FileState,
  type LanguageMessage,
  PLAN_SUMMARY_REQUEST,
  type PlanSummaryParams,
  RESOURCE_CHANGED,
  RESOURCE_REQUEST,
  type ResourceAnswer,
  type ResourceChange,
  type ResourceParams,
  wrongMessage,
} from "../core/protocol/index.ts";
import { EXPLANATIONS } from "./documentation.ts";
import { ignoring } from "./doNotReport.ts";
import { createFileStatus } from "./fileStatus.ts";
import { createResources } from "./resources.ts";

/** Makes the client of one kind of host: a Node process or a web worker serves the language. */
export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => Promise<BaseLanguageClient>;

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

/** Values of the client's enums, whose code is loaded later. */
const CONTINUE: ErrorAction.Continue = 1;
const DO_NOT_RESTART: CloseAction.DoNotRestart = 1;

/** Starts the language server; `onFailure` hears why it does not start. */
export function startLanguageService(
  createClient: CreateClient,
  log: LogOutputChannel,
  onFailure: (cause: unknown) => void,
): LanguageService {
  const status = createFileStatus();
  const resources = createResources((uri) => {
    const change: ResourceChange = { uri: uri.toString() };
    client
      .then((made) => made.sendNotification(RESOURCE_CHANGED, change))
      .catch((cause) => log.error("A changed file was not told", cause));
  });
  /** Starts the server again, but not for the fifth time within three minutes. */
  let whenClosed: ErrorHandler | undefined;
  const makeClient = async (): Promise<BaseLanguageClient> => {
    const made = await createClient("dfxrm", "DF-XRM", {
      documentSelector: [{ language: "cif" }],
      outputChannel: log,
      initializationOptions: {
        fileState: true,
        explanations: EXPLANATIONS,
        ignore: ignoring(),
      } satisfies ClientOptions,
      errorHandler: {
        // What is written to a server that has just died fails. By default the client gives the server up after some of
        // that; but its end is told next, and then it starts again.
        error: () => ({ action: CONTINUE, handled: true }),
        closed: () => whenClosed?.closed() ?? { action: DO_NOT_RESTART },
      },
    });
    whenClosed = made.createDefaultErrorHandler();
    made.onRequest<ResourceAnswer, never>(RESOURCE_REQUEST, (params: ResourceParams) => {
      const wrong = wrongMessage("resourceParams", params);
      return wrong === undefined ? resources.read(params) : { problem: `the request was not understood (${wrong}).` };
    });
    made.onNotification(FILE_STATE, (state: FileState) => {
      const wrong = wrongMessage("fileState", state);
      if (wrong === undefined) status.update(state);
      else log.error(`The state of a file was not understood: ${wrong}`);
    });
    return made;
  };
  const client = makeClient();
  const ask = async <T>(method: string, params: object, kind: LanguageMessage): Promise<T> => {
    const answer = await (await client).sendRequest<T>(method, params);
    const wrong = wrongMessage(kind, answer);
    if (wrong !== undefined) throw new Error(`The answer of the language server was not understood: ${wrong}`);
    return answer;
  };
  const starting = client.then((made) => made.start());
  starting.catch(onFailure);
  return {
    crystal: (params) => ask<CrystalAnswer>(CRYSTAL_REQUEST, params, "crystalAnswer"),
    exportContent: (params) => ask<ExportAnswer>(EXPORT_REQUEST, params, "exportAnswer"),
    planSummary: (params) => ask<string>(PLAN_SUMMARY_REQUEST, params, "planSummary"),
    onRestart: (listener) =>
      void starting.then(
        async () => {
          const running = await client;
          running.onDidChangeState(() => running.isRunning() && listener());
        },
        () => {},
      ),
    stop: async () => {
      status.dispose();
      resources.dispose();
      const made = await client;
      if (made.needsStop()) await made.stop();
    },
  };
}
