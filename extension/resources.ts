import * as vscode from "vscode";
import type { ResourceAnswer, ResourceParams } from "../core/protocol/index.ts";
import { isInside } from "./paths.ts";
import { openDocument, resolveFrom, watch } from "./texts.ts";

/** Larger files are not handed to the language server [bytes]. */
const SIZE_LIMIT = 20e6;

/** Files that settings and documents name, for the language server; each is watched once it was asked for. */
export interface Resources extends vscode.Disposable {
  /** Never rejects. */
  read(params: ResourceParams): Promise<ResourceAnswer>;
}

export function createResources(onChange: (uri: vscode.Uri) => void): Resources {
  const watched = new Map<string, vscode.Disposable>();
  const keepWatch = (uri: vscode.Uri): void => {
    const key = uri.toString();
    if (!watched.has(key))
      watched.set(
        key,
        watch(uri, () => onChange(uri)),
      );
  };
  return {
    async read({ path, base }) {
      const named = base === undefined ? undefined : resolveFrom(vscode.Uri.parse(base), path);
      if (base === undefined ? !isInside(path) : named === undefined) {
        return { problem: "its path has to be relative and to stay inside the workspace." };
      }
      const places = named
        ? [named]
        : (vscode.workspace.workspaceFolders ?? []).map((folder) => vscode.Uri.joinPath(folder.uri, path));
      const [first] = places;
      if (!first) return { problem: "no folder is open in which it could be." };
      for (const uri of places) {
        const text = await textOf(uri);
        if (text === undefined) continue;
        keepWatch(uri);
        return typeof text === "string" ? { uri: uri.toString(), text } : { uri: uri.toString(), ...text };
      }
      keepWatch(first);
      return { problem: "there is no such file in the workspace.", uri: first.toString() };
    },
    dispose() {
      for (const watcher of watched.values()) watcher.dispose();
      watched.clear();
    },
  };
}

/** The unsaved text where the file is open, else that on the disk; undefined where there is none. */
async function textOf(uri: vscode.Uri): Promise<string | { readonly problem: string } | undefined> {
  const document = openDocument(uri);
  if (document) return document.getText();
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > SIZE_LIMIT)
      return { problem: `it has ${(size / 1e6).toFixed(0)} MB; dictionaries up to 20 MB are read.` };
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
