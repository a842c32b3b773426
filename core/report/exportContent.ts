import { equivalentReflections, laueOperations } from "../crystal/index.ts";
import {
  deriveExperiment,
  type Experiment,
  focusLens,
  type Hkl,
  type LensBox,
  type LensFocus,
  lensFigure,
  lensPerformance,
  type Motor,
  motorList,
  type ReflectionRow,
  reflectionTable,
} from "../experiment/index.ts";
import {
  buildScene,
  cameraOfView,
  drawingToSvg,
  drawScene,
  type LensInFocus,
  LIGHT_PALETTE,
  layoutPicture,
} from "../scene/index.ts";
import { format, type Issue, ok, type Result } from "../util/index.ts";
import type { Logbook, Section } from "./content.ts";
import type { ExportInput } from "./input.ts";
import { lensPicture } from "./lensPicture.ts";
import { lensSection } from "./lensSection.ts";
import { experimentModel } from "./model/experimentModel.ts";
import type { Model } from "./model/model.ts";
import { motorSection } from "./motorSection.ts";
import type { Picture } from "./picture.ts";
import { scenePicture } from "./scenePicture.ts";
import {
  attenuationSection,
  crystalSection,
  formulaOf,
  issuesSection,
  originSection,
  pictureSection,
  planSection,
  reflectionSection,
  verdictSection,
} from "./sections.ts";
import { tableSection } from "./tableSection.ts";

/** What the writers take: plain JSON, computed once and then written in any format. */
export interface ExportContent {
  readonly name: string;
  readonly logbook: Logbook;
  readonly energy_keV: number;
  readonly experiment: Experiment;
  readonly reflections: readonly ReflectionRow[];
  readonly motors: readonly Motor[];
  /** The picture of the experiment as an SVG document. */
  readonly svg: string;
  readonly model: Model;
  readonly issues: readonly Issue[];
}

const PICTURE = { width: 900, height: 600 };

/** Everything that is exported of a plan; refuses what `deriveExperiment` refuses. */
export function exportContent(input: ExportInput): Result<ExportContent> {
  const { plan, crystal, instrument } = input;
  const derived = deriveExperiment(input);
  if (!derived.ok) return derived;
  const experiment = derived.value;
  const { geometry } = experiment;
  const table = reflectionTable(crystal, { energy_keV: plan.beam.energy_keV });
  if (!table.ok) return table;
  const chosen = rowOf(table.value, geometry.hkl, crystal);
  const detectorDistance_mm = plan.lens?.detectorDistance_mm ?? instrument.detector?.distance_mm ?? null;
  const focused = focusOf(input.lens, geometry, detectorDistance_mm);
  const lens = focused?.ok ? focused.value : null;
  const bandwidth_fwhm = plan.beam.bandwidth_fwhm ?? instrument.bandwidth_fwhm;
  const surroundings = { bandwidth_fwhm, camera: instrument.camera ?? null };
  const performance = input.lens && lens && lensPerformance(input.lens, lens, surroundings);
  const mount = lens?.mountPoint;
  const motors = motorList({
    geometry,
    instrument,
    detectorDistance_mm,
    lensMount_mm: mount ? [mount.x_mm, mount.y_mm] : null,
  });
  const scene = buildScene({ plan, crystal, geometry, instrument, lens: lensInFocus(lens) });
  const model = experimentModel({ name: input.name, plan, scene, experiment, instrument, lens, detectorDistance_mm });
  const title = `Experiment: reflection (${geometry.hkl.join(",").replaceAll("-", "\u2212")}), 2θ ${format.angle(geometry.twoTheta_deg)}`;
  const camera = cameraOfView(scene, "home", layoutPicture(PICTURE.width, PICTURE.height));
  const drawing = drawScene(scene, camera, PICTURE, LIGHT_PALETTE);
  const svg = drawingToSvg(drawing, { title });
  const issues = [
    ...changedCif(input),
    ...input.issues,
    ...crystal.issues,
    ...derived.issues,
    ...table.issues,
    ...(focused?.issues ?? []),
    ...(performance?.issues ?? []),
  ];
  const sections: readonly Section[] = [
    crystalSection(crystal, input.files),
    planSection(plan, geometry, instrument),
    verdictSection(experiment.verdicts),
    pictureSection(scenePicture(drawing, title)),
    reflectionSection(experiment, chosen),
    motorSection(geometry, motors, instrument),
    ...(focused
      ? [
          lensSection({
            lens,
            performance: performance?.ok ? performance.value : null,
            bandwidth_fwhm,
            issues: focused.issues,
            drawing: lensDrawing(input, lens),
          }),
        ]
      : []),
    attenuationSection(plan, crystal, experiment),
    issuesSection(issues),
    originSection(input.files, input.software, input.date),
    tableSection(table.value, chosen),
  ];
  const logbook: Logbook = {
    title: input.name,
    subtitle: `${formulaOf(crystal.contents)}, reflection ${format.millerIndices(geometry.hkl)} at ${format.significant(plan.beam.energy_keV, 6)} keV`,
    origin: `${input.software}, ${input.date}`,
    sections,
  };
  const { energy_keV } = plan.beam;
  return ok({
    name: input.name,
    logbook,
    energy_keV,
    experiment,
    reflections: table.value,
    motors,
    svg,
    model,
    issues,
  });
}

/** That the CIF is not the one with which the plan was saved. */
function changedCif({ plan, files }: ExportInput): readonly Issue[] {
  const present = files.find(({ role }) => role === "crystal")?.sha256;
  const { sha256, path } = plan.cif;
  if (sha256 === undefined || present == null || sha256.toLowerCase() === present) return [];
  const message = `${path} has changed since this plan was saved: its numbers follow the present file.`;
  return [{ code: "plan/cif-changed", severity: "information", message, field: "cif.sha256" }];
}

function focusOf(
  box: LensBox | null,
  { energy_keV, twoTheta_deg }: Experiment["geometry"],
  distance_mm: number | null,
): Result<LensFocus> | null {
  if (box === null || distance_mm === null) return null;
  return focusLens(box, { energy_keV, twoTheta_deg, dTotHorizontal_mm: distance_mm });
}

const lensDrawing = ({ lens, instrument }: ExportInput, focus: LensFocus | null): Picture | null =>
  lens && focus && lensPicture(lensFigure(lens, focus, instrument.camera ?? null));

const lensInFocus = (lens: LensFocus | null): LensInFocus | null =>
  lens?.focus ? { d1_mm: lens.focus.d1_mm, dL_mm: lens.dL_mm, d2_mm: lens.focus.d2_mm, M: lens.focus.M } : null;

/** The row of the table to whose Laue class the reflection belongs. */
function rowOf(
  rows: readonly ReflectionRow[],
  hkl: Hkl,
  { spaceGroup }: ExportInput["crystal"],
): ReflectionRow | undefined {
  const members = new Set(equivalentReflections(hkl, laueOperations(spaceGroup)).map(String));
  return rows.find((row) => members.has(String(row.hkl)));
}
