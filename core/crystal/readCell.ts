import { error, fail, type Issue, ok, type Result, type TextRange } from "../util/index.ts";
import { unitCell } from "./cell.ts";
import type { UnitCell } from "./crystal.ts";
import { type BlockTable, numberOf } from "./table.ts";

const PARAMETERS = ["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"] as const;
type Parameter = (typeof PARAMETERS)[number];

const nameOf = (parameter: Parameter): string => `_cell_${parameter}`;
const titleOf = (parameter: Parameter): string => `Cell ${parameter.replace("_", " ")}`;

export const hasCell = (table: BlockTable): boolean => PARAMETERS.some((parameter) => table.has(nameOf(parameter)));

/**
 * The unit cell of a block. An angle that is not in the file is 90 degrees, as the CIF dictionary has it, with a warning.
 * Errors: `crystal/no-cell` (none of the six names), `crystal/cell-value` (a value missing, unknown or not a number),
 * `crystal/impossible-cell`; each at its value, `place` where there is none.
 */
export function readCell(table: BlockTable, place: TextRange): Result<UnitCell> {
  if (!hasCell(table)) {
    const names = "_cell_length_a, _b, _c and _cell_angle_alpha, _beta, _gamma";
    return fail(error("crystal/no-cell", `This data block has no unit cell; add ${names}.`, { range: place }));
  }
  const issues: Issue[] = [];
  const read = (parameter: Parameter): number => {
    const column = table.get(nameOf(parameter));
    const value = column?.value(0);
    const refuse = (reason: string, range: TextRange) => {
      issues.push(error("crystal/cell-value", `${titleOf(parameter)} ${reason}`, { range }));
      return Number.NaN;
    };
    if (!column && parameter.startsWith("angle")) {
      const message = `${titleOf(parameter)} is not given and taken as 90°; add ${nameOf(parameter)}.`;
      issues.push({ code: "crystal/cell-angle-assumed", severity: "warning", message, range: place });
      return 90;
    }
    if (!column) return refuse(`is not given; add ${nameOf(parameter)}.`, place);
    if (!value) return refuse("has no value; write a number after its name.", column.nameRange);
    if (value.kind === "unknown" || value.kind === "inapplicable") {
      return refuse(`is unknown (${value.text}); write its value as a number.`, value.range);
    }
    const number = numberOf(value);
    return number ? number.value : refuse(`'${value.text}' is not a number; write it like 5.148(2).`, value.range);
  };
  const [a, b, c, alpha, beta, gamma] = PARAMETERS.map(read) as [number, number, number, number, number, number];
  if (issues.some(({ severity }) => severity === "error")) return fail(...issues);

  const cell = unitCell(a, b, c, alpha, beta, gamma);
  if (cell.ok) return ok(cell.value, issues);
  return fail(
    ...issues,
    ...cell.issues.map(({ code, message, field }) => {
      const parameter = PARAMETERS.find((name) => field?.endsWith(name.replace(/^.*_/, ".")));
      return error(code, message, { range: (parameter && table.get(nameOf(parameter))?.value(0)?.range) ?? place });
    }),
  );
}
