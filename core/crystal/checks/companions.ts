import type { IssueFix, TextEdit } from "../../util/index.ts";
import type { Column } from "../table.ts";
import { type Check, issue } from "./subject.ts";

const withEnds = (stem: string, ends: readonly string[]): readonly string[] => ends.map((end) => `${stem}${end}`);
const COMPONENTS = ["11", "12", "13", "22", "23", "33"];

/** Items that make sense together only (cif_cod_check), in the order of their names. */
const COMPANIONS: readonly (readonly string[])[] = [
  withEnds("_atom_site_fract_", ["x", "y", "z"]),
  withEnds("_atom_site_Cartn_", ["x", "y", "z"]),
  withEnds("_atom_site_aniso_U_", COMPONENTS),
  withEnds("_atom_site_aniso_B_", COMPONENTS),
];

/** Limits of one quantity. */
const LIMITS: readonly (readonly string[])[] = [
  ...["h", "k", "l"].map((index) => withEnds(`_diffrn_reflns_limit_${index}_`, ["min", "max"])),
  ...["h", "k", "l"].map((index) => withEnds(`_reflns_limit_${index}_`, ["min", "max"])),
  withEnds("_exptl_absorpt_correction_T_", ["min", "max"]),
];

/** The groups with the names as the table has them. */
const GROUPS = [
  ...COMPANIONS.map((names) => ({ names, slug: "missing-companion", severity: "warning" as const })),
  ...LIMITS.map((names) => ({ names, slug: "missing-limit", severity: "hint" as const })),
].map((group) => ({ ...group, names: group.names.map((text) => ({ text, key: text.toLowerCase() })) }));

/** Longer lists get no column by one edit. */
const LARGEST_EDIT = 2000;

/** x without y and z, U11 without U12, a least without a largest value. */
export const companionIssues: Check = ({ table }) =>
  GROUPS.flatMap(({ names, slug, severity }) => {
    const first = names.find(({ key }) => table.has(key));
    const column = first && table.get(first.key);
    const absent = first ? names.filter(({ key }) => !table.has(key)).map(({ text }) => text) : [];
    if (!first || !column || absent.length === 0) return [];
    const message = `${first.text} is given, but ${absent.join(", ")} ${absent.length > 1 ? "are" : "is"} not; add what is missing.`;
    const fixes = addColumns(column, absent);
    return [issue(slug, severity, message, column.nameRange, { names: [first.text, ...absent], fixes })];
  });

function addColumns(column: Column, names: readonly string[]): readonly IssueFix[] {
  const { loop } = column;
  const title = `Add ${names.join(", ")} with ?`;
  const insert = (offset: number, newText: string): TextEdit => ({ range: { start: offset, end: offset }, newText });
  if (!loop) {
    const { end } = column.rowRange(0);
    return [{ title, edits: [insert(end, names.map((name) => `\n${name} ?`).join(""))] }];
  }
  if (loop.rowCount > LARGEST_EDIT) return [];
  const rows = Array.from({ length: loop.rowCount }, (_, row) =>
    insert(loop.rowRange(row).end, " ?".repeat(names.length)),
  );
  const header = insert(loop.names.at(-1)!.range.end, names.map((name) => `\n${name}`).join(""));
  return [{ title, edits: [header, ...rows] }];
}
