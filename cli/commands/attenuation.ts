import type { Crystal } from "../../core/crystal/index.ts";
import { fail, format, type Issue, ok, type Result } from "../../core/util/index.ts";
import { attenuationCoefficient_per_um, refractiveIndex } from "../../core/xray/index.ts";
import {
  type Command,
  errorLines,
  loadCrystal,
  numberOption,
  onlyFile,
  readArguments,
  reportIssue,
  requiredNumber,
  toJson,
  UsageError,
} from "../command.ts";

interface Point {
  readonly energy_keV: number;
  readonly attenuationLength_um: number;
  readonly delta: number;
  readonly beta: number;
  readonly transmission: number | null;
}

export const attenuation: Command = {
  usage: "attenuation CIF --energy E[,E...] [--thickness UM] [--block B] [--json]",
  summary: "attenuation length, refractive index and straight-through transmission",
  run(argv) {
    const { values, positionals, json } = readArguments(argv, ["energy", "thickness", "block"]);
    const file = onlyFile(positionals);
    if (values["energy"] === undefined) throw new UsageError("--energy is missing");
    const energies_keV = values["energy"].split(",").map((text) => requiredNumber("energy", text));
    const thickness_um = numberOption("thickness", values["thickness"]) ?? null;
    if (thickness_um !== null && thickness_um < 0) throw new UsageError("--thickness must not be negative");
    const { document, crystal } = loadCrystal(file, values["block"]);
    if (!crystal.ok) return { output: "", errors: errorLines(crystal.issues, file, document.lines), status: 1 };
    const points: Point[] = [];
    const issues: Issue[] = [];
    for (const energy_keV of energies_keV) {
      const point = evaluate(crystal.value, energy_keV, thickness_um);
      if (!point.ok) return { output: "", errors: errorLines(point.issues, file, document.lines), status: 1 };
      points.push(point.value);
      issues.push(...point.issues);
    }
    const report = { points, issues: issues.map((issue) => reportIssue(issue, document.lines)) };
    return { output: json ? toJson(report) : describe(points, issues), errors: [], status: 0 };
  },
};

function evaluate(crystal: Crystal, energy_keV: number, thickness_um: number | null): Result<Point> {
  const coefficient = attenuationCoefficient_per_um(crystal, energy_keV);
  const index = refractiveIndex(crystal, energy_keV);
  if (!coefficient.ok || !index.ok) return fail(...coefficient.issues, ...index.issues);
  return ok(
    {
      energy_keV,
      attenuationLength_um: 1 / coefficient.value,
      delta: index.value.delta,
      beta: index.value.beta,
      transmission: thickness_um === null ? null : Math.exp(-coefficient.value * thickness_um),
    },
    [...coefficient.issues, ...index.issues],
  );
}

const describe = (points: readonly Point[], issues: readonly Issue[]): string =>
  points
    .map(({ energy_keV, attenuationLength_um, delta, beta, transmission }) => {
      const through = transmission === null ? "" : `   transmission ${format.percent(transmission)}`;
      return `${energy_keV} keV   attenuation length ${format.length(attenuationLength_um)}   δ ${format.significant(delta, 5)}   β ${format.significant(beta, 5)}${through}\n`;
    })
    .concat(issues.map(({ severity, message }) => `${severity.padEnd(12)} ${message}\n`))
    .join("");
