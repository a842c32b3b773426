export * from "./examples.ts";
export * from "./language.ts";
export { type LanguageMessage, wrongMessage } from "./languageChecks.ts";
export * from "./messages.ts";
