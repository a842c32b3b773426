import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Result } from "../../core/util/index.ts";
import { readEnergy_keV, readHkl, readLength_um, readNumber, readWavelength_keV } from "../../webview/ui/quantity.ts";

const value = <T>(result: Result<T>): T => {
  assert.ok(result.ok, JSON.stringify(result.issues));
  return result.value;
};
const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.abs(expected), `${actual} is not ${expected}`);

describe("what is typed into a number field", () => {
  test("an energy in keV, eV or as a wavelength", () => {
    for (const text of ["17", "17 keV", "17keV", "17,0", "17000 eV", "+17", "1.7e1", "17.000(5)"]) {
      near(value(readEnergy_keV(text, "f")), 17);
    }
    for (const text of ["0.72931881 Å", "0.72931881 A", "0,072931881 nm", "72.931881 pm", "0.72931881 angstrom"]) {
      assert.ok(Math.abs(value(readEnergy_keV(text, "f")) - 17) < 1e-6, text);
    }
  });

  test("a wavelength, or an energy with its unit", () => {
    near(value(readWavelength_keV("1", "f")), 12.398419843320026);
    near(value(readWavelength_keV("17 keV", "f")), 17);
    assert.equal(readWavelength_keV("0", "f").ok, false);
    assert.equal(readEnergy_keV("0 Å", "f").ok, false);
  });

  test("a length", () => {
    for (const text of ["150", "150 µm", "150 μm", "150um", "0.15 mm", "0,015 cm", "150000 nm"]) {
      near(value(readLength_um(text, "f")), 150);
    }
  });

  test("a sign that is not a hyphen", () => near(value(readNumber("\u22123.5°", "an angle", "f")), -3.5));

  test("what is not a number is refused with what was typed", () => {
    for (const text of ["", "abc", "1.234.5", "1,234.5", "17 kV", "--3", "keV"]) {
      const result = readEnergy_keV(text, "beam.energy_keV");
      assert.equal(result.ok, false, text);
      assert.match(result.issues[0]?.message ?? "", /is not an energy: write a number in keV/);
      assert.equal(result.issues[0]?.field, "beam.energy_keV");
    }
  });

  test("Miller indices", () => {
    for (const text of ["1 -1 2", "1,-1,2", "(1,-1,2)", "( 1 -1 2 )", "1-12", "1 \u22121 2"]) {
      assert.deepEqual(value(readHkl(text, "f")), [1, -1, 2], text);
    }
    assert.deepEqual(value(readHkl("006", "f")), [0, 0, 6]);
    assert.deepEqual(value(readHkl("0 0 12", "f")), [0, 0, 12]);
    for (const text of ["1 0", "1 2 3 4", "1.5 0 0", "a b c", ""]) assert.equal(readHkl(text, "f").ok, false, text);
  });
});
