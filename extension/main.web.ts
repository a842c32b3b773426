import type { ExtensionContext } from "vscode";
import { Uri, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { activateExtension, deactivateExtension } from "./activate.ts";
import type { CreateClient } from "./client.ts";
import { evaluateScript } from "./exportWriters.ts";

export const activate = (context: ExtensionContext): void =>
  activateExtension(context, createClient(context), async () => {
    const script = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, "dist", "export.cjs"));
    return evaluateScript(new TextDecoder().decode(script));
  });

const createClient =
  (context: ExtensionContext): CreateClient =>
  async (id, name, options) => {
    const server = Uri.joinPath(context.extensionUri, "dist", "server.worker.js").toString(true);
    return new LanguageClient(id, name, new Worker(server), options);
  };

export const deactivate = deactivateExtension;
