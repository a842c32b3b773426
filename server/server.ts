import {
  CodeLensRefreshRequest,
  type Connection,
  type InitializeParams,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { CRYSTAL_REQUEST, type CrystalAnswer, type CrystalParams } from "../core/protocol/index.ts";
import { error } from "../core/util/index.ts";
import { createAnalysisCache } from "./analysis.ts";
import { type AnalysedDocument, textTooLarge } from "./document.ts";
import { codeLenses } from "./features/codeLens.ts";
import { crystalAnswer, noCrystal } from "./features/crystal.ts";
import { hover } from "./features/hover.ts";
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

  const settings = createSettingsStore(
    connection,
    () => capabilities,
    () => {
      publisher.refreshAll(documents.all());
      if (capabilities.workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type);
    },
  );
  const analysed = (document: TextDocument): AnalysedDocument => ({
    document,
    analysis: analyses.get(document.uri, document.getText()),
  });
  const publisher = createDiagnosticsPublisher({ connection, runtime, settings, documents, analysed });

  connection.onInitialize((params) => {
    capabilities = params.capabilities;
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        documentSymbolProvider: true,
        codeLensProvider: { resolveProvider: false },
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
    run: (source: AnalysedDocument, params: P) => R,
  ) =>
    guarded<P, R>(connection, context, fallback, async (params) => {
      const { maxFileSizeMB } = await settings.current();
      const document = documents.get(params.textDocument.uri);
      if (!document || textTooLarge(document.getText(), maxFileSizeMB)) return fallback;
      return run(analysed(document), params);
    });

  connection.onHover(feature("Hover", null, (source, params) => hover(source, params.position)));
  connection.onDocumentSymbol(feature("Document symbols", [], documentSymbols));
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

  documents.listen(connection);
  connection.listen();
}
