/** Features of the language client, by their module, that a server asks for with these capabilities; ours asks for none. */
export const UNUSED_FEATURES = {
  callHierarchy: "callHierarchyProvider",
  colorProvider: "colorProvider",
  declaration: "declarationProvider",
  diagnostic: "diagnosticProvider",
  documentLink: "documentLinkProvider",
  fileOperations: "workspace",
  implementation: "implementationProvider",
  inlineCompletion: "inlineCompletionProvider",
  inlineValue: "inlineValueProvider",
  linkedEditingRange: "linkedEditingRangeProvider",
  notebook: "notebookDocumentSync",
  signatureHelp: "signatureHelpProvider",
  textDocumentContent: "workspace",
  typeDefinition: "typeDefinitionProvider",
  typeHierarchy: "typeHierarchyProvider",
  workspaceSymbol: "workspaceSymbolProvider",
};

/** A feature that says nothing to the server and does nothing, under whatever name it is asked for. */
const ABSENT = `class Absent {
  fillClientCapabilities() {}
  initialize() {}
  getState() { return { kind: "static" }; }
  clear() {}
}
module.exports = new Proxy({}, { get: () => Absent });`;

/** An esbuild plugin that leaves them out of the extension: the client makes all features, whatever its server can do. */
export const slimClient = () => ({
  name: "slim-client",
  setup: ({ onLoad }) => {
    const modules = Object.keys(UNUSED_FEATURES).join("|");
    const filter = new RegExp(`[\\\\/]vscode-languageclient[\\\\/]lib[\\\\/]common[\\\\/](${modules})\\.js$`);
    onLoad({ filter }, () => ({ contents: ABSENT }));
  },
});
