import type { Crystal } from "../../core/crystal/index.ts";
import { format, type Issue, type LineIndex } from "../../core/util/index.ts";
import { type Command, errorLines, loadCrystal, onlyFile, readArguments, reportIssue, toJson } from "../command.ts";

export const structure: Command = {
  usage: "structure CIF [--block B] [--json]",
  summary: "cell, space group, contents and density",
  run(argv) {
    const { values, positionals, json } = readArguments(argv, ["block"]);
    const file = onlyFile(positionals);
    const { document, crystal } = loadCrystal(file, values["block"]);
    const value = crystal.ok ? crystal.value : null;
    const issues = crystal.ok ? crystal.value.issues : crystal.issues;
    return {
      output: json ? toJson(structureReport(value, issues, document.lines)) : value ? describe(value) : "",
      errors: crystal.ok ? [] : errorLines(crystal.issues, file, document.lines),
      status: crystal.ok ? 0 : 1,
    };
  },
};

export const structureReport = (crystal: Crystal | null, issues: readonly Issue[], lines: LineIndex) => ({
  block: crystal?.block ?? null,
  cell: crystal && {
    a: crystal.cell.a_A,
    b: crystal.cell.b_A,
    c: crystal.cell.c_A,
    alpha: crystal.cell.alpha_deg,
    beta: crystal.cell.beta_deg,
    gamma: crystal.cell.gamma_deg,
    volume_A3: crystal.cell.volume_A3,
  },
  spaceGroup: crystal && {
    hm: crystal.spaceGroup.hm,
    hall: crystal.spaceGroup.hall,
    number: crystal.spaceGroup.number,
    operations: crystal.spaceGroup.operations.map(({ xyz }) => xyz),
  },
  contents: crystal?.contents ?? null,
  density_g_cm3: crystal?.density_g_cm3 ?? null,
  issues: issues.map((issue) => reportIssue(issue, lines)),
});

function describe({ block, cell, spaceGroup, contents, density_g_cm3, issues }: Crystal): string {
  const atoms = Object.entries(contents).map(([element, count]) => `${element} ${Number(count.toFixed(4))}`);
  return [
    `block        ${block}`,
    `cell         a ${cell.a_A}  b ${cell.b_A}  c ${cell.c_A} Å   α ${cell.alpha_deg}  β ${cell.beta_deg}  γ ${cell.gamma_deg}°`,
    `volume       ${format.fixed(cell.volume_A3, 4)} Å³`,
    `space group  ${spaceGroup.hm ?? "?"} (${spaceGroup.number ?? "?"}), ${spaceGroup.operations.length} operations`,
    `in the cell  ${atoms.join(", ")}`,
    `density      ${format.fixed(density_g_cm3, 4)} g/cm³`,
    ...issues.map(({ severity, message }) => `${severity.padEnd(12)} ${message}`),
    "",
  ].join("\n");
}
