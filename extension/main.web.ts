import type { ExtensionContext } from "vscode";
import { Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { activateExtension, deactivateExtension } from "./activate.ts";

export const activate = (context: ExtensionContext): void =>
  activateExtension(context, (id, name, options) => {
    const server = Uri.joinPath(context.extensionUri, "dist", "server.worker.js").toString(true);
    return new LanguageClient(id, name, new Worker(server), options);
  });

export const deactivate = deactivateExtension;
