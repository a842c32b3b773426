import { looksLikeJson, type Result } from "../../util/index.ts";
import type { LensBox } from "./lensBox.ts";
import { type LensSource, lensBoxOf } from "./lensSource.ts";
import { ownLensSource } from "./ownLens.ts";
import { upstreamLensSource } from "./upstreamLens.ts";

/** The content of a lens file, a `.lens` of DF-XRM_viz or a `*.dfxrm-lens.json`; which of the two its text tells. */
export const lensSource = (text: string): Result<LensSource> =>
  looksLikeJson(text) ? ownLensSource(text) : upstreamLensSource(text);

/**
 * Reads a lens file of either format.
 * @param name that of the file, for a lens that has none of its own
 */
export function readLens(text: string, name = "lens"): Result<LensBox> {
  const source = lensSource(text);
  return source.ok ? lensBoxOf(source.value, name) : source;
}
