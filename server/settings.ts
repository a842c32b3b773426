import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from "vscode-languageserver";
import { type Level, type Levels, readLevel } from "../core/util/index.ts";

/** The part of the user's settings (section `dfxrm`) that the server follows. */
export interface Settings {
  readonly diagnosticsEnabled: boolean;
  readonly codeLensEnabled: boolean;
  readonly inlayHintsEnabled: boolean;
  readonly maxFileSizeMB: number;
  /** How problems are told, where not as they are found. */
  readonly levels: Levels;
  /** Paths of dictionaries in the workspace. */
  readonly dictionaries: readonly string[];
}

export const DEFAULT_SETTINGS: Settings = {
  diagnosticsEnabled: true,
  codeLensEnabled: true,
  inlayHintsEnabled: true,
  maxFileSizeMB: 5,
  levels: new Map(),
  dictionaries: [],
};

/** The settings of a client, asked for once and again after each change that it announces. */
export interface SettingsStore {
  current(): Promise<Settings>;
  /** To be called once the client is initialized: asks to be told of changes. */
  follow(): Promise<void>;
}

export function createSettingsStore(
  connection: Connection,
  capabilities: () => InitializeParams["capabilities"],
  onChange: () => void,
): SettingsStore {
  let pending: Promise<Settings> | undefined;
  const ask = async (): Promise<Settings> => {
    if (!capabilities().workspace?.configuration) return DEFAULT_SETTINGS;
    try {
      return fromClient(await connection.workspace.getConfiguration("dfxrm"), (wrong) =>
        connection.console.warn(`Setting dfxrm.diagnostics.severity: ${wrong}`),
      );
    } catch (cause) {
      connection.console.warn(`Settings could not be read, defaults are used: ${String(cause)}`);
      return DEFAULT_SETTINGS;
    }
  };
  connection.onDidChangeConfiguration(() => {
    pending = undefined;
    onChange();
  });
  return {
    current() {
      pending ??= ask();
      return pending;
    },
    async follow() {
      if (capabilities().workspace?.didChangeConfiguration?.dynamicRegistration) {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: "dfxrm" });
      }
    },
  };
}

/** Values of a wrong type fall back to the defaults, one by one; what is wrong with a level is told to `warn`. */
function fromClient(section: unknown, warn: (wrong: string) => void): Settings {
  const at = (...path: readonly string[]): unknown =>
    path.reduce<unknown>(
      (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
      section,
    );
  const flag = (value: unknown, fallback: boolean): boolean => (typeof value === "boolean" ? value : fallback);
  const size = at("maxFileSizeMB");
  const dictionaries = at("cif", "dictionaries");
  return {
    diagnosticsEnabled: flag(at("diagnostics", "enabled"), DEFAULT_SETTINGS.diagnosticsEnabled),
    codeLensEnabled: flag(at("codeLens", "enabled"), DEFAULT_SETTINGS.codeLensEnabled),
    inlayHintsEnabled: flag(at("inlayHints", "enabled"), DEFAULT_SETTINGS.inlayHintsEnabled),
    maxFileSizeMB: typeof size === "number" && size > 0 ? size : DEFAULT_SETTINGS.maxFileSizeMB,
    levels: levelsFrom(at("diagnostics", "severity"), warn),
    dictionaries: Array.isArray(dictionaries)
      ? dictionaries.filter((path) => typeof path === "string" && path !== "")
      : DEFAULT_SETTINGS.dictionaries,
  };
}

function levelsFrom(value: unknown, warn: (wrong: string) => void): Levels {
  if (typeof value !== "object" || value === null) return DEFAULT_SETTINGS.levels;
  const levels = new Map<string, Level>();
  for (const [code, written] of Object.entries(value)) {
    const read = readLevel(code, written);
    if ("wrong" in read) warn(read.wrong);
    else levels.set(code, read.level);
  }
  return levels;
}
