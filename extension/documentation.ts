import * as vscode from "vscode";

const SCHEME = "dfxrm-docs";
const EXPLAIN = "dfxrm.explainProblem";

/** Where the code of a problem leads: to the command that shows its entry. */
export const EXPLANATIONS = `command:${EXPLAIN}?%5B%22{code}%22%5D`;

/**
 * Shows the packaged docs/checks.md as Markdown, at the entry of a problem or at its beginning. It is handed over as a text of our own,
 * because an extension that comes over HTTP has no files that an editor could open.
 */
export function registerDocumentation({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
  subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: async ({ path }) =>
        new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "docs", path))),
    }),
    vscode.commands.registerCommand(EXPLAIN, async (code?: unknown) => {
      const fragment = typeof code === "string" ? headingId(code) : "";
      await vscode.commands.executeCommand(
        "markdown.showPreviewToSide",
        vscode.Uri.from({ scheme: SCHEME, path: "/checks.md", fragment }),
      );
    }),
  );
}

/** The name of the heading "crystal/no-cell" within its page, as VS Code and GitHub make it. */
const headingId = (code: string): string => code.replace("/", "");
