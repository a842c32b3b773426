import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixesOf, found, issuesOf, oneIssue, only, spoilt } from "./checksRutile.ts";

describe("cell", () => {
  test("a volume that the cell does not have, with the computed one and its s.u. as the fix", () => {
    // a^2 c = 4.594^2 x 2.959 = 62.449; s.u. with a = b varying together: V sqrt((2/4594)^2 + (1/2959)^2) = 0.034.
    const issue = oneIssue("cell-volume warning 63.45(3)", ["62.45(3)", "63.45(3)"]);
    assert.match(issue.message, /63\.45\(3\).*62\.45\(3\).*CELLV01/);
    assert.deepEqual(fixesOf(issue), ["Replace by 62.45(3)"]);
    assert.deepEqual(found(spoilt(["62.45(3)", "62.40"])), [], "within 0.1 %");
    assert.deepEqual(found(spoilt(["62.45(3)", "62"])), [], "62.45 rounds to 62");
    assert.deepEqual(found(spoilt(["62.45(3)", "61"])), ["cell-volume warning 61"]);
    assert.deepEqual(found(spoilt(["62.45(3)", "62.65"])), ["cell-volume warning 62.65"], "0.3 %");
    assert.deepEqual(found(spoilt(["62.45(3)", "62.9(2)"])), [], "within three s.u.");
  });

  test("the s.u. of a volume: lengths equal by symmetry vary together, angles fixed by it do not vary", () => {
    // sigma(V) = 2 V sigma(a) / a = 2 x 62.449 x 0.005 / 4.594 = 0.136.
    const tetragonal = spoilt(
      ["length_a 4.594(1)", "length_a 4.594(5)"],
      ["length_b 4.594(1)", "length_b 4.594(5)"],
      ["length_c 2.959(1)", "length_c 2.959"],
      ["62.45(3)", "70.00"],
      ["_refine_ls_R_factor_gt 0.021", ""],
    );
    assert.deepEqual(fixesOf(only(tetragonal)), ["Replace by 62.45(14)"]);
    const hexagonal =
      "data_x\n_cell_length_a 5\n_cell_length_b 5\n_cell_length_c 10\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120.0(5)\n_cell_volume 300.00\n_space_group_name_H-M_alt 'P 6'\n";
    const volume = issuesOf(hexagonal).find(({ code }) => code === "crystal/cell-volume");
    assert.deepEqual(fixesOf(volume!), ["Replace by 216.51"]);
  });

  test("an uncertainty of the volume that the cell does not give", () => {
    oneIssue("cell-volume-su hint 62(3)", ["62.45(3)", "62(3)"]);
  });

  test("an impossible cell is an error", () => {
    const text = spoilt(["_cell_angle_gamma 90", "_cell_angle_gamma 190"]);
    assert.ok(found(text).includes("impossible-cell error 190"));
  });

  test("lengths and angles that the space group does not allow", () => {
    const angle = oneIssue("cell-constraint warning 90.2", ["gamma 90", "gamma 90.2"]);
    assert.match(angle.message, /P 42\/m n m: angle gamma is 90\.2° and must be 90°/);
    const length = oneIssue(
      "cell-constraint warning 4.600(1)",
      ["length_b 4.594(1)", "length_b 4.600(1)"],
      ["62.45(3)", "62.45(9)"],
    );
    assert.match(length.message, /length b is 4\.600\(1\) Å and must equal length a, 4\.594\(1\) Å/);
    assert.deepEqual(
      found(spoilt(["length_b 4.594(1)", "length_b 4.597(1)"])),
      ["su-on-fixed hint 4.597(1)"],
      "3 s.u.: 0.0042",
    );
  });

  test("each crystal system and setting has its own constraints", () => {
    const cell = (hm: string, parameters: readonly number[]): readonly string[] => {
      const names = ["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"];
      const items = names.map((name, i) => `_cell_${name} ${parameters[i]}`).join("\n");
      const text = `data_x\n${items}\n_space_group_name_H-M_alt '${hm}'\n`;
      return found(text).flatMap((line) => line.replace("cell-constraint warning ", "#").match(/^#.*/) ?? []);
    };
    assert.deepEqual(cell("P -1", [4, 5, 6, 80, 85, 95]), []);
    assert.deepEqual(cell("P 1 21/c 1", [4, 5, 6, 90, 95, 90]), []);
    assert.deepEqual(cell("P 1 21/c 1", [4, 5, 6, 90.1, 95, 90]), ["#90.1"]);
    assert.deepEqual(cell("P 1 1 21/b", [4, 5, 6, 90, 90.1, 95]), ["#90.1"]);
    assert.deepEqual(cell("P n m a", [4, 5, 6, 90, 90, 90]), []);
    assert.deepEqual(cell("P 63/m m c", [5, 5, 23, 90, 89.98, 120.01]), ["#89.98", "#120.01"]);
    assert.deepEqual(cell("R -3 c :R", [5, 5, 5, 55, 55, 55.02]), ["#55.02"]);
    assert.deepEqual(cell("R -3 c :H", [5, 5, 14, 90, 90, 120]), []);
    assert.deepEqual(cell("F m -3 m", [4, 4, 4.001, 90, 90, 90]), ["#4.001"]);
  });

  test("uncertainties on what symmetry fixes, and ones hardly meant", () => {
    oneIssue("su-on-fixed hint 90.00(2)", ["gamma 90", "gamma 90.00(2)"]);
    oneIssue("su-on-fixed hint 4.594(2)", ["length_b 4.594(1)", "length_b 4.594(2)"]);
    assert.deepEqual(found(spoilt(["length_c 2.959(1)", "length_c 2.959(50)"], ["62.45(3)", "62.5"])), [
      "cell-su hint 2.959(50)",
    ]);
    oneIssue("su-zero hint 295(0)", ["temperature 295(2)", "temperature 295(0)"]);
    oneIssue("su-digits hint 295.00(150)", ["temperature 295(2)", "temperature 295.00(150)"]);
  });
});
