import type { ExtensionContext } from "vscode";
import { Uri } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { activateExtension, deactivateExtension } from "./activate.ts";
import type { CreateClient } from "./client.ts";

export const activate = (context: ExtensionContext): void =>
  activateExtension(context, createClient(context), async () =>
    require(Uri.joinPath(context.extensionUri, "dist", "export.cjs").fsPath),
  );

const createClient =
  (context: ExtensionContext): CreateClient =>
  (id, name, options) => {
    const server = {
      module: Uri.joinPath(context.extensionUri, "dist", "server.cjs").fsPath,
      transport: TransportKind.ipc,
    };
    return new LanguageClient(id, name, { run: server, debug: server }, options);
  };

export const deactivate = deactivateExtension;
