import { error, fail, ok, type Result, type TextEdit, type TextRange } from "../../util/index.ts";
import { quoted } from "../issues.ts";
import { nameKey } from "../names.ts";
import type { CifDocument } from "../tree.ts";
import { type Subject, subjectAt, type Use, usesOf } from "./references.ts";

/** What renameAt would rename at an offset: the range of its text there, and the text; undefined if it is nothing. */
export function renameTargetAt(
  document: CifDocument,
  offset: number,
): { readonly range: TextRange; readonly text: string } | undefined {
  const subject = subjectAt(document, offset);
  return subject && { range: subject.range, text: document.text.slice(subject.range.start, subject.range.end) };
}

/**
 * Edits that give the atom label or the block code at an offset another name wherever it stands. Refused for anything
 * else, for names that CIF cannot hold without quotes, and for names that are taken. Quotes stay as they are.
 */
export function renameAt(document: CifDocument, offset: number, newName: string): Result<readonly TextEdit[]> {
  const subject = subjectAt(document, offset);
  const refuse = (message: string): Result<readonly TextEdit[]> => fail(error("syntax/rename", message));
  if (!subject) return refuse("Only labels of atoms and names of blocks can be renamed.");
  const uses = usesOf(document, subject);
  const fault = nameFault(document, subject, newName) ?? quoteFault(document, uses, newName);
  if (fault !== undefined) return refuse(fault);
  return ok(uses.map(({ range }) => ({ range, newText: newName })));
}

const NAME_LIMIT = 75;

function nameFault(document: CifDocument, subject: Subject, newName: string): string | undefined {
  const what = subject.kind === "label" ? "The label of an atom" : "The name of a block";
  if (newName === "") return `${what} must not be empty.`;
  if (/\s/.test(newName)) return `${what} must not contain blanks: write ${newName.trim().replace(/\s+/g, "_")}.`;
  const character = (document.version === "1.1" ? /[^\x21-\x7E]/u : /[[\]{}\p{Cc}\p{Cs}]/u).exec(newName)?.[0];
  if (character) return `${what} must not contain ${character} in CIF ${document.version}.`;
  if (/^(?:[_#$'"[\];]|data_|save_|(?:loop|stop|global)_$|[?.]$)/i.test(newName)) {
    return `${quoted(newName)} has a meaning of its own in CIF: choose another name.`;
  }
  if (subject.kind === "block") return blockFault(document, subject, newName);
  const taken = usesOf(document, { ...subject, text: newName })[0];
  if (!taken || newName === subject.text) return undefined;
  const { line } = document.lines.position(taken.range.start);
  return `The label ${newName} stands already at line ${line}: choose another one.`;
}

function blockFault(document: CifDocument, subject: Subject, newName: string): string | undefined {
  if (document.version === "1.1" && newName.length > NAME_LIMIT) {
    return `The name of a block has at most ${NAME_LIMIT} characters in CIF 1.1, and this one has ${newName.length}.`;
  }
  const key = nameKey(newName);
  const taken = document.blocks.find((block) => block !== subject.block && nameKey(block.code) === key);
  if (!taken) return undefined;
  const { line } = document.lines.position(taken.header.start);
  return `The block ${newName} stands already at line ${line}: choose another name.`;
}

/** A value in quotes cannot take a name with this quote in CIF 2.0. */
function quoteFault({ text, version, lines }: CifDocument, uses: readonly Use[], newName: string): string | undefined {
  if (version === "1.1") return undefined;
  const use = uses.find(
    ({ value }) =>
      value && /['"]/.test(text.charAt(value.range.start)) && newName.includes(text.charAt(value.range.start)),
  );
  if (!use) return undefined;
  const quote = text.charAt(use.value!.range.start);
  return `The value at line ${lines.position(use.range.start).line} stands between ${quote}, so the new name must not contain ${quote}: change its quotes first.`;
}
