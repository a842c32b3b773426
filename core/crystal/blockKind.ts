import { type CifBlock, type CifDocument, findItem, namesOf } from "../cif/index.ts";

const ATOM_NAME = /^_atom_site[._](label|type_symbol|fract_[xyz])$/;

/** Whether a block has a list of atoms, be it faulty. */
export const listsAtoms = ({ entries }: CifBlock): boolean =>
  entries.some((entry) => namesOf(entry).some(({ key }) => ATOM_NAME.test(key)));

/** Whether a block has a cell or atoms, in part at least: it is meant as a crystal. */
export const describesCrystal = ({ entries }: CifBlock): boolean =>
  entries.some((entry) =>
    entry.kind === "loop"
      ? entry.names.some(({ key }) => ATOM_NAME.test(key))
      : /^_cell[._](length_[abc]|angle_(alpha|beta|gamma))$/.test(entry.name.key),
  );

/** Whether a block is a dictionary (DDLm) or one of its definitions (DDL1). */
export const isDictionary = ({ entries }: CifBlock): boolean =>
  entries.some(
    (entry) => entry.kind === "item" && /^_(dictionary[._]|definition[._]id$|name$|category$)/.test(entry.name.key),
  );

/** Whether a block is a macromolecular one (mmCIF), whose names mean other things: it is neither read nor checked. */
export const isMacromolecular = (block: CifBlock): boolean => {
  const conforms = findItem(block, "_audit_conform.dict_name")?.value?.text ?? "";
  return findItem(block, "_entry.id") !== undefined || /^mmcif/i.test(conforms);
};

const powderFiles = new WeakMap<CifDocument, boolean>();

/** Whether the blocks of a file refer to each other as phases and patterns of powder diffraction. */
export function isPowderFile(document: CifDocument): boolean {
  const known = powderFiles.get(document);
  if (known !== undefined) return known;
  const links = /^_pd_(block_id|phase_block_id|block_diffractogram_id)$/;
  const found = document.blocks.some(({ entries }) =>
    entries.some((entry) => namesOf(entry).some(({ key }) => links.test(key))),
  );
  powderFiles.set(document, found);
  return found;
}
