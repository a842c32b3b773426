import {
  type AbsentReflection,
  absentReflections,
  type ReflectionRow,
  reflectionTable,
} from "../../core/experiment/index.ts";
import { format, type Issue, wavelength_A } from "../../core/util/index.ts";
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

export const reflections: Command = {
  usage:
    "reflections CIF --energy E [--two-theta-max 45] [--d-min A] [--form-factors neutral|ionic] [--absent] [--block B] [--json]",
  summary: "table of reflections, one row per Laue class, by falling d",
  run(argv) {
    const wantsAbsent = argv.includes("--absent");
    const others = argv.filter((argument) => argument !== "--absent");
    const { values, positionals, json } = readArguments(others, [
      "energy",
      "two-theta-max",
      "d-min",
      "form-factors",
      "block",
    ]);
    const file = onlyFile(positionals);
    const energy_keV = requiredNumber("energy", values["energy"]);
    const twoThetaMax_deg = numberOption("two-theta-max", values["two-theta-max"]) ?? 45;
    const dMin_A = numberOption("d-min", values["d-min"]) ?? 0;
    const formFactors = values["form-factors"] ?? "neutral";
    if (formFactors !== "neutral" && formFactors !== "ionic")
      throw new UsageError("--form-factors is neutral or ionic");
    const { document, crystal } = loadCrystal(file, values["block"]);
    if (!crystal.ok) return { output: "", errors: errorLines(crystal.issues, file, document.lines), status: 1 };
    const options = { energy_keV, twoThetaMax_deg, dMin_A, formFactors } as const;
    const table = reflectionTable(crystal.value, options);
    if (!table.ok) return { output: "", errors: errorLines(table.issues, file, document.lines), status: 1 };
    const found = wantsAbsent ? absentReflections(crystal.value, options) : undefined;
    const absent = found?.ok ? found.value : undefined;
    const report = {
      energy_keV,
      wavelength_A: wavelength_A(energy_keV),
      reflections: table.value,
      ...(absent && { absent }),
      issues: table.issues.map((issue) => reportIssue(issue, document.lines)),
    };
    const text = [...table.value.map(line), ...(absent ?? []).map(absentLine), ...table.issues.map(issueLine), ""];
    return { output: json ? toJson(report) : [HEADER, ...text].join("\n"), errors: [], status: 0 };
  },
};

const HEADER = "   h   k   l        d/Å    2θ/deg        |F|   |F(-h)|   rel. int./%   equivalents";

const line = ({ hkl, d_A, twoTheta_deg, F, F_friedel, relativeIntensity, multiplicity }: ReflectionRow): string =>
  [
    hkl.map((index) => String(index).padStart(4)).join(""),
    format.fixed(d_A, 5).padStart(11),
    format.fixed(twoTheta_deg, 4).padStart(10),
    format.fixed(F, 3).padStart(11),
    format.fixed(F_friedel, 3).padStart(10),
    format.fixed(relativeIntensity, 2).padStart(14),
    String(multiplicity).padStart(14),
  ].join("");

const WHY_ABSENT = { symmetry: "absent by symmetry", sites: "absent by special positions" } as const;

const absentLine = ({ hkl, d_A, twoTheta_deg, absence }: AbsentReflection): string =>
  [
    hkl.map((index) => String(index).padStart(4)).join(""),
    format.fixed(d_A, 5).padStart(11),
    format.fixed(twoTheta_deg, 4).padStart(10),
    `   ${WHY_ABSENT[absence]}`,
  ].join("");

const issueLine = ({ severity, message }: Issue): string => `${severity.padEnd(12)} ${message}`;
