import { readFileSync } from "node:fs";
import path from "node:path";
import {
  convertLens,
  focusLens,
  LENS_BOXES,
  type LensBox,
  type LensFocus,
  type LensPerformance,
  type LensPlace,
  lensById,
  lensPerformance,
  readLens,
  writeOwnLens,
} from "../../core/experiment/index.ts";
import { createLineIndex, format, type Issue, type LineIndex } from "../../core/util/index.ts";
import {
  type Arguments,
  type Command,
  errorLines,
  numberOption,
  readArguments,
  reportIssue,
  requiredNumber,
  toJson,
  UsageError,
} from "../command.ts";

export const lens: Command = {
  usage:
    "lens FILE.lens|FILE.dfxrm-lens.json|ID --energy E --two-theta DEG (--d-tot MM | --d-tot-horizontal MM) [--json]; or lens FILE --convert lens|json",
  summary: "where the lens stands in focus, magnification, aperture, mount point; or the file in the other format",
  run(argv) {
    const { values, positionals, json } = readArguments(argv, [
      "energy",
      "two-theta",
      "d-tot",
      "d-tot-horizontal",
      "convert",
    ]);
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError("give one lens file");
    const convert = values["convert"];
    if (convert !== undefined && convert !== "lens" && convert !== "json")
      throw new UsageError("--convert is lens or json");
    const text = textOf(file);
    const lines = createLineIndex(text);
    const name = path.basename(file).replace(/\.(dfxrm-lens\.json|lens)$/i, "");
    if (convert !== undefined) {
      const converted = convertLens(text, name, convert);
      const errors = errorLines(converted.issues, file, lines);
      return converted.ok ? { output: converted.value.text, errors: [], status: 0 } : { output: "", errors, status: 1 };
    }
    const place = placeOf(values);
    const read = readLens(text, name);
    if (!read.ok) {
      const output = json ? toJson(lensReport(null, null, read.issues, lines)) : "";
      return { output, errors: errorLines(read.issues, file, lines), status: 1 };
    }
    return answer(file, read.value, place, read.issues, lines, json);
  },
};

function answer(
  file: string,
  box: LensBox,
  place: LensPlace,
  fileIssues: readonly Issue[],
  lines: LineIndex,
  json: boolean,
): ReturnType<Command["run"]> {
  const focused = focusLens(box, place);
  const found = focused.ok ? focused.value : null;
  const performance = found && lensPerformance(box, found, { bandwidth_fwhm: null, camera: null });
  const follows = performance?.ok ? performance.value : null;
  const issues = [...fileIssues, ...focused.issues, ...(performance?.issues ?? [])];
  const output = json
    ? toJson(lensReport(found, follows, issues, lines))
    : found
      ? describe(box, found, follows, issues)
      : "";
  const status = found?.focus ? 0 : 1;
  return { output, errors: errorLines(issues, file, lines), status };
}

function placeOf(values: Arguments["values"]): LensPlace {
  const place = {
    energy_keV: requiredNumber("energy", values["energy"]),
    twoTheta_deg: requiredNumber("two-theta", values["two-theta"]),
  };
  const dTot_mm = numberOption("d-tot", values["d-tot"]);
  const dTotHorizontal_mm = numberOption("d-tot-horizontal", values["d-tot-horizontal"]);
  if (dTot_mm !== undefined && dTotHorizontal_mm === undefined) return { ...place, dTot_mm };
  if (dTot_mm === undefined && dTotHorizontal_mm !== undefined) return { ...place, dTotHorizontal_mm };
  throw new UsageError("give one of --d-tot and --d-tot-horizontal");
}

/** Text of the file; of a shipped lens where the name is the id of one. */
function textOf(file: string): string {
  const shipped = Object.hasOwn(LENS_BOXES, file) ? lensById(file) : null;
  if (shipped?.ok) return writeOwnLens(shipped.value);
  try {
    return readFileSync(file, "utf8");
  } catch (caught) {
    const reason = caught instanceof Error && "code" in caught ? caught.code : caught;
    throw new UsageError(`cannot read ${file} (${reason})`);
  }
}

export const lensReport = (
  found: LensFocus | null,
  follows: LensPerformance | null,
  issues: readonly Issue[],
  lines: LineIndex,
) => ({
  inFocus: found !== null && found.focus !== null,
  d1_mm: found?.focus?.d1_mm ?? null,
  dL_mm: found?.dL_mm ?? null,
  d2_mm: found?.focus?.d2_mm ?? null,
  M: found?.focus?.M ?? null,
  focalLength_mm: found?.focalLength_mm ?? null,
  numericalAperture_fwhm_mrad: follows?.numericalAperture_fwhm_mrad ?? null,
  depthOfField_um: follows?.depthOfField_um ?? null,
  mountPoint: found?.mountPoint ? { x_mm: found.mountPoint.x_mm, y_mm: found.mountPoint.y_mm } : null,
  issues: issues.map((issue) => reportIssue(issue, lines)),
});

function describe(box: LensBox, found: LensFocus, follows: LensPerformance | null, issues: readonly Issue[]): string {
  const { focus, mountPoint, dL_mm, dTot_mm, focalLength_mm } = found;
  const mm = (value: number): string => `${format.fixed(value, 3)} mm`;
  return [
    box.name,
    ...(focus && mountPoint
      ? [
          `in focus      d1 ${mm(focus.d1_mm)}   dL ${mm(dL_mm)}   d2 ${mm(focus.d2_mm)}   d_tot ${mm(dTot_mm)}`,
          `magnification ${format.fixed(focus.M, 4)}   focal length ${mm(focalLength_mm)}`,
          `mount point   x ${mm(mountPoint.x_mm)}   y ${mm(mountPoint.y_mm)}`,
        ]
      : []),
    ...(follows
      ? [
          `aperture      NA ${format.fixed(follows.numericalAperture_fwhm_mrad, 4)} mrad (FWHM)   depth of field ${format.length(follows.depthOfField_um)}   resolution ${format.significant(follows.resolution_nm, 3)} nm (0.75 λ/NA)`,
        ]
      : []),
    ...issues.map(({ severity, message }) => `${severity.padEnd(13)} ${message}`),
    "",
  ].join("\n");
}
