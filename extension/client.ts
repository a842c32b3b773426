import type { LogOutputChannel } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { CRYSTAL_REQUEST, type CrystalAnswer, type CrystalParams } from "../core/protocol/index.ts";

/** Makes the client of one kind of host: a Node process or a web worker serves the language. */
export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** The running language server. */
export interface LanguageService {
  /** Waits for the server where it is still starting; rejects where it does not run. */
  crystal(params: CrystalParams): Promise<CrystalAnswer>;
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
  });
  client.start().catch(onFailure);
  return {
    crystal: (params) => client.sendRequest<CrystalAnswer>(CRYSTAL_REQUEST, params),
    stop: () => (client.needsStop() ? client.stop() : Promise.resolve()),
  };
}
