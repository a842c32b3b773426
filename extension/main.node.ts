import type { ExtensionContext } from "vscode";
import { Uri } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { activateExtension, deactivateExtension } from "./activate.ts";

export const activate = (context: ExtensionContext): void =>
  activateExtension(context, (id, name, options) => {
    const server = {
      module: Uri.joinPath(context.extensionUri, "dist", "server.cjs").fsPath,
      transport: TransportKind.ipc,
    };
    return new LanguageClient(id, name, { run: server, debug: server }, options);
  });

export const deactivate = deactivateExtension;
