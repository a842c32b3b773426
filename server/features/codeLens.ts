import type { CodeLens } from "vscode-languageserver";
import { findItem } from "../../core/cif/index.ts";
import { type AnalysedDocument, toRange } from "../document.ts";

const LENSES = [
  { title: "Geometry", command: "dfxrm.showGeometry" },
  { title: "Reflections", command: "dfxrm.showReflections" },
  { title: "Attenuation", command: "dfxrm.showAttenuation" },
] as const;

/** Where the text is one side of a comparison, not a file that is being worked on. */
const COMPARISON_SCHEMES = ["git:", "review:"];

/** `Geometry | Reflections | Attenuation` above each data block with a unit cell. */
export function codeLenses({ document, analysis }: AnalysedDocument): CodeLens[] {
  if (COMPARISON_SCHEMES.some((scheme) => document.uri.startsWith(scheme))) return [];
  return analysis.cif.blocks
    .filter((block) => findItem(block, "_cell_length_a", "_cell.length_a") !== undefined)
    .flatMap((block) =>
      LENSES.map(({ title, command }) => ({
        range: toRange(document, block.header),
        command: { title, command, arguments: [{ uri: document.uri, block: block.code }] },
      })),
    );
}
