import type { CifBlock, CifDocument } from "../../cif/index.ts";
import { type Issue, limitIssues } from "../../util/index.ts";
import { describesCrystal, isDictionary, isMacromolecular, isPowderFile } from "../blockKind.ts";
import type { Crystal } from "../crystal.ts";
import { readCell } from "../readCell.ts";
import { readSpaceGroup } from "../readSpaceGroup.ts";
import { tabulate } from "../table.ts";
import { cellSuIssues, constraintIssues, volumeIssues } from "./cell.ts";
import { companionIssues } from "./companions.ts";
import { contactIssues } from "./contacts.ts";
import { orderIssues, temperatureIssues, wavelengthIssues } from "./diffraction.ts";
import { disorderIssues } from "./disorder.ts";
import {
  anisotropicRowIssues,
  equivalentIssues,
  missingDisplacementIssues,
  positiveDefiniteIssues,
} from "./displacements.ts";
import { elongatedIssues } from "./ellipsoids.ts";
import { densityIssues, formulaSyntaxIssues, formulaUnitsIssues, formulaWeightIssues } from "./formula.ts";
import { geometryIssues } from "./geometry/index.ts";
import { danglingLabelIssues, duplicateLabelIssues, labelElementIssues } from "./labels.ts";
import { momentIssues, timeReversalIssues } from "./magnetic.ts";
import { dataRatioIssues, indexLimitIssues, reflectionCountIssues, resolutionIssues } from "./measurement.ts";
import { missingItemIssues, missingSymmetryIssues } from "./missing.ts";
import { moietyIssues } from "./moiety.ts";
import { numberIssues, quoteIssues } from "./numbers.ts";
import { occupancyIssues } from "./occupancy.ts";
import { operatorIssues } from "./operators.ts";
import { completenessIssues, equivalentReflectionIssues, refinementIssues } from "./refinement.ts";
import { differenceDensityIssues, flackIssues } from "./residuals.ts";
import { shelxIssues } from "./shelx.ts";
import { multiplicityIssues, specialPositionIssues } from "./sites.ts";
import { spaceGroupIssues } from "./spaceGroup.ts";
import type { Check, CheckSubject } from "./subject.ts";

/** Checks of every block that is no dictionary; each does nothing where the names that it looks at are missing. */
const CHECKS: readonly Check[] = [
  volumeIssues,
  constraintIssues,
  cellSuIssues,
  operatorIssues,
  spaceGroupIssues,
  timeReversalIssues,
  momentIssues,
  formulaSyntaxIssues,
  formulaWeightIssues,
  densityIssues,
  formulaUnitsIssues,
  moietyIssues,
  multiplicityIssues,
  specialPositionIssues,
  contactIssues,
  occupancyIssues,
  disorderIssues,
  positiveDefiniteIssues,
  elongatedIssues,
  equivalentIssues,
  anisotropicRowIssues,
  duplicateLabelIssues,
  danglingLabelIssues,
  labelElementIssues,
  geometryIssues,
  companionIssues,
  wavelengthIssues,
  temperatureIssues,
  orderIssues,
  resolutionIssues,
  indexLimitIssues,
  reflectionCountIssues,
  dataRatioIssues,
  equivalentReflectionIssues,
  completenessIssues,
  refinementIssues,
  differenceDensityIssues,
  flackIssues,
  numberIssues,
  quoteIssues,
  shelxIssues,
];

/** Checks for what is not there, of blocks that describe a crystal or belong to a powder file. */
const COMPLETENESS: readonly Check[] = [missingItemIssues, missingSymmetryIssues, missingDisplacementIssues];

/** Problems of one kind in a block are listed up to this number. */
const LIMIT = 50;

/**
 * Crystallographic checks of a data block, in order of position; codes `crystal/...`.
 * Dictionaries and macromolecular files are not checked.
 * @param crystal the crystal of the block, if it could be read: checks that need one are left out without
 * @param further checks besides those of this folder
 */
export function checkBlock(
  document: CifDocument,
  block: CifBlock,
  crystal: Crystal | undefined,
  further: readonly Check[],
): readonly Issue[] {
  if (isDictionary(block) || isMacromolecular(block)) return [];
  const subject = subjectOf(document, block, crystal);
  const ofItems = block.entries.length === 0 ? [] : [...CHECKS, ...further];
  const checks = belongsToCrystal(subject) ? [...ofItems, ...COMPLETENESS] : ofItems;
  const found = checks.flatMap((check) => check(subject)).sort((a, b) => a.range!.start - b.range!.start);
  return limitIssues(found, LIMIT).map(({ fixes = [], related = [], ...issue }) => ({
    ...issue,
    ...(fixes.length > 0 && { fixes }),
    ...(related.length > 0 && { related }),
  }));
}

function subjectOf(document: CifDocument, block: CifBlock, crystal: Crystal | undefined): CheckSubject {
  const table = tabulate(block);
  const isStructure = describesCrystal(block);
  const read = crystal || !isStructure ? undefined : readCell(table, block.header);
  const cell = crystal?.cell ?? (read?.ok ? read.value : undefined);
  const group = crystal || !isStructure ? undefined : readSpaceGroup(table, cell, block.header);
  const spaceGroup = crystal?.spaceGroup ?? (group?.ok ? group.value : undefined);
  return { document, block, table, isStructure, crystal, cell, spaceGroup };
}

/** A structure, a block with symmetry of its own, or one of a powder file, whose phases share out the data. */
const belongsToCrystal = ({ isStructure, document, table }: CheckSubject): boolean =>
  isStructure ||
  table.has("_space_group_symop_operation_xyz") ||
  table.has("_symmetry_equiv_pos_as_xyz") ||
  isPowderFile(document);
