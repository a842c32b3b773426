import { format, radians } from "../../util/index.ts";
import { energiesOf } from "../energyScan.ts";
import type { Finding } from "../experiment.types.ts";
import type { Geometry } from "../geometry.types.ts";
import { focusLens, type LensFocus, noFocusWords } from "../lens/focus.ts";
import type { LensBox } from "../lens/lensBox.ts";
import { finding } from "./finding.ts";
import { energyOp, energyText, type Subject } from "./subject.ts";

const mm = (value_mm: number, decimals = 0): string => `${format.fixed(value_mm, decimals)} mm`;

/** Whether the planned lens focuses, and whether the direct beam passes its housing. */
export function lensFindings(subject: Subject): readonly Finding[] {
  const { plan, lens, lensBox } = subject;
  if (plan.lens === undefined) return [];
  const about = { code: "reach/lens", field: "lens.file", unit: "mm" } as const;
  if (lensBox === null) {
    const sentence = "The lens of the plan could not be read, so nobody knows whether it focuses.";
    return [finding({ ...about, answer: "marginal", figure: "lens unknown", sentence })];
  }
  if (lens === null) {
    const sentence = "The distance to the detector is not known, so the lens cannot be placed.";
    return [
      finding({
        ...about,
        answer: "marginal",
        figure: "no distance",
        sentence,
        suggestion: "Give the distance from sample to detector.",
        field: "lens.detectorDistance_mm",
      }),
    ];
  }
  const { focus } = lens.found;
  if (focus === null) return [noFocus(lensBox, lens.found)];
  return [
    finding({
      ...about,
      answer: "yes",
      value: focus.d1_mm,
      figure: `d1 ${mm(focus.d1_mm, 1)}`,
      sentence: `The lens focuses with its first lenslet ${mm(focus.d1_mm, 2)} from the sample, at magnification ${format.fixed(focus.M, 2)}.`,
    }),
    ...clearance(subject, focus.d1_mm, lensBox),
  ];
}

/** A detector is not asked to go farther than this many times its distance. */
const FARTHEST = 2;

function noFocus(box: LensBox, found: LensFocus): Finding {
  const { dTot_mm, dTotMin_mm, twoTheta_deg } = found;
  const { cause, help } = noFocusWords(box, found);
  const isTooShort = dTotMin_mm !== null && dTot_mm < dTotMin_mm;
  const isNear = isTooShort && dTotMin_mm < FARTHEST * dTot_mm;
  const distance_mm = isNear ? Math.ceil(dTotMin_mm * Math.cos(radians(twoTheta_deg))) + 1 : null;
  return finding({
    code: "reach/lens",
    answer: "no",
    value: dTot_mm,
    limit: dTotMin_mm,
    unit: "mm",
    figure: "no focus",
    sentence: cause,
    ...(distance_mm === null
      ? { suggestion: help }
      : {
          suggestion: `Put the detector ${mm(distance_mm)} or more downstream.`,
          ops: [{ path: ["lens", "detectorDistance_mm"], value: distance_mm }],
        }),
    field: "lens.file",
  });
}

/** Distance of the direct beam from the axis of the lens at its first lenslet. */
const clearance_mm = (d1_mm: number, twoTheta_deg: number): number => d1_mm * Math.sin(radians(twoTheta_deg));

/** The direct beam passes beside the lens at d1 sin 2theta from its axis: it must clear the housing. */
function clearance(subject: Subject, d1_mm: number, box: LensBox): readonly Finding[] {
  const { instrument, geometry, plan } = subject;
  const housing_mm = instrument.lensHousing_halfHeight_mm;
  if (housing_mm === null) return [];
  const beam_um = Math.abs(instrument.eta_deg) % 180 === 90 ? plan.beam.width_um : plan.beam.height_um;
  const needed_mm = housing_mm + beam_um / 2000;
  const way_mm = clearance_mm(d1_mm, geometry.twoTheta_deg);
  const passes = way_mm >= needed_mm;
  const energy_keV = passes ? null : energyThatClears(subject, box, needed_mm);
  return [
    finding({
      code: "reach/direct-beam",
      answer: passes ? "yes" : "no",
      value: way_mm,
      limit: needed_mm,
      unit: "mm",
      figure: `direct beam ${mm(way_mm, 1)}`,
      sentence: `At the lens the direct beam is ${mm(way_mm, 1)} from its axis; ${passes ? "it clears" : "it hits"} the housing, which takes ${mm(needed_mm, 1)} with half the beam.`,
      ...(energy_keV !== null && {
        suggestion: `At ${energyText(energy_keV)} it passes: 2θ is larger there.`,
        ops: energyOp(energy_keV),
      }),
      field: "beam.energy_keV",
    }),
  ];
}

const STEP_keV = 0.1;

/** The nearest lower energy at which the direct beam clears the housing and the lens still focuses. */
function energyThatClears(
  { instrument, geometry, lensDistance_mm }: Subject,
  box: LensBox,
  needed_mm: number,
): number | null {
  const [min] = energiesOf(instrument);
  if (lensDistance_mm === null) return null;
  for (let i = 1; geometry.energy_keV - i * STEP_keV >= min; i++) {
    const energy_keV = Number((Math.floor(geometry.energy_keV / STEP_keV - i + 1e-9) * STEP_keV).toFixed(3));
    const twoTheta_deg = twoThetaAt(geometry, energy_keV);
    if (twoTheta_deg === null) return null;
    const found = focusLens(box, { energy_keV, twoTheta_deg, dTotHorizontal_mm: lensDistance_mm });
    const d1_mm = found.ok ? found.value.focus?.d1_mm : undefined;
    if (d1_mm !== undefined && clearance_mm(d1_mm, twoTheta_deg) >= needed_mm) return energy_keV;
  }
  return null;
}

function twoThetaAt({ wavelength_A, d_A, energy_keV: planned_keV }: Geometry, energy_keV: number): number | null {
  const sine = (wavelength_A * planned_keV) / energy_keV / (2 * d_A);
  return sine < 1 ? (360 / Math.PI) * Math.asin(sine) : null;
}
