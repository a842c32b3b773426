import type { Crystal } from "../crystal/index.ts";
import type {
  DynamicalGate,
  Experiment,
  ExperimentPlan,
  Geometry,
  InstrumentProfile,
  ReflectionRow,
  Verdict,
} from "../experiment/index.ts";
import { format, type Issue, vec3 } from "../util/index.ts";
import { attenuationPictures } from "./attenuationPictures.ts";
import { type Block, type Fact, fact, facts, type Section } from "./content.ts";
import type { SourceFile } from "./input.ts";
import type { Picture } from "./picture.ts";

/** Sections of the logbook, each from the values that it shows. */

const DIGITS = "₀₁₂₃₄₅₆₇₈₉";

/** Contents of the cell as a sum formula with lowered figures: Li₆Nb₆O₁₈. */
export const formulaOf = (contents: Crystal["contents"]): string =>
  Object.entries(contents)
    .map(([element, count]) => `${element}${count === 1 ? "" : lowered(format.significant(count, 6))}`)
    .join("");

const lowered = (figure: string): string => {
  const trimmed = figure.includes(".") ? figure.replace(/\.?0+$/, "") : figure;
  return [...trimmed].map((character) => DIGITS[Number(character)] ?? character).join("");
};

export function crystalSection(crystal: Crystal, files: readonly SourceFile[]): Section {
  const { cell, spaceGroup } = crystal;
  const file = files.find(({ role }) => role === "crystal");
  const number = spaceGroup.number === null ? "" : `, no. ${spaceGroup.number}`;
  return {
    id: "crystal",
    title: "Crystal",
    blocks: [
      facts(
        fact("CIF", file?.path ?? "–", `data block ${crystal.block}`),
        fact("SHA-256 of the CIF", file?.sha256 ?? "not known"),
        fact("Contents of the cell", formulaOf(crystal.contents)),
        fact(
          "Space group",
          `${spaceGroup.hm ?? "without symbol"}${number}`,
          `${spaceGroup.operations.length} operations`,
        ),
        fact("a, b, c", `${[cell.a_A, cell.b_A, cell.c_A].map((x) => format.fixed(x, 5)).join(", ")} Å`),
        fact("α, β, γ", [cell.alpha_deg, cell.beta_deg, cell.gamma_deg].map(format.angle).join(", ")),
        fact("Volume of the cell", `${format.fixed(cell.volume_A3, 3)} Å³`),
        fact("Density", `${format.fixed(crystal.density_g_cm3, 4)} g/cm³`, "computed from cell and contents"),
      ),
      {
        kind: "table",
        caption: "Sites of the asymmetric unit",
        columns: [
          { title: "Site", align: "left" },
          { title: "Type", align: "left" },
          { title: "x", align: "right" },
          { title: "y", align: "right" },
          { title: "z", align: "right" },
          { title: "Occupancy", align: "right" },
          { title: "Multiplicity", align: "right" },
        ],
        rows: crystal.sites.map((site) => [
          site.label,
          site.typeSymbol,
          ...site.position.map((x) => format.fixed(x, 5)),
          format.significant(site.occupancy, 4),
          String(site.multiplicity),
        ]),
      },
    ],
  };
}

export function planSection(plan: ExperimentPlan, geometry: Geometry, instrument: InstrumentProfile): Section {
  const { beam, sample } = plan;
  const bandwidth = beam.bandwidth_fwhm ?? instrument.bandwidth_fwhm;
  const byDefault = (isDefault: boolean): string | undefined =>
    isDefault ? "by default, not stated in the plan" : undefined;
  return {
    id: "plan",
    title: "Plan and instrument",
    blocks: [
      facts(
        fact(
          "Energy",
          `${format.significant(beam.energy_keV, 7)} keV`,
          `wavelength ${format.significant(geometry.wavelength_A, 7)} Å`,
        ),
        fact(
          "Beam",
          `${format.length(beam.width_um)} wide, ${format.length(beam.height_um)} high`,
          "along lab Y and Z",
        ),
        fact(
          "Bandwidth",
          bandwidth === null ? "not known" : format.significant(bandwidth, 3),
          "ΔE/E, full width at half maximum",
        ),
        fact(
          "Sample",
          `${format.length(sample.thickness_um)} × ${format.length(sample.width_um)} × ${format.length(sample.height_um)}`,
          "thickness (x, exit normal) × width (y) × height (z, up)",
        ),
        fact("Crystal taken as", sample.perfection ?? "perfect", sample.perfection ? undefined : "by default"),
        ...(sample.orientation
          ? sample.orientation.U.map((row, i) =>
              fact(
                i === 0 ? "Orientation U" : "",
                row.map((x) => format.fixed(x, 7)).join("  "),
                i === 0 ? "Busing-Levy frame to sample frame" : undefined,
              ),
            )
          : [
              fact("Up", geometry.up.text, byDefault(geometry.up.isDefault)),
              fact("Exit face", geometry.exit.text, byDefault(geometry.exit.isDefault)),
            ]),
        fact("Mean beam direction", geometry.beamExit.text, byDefault(geometry.beamExit.isDefault)),
        fact("Instrument", instrument.name, instrument.limitsSource),
        ...(plan.lens ? [fact("Lens", plan.lens.file)] : []),
        ...(plan.notes ? [fact("Notes", plan.notes)] : []),
      ),
    ],
  };
}

const ANSWERS = { yes: "Yes", marginal: "Marginal", no: "No" } as const;
const QUESTIONS = {
  light: "Light: does enough come out?",
  reach: "Reach: can the instrument do it?",
  mount: "Mount: is it mounted as everybody thinks?",
} as const;

export const verdictSection = (verdicts: readonly Verdict[]): Section => ({
  id: "verdicts",
  title: "Verdicts",
  blocks: verdicts.flatMap(({ question, answer, findings }): readonly Block[] => [
    facts(fact(QUESTIONS[question], ANSWERS[answer])),
    {
      kind: "notes",
      notes: findings.map((found) => ({
        word: ANSWERS[found.answer],
        text: found.suggestion === null ? found.sentence : `${found.sentence} ${found.suggestion}`,
      })),
    },
  ]),
});

const inverse = (value: number): string => `${format.significant(value, 7)} Å⁻¹`;
const vector = (v: readonly number[]): string => v.map((x) => format.fixed(x, 6)).join(", ");

export function reflectionSection(experiment: Experiment, row: ReflectionRow | undefined): Section {
  const { geometry, reflection, dynamical } = experiment;
  return {
    id: "reflection",
    title: "Reflection",
    blocks: [
      facts(
        fact("h k l", format.millerIndices(geometry.hkl), `(${geometry.hkl.join(", ")})`),
        fact("2θ", format.angle(geometry.twoTheta_deg)),
        fact("d", `${format.fixed(geometry.d_A, 6)} Å`),
        fact("|Q|", inverse(vec3.norm(geometry.Q_sample_invA)), "2π/d"),
        fact("|F|", format.fixed(reflection.F, 3), "electrons per cell, dispersion included"),
        fact("|F| of the Friedel mate", format.fixed(reflection.F_friedel, 3)),
        fact(
          "Relative intensity",
          row ? `${format.fixed(row.relativeIntensity, 2)} %` : "none",
          row ? "|F|² of its class by the largest of the table" : "absent, or beyond the table of reflections",
        ),
        fact("Equivalents", String(reflection.multiplicity)),
        fact("Q in the sample frame", vector(geometry.Q_sample_invA), "x exit normal, y, z up; Å⁻¹"),
        fact("k₀ in the sample frame", vector(geometry.k0_sample_invA), "Å⁻¹"),
        fact("kₕ in the sample frame", vector(geometry.kh_sample_invA), "Å⁻¹"),
        ...(dynamical ? dynamicalFacts(dynamical) : [fact("Pendellösung period", "none", "the reflection is absent")]),
      ),
    ],
  };
}

const dynamicalFacts = (gate: DynamicalGate): readonly Fact[] => [
  fact("Pendellösung period Λ", format.length(gate.extinctionLength_um), "for the face through which the beam enters"),
  fact("in symmetric Laue geometry", format.length(gate.extinctionLengthSymmetricLaue_um)),
  fact("t/Λ", format.significant(gate.ratio, 4), `${gate.regime}; t ${format.length(gate.thickness_um)}`),
  fact("Darwin width", `${format.significant(gate.darwinWidth_urad, 4)} µrad`, "full width of total reflection"),
];

export function attenuationSection(plan: ExperimentPlan, crystal: Crystal, experiment: Experiment): Section {
  const { energy_keV } = plan.beam;
  const { attenuation } = experiment;
  const { path } = experiment.geometry;
  return {
    id: "attenuation",
    title: "Attenuation and path",
    blocks: [
      facts(
        fact("Attenuation length", format.length(attenuation.attenuationLength_um, 5), "1/e"),
        fact("Straight through the thickness", format.percent(attenuation.straightThrough)),
        fact(
          "δ, β",
          `${format.significant(attenuation.delta, 5)}, ${format.significant(attenuation.beta, 5)}`,
          "n = 1 − δ − iβ",
        ),
        fact(
          "Way in, from the box centre",
          format.length(path.in_um),
          `through face ${path.entryFace.replace("-", "\u2212")}`,
        ),
        fact("Way out", format.length(path.out_um), `through face ${path.exitFace.replace("-", "\u2212")}`),
        fact("Transmission at the centre", format.percent(path.transmission)),
        fact(
          "Transmission, mean",
          format.percent(path.transmissionMean),
          `over the illuminated volume: ${format.percent(path.transmissionMin)} to ${format.percent(path.transmissionMax)}`,
        ),
      ),
      ...attenuationPictures(crystal, energy_keV, plan.sample.thickness_um).map(
        (picture): Block => ({ kind: "picture", picture }),
      ),
    ],
  };
}

export const pictureSection = (picture: Picture): Section => ({
  id: "picture",
  title: "Picture",
  blocks: [{ kind: "picture", picture }],
});

const WORDS = { error: "Error", warning: "Caution", information: "Note", hint: "Note" } as const;

export const issuesSection = (issues: readonly Issue[]): Section => ({
  id: "remarks",
  title: "Remarks",
  blocks: [
    {
      kind: "notes",
      notes:
        issues.length === 0
          ? [{ word: "None", text: "Reading the files and deriving the experiment gave no warnings." }]
          : issues.map(({ severity, message }) => ({ word: WORDS[severity], text: message })),
    },
  ],
});

const TABLES = [
  ["Attenuation, f″", "Elam, Ravel and Sieber, Radiat. Phys. Chem. 63 (2002) 121"],
  ["f′", "Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71 and 29 (2000) 597"],
  ["f₀", "Waasmaier and Kirfel, Acta Cryst. A51 (1995) 416; neutral atoms"],
  ["λ", "12.398419843320026 Å keV / E (CODATA 2018, exact)"],
] as const;

const ROLES = { crystal: "CIF", plan: "Plan", instrument: "Instrument", lens: "Lens" } as const;

export const originSection = (files: readonly SourceFile[], software: string, date: string): Section => ({
  id: "origin",
  title: "Origin of the numbers",
  blocks: [
    facts(
      fact("Software", software),
      fact("Date", date),
      ...files.map(({ role, path, sha256 }) =>
        fact(ROLES[role], path, sha256 === null ? "never saved" : `SHA-256 ${sha256}`),
      ),
      ...TABLES.map(([label, value]) => fact(label, value)),
    ),
  ],
});
