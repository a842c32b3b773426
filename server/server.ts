import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  type InitializeParams,
  type InlayHintParams,
  InlayHintRefreshRequest,
  type SemanticTokens,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { builtInDictionary } from "../core/cif/dictionary/index.ts";
import {
  CRYSTAL_REQUEST,
  type CrystalAnswer,
  type CrystalParams,
  RESOURCE_CHANGED,
  RESOURCE_REQUEST,
  type ResourceAnswer,
  type ResourceChange,
  type ResourceParams,
} from "../core/protocol/index.ts";
import { error } from "../core/util/index.ts";
import { allIssues } from "./allIssues.ts";
import { createAnalysisCache } from "./analysis.ts";
import { createDictionaryStore } from "./dictionaries.ts";
import { type ExplainedDocument, textTooLarge } from "./document.ts";
import { codeActions } from "./features/codeActions.ts";
import { codeLenses } from "./features/codeLens.ts";
import { COMPLETION_TRIGGERS, completion, completionDocumentation } from "./features/completion/index.ts";
import { crystalAnswer, noCrystal } from "./features/crystal.ts";
import { foldingRanges } from "./features/folding.ts";
import { format, formatLines } from "./features/formatting.ts";
import { hover } from "./features/hover/index.ts";
import { inlayHints } from "./features/inlayHints.ts";
import { definition, highlights, prepareRename, references, rename } from "./features/labels.ts";
import { selectionRanges } from "./features/selection.ts";
import { SEMANTIC_TOKENS_LEGEND, semanticTokens, semanticTokensInRange } from "./features/semanticTokens.ts";
import { documentSymbols } from "./features/symbols.ts";
import { guarded } from "./guard.ts";
import { createDiagnosticsPublisher } from "./publisher.ts";
import type { Runtime } from "./runtime.ts";
import { createSettingsStore } from "./settings.ts";

const CACHED_TEXTS = 16;

/** Serves CIF documents over `connection` until the client closes it. */
export function startServer(connection: Connection, runtime: Runtime): void {
  const documents = new TextDocuments(TextDocument);
  const analyses = createAnalysisCache(CACHED_TEXTS);
  let capabilities: InitializeParams["capabilities"] = {};
  let sendsFileState = false;

  const settings = createSettingsStore(
    connection,
    () => capabilities,
    () => {
      publisher.refreshAll(documents.all());
      if (capabilities.workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type);
      if (capabilities.workspace?.inlayHint?.refreshSupport) void connection.sendRequest(InlayHintRefreshRequest.type);
    },
  );
  const dictionaries = createDictionaryStore(builtInDictionary, (params) =>
    connection.sendRequest<ResourceAnswer>(RESOURCE_REQUEST, params satisfies ResourceParams),
  );
  const analysed = (document: TextDocument): ExplainedDocument => ({
    document,
    analysis: analyses.get(document.uri, document.getText()),
    get dictionary() {
      return dictionaries.current.dictionary;
    },
  });
  const publisher = createDiagnosticsPublisher({
    connection,
    runtime,
    settings,
    dictionaries,
    documents,
    analysed,
    sendsFileState: () => sendsFileState,
  });

  connection.onInitialize((params) => {
    capabilities = params.capabilities;
    sendsFileState = params.initializationOptions?.fileState === true;
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        documentSymbolProvider: true,
        codeLensProvider: { resolveProvider: false },
        completionProvider: { triggerCharacters: COMPLETION_TRIGGERS, resolveProvider: true },
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        semanticTokensProvider: { legend: SEMANTIC_TOKENS_LEGEND, full: true, range: true },
        inlayHintProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        renameProvider: { prepareProvider: true },
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
      },
      serverInfo: { name: "DF-XRM CIF language server" },
    };
  });

  documents.onDidChangeContent(({ document }) => publisher.refresh(document));
  documents.onDidClose(({ document }) => {
    analyses.delete(document.uri);
    publisher.clear(document.uri);
  });

  /** A feature of an open document; a document that is not open or too large has none. */
  const feature = <P extends { readonly textDocument: { readonly uri: string } }, R>(
    context: string,
    fallback: R,
    run: (source: ExplainedDocument, params: P) => R,
  ) =>
    guarded<P, R>(connection, context, fallback, async (params) => {
      const { maxFileSizeMB } = await settings.current();
      const document = documents.get(params.textDocument.uri);
      if (!document || textTooLarge(document.getText(), maxFileSizeMB)) return fallback;
      return run(analysed(document), params);
    });

  connection.onHover(feature("Hover", null, (source, params) => hover(source, params.position)));
  connection.onDocumentSymbol(feature("Document symbols", [], documentSymbols));
  connection.onFoldingRanges(
    feature("Folding", [], (source) =>
      foldingRanges(source, capabilities.textDocument?.foldingRange?.rangeLimit ?? 5000),
    ),
  );
  connection.onSelectionRanges(
    feature("Selection ranges", null, (source, params) => selectionRanges(source, params.positions)),
  );
  connection.onCompletion(feature("Completion", null, (source, params) => completion(source, params.position)));
  connection.onCompletionResolve((item) => completionDocumentation(item, dictionaries.current.dictionary));
  connection.onCodeAction(
    feature("Code actions", [], (source, params) => {
      const { analysis, dictionary } = source;
      return codeActions(source, allIssues(analysis.issues(), analysis.dictionaryIssues(dictionary)), params);
    }),
  );
  connection.onDefinition(feature("Definition", null, (source, params) => definition(source, params.position)));
  connection.onReferences(
    feature("References", [], (source, params) => references(source, params.position, params.context)),
  );
  connection.onDocumentHighlight(feature("Highlights", null, (source, params) => highlights(source, params.position)));
  connection.onPrepareRename(feature("Rename", null, (source, params) => prepareRename(source, params.position)));
  connection.onRenameRequest(
    feature("Rename", null, (source, params) => rename(source, params.position, params.newName)),
  );
  connection.onDocumentFormatting(feature("Formatting", [], format));
  connection.onDocumentRangeFormatting(
    feature("Formatting", [], (source, params) => formatLines(source, params.range)),
  );
  const noTokens: SemanticTokens = { data: [] };
  connection.languages.semanticTokens.on(feature("Semantic tokens", noTokens, semanticTokens));
  connection.languages.semanticTokens.onRange(
    feature("Semantic tokens", noTokens, (source, params) => semanticTokensInRange(source, params.range)),
  );
  const hints = feature("Inlay hints", [], (source, params: InlayHintParams) => inlayHints(source, params.range));
  connection.languages.inlayHint.on(async (params, token) =>
    (await settings.current()).inlayHintsEnabled ? hints(params, token) : [],
  );
  const lenses = feature("CodeLens", [], codeLenses);
  connection.onCodeLens(async (params, token) =>
    (await settings.current()).codeLensEnabled ? lenses(params, token) : [],
  );

  const failed = noCrystal(null, [
    error(
      "server/failed",
      "The CIF file could not be read because of an internal error. DF-XRM: Show Log has the details.",
    ),
  ]);
  connection.onRequest(
    CRYSTAL_REQUEST,
    guarded<CrystalParams, CrystalAnswer>(connection, "Crystal", failed, async (params) => {
      const { maxFileSizeMB } = await settings.current();
      const text = params.text ?? documents.get(params.uri)?.getText();
      if (text === undefined) {
        return noCrystal(null, [error("file/not-open", "The CIF file is not open and its text was not sent along.")]);
      }
      const limit = textTooLarge(text, maxFileSizeMB);
      return limit ? noCrystal(null, [limit]) : crystalAnswer(analyses.get(params.uri, text), params);
    }),
  );

  connection.onNotification(RESOURCE_CHANGED, ({ uri }: ResourceChange) => {
    if (dictionaries.invalidate(uri)) publisher.refreshAll(documents.all());
  });

  documents.listen(connection);
  connection.listen();
}
