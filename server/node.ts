import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { systemRuntime } from "./runtime.ts";
import { startServer } from "./server.ts";

startServer(createConnection(ProposedFeatures.all), systemRuntime);
