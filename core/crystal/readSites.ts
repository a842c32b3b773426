import type { CifNumber, CifValue } from "../cif/index.ts";
import { collectIssues, error, fail, ok, type Result, type TextRange, type Vec3 } from "../util/index.ts";
import { CARTESIANS, readCartesian } from "./cartesian.ts";
import type { Displacement, UnitCell } from "./crystal.ts";
import { displacementReader } from "./displacement.ts";
import { listLabels } from "./labels.ts";
import { type BlockTable, type Column, firstColumn, firstValue, isGiven, numberOf } from "./table.ts";
import {
  type AtomType,
  elementsOfFormula,
  isNoAtom,
  isWaterOxygen,
  readAtomType,
  secondElement,
} from "./typeSymbol.ts";

/** More is an occupancy in no unit, not in percent either, and nothing can be computed with it. */
const MOST_OCCUPANCY = 1000;

/** A row of the atom list as the file has it. */
export interface SiteRow {
  readonly label: string;
  readonly typeSymbol: string;
  readonly type: AtomType;
  readonly position: Vec3;
  readonly occupancy: number;
  /** Its standard uncertainty, 0 if none is given. */
  readonly occupancySu: number;
  /** Half a unit of the last digit of its fractional coordinates, 0 for ones with fewer than two decimals. */
  readonly rounding: number;
  readonly displacement: Displacement;
  readonly range: TextRange;
}

const FRACTIONS = ["_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"] as const;

export const hasAtoms = (table: BlockTable): boolean => [...FRACTIONS, ...CARTESIANS].some((name) => table.has(name));

/**
 * The atom list of a block. Rows without coordinates (dummy atoms) are left out with a warning.
 * Errors: `crystal/no-atoms`, `crystal/unknown-element`, `crystal/atom-value`; all rows are read before it refuses.
 */
export function readSites(table: BlockTable, place: TextRange, cell: UnitCell | undefined): Result<readonly SiteRow[]> {
  const cartesian = FRACTIONS.some((name) => table.has(name)) ? undefined : readCartesian(table, cell);
  if (cartesian && !cartesian.ok) return cartesian;
  const columns = cartesian?.value.columns ?? FRACTIONS.map((name) => table.get(name));
  const rowCount = Math.max(0, ...columns.map((column) => column?.rowCount ?? 0));
  const missing = cartesian ? [] : FRACTIONS.filter((name) => !table.has(name));
  if (missing.length > 0 || rowCount === 0) {
    const what = missing.length === 3 || rowCount === 0 ? "has no atoms" : `has no ${missing.join(" and no ")}`;
    const range = columns.find((column) => column)?.nameRange ?? place;
    const message = `This data block ${what}; add a loop of _atom_site_label, _atom_site_type_symbol and _atom_site_fract_x, _y, _z.`;
    return fail(error("crystal/no-atoms", message, { range }));
  }
  const [x, y, z] = columns as [Column, Column, Column];
  const labels = firstColumn(table, ["_atom_site_label", "_atom_site_id"]);
  const types = table.get("_atom_site_type_symbol");
  const occupancies = table.get("_atom_site_occupancy");
  const flags = table.get("_atom_site_calc_flag");
  const formula = elementsOfFormula(firstValue(table, ["_chemical_formula_sum"])?.text ?? "");
  const displacements = displacementReader(table, cell);

  const { issues, add } = collectIssues();
  const dummies: { readonly label: string; readonly range: TextRange }[] = [];
  const waters: { readonly label: string; readonly range: TextRange }[] = [];
  const sites: SiteRow[] = [];
  for (let row = 0; row < rowCount; row++) {
    const range = row < x.rowCount ? x.rowRange(row) : x.nameRange;
    const typeValue = types?.value(row);
    const labelValue = labels?.value(row);
    const named = isGiven(typeValue) ? typeValue : labelValue;
    const label = labelValue?.text ?? typeValue?.text ?? `row ${row + 1}`;

    const coordinates = [x, y, z].map((column) => column.value(row));
    const isDummy = flags?.value(row)?.text === "dum" || (named !== undefined && isNoAtom(named.text, formula));
    if (isDummy || coordinates.some((value) => !isGiven(value))) {
      dummies.push({ label, range });
      continue;
    }
    const read = (column: Column | undefined, what: string, absent: number): number => {
      const value = column?.value(row);
      if (!isGiven(value)) return absent;
      const number = numberOf(value);
      if (number) return number.value;
      const message = `${what} of site ${label} is '${value.text}', which is not a number; write it like 0.3446(2).`;
      add(error("crystal/atom-value", message, { range: value.range }));
      return Number.NaN;
    };
    const written: Vec3 = [read(x, "Coordinate x", 0), read(y, "Coordinate y", 0), read(z, "Coordinate z", 0)];
    const position = cartesian ? cartesian.value.toFractional(written) : written;
    const occupancy = read(occupancies, "Occupancy", 1);
    const occupancySu = numberAt(occupancies, row)?.su ?? 0;
    if (occupancy < 0 || occupancy > 1.005 + 3 * occupancySu) {
      const message = `Occupancy of site ${label} is ${occupancy}; it must lie between 0 and 1.`;
      const severity = occupancy < 0 || occupancy > MOST_OCCUPANCY ? "error" : "warning";
      add({ code: "crystal/occupancy", severity, message, range: occupancies?.value(row)?.range ?? range });
    }
    const type = named && readAtomType(named.text, named === typeValue ? "type" : "label", formula);
    if (!named || !type) {
      const cause = named ? `'${named.text}' names no known element` : "neither type symbol nor label is given";
      const message = `Element of site ${label}: ${cause}; write a symbol such as Nb or O2- in _atom_site_type_symbol.`;
      add(error("crystal/unknown-element", message, { range: named?.range ?? range }));
      continue;
    }
    const second = secondElement(named.text);
    if (second && second !== type.element) {
      const message = `Site ${label} names two elements ('${named.text}') and is read as ${type.element.symbol} alone; give each a row of its own with its occupancy.`;
      add({ code: "crystal/mixed-type", severity: "warning", message, range: named.range });
    }
    if (isWaterOxygen(named.text, formula)) waters.push({ label, range });
    sites.push({
      label,
      typeSymbol: named.text,
      type,
      position,
      occupancy,
      occupancySu,
      rounding: cartesian ? 0 : roundingOf(coordinates),
      displacement: displacements.read(row, label),
      range,
    });
  }
  if (dummies.length > 0) {
    const message = `Dummy sites, vacancies, peaks and sites without coordinates are left out: ${listLabels(dummies.map(({ label }) => label))}.`;
    add({ code: "crystal/site-skipped", severity: "warning", message, range: dummies[0]!.range });
  }
  if (waters.length > 0) {
    const message = `Sites named like tungsten are read as the oxygen of water, because the formula has hydrogen and oxygen and no tungsten: ${listLabels(waters.map(({ label }) => label))}.`;
    add({ code: "crystal/water", severity: "information", message, range: waters[0]!.range });
  }
  displacements.issues().forEach(add);
  if (issues.some(({ severity }) => severity === "error")) return fail(...issues);
  if (sites.length === 0) {
    const message = "No row of the atom list has coordinates; write numbers for _atom_site_fract_x, _y, _z.";
    return fail(...issues, error("crystal/no-atoms", message, { range: x.nameRange }));
  }
  return ok(sites, issues);
}

/** A little more than half a unit of the last digit of the longest of these numbers. */
function roundingOf(coordinates: readonly (CifValue | undefined)[]): number {
  const decimals = Math.max(...coordinates.map((value) => (value && numberOf(value)?.decimals) ?? 0));
  return decimals < 2 ? 0 : 0.505 * 10 ** -decimals;
}

function numberAt(column: Column | undefined, row: number): CifNumber | undefined {
  const value = column?.value(row);
  return value && numberOf(value);
}
