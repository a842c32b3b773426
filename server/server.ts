import {
  CodeActionKind,
  type CodeActionParams,
  CodeLensRefreshRequest,
  type Connection,
  type HoverParams,
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
  type ClientOptions,
  CRYSTAL_REQUEST,
  type CrystalAnswer,
  type CrystalParams,
  EXPORT_REQUEST,
  type ExportAnswer,
  type ExportParams,
  PLAN_SUMMARY_REQUEST,
  type PlanSummaryParams,
  RESOURCE_CHANGED,
  RESOURCE_REQUEST,
  type ResourceAnswer,
  type ResourceChange,
  type ResourceParams,
  wrongMessage,
} from "../core/protocol/index.ts";
import { error, fail, type Issue, leveled } from "../core/util/index.ts";
import { allIssues } from "./allIssues.ts";
import { createAnalysisCache } from "./analysis.ts";
import { readClientOptions } from "./clientOptions.ts";
import { createDictionaryStore } from "./dictionaries.ts";
import { type ExplainedDocument, textTooLarge } from "./document.ts";
import { experimentFileKind } from "./experiment/kinds.ts";
import { followExperimentFiles } from "./experiment/registration.ts";
import { createExperimentService } from "./experiment/service.ts";
import { codeActions } from "./features/codeActions.ts";
import { codeLenses } from "./features/codeLens.ts";
import { COMPLETION_TRIGGERS, completion, completionDocumentation } from "./features/completion/index.ts";
import { crystalAnswer, noCrystal } from "./features/crystal.ts";
import type { Presentation } from "./features/diagnostics.ts";
import { exportAnswer } from "./features/export.ts";
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
import { createSettingsStore, type Settings } from "./settings.ts";

const CACHED_TEXTS = 16;

/** Serves CIF documents over `connection` until the client closes it. */
export function startServer(connection: Connection, runtime: Runtime): void {
  const documents = new TextDocuments(TextDocument);
  const analyses = createAnalysisCache(CACHED_TEXTS);
  let capabilities: InitializeParams["capabilities"] = {};
  let options: ClientOptions = {};

  const presentation = (): Presentation => ({
    ...options,
    related: capabilities.textDocument?.publishDiagnostics?.relatedInformation === true,
  });

  const settings = createSettingsStore(
    connection,
    () => capabilities,
    () => {
      for (const document of documents.all()) refresh(document);
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
    options: () => options,
    presentation,
  });

  const experiments = createExperimentService({
    connection,
    runtime,
    settings,
    documents,
    analyse: (uri, text) => analyses.get(uri, text),
    presentation,
  });
  const isCif = ({ uri }: { readonly uri: string }): boolean => experimentFileKind(uri) === undefined;
  const refresh = (document: TextDocument): void =>
    isCif(document) ? publisher.refresh(document) : experiments.refresh(document);

  connection.onInitialize((params) => {
    capabilities = params.capabilities;
    options = readClientOptions(params.initializationOptions);
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

  connection.onInitialized(async () => {
    await settings.follow();
    if (capabilities.textDocument?.synchronization?.dynamicRegistration === true)
      await followExperimentFiles(connection);
  });

  documents.onDidChangeContent(({ document }) => refresh(document));
  documents.onDidClose(({ document }) => {
    analyses.delete(document.uri);
    (isCif(document) ? publisher : experiments).clear(document.uri);
  });

  /** A feature of an open document; a document that is not open or too large has none. */
  const feature = <P extends { readonly textDocument: { readonly uri: string } }, R>(
    context: string,
    fallback: R,
    run: (source: ExplainedDocument, params: P, settings: Settings) => R,
  ) =>
    guarded<P, R>(connection, context, fallback, async (params) => {
      const present = await settings.current();
      const document = documents.get(params.textDocument.uri);
      if (!document || !isCif(document) || textTooLarge(document.getText(), present.maxFileSizeMB)) return fallback;
      return run(analysed(document), params, present);
    });

  const hoverOfCif = feature("Hover", null, (source, params: HoverParams) => hover(source, params.position));
  const hoverOfExperiment = guarded(connection, "Hover", null, experiments.hover);
  connection.onHover((params, token) => (isCif(params.textDocument) ? hoverOfCif : hoverOfExperiment)(params, token));
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
  const actionsOfCif = feature("Code actions", [], (source, params: CodeActionParams, { levels }) => {
    const { analysis, dictionary } = source;
    const issues = allIssues(analysis.issues(), analysis.dictionaryIssues(dictionary));
    return codeActions(source, leveled(issues, levels), params, presentation());
  });
  const actionsOfExperiment = guarded(connection, "Code actions", [], experiments.codeActions);
  connection.onCodeAction((params, token) =>
    (isCif(params.textDocument) ? actionsOfCif : actionsOfExperiment)(params, token),
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

  /** What a request that is none of ours is answered with. */
  const notUnderstood = (wrong: string): Issue => {
    connection.console.error(`A request was not understood: ${wrong}`);
    return error("server/failed", `The request was not understood: ${wrong}.`);
  };

  connection.onRequest(PLAN_SUMMARY_REQUEST, (params: PlanSummaryParams) => {
    const wrong = wrongMessage("planSummaryParams", params);
    return wrong === undefined ? experiments.summary(params) : notUnderstood(wrong).message;
  });

  const failed = noCrystal(null, [
    error(
      "server/failed",
      "The CIF file could not be read because of an internal error. DF-XRM: Show Log has the details.",
    ),
  ]);
  connection.onRequest(
    CRYSTAL_REQUEST,
    guarded<CrystalParams, CrystalAnswer>(connection, "Crystal", failed, async (params) => {
      const wrong = wrongMessage("crystalParams", params);
      if (wrong !== undefined) return noCrystal(null, [notUnderstood(wrong)]);
      const { maxFileSizeMB } = await settings.current();
      const text = params.text ?? documents.get(params.uri)?.getText();
      if (text === undefined) {
        return noCrystal(null, [error("file/not-open", "The CIF file is not open and its text was not sent along.")]);
      }
      const limit = textTooLarge(text, maxFileSizeMB);
      return limit ? noCrystal(null, [limit]) : crystalAnswer(analyses.get(params.uri, text), params);
    }),
  );

  const notExported: ExportAnswer = fail(
    error(
      "server/failed",
      "The plan could not be exported because of an internal error. DF-XRM: Show Log has the details.",
    ),
  );
  connection.onRequest<ExportAnswer, void>(
    EXPORT_REQUEST,
    guarded<ExportParams, ExportAnswer>(connection, "Export", notExported, async (params) => {
      const wrong = wrongMessage("exportParams", params);
      return wrong === undefined ? exportAnswer(params) : fail(notUnderstood(wrong));
    }),
  );

  connection.onNotification(RESOURCE_CHANGED, (change: ResourceChange) => {
    const wrong = wrongMessage("resourceChange", change);
    if (wrong !== undefined) {
      notUnderstood(wrong);
      return;
    }
    const { uri } = change;
    if (dictionaries.invalidate(uri)) for (const document of documents.all()) if (isCif(document)) refresh(document);
    experiments.resourceChanged(uri);
  });

  documents.listen(connection);
  connection.listen();
}
