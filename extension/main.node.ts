import type { ExtensionContext } from "vscode";
import { Uri } from "vscode";
import { activateExtension, deactivateExtension } from "./activate.ts";
import type { CreateClient } from "./client.ts";

export const activate = (context: ExtensionContext): void =>
  activateExtension(context, createClient(context), async () =>
    require(Uri.joinPath(context.extensionUri, "dist", "export.cjs").fsPath),
  );

/** The client is most of the code: it is run once the activation has ended. */
const createClient =
  (context: ExtensionContext): CreateClient =>
  async (id, name, options) => {
    await new Promise((resolve) => setImmediate(resolve));
    const { LanguageClient, TransportKind } = await import("vscode-languageclient/node");
    const server = {
      module: Uri.joinPath(context.extensionUri, "dist", "server.cjs").fsPath,
      transport: TransportKind.ipc,
    };
    return new LanguageClient(id, name, { run: server, debug: server }, options);
  };

export const deactivate = deactivateExtension;
