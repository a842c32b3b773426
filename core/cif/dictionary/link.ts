import type { ItemDefinition } from "./model.ts";

/** Where the IUCr describes the items of its dictionaries, by the dictionary's title. */
const PAGES: Readonly<Record<string, (item: string) => string>> = {
  CIF_CORE: (item) => `https://www.iucr.org/__data/iucr/cifdic_html/3/CORE_DIC/I${item}.html`,
  CIF_MAG: () => "https://www.iucr.org/resources/cif/dictionaries/cif_mag",
};

/** Address of the page of the IUCr that defines an item, to be shown as text; undefined for items of other dictionaries. */
export const iucrLink = ({ name, dictionary }: ItemDefinition): string | undefined =>
  PAGES[dictionary]?.(name.slice(1));
