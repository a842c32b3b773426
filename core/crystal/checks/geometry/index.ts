import { type Issue, type IssueFix, type RelatedPlace, type TextEdit, vec3 } from "../../../util/index.ts";
import { type Column, firstColumn } from "../../table.ts";
import { type Check, type CheckSubject, issue, type Quantity, quantityOf, replaceBy } from "../subject.ts";
import { type Atoms, atomsOf, type Place } from "./atoms.ts";
import { type GeometryList, LISTS } from "./lists.ts";
import type { Measure } from "./measures.ts";

/** More differences than this in a list, if they are a fifth of it, have one cause and are told at once. */
const MOST_SINGLE = 5;
const SYSTEMATIC_SHARE = 0.2;
/** Rows of a list for which other images are tried; a list with more differences is told by these. */
const MOST_SEARCHED = 100;

/**
 * Listed bonds, contacts, angles, torsions and hydrogen bonds against those that cell, coordinates and symmetry codes give
 * (PLATON's tests from PLAT701 on). They differ where the difference exceeds three times the joint uncertainty of the
 * listed value and of the rounding of the coordinates, after the rounding of the value itself.
 */
export const geometryIssues: Check = (subject) => {
  const { table, cell } = subject;
  const present = LISTS.filter(({ values }) => firstColumn(table, values) !== undefined);
  const atoms = cell && present.length > 0 ? atomsOf(subject, cell) : undefined;
  return atoms ? present.flatMap((list) => listIssues(list, subject, atoms)) : [];
};

/** A row of a list whose value is another one than its atoms have. */
interface Difference {
  readonly row: number;
  readonly labels: readonly string[];
  readonly codes: readonly string[];
  readonly given: Quantity;
  readonly places: readonly Place[];
  readonly computed: Measure;
  readonly difference: number;
  readonly tolerance: number;
}

function listIssues(list: GeometryList, { table }: CheckSubject, atoms: Atoms): readonly Issue[] {
  const column = firstColumn(table, list.values)!;
  const labels = list.ends.map((end) => table.get(`${list.stem}_atom_site_label_${end}`));
  if (labels.some((one) => one?.loop !== column.loop)) return [];
  const codes = list.ends.map((end) => table.get(`${list.stem}_site_symmetry_${end}`));
  const isCoded = codes.some((one) => one !== undefined);
  const wrongValues: Difference[] = [];
  const wrongCodes: Miscoded[] = [];
  let compared = 0;
  let searched = 0;
  for (let row = 0; row < column.rowCount; row++) {
    const compare = compareRow(list, row, column, labels, codes, atoms);
    if (compare === undefined) continue;
    compared++;
    if (compare === "same") continue;
    if (++searched > MOST_SEARCHED) break;
    const isImage = compare.codes.some((code) => code !== "" && code !== "." && code !== "?");
    const fitting = list.ends.length === 2 ? codesThatFit(compare, atoms) : undefined;
    if (!isCoded) {
      if (fitting ? fitting.length === 0 : areOnlyNeighbours(compare, atoms)) wrongValues.push(compare);
    } else if (fitting ? fitting.length > 0 : isImage) {
      wrongCodes.push({ ...compare, fitting: fitting ?? [] });
    } else wrongValues.push(compare);
  }
  const isSystematic = wrongValues.length > MOST_SINGLE && wrongValues.length > SYSTEMATIC_SHARE * compared;
  return [
    ...(isSystematic
      ? [systematicIssue(list, column, wrongValues, compared)]
      : wrongValues.map((one) => valueIssue(list, one))),
    ...codeIssues(list, wrongCodes, codes.at(-1)),
  ];
}

/** Undefined where an atom or its image is not known. */
function compareRow(
  list: GeometryList,
  row: number,
  column: Column,
  labelColumns: readonly (Column | undefined)[],
  codeColumns: readonly (Column | undefined)[],
  atoms: Atoms,
): Difference | "same" | undefined {
  const value = column.value(row);
  const places: Place[] = [];
  for (const [i, labelColumn] of labelColumns.entries()) {
    const place = atoms.at(labelColumn?.value(row)?.text ?? "", codeColumns[i]?.value(row)?.text);
    if (!place) return undefined;
    places.push(place);
  }
  const given = quantityOf(value);
  const computed = list.measure(places);
  if (!given || !computed) return undefined;
  const plain = Math.abs(given.value - computed.value);
  const difference = list.isPeriodic ? Math.min(plain, Math.abs(360 - plain)) : plain;
  const uncertainty = Math.sqrt(given.su ** 2 + computed.rounding ** 2);
  const rounding = 0.5 * 10 ** -given.decimals * (1 + 1e-9);
  const tolerance = Math.max(list.least, 3 * uncertainty) + rounding;
  if (difference <= tolerance) return "same";
  const textsAt = (columns: readonly (Column | undefined)[]) => columns.map((one) => one?.value(row)?.text ?? "");
  return {
    row,
    labels: textsAt(labelColumns),
    codes: textsAt(codeColumns),
    given,
    places,
    computed,
    difference,
    tolerance,
  };
}

/** No bond or contact is so long; where picometres are listed, no image is meant [Angstrom]. */
const LONGEST_A = 10;

/** Symmetry codes under which the last of two atoms is at the listed distance from the first. */
function codesThatFit({ places, given, tolerance, labels }: Difference, atoms: Atoms): readonly string[] | undefined {
  if (given.value + tolerance > LONGEST_A) return [];
  const last = atoms.at(labels.at(-1)!);
  return last && atoms.codesAt(last, places[0]!, given.value, tolerance);
}

/** Other images as near as this could be meant [Angstrom]. */
const NEIGHBOUR_A = 3;

/** Whether each atom of an angle without symmetry codes has but one image near the one before it, so that this is meant. */
function areOnlyNeighbours({ labels, places }: Difference, atoms: Atoms): boolean {
  return places.slice(1).every((place, i) => {
    const near = atoms.codesAt(atoms.at(labels[i + 1]!)!, places[i]!, NEIGHBOUR_A / 2, NEIGHBOUR_A / 2);
    const distance_A = vec3.norm(vec3.subtract(place.position_A, places[i]!.position_A));
    return near?.length === 1 && distance_A <= NEIGHBOUR_A;
  });
}

/** A row that other images of its atoms satisfy, as far as they were tried. */
interface Miscoded extends Difference {
  readonly fitting: readonly string[];
}

/** All rows of a list whose symmetry codes seem wrong: mostly one cause, so one issue at the first of them. */
function codeIssues(list: GeometryList, rows: readonly Miscoded[], lastCode: Column | undefined): readonly Issue[] {
  const [first] = rows;
  if (!first) return [];
  const { given, computed, fitting } = first;
  const [code] = fitting;
  const found =
    code === undefined ? "" : code === "" || fitting.length > 1 ? "; other images of the atom fit" : `; ${code} fits`;
  const more = rows.length > 1 ? ` ${rows.length - 1} more of this list are like it.` : "";
  const message = `${list.what} ${namesOf(first)} is listed as ${given.text} ${list.unit}, but with this symmetry code it is ${rounded(computed.value, given)} ${list.unit}${found}${list.test}.${more} Correct the codes, or the operators that they count.`;
  const edits = rows.flatMap(({ row, fitting: codes }): readonly TextEdit[] => {
    const place = lastCode?.value(row);
    return codes.length === 1 && codes[0] !== "" && place ? [{ range: place.range, newText: codes[0]! }] : [];
  });
  const title =
    edits.length > 1 ? `Correct ${edits.length} symmetry codes` : `Replace the symmetry code by ${edits[0]?.newText}`;
  const fixes: readonly IssueFix[] = edits.length > 0 ? [{ title, edits }] : [];
  return [issue("symmetry-code", "hint", tidy(message), given.range, { fixes, related: atomPlaces(first) })];
}

function valueIssue(list: GeometryList, one: Difference): Issue {
  const { given, computed, difference } = one;
  const su = /\(\d+\)$/.exec(given.text)?.[0] ?? "";
  const better = `${computed.value.toFixed(Math.max(0, given.decimals))}${su}`;
  const message = `${list.what} ${namesOf(one)} is listed as ${given.text} ${list.unit}, but cell and coordinates give ${better} ${list.unit}${list.test}.`;
  const severity = difference > list.large ? "information" : "hint";
  const fixes = [replaceBy(better, given.range)];
  return issue("geometry", severity, tidy(message), given.range, { fixes, related: atomPlaces(one) });
}

/** Many differences: the list is not of these coordinates, cell or operators. */
function systematicIssue(
  { unit, test }: GeometryList,
  column: Column,
  differences: readonly Difference[],
  compared: number,
): Issue {
  const worst = differences.reduce((a, b) => (b.difference > a.difference ? b : a));
  const { given, computed } = worst;
  const message = `${differences.length} of ${compared} entries of this list differ from cell and coordinates, the most ${namesOf(worst)}: listed ${given.text} ${unit}, computed ${rounded(computed.value, given)} ${unit}${test}. List, cell and coordinates are of different versions.`;
  return issue("geometry", "information", tidy(message), column.nameRange);
}

const atomPlaces = ({ labels, places }: Difference): readonly RelatedPlace[] =>
  places.map(({ range }, i) => ({ range, message: labels[i]! }));
const namesOf = ({ labels, codes }: Difference): string =>
  labels.map((label, i) => (/^[.?]?$/.test(codes[i]!) ? label : `${label} (${codes[i]})`)).join("–");
const rounded = (value: number, { decimals }: Quantity): string => value.toFixed(Math.min(4, Math.max(1, decimals)));
const tidy = (message: string): string => message.replaceAll(" °", "°");
