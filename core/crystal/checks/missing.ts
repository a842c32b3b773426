import type { CifBlock } from "../../cif/index.ts";
import type { Issue, IssueFix } from "../../util/index.ts";
import { explicitSymbol, settingByOperations } from "../settings.ts";
import { firstValue } from "../table.ts";
import { formulaUnitsOf, hillFormula } from "./hill.ts";
import { operationList, operatorLoop } from "./operators.ts";
import { HALL_NAMES, HM_NAMES } from "./spaceGroup.ts";
import { addItem, type Check, issue, writeText } from "./subject.ts";

/** `_chemical_formula_sum` is recommended in every block that tells of a crystal (cif_cod_check). */
export const missingItemIssues: Check = (subject) => {
  const { table, block, crystal, isStructure } = subject;
  const name = "_chemical_formula_sum";
  if (table.has(name)) return [];
  const fixes: IssueFix[] = [];
  if (crystal) {
    const formula = hillFormula(crystal.contents, formulaUnitsOf(crystal.contents));
    fixes.push(addItem(block, name, writeText(formula)));
  }
  const message = `This data block does not give the chemical formula; add ${name}.`;
  // A crystal that can be read does without, and so does a block of a powder file that is no structure.
  const severity = isStructure && !crystal ? "information" : "hint";
  return [issue("missing-item", severity, message, block.header, { names: [name], fixes })];
};

/** No symbol of the space group, no list of operators, or neither (cif_cod_check). */
export const missingSymmetryIssues: Check = (subject) => {
  const { table, block, isStructure } = subject;
  const hm = firstValue(table, HM_NAMES);
  const hall = firstValue(table, HALL_NAMES);
  const list = operationList(table);
  if ((hm || hall) && list) return [];
  const report = (severity: Issue["severity"], message: string, fixes: readonly IssueFix[] = []): readonly Issue[] => [
    issue("missing-symmetry", severity, message, block.header, { names: [], fixes }),
  ];
  if (list) {
    const setting = settingByOperations(list.listed.map(({ operation }) => operation));
    const symbol = setting && explicitSymbol(setting);
    const message = `The space group is given by its operators only; ${symbol ? `they are those of '${symbol}'` : "add its symbol"}.`;
    return report("hint", message, symbol ? [addItem(block, "_space_group_name_H-M_alt", writeText(symbol))] : []);
  }
  if (hm || hall) {
    const message = "The symmetry operators are not listed; they are taken from the symbol.";
    const { spaceGroup } = subject;
    return report("hint", message, spaceGroup ? [insertOperators(block, operatorLoop(spaceGroup.operations))] : []);
  }
  const remedy = "add the list of operators (_space_group_symop_operation_xyz) or _space_group_name_Hall";
  const message = `This data block does not say its symmetry; ${remedy}.`;
  return report(isStructure ? "error" : "hint", message);
};

const insertOperators = (block: CifBlock, loop: string): IssueFix => ({
  title: "List the operators",
  edits: [{ range: { start: block.range.end, end: block.range.end }, newText: `\n${loop}\n` }],
});
