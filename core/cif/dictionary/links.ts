import { editDistance } from "../../util/index.ts";
import type { CifValue } from "../tree.ts";
import { canonical } from "./canonical.ts";
import { type Column, type Columns, countOf, isGiven, isUndotted, LONG_LOOP_ROWS, valueAt } from "./columns.ts";
import { type Dictionary, findDefinition, namesOf } from "./model.ts";
import { type Report, replacement } from "./report.ts";

/**
 * Checks items that repeat the values of another one, such as the atom labels of a bond: the other one must be there and
 * have the value. An item for an uncertainty needs the item that it is the uncertainty of.
 */
export function checkLinks(columns: Columns, dictionary: Dictionary, report: Report): void {
  const knownValues = new Map<Column, KnownValues>();
  for (const column of columns.all) {
    const linkedTo = column.definition?.linkedTo;
    if (linkedTo === undefined) continue;
    const linked = findDefinition(dictionary, linkedTo);
    const target = (linked ? namesOf(linked) : [linkedTo.toLowerCase()]).flatMap((name) => columns.get(name) ?? [])[0];
    if (!target) {
      reportMissing(column, linked?.name ?? linkedTo, report);
      continue;
    }
    if (column.definition!.purpose === "SU" || target === column) continue;
    if (countOf(column) > LONG_LOOP_ROWS || countOf(target) > LONG_LOOP_ROWS) continue;
    const known = knownValues.get(target) ?? valuesOf(target);
    knownValues.set(target, known);
    checkValues(column, target, known, report);
  }
}

function reportMissing({ name }: Column, linkedTo: string, report: Report): void {
  if (isUndotted(name.text)) return;
  const message = `${name.text} refers to ${linkedTo}, which this block does not have: add it.`;
  report.add("missing-linked", "hint", message, name.range, [name.text, linkedTo]);
}

/** Type by which the values of two linked columns are compared. */
const typeOf = ({ definition }: Column): string => definition?.contents.toLowerCase() ?? "text";

/** Rows of the values of a column, by the form in which they are compared. */
type KnownValues = ReadonlyMap<string, number>;

function valuesOf(column: Column): KnownValues {
  const rows = new Map<string, number>();
  for (let row = 0; row < countOf(column); row++) {
    const value = valueAt(column, row);
    if (isGiven(value)) rows.set(canonical(value.text, typeOf(column)), row);
  }
  return rows;
}

/** The value of the column that `text` is likely a slip of. */
function similarValue(text: string, column: Column, known: KnownValues): CifValue | undefined {
  if (known.size > 1000) return undefined;
  return [...known.values()].map((row) => valueAt(column, row)!).find((value) => isSlip(text, value.text));
}

function checkValues(column: Column, target: Column, known: KnownValues, report: Report): void {
  const [name, other] = [column.name.text, target.name.text];
  const isLabel = target.definition?.name.toLowerCase() === "_atom_site.label";
  const severity = isLabel || !isUndotted(name) ? "warning" : "information";
  const reported = new Set<string>();
  for (let row = 0; row < countOf(column); row++) {
    const value = valueAt(column, row);
    if (!isGiven(value) || known.has(canonical(value.text, typeOf(target))) || reported.has(value.text)) continue;
    reported.add(value.text);
    if (report.isFull("dangling-link", name)) return;
    const similar = similarValue(value.text, target, known);
    const hint = similar ? ` Is ${similar.text} meant?` : "";
    const message = `${value.text} in ${name} is not among the values of ${other}.${hint}`;
    const more = similar && {
      fix: replacement(`Replace by ${similar.text}`, value.range, similar.text),
      related: [{ range: similar.range, message: `${similar.text} of ${other}` }],
    };
    report.add("dangling-link", severity, message, value.range, [name, other], more);
  }
}

/** Whether two labels differ by their case, or by one letter of at least four. */
const isSlip = (a: string, b: string): boolean =>
  a.toLowerCase() === b.toLowerCase() || (a.length >= 4 && editDistance(a, b, 1) === 1);
