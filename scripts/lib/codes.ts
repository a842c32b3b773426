import { readFileSync } from "node:fs";
import { inRoot } from "./paths.ts";

/** Groups of problems that are told by panels, exports and the server itself, never beside the text of a file. */
const ELSEWHERE = /^(orientation|server|template)\//;

/** Codes of all problems that an editor may show, from the headings of docs/checks.md, which a test holds to the sources. */
export const codes = (): readonly string[] =>
  [...readFileSync(inRoot("docs", "checks.md"), "utf8").matchAll(/^### (\S+)$/gm)]
    .map(([, code]) => code!)
    .filter((code) => !ELSEWHERE.test(code))
    .sort();

/** The table of those that `df-xrm check` can find, as a module. */
export const codesModule = (): string => {
  const found = codes().filter((code) => /^(crystal|dictionary|syntax)\//.test(code));
  return `// Written by npm run schemas.\nexport const CODES: readonly string[] = ${JSON.stringify(found, null, 2)};\n`;
};

/**
 * What settings may say of the codes: all of them and their families. It stands beside the manifest, which would become
 * twice as long by it.
 */
export function settingsSchema(): string {
  const all = codes();
  const families = [...new Set(all.map((code) => code.replace(/\/.*/, "/*")))];
  const severity = {
    propertyNames: {
      enum: [...families, ...all],
      errorMessage: "DF-XRM finds no problems with this code. DF-XRM: Explain Problems lists all codes.",
    },
  };
  const properties = { "dfxrm.diagnostics.severity": { $ref: "#/definitions/severity" } };
  return `${JSON.stringify(
    {
      $schema: "http://json-schema.org/draft-07/schema#",
      title: "DF-XRM codes in settings",
      definitions: { severity },
      properties: { ...properties, settings: { properties } },
      allowComments: true,
      allowTrailingCommas: true,
    },
    null,
    2,
  )}\n`;
}
