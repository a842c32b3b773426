import { type CifBlock, type CifDocument, findBlock } from "../cif/index.ts";
import { error, fail, type Issue, largest, limitIssues, ok, type Result, type TextRange } from "../util/index.ts";
import { cellContents, density_g_cm3, massOf } from "./contents.ts";
import type { Crystal, Site, SpaceGroup, UnitCell } from "./crystal.ts";
import { contentsIssues } from "./formula.ts";
import { listLabels } from "./labels.ts";
import { overlapIssues } from "./overlap.ts";
import { NOTABLE_SHIFT_A, placeSite, ROUNDING_SHIFT_A } from "./place.ts";
import { hasCell, readCell } from "./readCell.ts";
import { hasAtoms, readSites, type SiteRow } from "./readSites.ts";
import { readSpaceGroup } from "./readSpaceGroup.ts";
import { tabulate } from "./table.ts";

/** Before everything, for documents without a block. */
const START = { start: 0, end: 0 };

/**
 * The block of a document that holds a crystal: the one with this code (any case), else the first with a unit cell
 * and atoms, else the first with a unit cell.
 * Refuses with `crystal/no-block` an empty document and an unknown code, with `crystal/no-cell` one without a cell.
 */
export function selectBlock(document: CifDocument, code?: string): Result<CifBlock> {
  const { blocks } = document;
  const first = blocks[0];
  if (code !== undefined) {
    const named = findBlock(document, code);
    const codes = blocks.map((block) => block.code).join(", ");
    const message = `No data block is named ${code}; there are: ${codes || "none"}.`;
    return named ? ok(named) : fail(error("crystal/no-block", message, { range: first?.header ?? START }));
  }
  const withCell = blocksWithCell(document);
  const selected = withCell.find((block) => hasAtoms(tabulate(block))) ?? withCell[0];
  if (selected) return ok(selected);
  const isNameless = ({ header }: CifBlock): boolean => header.end === header.start;
  if (!first || blocks.every(isNameless)) {
    const what = document.text.trim() === "" ? "The file is empty" : "The file has no data block";
    return fail(error("crystal/no-block", `${what}; a CIF begins with a line such as data_LiNbO3.`, { range: START }));
  }
  const message = "No data block of this file has a unit cell; add _cell_length_a and the other five.";
  return fail(error("crystal/no-cell", message, { range: first.header }));
}

/** The data blocks that can be a crystal, in the order of the file. */
export const blocksWithCell = ({ blocks }: CifDocument): readonly CifBlock[] =>
  blocks.filter((block) => hasCell(tabulate(block)));

/**
 * The crystal that a data block describes. Cell, symmetry and atoms are all read before it refuses, so that the issues
 * name everything that is wrong; ranges are those of the document.
 */
export function crystalFromBlock(block: CifBlock): Result<Crystal> {
  const table = tabulate(block);
  const cell = readCell(table, block.header);
  const spaceGroup = readSpaceGroup(table, cell.ok ? cell.value : undefined, block.header);
  const rows = readSites(table, block.header, cell.ok ? cell.value : undefined);
  const ofParts = [...cell.issues, ...spaceGroup.issues, ...rows.issues];
  if (!cell.ok || !spaceGroup.ok || !rows.ok) return fail(...ofParts);

  const placed = rows.value.map((row) => placeRow(row, cell.value, spaceGroup.value));
  const sites = placed.map(({ site }) => site);
  const occupancySu = rows.value.map((row) => row.occupancySu);
  const contents = cellContents(sites);
  const cellMass_u = massOf(contents);
  const density = density_g_cm3(cellMass_u, cell.value.volume_A3);
  const issues = limitIssues([
    ...ofParts,
    ...overlapIssues(sites, spaceGroup.value, cell.value, occupancySu),
    ...snapIssues(placed),
    ...contentsIssues(table, sites, contents),
    ...densityIssues(density, table.get("_cell_length_a")?.value(0)?.range ?? block.header),
  ]);
  return ok(
    {
      block: block.code,
      cell: cell.value,
      spaceGroup: spaceGroup.value,
      sites,
      contents,
      cellMass_u,
      density_g_cm3: density,
      issues,
    },
    issues,
  );
}

/** The crystal of a document: `selectBlock`, then `crystalFromBlock`. */
export function crystalFromCif(document: CifDocument, code?: string): Result<Crystal> {
  const block = selectBlock(document, code);
  return block.ok ? crystalFromBlock(block.value) : block;
}

interface PlacedRow {
  readonly site: Site;
  readonly moved_A: number;
}

function placeRow(row: SiteRow, cell: UnitCell, { operations }: SpaceGroup): PlacedRow {
  const { label, typeSymbol, type, occupancy, displacement, range } = row;
  const { position, multiplicity, moved_A } = placeSite(row.position, operations, cell, row);
  const { element, charge } = type;
  const site = {
    label,
    typeSymbol,
    element: element.symbol,
    charge,
    position,
    occupancy,
    multiplicity,
    displacement,
    range,
  };
  return { site, moved_A };
}

/** Sites moved onto a special position: each that is far off it with a warning, the rounded ones in one note. */
function snapIssues(placed: readonly PlacedRow[]): readonly Issue[] {
  const far = placed.filter(({ moved_A }) => moved_A >= NOTABLE_SHIFT_A);
  const rounded = placed.filter(({ moved_A }) => moved_A >= ROUNDING_SHIFT_A && moved_A < NOTABLE_SHIFT_A);
  const issues = far.map(({ site: { label, range }, moved_A }): Issue => {
    const message = `Site ${label} lies ${moved_A.toFixed(2)} Å from a special position, too close to its own images, and is put onto it; if it is split, give its occupancy.`;
    return { code: "crystal/near-special-position", severity: "warning", message, range };
  });
  const [first] = rounded;
  if (!first) return issues;
  const largest_A = largest(rounded.map(({ moved_A }) => moved_A));
  const message = `Rounded coordinates are put onto their special positions, by ${largest_A.toFixed(3)} Å at most: ${listLabels(rounded.map(({ site }) => site.label))}.`;
  return [
    ...issues,
    { code: "crystal/near-special-position", severity: "information", message, range: first.site.range },
  ];
}

/** Osmium, the densest element, has 22.6 g/cm3; frozen hydrogen 0.09. */
const DENSEST_g_cm3 = 25;
const LIGHTEST_g_cm3 = 0.02;

function densityIssues(density: number, range: TextRange): readonly Issue[] {
  if (density <= DENSEST_g_cm3 && density >= LIGHTEST_g_cm3) return [];
  const limit = density > DENSEST_g_cm3 ? "more than any substance has" : "less than any crystal has";
  const message = `The density would be ${Number(density.toPrecision(3))} g/cm³, ${limit}: check that the cell is in Å, then symmetry, occupancies and atoms.`;
  return [{ code: "crystal/density-impossible", severity: "warning", message, range }];
}
