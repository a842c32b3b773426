import assert from "node:assert/strict";
import { test } from "node:test";
import type { SurveyRow } from "../../core/experiment/index.ts";
import { COLUMNS } from "../../webview/reflections/columns.ts";
import { tableText } from "../../webview/reflections/tableText.ts";

test("a row of which it is not known whether it can be reached says so, in the table and in what is saved", () => {
  const row = {
    hkl: [1, 0, 0],
    d_A: 4,
    reach: {
      reachable: false,
      isDecided: false,
      solution: null,
      obstacle: "Not decided.",
      detector: { along_mm: null },
    },
  } as unknown as SurveyRow;
  const column = COLUMNS.find(({ key }) => key === "reach");
  assert.equal(column?.text(row), "?");
  assert.equal(column?.spoken?.(row), "not decided");
  const [head = [], cells = []] = tableText([{ ...row, ...NUMBERS }], "tsv")
    .split("\n")
    .map((line) => line.split("\t"));
  assert.equal(cells[head.indexOf("reachable")], "not decided");
});

const NUMBERS = {
  twoTheta_deg: 1,
  F: 1,
  F_friedel: 1,
  relativeIntensity: 1,
  multiplicity: 1,
  score_urad: 0,
  transmissionMean: 1,
  t_by_Lambda: 1,
  clearance_mm: null,
};
