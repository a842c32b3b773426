import type { ItemDefinition } from "../model.ts";
import { MATERIAL_SENTENCES } from "./material.ts";
import { MEASUREMENT_SENTENCES } from "./measurement.ts";
import { PUBLICATION_SENTENCES } from "./publication.ts";
import { RESULT_SENTENCES } from "./results.ts";
import { STRUCTURE_SENTENCES } from "./structure.ts";

/** Our sentences by name of the item in lower case, without its underscore. */
export const SENTENCES: Readonly<Record<string, string>> = {
  ...STRUCTURE_SENTENCES,
  ...MATERIAL_SENTENCES,
  ...MEASUREMENT_SENTENCES,
  ...RESULT_SENTENCES,
  ...PUBLICATION_SENTENCES,
};

/** One sentence of ours on what an item of cif_core means; undefined for those that have none. */
export const sentenceOf = ({ name }: Pick<ItemDefinition, "name">): string | undefined =>
  SENTENCES[name.slice(1).toLowerCase()];
