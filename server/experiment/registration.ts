import {
  CodeActionKind,
  CodeActionRequest,
  type Connection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  HoverRequest,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { EXPERIMENT_FILES } from "./kinds.ts";

/** Asks the client for the files of experiments too, by themselves: the features for CIF files are not offered for them. */
export async function followExperimentFiles({ client }: Connection): Promise<void> {
  const options = { documentSelector: [...EXPERIMENT_FILES] };
  await client.register(DidOpenTextDocumentNotification.type, options);
  await client.register(DidCloseTextDocumentNotification.type, options);
  await client.register(DidChangeTextDocumentNotification.type, {
    ...options,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  await client.register(HoverRequest.type, options);
  await client.register(CodeActionRequest.type, { ...options, codeActionKinds: [CodeActionKind.QuickFix] });
}
