import { type Mat3, mat3, type TextRange, type Vec3, vec3 } from "../../../util/index.ts";
import type { UnitCell } from "../../crystal.ts";
import { parseTriplet } from "../../operations.ts";
import { OPERATIONS } from "../../readOperations.ts";
import { type BlockTable, type Column, columnTexts, firstColumn, isGiven } from "../../table.ts";
import { type CheckSubject, type Quantity, quantityOf } from "../subject.ts";

/** An atom of the list, or an image of one. */
export interface Place {
  /** Fractional, as the file writes it. */
  readonly fract: Vec3;
  /** Cartesian [Angstrom]. */
  readonly position_A: Vec3;
  /** What the digits of the coordinates leave open, as a standard deviation [Angstrom]. */
  readonly rounding_A: number;
  /** Its row in the list of atoms. */
  readonly range: TextRange;
}

/** An operation with the translation that it is listed with: symmetry codes count from there. */
interface Listed {
  readonly id: string;
  readonly rotation: Mat3;
  readonly translation: Vec3;
}

export interface Atoms {
  /**
   * The image of the atom with this label under a symmetry code, `.` or nothing for the atom itself. Undefined if no atom
   * or more than one has the label, and for a code that cannot be followed.
   */
  at(label: string, code?: string): Place | undefined;
  /**
   * Codes of the images of an atom at a distance of a place, within a tolerance [Angstrom]; `.` for the atom itself.
   * Undefined where the operations are not known, and where there are too many images to try; without a list of operations
   * the codes are empty.
   */
  codesAt(atom: Place, from: Place, distance_A: number, tolerance_A: number): readonly string[] | undefined;
}

const FRACTIONS = ["x", "y", "z"].map((axis) => `_atom_site_fract_${axis}`);
const IDENTITY_CODE = ".";
/** A face-centred cubic cell with all its neighbours has 5184; cells that no crystal has, far more. */
const MOST_IMAGES = 10_000;

/** Atoms of a block by label, with the operations that symmetry codes count. Undefined without fractional coordinates. */
export function atomsOf({ table, spaceGroup }: CheckSubject, cell: UnitCell): Atoms | undefined {
  const [x, y, z] = FRACTIONS.map((name) => table.get(name));
  const labels = table.get("_atom_site_label");
  if (!x || !y || !z || !labels) return undefined;
  const lengths_A: Vec3 = [cell.a_A, cell.b_A, cell.c_A];
  const placeAt = (fract: Vec3, rounding_A: number, range: TextRange): Place => ({
    fract,
    position_A: mat3.multiplyVector(cell.direct, fract),
    rounding_A,
    range,
  });
  const known = new Map<string, Place | undefined>();
  columnTexts(labels).forEach((label, row) => {
    const coordinates = [x, y, z].map((column: Column) => quantityOf(column.value(row)));
    const isRepeated = known.has(label);
    known.set(label, undefined);
    if (isRepeated || !coordinates.every((value) => value !== undefined)) return;
    const rounding_A = Math.hypot(...coordinates.map((value, i) => roundingOf(value) * lengths_A[i]!));
    known.set(label, placeAt(coordinates.map(({ value }) => value) as unknown as Vec3, rounding_A, x.rowRange(row)));
  });
  const listed = listedOperations(table);
  const unlisted = spaceGroup?.operations.map(({ rotation, translation }) => ({ id: "", rotation, translation }));
  const operations = listed.length > 0 ? listed : (unlisted ?? []);
  const imageOf = (atom: Place, { rotation, translation }: Listed, cells: Vec3): Place =>
    placeAt(
      vec3.add(vec3.add(mat3.multiplyVector(rotation, atom.fract), translation), cells),
      atom.rounding_A,
      atom.range,
    );
  const followed = (atom: Place, code: string): Place | undefined => {
    const match = /^([^_]+)(?:_(\d)(\d)(\d))?$/.exec(code);
    const operation = listed.find(({ id }) => id === match?.[1]);
    if (!match || !operation) return undefined;
    return imageOf(atom, operation, [2, 3, 4].map((i) => Number(match[i] ?? 5) - 5) as unknown as Vec3);
  };
  const images = new Map<Place, Map<string, Place | undefined>>();
  const reach = (distance_A: number): readonly number[] =>
    mat3.transpose(cell.reciprocal).map((star) => Math.ceil((distance_A * vec3.norm(star)) / (2 * Math.PI) + 0.5));
  return {
    at(label, code = IDENTITY_CODE) {
      const atom = known.get(label);
      if (!atom || code === IDENTITY_CODE || code === "?" || code === "") return atom;
      const ofAtom = images.get(atom) ?? new Map<string, Place | undefined>();
      if (ofAtom.size === 0) images.set(atom, ofAtom);
      if (!ofAtom.has(code)) ofAtom.set(code, followed(atom, code));
      return ofAtom.get(code);
    },
    codesAt(atom, from, distance_A, tolerance_A) {
      const [u, v, w] = reach(distance_A + tolerance_A);
      const images = operations.length * (2 * u! + 1) * (2 * v! + 1) * (2 * w! + 1);
      if (images === 0 || images > MOST_IMAGES) return undefined;
      return operations.flatMap((operation) => {
        const nearest = vec3.subtract(from.fract, imageOf(atom, operation, [0, 0, 0]).fract).map(Math.round);
        const codes: string[] = [];
        for (let i = -u!; i <= u!; i++) {
          for (let j = -v!; j <= v!; j++) {
            for (let k = -w!; k <= w!; k++) {
              const cells: Vec3 = [nearest[0]! + i, nearest[1]! + j, nearest[2]! + k];
              const image = imageOf(atom, operation, cells);
              const distance = vec3.norm(vec3.subtract(image.position_A, from.position_A));
              if (Math.abs(distance - distance_A) <= tolerance_A) codes.push(codeOf(operation.id, cells));
            }
          }
        }
        return codes;
      });
    },
  };
}

const codeOf = (id: string, cells: Vec3): string =>
  id === "1" && cells.every((shift) => shift === 0)
    ? IDENTITY_CODE
    : `${id}_${cells.map((shift) => shift + 5).join("")}`;

/** Operations in the order of the list, with the numbers that it gives them; none where one cannot be read. */
function listedOperations(table: BlockTable): readonly Listed[] {
  const column = firstColumn(table, OPERATIONS);
  const ids = firstColumn(table, ["_space_group_symop_id", "_symmetry_equiv_pos_site_id"]);
  const texts = columnTexts(column);
  const operations = texts.flatMap((text, row): readonly Listed[] => {
    const operation = parseTriplet(text.replace(/['"]/g, ""));
    const id = ids?.loop === column?.loop ? ids?.value(row) : undefined;
    return operation ? [{ id: isGiven(id) ? id.text : String(row + 1), ...operation }] : [];
  });
  return operations.length === texts.length ? operations : [];
}

/** Standard deviation of what rounding took from a coordinate; 0 for 0, 1/4 and the like, which are exact. */
function roundingOf({ value, decimals, su }: Quantity): number {
  if (su === 0 && decimals <= 3 && Number.isInteger(value * 8)) return 0;
  return (0.5 * 10 ** -decimals) / Math.sqrt(3);
}
