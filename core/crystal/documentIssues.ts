import type { CifBlock, CifDocument } from "../cif/index.ts";
import type { Issue, Result, TextRange } from "../util/index.ts";
import type { Crystal } from "./crystal.ts";
import { crystalFromBlock } from "./crystalFromBlock.ts";

/** A problem with its place made sure: one about a whole block stands at the block's header. */
export interface DocumentIssue extends Issue {
  readonly range: TextRange;
  /** Code of the data block it lies in, null before the first one. */
  readonly block: string | null;
}

/**
 * All problems of a CIF: of its text, and what keeps each block from being a crystal or makes it a doubtful one, in
 * order of position. A block without any of a crystal's parts (a bibliography, a dictionary) is not meant as one.
 * @param crystalOf reads the crystal of a block; a caller that keeps crystals passes its own
 */
export function documentIssues(
  document: CifDocument,
  crystalOf: (block: CifBlock) => Result<Crystal> = crystalFromBlock,
): readonly DocumentIssue[] {
  const blockAt = (offset: number): CifBlock | undefined =>
    document.blocks.findLast(({ range }) => range.start <= offset);
  const ofText = document.issues.map((issue) => {
    const range = issue.range ?? { start: 0, end: 0 };
    return { ...issue, range, block: blockAt(range.start)?.code ?? null };
  });
  const ofCrystals = document.blocks.filter(describesCrystal).flatMap((block) => {
    const crystal = crystalOf(block);
    const issues = crystal.ok ? crystal.value.issues : crystal.issues;
    return issues.map((issue) => ({ ...issue, range: issue.range ?? block.header, block: block.code }));
  });
  return [...ofText, ...ofCrystals].sort((a, b) => a.range.start - b.range.start);
}

const describesCrystal = (block: CifBlock): boolean =>
  block.entries.some((entry) =>
    entry.kind === "loop"
      ? entry.names.some(({ key }) => /^_atom_site[._](label|type_symbol|fract_[xyz])$/.test(key))
      : /^_cell[._](length_[abc]|angle_(alpha|beta|gamma))$/.test(entry.name.key),
  );
