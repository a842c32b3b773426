import { statSync } from "node:fs";
import type { Crystal } from "../../core/crystal/index.ts";
import {
  createDraftPlan,
  defaultReflectionFor,
  deriveExtinction,
  deriveGeometry,
  type ExperimentPlan,
  type ExtinctionLengths,
  type Geometry,
  type Hkl,
  INSTRUMENTS,
  type InstrumentProfile,
  instrumentById,
  limitsOf,
  parseInstrument,
} from "../../core/experiment/index.ts";
import {
  createLineIndex,
  error,
  fail,
  format,
  type Issue,
  type LineIndex,
  type Result,
} from "../../core/util/index.ts";
import {
  type Arguments,
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
import { readText } from "../planFile.ts";

export const geometry: Command = {
  usage:
    "geometry CIF --energy E [--hkl h,k,l] [--up S] [--exit S] [--beam-exit S] [--thickness UM] [--height UM] [--width UM] [--instrument ID|FILE] [--block B] [--json]",
  summary: "2theta, wave vectors, orientation, goniometer angles and transmission",
  run(argv) {
    const { values, positionals, json } = readArguments(argv, [
      "energy",
      "hkl",
      "up",
      "exit",
      "beam-exit",
      "thickness",
      "height",
      "width",
      "instrument",
      "block",
    ]);
    const file = onlyFile(positionals);
    const plan = planOf(file, values);
    const { document, crystal } = loadCrystal(file, values["block"]);
    if (!crystal.ok) {
      const output = json ? toJson(geometryReport(null, null, crystal.issues, document.lines)) : "";
      return { output, errors: errorLines(crystal.issues, file, document.lines), status: 1 };
    }
    const instrument = readInstrument(plan.instrument);
    const resolved =
      plan.reflection ?? (instrument.ok ? chooseReflection(plan, crystal.value, instrument.value) : undefined);
    const derived = instrument.ok
      ? deriveGeometry(plan, crystal.value, resolved?.hkl ?? null, instrument.value)
      : instrument;
    const value = derived.ok ? derived.value : null;
    const lengths = value && instrument.ok ? deriveExtinction(crystal.value, value, instrument.value) : null;
    const output = json
      ? toJson(geometryReport(value, lengths, derived.issues, document.lines))
      : value
        ? describe(value, derived.issues)
        : "";
    return {
      output,
      errors: derived.ok ? [] : errorLines(derived.issues, file, document.lines),
      status: derived.ok ? 0 : 1,
    };
  },
};

function planOf(file: string, values: Arguments["values"]): ExperimentPlan {
  const text = (name: string): string | undefined => values[name];
  const draft = createDraftPlan(file, text("block") ?? "");
  const [up, exit, beamExit, hkl] = [text("up"), text("exit"), text("beam-exit"), text("hkl")];
  return {
    ...draft,
    beam: { ...draft.beam, energy_keV: requiredNumber("energy", text("energy")) },
    sample: {
      thickness_um: numberOption("thickness", text("thickness")) ?? draft.sample.thickness_um,
      height_um: numberOption("height", text("height")) ?? draft.sample.height_um,
      width_um: numberOption("width", text("width")) ?? draft.sample.width_um,
      ...(up !== undefined && { up }),
      ...(exit !== undefined && { exit }),
    },
    ...(beamExit !== undefined && { beamExit }),
    ...(hkl !== undefined && { reflection: { hkl: readHkl(hkl) } }),
    instrument: text("instrument") ?? draft.instrument,
  };
}

function readHkl(text: string): Hkl {
  const indices = text
    .replace(/^[([]|[)\]]$/g, "")
    .split(/[\s,]+/)
    .filter((part) => part !== "")
    .map((part) => requiredNumber("hkl", part));
  if (indices.length !== 3) throw new UsageError(`--hkl needs three whole numbers such as 1,-1,2, not "${text}"`);
  return indices as unknown as Hkl;
}

/** An instrument from a file, where there is one of that name, else a shipped one by its id. */
function readInstrument(idOrFile: string): Result<InstrumentProfile> {
  if (!statSync(idOrFile, { throwIfNoEntry: false })?.isFile()) {
    const found = instrumentById(idOrFile);
    if (found.ok) return found;
    const known = INSTRUMENTS.map(({ id }) => id).join(", ");
    throw new UsageError(`there is no file "${idOrFile}", and no instrument of this id; known are ${known}`);
  }
  const text = readText(idOrFile, "");
  const parsed = parseInstrument(text);
  if (parsed.ok) return parsed;
  // Places are those of the CIF elsewhere: here they stand in the message.
  return fail(
    ...errorLines(parsed.issues, idOrFile, createLineIndex(text)).map((line) => error("plan/instrument", line)),
  );
}

function chooseReflection(
  plan: ExperimentPlan,
  crystal: Crystal,
  instrument: InstrumentProfile,
): { hkl: Hkl } | undefined {
  const best = defaultReflectionFor(plan, crystal, instrument);
  return best.ok ? { hkl: best.value } : undefined;
}

export const geometryReport = (
  value: Geometry | null,
  lengths: ExtinctionLengths | null,
  issues: readonly Issue[],
  lines: LineIndex,
) => ({
  hkl: value?.hkl ?? null,
  twoTheta_deg: value?.twoTheta_deg ?? null,
  Q_sample_invA: value?.Q_sample_invA ?? null,
  k0_sample_invA: value?.k0_sample_invA ?? null,
  kh_sample_invA: value?.kh_sample_invA ?? null,
  sampleToLab: value?.sampleToLab ?? null,
  goniometer:
    value?.goniometer.map(({ angles, withinLimits, violations }) => ({ solution: angles, withinLimits, violations })) ??
    null,
  path: value && {
    in_um: value.path.in_um,
    out_um: value.path.out_um,
    transmission: value.path.transmission,
    transmissionMean: value.path.transmissionMean,
    transmissionMin: value.path.transmissionMin,
    transmissionMax: value.path.transmissionMax,
  },
  extinctionLength_um: lengths?.actual_um ?? null,
  extinctionLengthSymmetricLaue_um: lengths?.symmetricLaue_um ?? null,
  issues: issues.map((issue) => reportIssue(issue, lines)),
});

function describe(value: Geometry, issues: readonly Issue[]): string {
  const { path } = value;
  return [
    `reflection    (${value.hkl.join(",")})   d ${format.fixed(value.d_A, 5)} Å   2θ ${format.angle(value.twoTheta_deg)}`,
    `mounted       up ${value.up.text}   exit ${value.exit.text}   mean beam ${value.beamExit.text}`,
    ...value.goniometer.map((solution) => {
      const motors = solution.angles.map(({ axis, angle_deg }) => `${axis} ${format.angle(angle_deg)}`).join("   ");
      return `motors        ${motors}   ${limitsOf(solution)}`;
    }),
    `path          in ${format.length(path.in_um)}   out ${format.length(path.out_um)}`,
    `transmission  centre ${format.percent(path.transmission)}   mean ${format.percent(path.transmissionMean)}   from ${format.percent(path.transmissionMin)} to ${format.percent(path.transmissionMax)}`,
    ...issues.map(({ severity, message }) => `${severity.padEnd(13)} ${message}`),
    "",
  ].join("\n");
}
