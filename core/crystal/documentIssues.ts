import { blockAt, type CifBlock, type CifDocument, entryAt } from "../cif/index.ts";
import { collectIssues, type Issue, type Result, type TextRange } from "../util/index.ts";
import { describesCrystal, isMacromolecular, listsAtoms } from "./blockKind.ts";
import { checkBlock } from "./checks/index.ts";
import type { Check } from "./checks/subject.ts";
import type { Crystal } from "./crystal.ts";
import { crystalFromBlock } from "./crystalFromBlock.ts";

/** A problem with its place made sure: one about a whole block stands at the block's header. */
export interface DocumentIssue extends Issue {
  readonly range: TextRange;
  /** Code of the data block it lies in, null before the first one. */
  readonly block: string | null;
  /** Data names that it is about: those that it names itself, else the one at its place. */
  readonly names: readonly string[];
}

/**
 * Problems of a CIF: of its text, what keeps each block from being a crystal or makes it a doubtful one, and what the
 * crystallographic checks find, in order of position. A block without any of a crystal's parts (a bibliography, a
 * dictionary) is not meant as one.
 * @param crystalOf reads the crystal of a block; a caller that keeps crystals passes its own
 * @param further checks of layers above this one
 */
export function documentIssues(
  document: CifDocument,
  crystalOf: (block: CifBlock) => Result<Crystal> = crystalFromBlock,
  further: readonly Check[] = [],
): readonly DocumentIssue[] {
  const ofText = document.issues.map((issue) => {
    const range = issue.range ?? { start: 0, end: 0 };
    return { ...issue, range, block: blockAt(document, range.start)?.code ?? null };
  });
  /** What the text is wrong about is told once. */
  const faultyPlaces = new Set(ofText.filter(({ severity }) => severity === "error").map(({ range }) => range.start));
  const namesOf = ({ names, range }: Issue & { readonly range: TextRange }): readonly string[] => {
    const place = names ? undefined : entryAt(document, range.start);
    return names ?? (place && "name" in place ? [place.name.text] : []);
  };
  const ofBlock = (block: CifBlock) => {
    const crystal = describesCrystal(block) && !isMacromolecular(block) ? crystalOf(block) : undefined;
    const read = crystal?.ok ? crystal.value.issues : (crystal?.issues ?? []);
    const found = read.filter(({ range }) => range === undefined || !faultyPlaces.has(range.start));
    const value = crystal?.ok ? crystal.value : undefined;
    const checked = checkBlock(document, block, value, further).filter((issue) => !value || !isRefuted(issue, value));
    const severity = (issue: Issue) =>
      issue.severity === "error" && NEEDED_WITH_ATOMS.has(issue.code) && !listsAtoms(block)
        ? "information"
        : issue.severity;
    return withoutRepeated(found, checked)
      .map((issue) => ({
        ...issue,
        severity: severity(issue),
        range: issue.range ?? block.header,
        block: block.code,
      }))
      .sort((a, b) => a.range.start - b.range.start);
  };
  const { issues, add } = collectIssues<Issue & { readonly range: TextRange; readonly block: string | null }>();
  for (const block of document.blocks) ofBlock(block).forEach(add);
  return [...ofText, ...issues]
    .sort((a, b) => a.range.start - b.range.start)
    .map((issue) => ({ ...issue, names: namesOf(issue) }));
}

/** An issue of the dictionaries with its place made sure. */
export function placedIssue(document: CifDocument, issue: Issue): DocumentIssue {
  const range = issue.range ?? { start: 0, end: 0 };
  return { ...issue, range, block: blockAt(document, range.start)?.code ?? null, names: issue.names ?? [] };
}

/** Lacking in a block that lists no atoms (a list of reflections, a powder pattern) without being wrong. */
const NEEDED_WITH_ATOMS: ReadonlySet<string> = new Set(["crystal/no-atoms", "crystal/missing-symmetry"]);

/**
 * Whether a check misses a symmetry that the reader of the crystal found: in magnetic or superspace operations, or in a
 * symbol with remarks or an added centring.
 */
function isRefuted({ code, severity }: Issue, { spaceGroup }: Crystal): boolean {
  if (code === "crystal/missing-symmetry") return severity === "error";
  return code === "crystal/space-group-spelling" && severity !== "hint" && spaceGroup.source === "hm";
}

/**
 * A check tells more than the reader of the crystal: where both have issues of one code, those of the check stand; where
 * the reader could not read a value as a number and the check knows why, its issue stands with the reader's severity.
 */
function withoutRepeated(found: readonly Issue[], checked: readonly Issue[]): readonly Issue[] {
  const codes = new Set(checked.map(({ code }) => code));
  const unread = new Map(found.filter(({ code }) => UNREAD.has(code)).map((issue) => [issue.range?.start, issue]));
  const explained = new Set<Issue>();
  const merged = checked.map((issue) => {
    const same = EXPLAINED.has(issue.code) ? unread.get(issue.range?.start) : undefined;
    if (!same) return issue;
    explained.add(same);
    return { ...issue, severity: same.severity };
  });
  return [...found.filter((issue) => !codes.has(issue.code) && !explained.has(issue)), ...merged];
}

/** Codes of the reader for values that are no numbers, and of the checks that tell why. */
const UNREAD: ReadonlySet<string> = new Set(["crystal/cell-value", "crystal/atom-value", "crystal/displacement-value"]);
const EXPLAINED: ReadonlySet<string> = new Set(["crystal/number-spelling", "crystal/text-for-number"]);
