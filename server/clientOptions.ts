import type { ClientOptions } from "../core/protocol/index.ts";

/** The `initializationOptions` of a client, without what is not as it should be. */
export function readClientOptions(given: unknown): ClientOptions {
  const { fileState, explanations, ignore } = objectOf(given);
  const { command, title } = objectOf(ignore);
  return {
    fileState: fileState === true,
    ...(typeof explanations === "string" && { explanations }),
    ...(typeof command === "string" && typeof title === "string" && { ignore: { command, title } }),
  };
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
