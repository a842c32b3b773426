import { error, fail, HC_keV_A, ok, type Result } from "../../core/util/index.ts";

/** What people type into a number field: `17`, `17,5`, `17 keV`, `0.7293 Å`, `5.4310(2)`. */

const QUANTITY = /^([+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?)(?:\(\d+\))?\s*(\D*)$/i;

interface Quantity {
  readonly number: number;
  /** Lower case, micro sign and A ring in one spelling; empty where no unit is written. */
  readonly unit: string;
}

function readQuantity(text: string): Quantity | undefined {
  const match = QUANTITY.exec(text.trim().replaceAll("\u2212", "-"));
  if (match === null) return undefined;
  const unit = (match[2] ?? "").trim().toLowerCase();
  return {
    number: Number((match[1] ?? "").replace(",", ".")),
    unit: unit
      .replace("\u03bc", "µ")
      .replace(/^um$/, "µm")
      .replace("\u212b", "å")
      .replace(/^(a|ang|angstrom)$/, "å"),
  };
}

const LENGTH_um: Readonly<Record<string, number>> = { "": 1, nm: 1e-3, µm: 1, mm: 1e3, cm: 1e4, m: 1e6 };
const ENERGY_keV: Readonly<Record<string, number>> = { "": 1, ev: 1e-3, kev: 1, mev: 1e3 };
const WAVELENGTH_A: Readonly<Record<string, number>> = { "": 1, å: 1, nm: 10, pm: 0.01 };

/** A length in micrometres from `150`, `150 µm`, `0.15 mm`, `5 cm`. */
export function readLength_um(text: string, field: string): Result<number> {
  const quantity = readQuantity(text);
  const factor = quantity && LENGTH_um[quantity.unit];
  if (quantity === undefined || factor === undefined) {
    return fail(
      error("plan/unreadable", `"${text}" is not a length: write a number in µm, or with nm, µm, mm or cm.`, { field }),
    );
  }
  return ok(quantity.number * factor);
}

const fromWavelength = (wavelength_A: number, field: string): Result<number> =>
  wavelength_A > 0
    ? ok(HC_keV_A / wavelength_A)
    : fail(error("plan/unreadable", "The wavelength must be greater than 0 Å.", { field }));

/** An energy in keV from an energy or, with its unit, a wavelength: `17`, `17 keV`, `17000 eV`, `0.7293 Å`. */
export function readEnergy_keV(text: string, field: string): Result<number> {
  const quantity = readQuantity(text);
  if (quantity !== undefined) {
    const energyFactor = ENERGY_keV[quantity.unit];
    if (energyFactor !== undefined) return ok(quantity.number * energyFactor);
    const wavelengthFactor = WAVELENGTH_A[quantity.unit];
    if (wavelengthFactor !== undefined) return fromWavelength(quantity.number * wavelengthFactor, field);
  }
  return fail(
    error("plan/unreadable", `"${text}" is not an energy: write a number in keV, or a wavelength with Å.`, { field }),
  );
}

/** An energy in keV from a wavelength or, with its unit, an energy. */
export function readWavelength_keV(text: string, field: string): Result<number> {
  const quantity = readQuantity(text);
  const factor = quantity && WAVELENGTH_A[quantity.unit];
  return quantity !== undefined && factor !== undefined
    ? fromWavelength(quantity.number * factor, field)
    : readEnergy_keV(text, field);
}

/** A plain number such as an angle in degrees. */
export function readNumber(text: string, what: string, field: string): Result<number> {
  const quantity = readQuantity(text);
  if (quantity === undefined || !["", "°", "deg"].includes(quantity.unit)) {
    return fail(error("plan/unreadable", `"${text}" is not ${what}: write a number.`, { field }));
  }
  return ok(quantity.number);
}

const COMPACT_HKL = /^([+-]?\d)([+-]?\d)([+-]?\d)$/;

/** Miller indices from `0 0 6`, `0,0,6`, `(1,-1,2)` or, one digit each, `006` and `1-12`. */
export function readHkl(text: string, field: string): Result<readonly [number, number, number]> {
  const bare = text
    .trim()
    .replaceAll("\u2212", "-")
    .replace(/^\((.*)\)$/, "$1")
    .trim();
  const compact = COMPACT_HKL.exec(bare);
  const parts = compact ? compact.slice(1) : bare.split(/[\s,;]+/).filter((part) => part !== "");
  const [h, k, l] = parts.map((part) => (/^[+-]?\d+$/.test(part) ? Number(part) : Number.NaN));
  if (parts.length !== 3 || h === undefined || k === undefined || l === undefined || !Number.isFinite(h + k + l)) {
    return fail(
      error("plan/unreadable", `"${text}" is not a reflection: write three whole numbers, such as 0 0 6 or (1,-1,2).`, {
        field,
      }),
    );
  }
  return ok([h, k, l]);
}
