import type { Issue } from "../../util/index.ts";
import { isGiven, numberOf } from "../table.ts";
import { type Check, issue } from "./subject.ts";

/** Longer embedded files are not summed, so that a large reflection list costs nothing. */
const LONGEST_FILE = 2_000_000;

/**
 * Checksum that SHELXL writes beside an embedded file: the sum of the codes of all characters above the blank, put
 * through one step of a linear congruence (cod-tools, calculate_shelx_checksum).
 */
export function shelxChecksum(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 32) sum += code;
  }
  return (((sum % 714025) * 1366 + 150889) % 714025) % 100000;
}

/** Embedded SHELX files against their checksums, and checksums without a file (PLAT012 to 014). */
export const shelxIssues: Check = ({ table }) =>
  ["fab", "hkl", "res"].flatMap((type): readonly Issue[] => {
    const [fileName, sumName] = [`_shelx_${type}_file`, `_shelx_${type}_checksum`];
    const given = table.get(sumName)?.value(0);
    if (!isGiven(given)) return [];
    const column = table.get(fileName);
    if (!column) {
      const message = `${sumName} is given, but the file itself, ${fileName}, is not in the block.`;
      return [issue("shelx-checksum", "information", message, given.range, { names: [fileName, sumName] })];
    }
    const file = column.value(0);
    const checksum = numberOf(given)?.value;
    if (!isGiven(file) || checksum === undefined || file.range.end - file.range.start > LONGEST_FILE) return [];
    const computed = shelxChecksum(file.text);
    if (computed === checksum) return [];
    const message = `The checksum of ${fileName} is ${given.text}, but its text gives ${computed}: the embedded file was edited.`;
    return [issue("shelx-checksum", "information", message, given.range, { names: [fileName] })];
  });
