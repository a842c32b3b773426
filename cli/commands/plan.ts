import {
  deriveExperiment,
  deriveExtinction,
  type Experiment,
  type LensFocus,
  lensPerformance,
  limitsOf,
  type PlanIssue,
  planIssues,
  reflectionTable,
  type Verdict,
} from "../../core/experiment/index.ts";
import { createLineIndex, format, type Issue, readJsonText } from "../../core/util/index.ts";
import { type Command, errorLines, onlyFile, readArguments, reportIssue, toJson } from "../command.ts";
import { type LoadedPlan, loadPlan, readText } from "../planFile.ts";
import { geometryReport } from "./geometry.ts";
import { lensReport } from "./lens.ts";
import { structureReport } from "./structure.ts";

export const plan: Command = {
  usage: "plan PLAN.dfxrm.json [--json]",
  summary: "everything that follows from a plan, and the verdicts: light, reach, mount",
  run(argv) {
    const { positionals, json } = readArguments(argv, []);
    const file = onlyFile(positionals, "give one plan file");
    const text = readText(file, "");
    const load = loadPlan(file);
    if (!load.ok) {
      const lines = createLineIndex(text);
      const output = json ? toJson({ ...EMPTY, issues: load.issues.map((issue) => reportIssue(issue, lines)) }) : "";
      return { output, errors: errorLines(load.issues, file, lines), status: 1 };
    }
    const loaded = load.value;
    const experiment = deriveExperiment(loaded);
    const issues = [
      ...loaded.issues.map((issue): PlanIssue => ({ ...issue, planFixes: [] })),
      ...planIssues(loaded.plan, experiment),
    ].map((issue) => ({ ...issue, ...placeOf(issue, text) }));
    const value = experiment.ok ? experiment.value : null;
    return {
      output: json ? toJson(report(loaded, value, issues, text)) : value ? describe(loaded, value) : "",
      errors: errorLines(issues, file, createLineIndex(text)),
      status: value?.verdicts.every(({ answer }) => answer !== "no") ? 0 : 1,
    };
  },
};

/** The place of the field that an issue is about; issues of other files have none in the plan. */
function placeOf({ field }: Issue, text: string): Pick<Issue, "range"> {
  const range = field === undefined ? undefined : readJsonText(text).rangeOf(field.split("."));
  return range === undefined ? {} : { range };
}

const EMPTY = {
  crystal: null,
  attenuation: null,
  reflection: null,
  geometry: null,
  lens: null,
  verdicts: [],
  issues: [],
};

function report(loaded: LoadedPlan, value: Experiment | null, issues: readonly Issue[], text: string) {
  const { crystal, plan: own, instrument } = loaded;
  const noLines = createLineIndex("");
  const lines = createLineIndex(text);
  return {
    crystal: structureReport(crystal, [], noLines),
    attenuation: value && {
      energy_keV: value.geometry.energy_keV,
      attenuationLength_um: value.attenuation.attenuationLength_um,
      delta: value.attenuation.delta,
      beta: value.attenuation.beta,
      transmission: value.attenuation.straightThrough,
      transmissionMean: value.geometry.path.transmissionMean,
      optimumThickness_um: value.attenuation.optimumThickness_um,
      signalOfOptimum: value.attenuation.signalOfOptimum,
      penetration_um: value.attenuation.penetration_um,
      thickness_um: own.sample.thickness_um,
    },
    reflection: value && {
      hkl: value.reflection.hkl,
      d_A: value.geometry.d_A,
      twoTheta_deg: value.geometry.twoTheta_deg,
      F: value.reflection.F,
      F_friedel: value.reflection.F_friedel,
      absence: value.reflection.absence,
      multiplicity: value.reflection.multiplicity,
      relativeIntensity: relativeIntensity(loaded, value),
      dynamical: value.dynamical,
    },
    geometry: geometryReport(
      value?.geometry ?? null,
      value && deriveExtinction(crystal, value.geometry, instrument),
      [],
      noLines,
    ),
    lens: value?.lens ? lensPart(loaded, value.lens) : null,
    verdicts: (value?.verdicts ?? []).map(
      ({ question, answer, value: figure, limit, unit, sentence, suggestion }: Verdict) => ({
        question,
        answer,
        value: figure,
        limit,
        unit,
        sentence,
        suggestion,
      }),
    ),
    issues: issues.map((issue) => reportIssue(issue, lines)),
  };
}

/** 100 |F|^2 by that of the brightest up to 45 degrees, as the list of reflections has it; 0 for an absent one. */
function relativeIntensity({ crystal, plan: own }: LoadedPlan, { reflection, geometry }: Experiment): number | null {
  const table = reflectionTable(crystal, {
    energy_keV: own.beam.energy_keV,
    twoThetaMax_deg: Math.max(45, geometry.twoTheta_deg),
  });
  if (!table.ok) return null;
  const strongest = table.value.reduce((largest, { F }) => Math.max(largest, F), 0);
  return reflection.absence === null && strongest > 0 ? 100 * (reflection.F / strongest) ** 2 : 0;
}

function lensPart({ lens, plan: own, instrument }: LoadedPlan, found: LensFocus) {
  const bandwidth_fwhm = own.beam.bandwidth_fwhm ?? instrument.bandwidth_fwhm;
  const follows = lens && lensPerformance(lens, found, { bandwidth_fwhm, camera: instrument.camera });
  return lensReport(found, follows?.ok ? follows.value : null, follows?.issues ?? [], createLineIndex(""));
}

const ANSWERS = { yes: "yes", marginal: "with care", no: "NO" } as const;
const MARKS = { yes: "+", marginal: "!", no: "x" } as const;

function describe({ plan: own, crystal, instrument }: LoadedPlan, value: Experiment): string {
  const { geometry, reflection, attenuation, dynamical, lens } = value;
  const lines: (string | null)[] = [
    `${crystal.block}, ${geometry.energy_keV} keV, ${instrument.name}${own.lens === undefined ? "" : `, lens ${own.lens.file}`}`,
    "",
    ...value.verdicts.flatMap(({ question, answer, findings }) => [
      `${question.padEnd(6)} ${ANSWERS[answer]}`,
      ...findings.flatMap((one) => [
        `  ${MARKS[one.answer]} ${one.sentence}`,
        ...(one.suggestion === null || one.answer === "yes" ? [] : [`    > ${one.suggestion}`]),
      ]),
    ]),
    "",
    `reflection    (${reflection.hkl.join(",")})   d ${format.fixed(geometry.d_A, 5)} Å   2θ ${format.angle(geometry.twoTheta_deg)}   |F| ${format.fixed(reflection.F, 2)}   mate ${format.fixed(reflection.F_friedel, 2)}`,
    `attenuation   1/e ${format.length(attenuation.attenuationLength_um)}   straight through ${format.percent(attenuation.straightThrough)}   along the beams ${format.percent(geometry.path.transmissionMean)}${attenuation.optimumThickness_um === null ? "" : `   most signal at ${format.length(attenuation.optimumThickness_um, 3)}`}`,
    dynamical === null
      ? null
      : `extinction    Λ ${format.length(dynamical.extinctionLength_um)}   t/Λ ${format.significant(dynamical.ratio, 3)}   Darwin width ${format.significant(dynamical.darwinWidth_urad, 3)} µrad`,
    ...geometry.goniometer.map((solution) => {
      const motors = solution.angles.map(({ axis, angle_deg }) => `${axis} ${format.angle(angle_deg)}`).join("   ");
      return `motors        ${motors}   ${limitsOf(solution)}`;
    }),
    `              ${instrument.limitsSource}`,
    lens?.focus
      ? `lens          d1 ${format.fixed(lens.focus.d1_mm, 3)} mm   d2 ${format.fixed(lens.focus.d2_mm, 2)} mm   M ${format.fixed(lens.focus.M, 3)}`
      : null,
    "",
    "if the crystal is turned by mistake",
    ...value.otherMounts.map(
      ({ about, angle_deg, hkl, F, looks }) =>
        `  ${`${angle_deg}° about ${about}`.padEnd(16)} ${looks === "same" ? "the same, by symmetry" : hkl === null ? "nothing in place" : F === 0 ? `(${hkl.join(",")}) absent` : `(${hkl.join(",")}) |F| ${format.fixed(F ?? 0, 2)}${looks === "alike" ? "   cannot be told apart" : ""}`}`,
    ),
    "",
  ];
  return lines.filter((line) => line !== null).join("\n");
}
