import { format } from "../../util/index.ts";
import { type CrystalEdge, edgesOf } from "../../xray/index.ts";
import { beamPath } from "../beamPath.ts";
import { deriveGeometry } from "../derive.ts";
import { energiesOf, lowestEnergyFor } from "../energyScan.ts";
import type { Finding, Verdict } from "../experiment.types.ts";
import type { BeamPath } from "../geometry.types.ts";
import { applyOps, type Hkl } from "../plan.ts";
import { reflectionTable } from "../reflections.ts";
import { finding, verdict } from "./finding.ts";
import { energyOp, energyText, hklText, roundUp, type Subject } from "./subject.ts";

/** Does enough light come out? */
export function lightVerdict(subject: Subject): Verdict {
  const rest = [...unevenness(subject), ...edge(subject), ...dynamical(subject)];
  return subject.reflection.absence === null
    ? verdict("light", [transmission(subject), ...rest])
    : verdict("light", [absent(subject), transmission(subject), ...rest]);
}

function absent({ reflection, crystal, geometry, plan, instrument }: Subject): Finding {
  const why =
    reflection.absence === "symmetry"
      ? `is absent by the symmetry of ${crystal.spaceGroup.hm ?? "the space group"}`
      : "has no intensity, because the contributions of its atoms cancel";
  const table = reflectionTable(crystal, {
    energy_keV: geometry.energy_keV,
    twoThetaMax_deg: Math.min(180, 1.3 * geometry.twoTheta_deg),
  });
  // Not one that the mean beam direction or the exit face of the plan is parallel to.
  const isPossible = (hkl: Hkl): boolean =>
    deriveGeometry(applyOps(plan, [{ path: ["reflection"], value: { hkl } }]), crystal, hkl, instrument).ok;
  const best = table.ok ? table.value.toSorted((a, b) => b.F - a.F).find(({ hkl }) => isPossible(hkl)) : undefined;
  return finding({
    code: "light/absent",
    answer: "no",
    value: 0,
    unit: "electrons",
    figure: "absent",
    sentence: `${hklText(reflection.hkl)} ${why}: it gives no light at all.`,
    ...(best === undefined
      ? { suggestion: "Choose another reflection." }
      : {
          suggestion: `Choose ${hklText(best.hkl)}, the brightest up to 2θ ${format.fixed(1.3 * geometry.twoTheta_deg, 0)}°: |F| ${format.fixed(best.F, 1)} at 2θ ${format.fixed(best.twoTheta_deg, 2)}°.`,
          ops: [{ path: ["reflection"], value: { hkl: best.hkl } }],
        }),
    field: "reflection.hkl",
  });
}

function transmission(subject: Subject): Finding {
  const { geometry, attenuation, thresholds } = subject;
  const { transmissionMean: T } = geometry.path;
  const { transmissionGood: good, transmissionPoor: poor } = thresholds;
  const about = { code: "light/transmission", field: "sample.thickness_um", unit: null } as const;
  if (attenuation.penetration_um !== null) {
    const depth = format.length(attenuation.penetration_um, 3);
    return finding({
      ...about,
      answer: "yes",
      value: attenuation.penetration_um,
      unit: "um",
      figure: `${depth} deep`,
      sentence: `The beams enter and leave by the same face: the picture comes from the uppermost ${depth} of the sample, however thick it is.`,
    });
  }
  const answer = T >= good ? "yes" : T >= poor ? "marginal" : "no";
  const share = format.percent(T);
  const little = T < 1e-4 ? "Less than 0.01 %" : `Only ${share}`;
  const sentence = {
    yes: `${share} of the light gets through the sample, on average over the lit volume; ${limitPercent(good)} is enough.`,
    marginal: `${little} of the light gets through the sample: expect long exposures. ${limitPercent(good)} would be good.`,
    no: `${little} of the light gets through the sample: too little to work with. ${limitPercent(poor)} is the least, ${limitPercent(good)} would be good.`,
  }[answer];
  return finding({
    ...about,
    answer,
    value: T,
    limit: answer === "no" ? poor : good,
    figure: share,
    sentence,
    ...(answer === "yes" ? {} : moreLight(subject, answer === "no" ? poor : good)),
  });
}

/** A limit as it was set, without zeros that say nothing. */
const limitPercent = (fraction: number): string => `${Number((100 * fraction).toPrecision(3))} %`;

/** `enough` is the transmission from which on the answer is a better one. */
function moreLight(subject: Subject, enough: number): Partial<Finding> {
  const { thickness_um } = subject.plan.sample;
  const { transmissionGood: good } = subject.thresholds;
  const { optimumThickness_um: best_um, signalOfOptimum } = subject.attenuation;
  const energy_keV = lowestEnergyFor(subject, good);
  const energy = energy_keV === null ? null : energyText(roundUp(energy_keV, 0.1));
  const thinner = best_um === null ? thickness_um : Number(best_um.toPrecision(2));
  // Where the beams run along a face for long, a thinner sample may still be dark.
  if (thinner < thickness_um && pathAt(subject, thinner).transmissionMean >= enough) {
    const or = energy === null ? "" : ` Or use ${energy} or more.`;
    return {
      suggestion: `Thin the sample from ${lengthText(thickness_um)} to ${lengthText(thinner)}: there the signal is largest; now it is ${partText(signalOfOptimum)} of that.${or}`,
      ops: [{ path: ["sample", "thickness_um"], value: thinner }],
    };
  }
  return energy_keV === null
    ? {}
    : {
        suggestion: `Use ${energy} or more: then ${limitPercent(good)} gets through.`,
        ops: energyOp(roundUp(energy_keV, 0.1)),
      };
}

const partText = (fraction: number): string => (fraction < 1e-4 ? "less than 0.01 %" : format.percent(fraction));

/** A length that was typed or rounded: no zeros behind it. */
const lengthText = (length_um: number): string =>
  length_um < 1e3 ? `${Number(length_um.toPrecision(6))} µm` : `${Number((length_um / 1e3).toPrecision(6))} mm`;

function unevenness(subject: Subject): readonly Finding[] {
  const { geometry, thresholds, attenuation } = subject;
  const { transmissionMin, transmissionMax } = geometry.path;
  const ratio = Math.min(transmissionMax / transmissionMin, 1e6);
  if (!(ratio > thresholds.unevenness) || attenuation.penetration_um !== null) return [];
  const even_um = evenThickness_um(subject);
  const figure = ratio >= 1e6 ? "over 1,000,000" : format.significant(ratio, 2);
  return [
    finding({
      code: "light/uneven",
      answer: "marginal",
      value: ratio,
      limit: thresholds.unevenness,
      figure: `${figure} : 1`,
      sentence: `The picture is unevenly lit: its brightest part gets ${figure} times the light of its darkest, because the ways through the sample differ.`,
      ...(even_um !== null && {
        suggestion: `At a thickness of ${lengthText(even_um)} it would be less than ${Number(thresholds.unevenness.toPrecision(3))} times.`,
        ops: [{ path: ["sample", "thickness_um"], value: even_um }],
      }),
      field: "sample.thickness_um",
    }),
  ];
}

/** The beams through a sample of another thickness. */
function pathAt({ geometry, attenuation, plan: { sample, beam } }: Subject, thickness_um: number): BeamPath {
  return beamPath({
    box_um: [thickness_um, sample.width_um, sample.height_um],
    beam_um: { width: beam.width_um, height: beam.height_um },
    k0_sample: geometry.k0_sample_invA,
    kh_sample: geometry.kh_sample_invA,
    sampleToLab: geometry.sampleToLab,
    attenuationCoefficient_per_um: attenuation.attenuationCoefficient_per_um,
  });
}

const HALVINGS = 10;

/** The largest thickness, below the planned one, that is lit evenly enough; null where none is found. */
function evenThickness_um(subject: Subject): number | null {
  const { thresholds, plan } = subject;
  const { sample } = plan;
  const isEven = (thickness_um: number): boolean => {
    const { transmissionMin, transmissionMax } = pathAt(subject, thickness_um);
    return transmissionMax <= thresholds.unevenness * transmissionMin;
  };
  let [low, high] = [sample.thickness_um * 1e-3, sample.thickness_um];
  if (!isEven(low)) return null;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = Math.sqrt(low * high);
    [low, high] = isEven(middle) ? [middle, high] : [low, middle];
  }
  const step = 10 ** (Math.floor(Math.log10(low)) - 1);
  const rounded_um = Number((Math.floor(low / step) * step).toPrecision(2));
  return isEven(rounded_um) ? rounded_um : null;
}

/** An edge nearer than this disturbs, whatever the bandwidth. */
const EDGE_keV = 0.05;
const EDGE_BANDWIDTHS = 3;

function edge({ crystal, geometry, plan, instrument }: Subject): readonly Finding[] {
  const { energy_keV } = geometry;
  const bandwidth = plan.beam.bandwidth_fwhm ?? instrument.bandwidth_fwhm ?? 0;
  const limitAt = (energy: number): number => Math.max(EDGE_keV, EDGE_BANDWIDTHS * bandwidth * energy);
  const edges = edgesOf(crystal);
  const distance = (candidate: CrystalEdge): number => Math.abs(candidate.energy_keV - energy_keV);
  const [near] = edges
    .filter((candidate) => distance(candidate) < limitAt(energy_keV))
    .sort((a, b) => distance(a) - distance(b));
  if (near === undefined) return [];
  const isFree = (energy: number): boolean =>
    edges.every((candidate) => Math.abs(candidate.energy_keV - energy) >= limitAt(energy));
  const [min, max] = energiesOf(instrument);
  // From nearest to farthest, 1 eV apart; below comes first.
  const free_keV = Array.from({ length: 2000 }, (_, i) => energy_keV + (i % 2 === 0 ? -1 : 1) * 0.001 * (i / 2 + 1))
    .map((energy) => Number(energy.toFixed(3)))
    .find((energy) => energy >= min && energy <= max && isFree(energy));
  const distance_eV = 1000 * distance(near);
  return [
    finding({
      code: "light/edge",
      answer: "marginal",
      value: distance_eV,
      limit: 1000 * limitAt(energy_keV),
      unit: "eV",
      figure: `${near.element} ${near.name} ${format.fixed(distance_eV, 0)} eV`,
      sentence: `${energyText(energy_keV)} is only ${format.fixed(distance_eV, 0)} eV ${energy_keV < near.energy_keV ? "below" : "above"} the ${near.element} ${near.name} edge: a small error of the energy changes absorption and intensity a lot.`,
      ...(free_keV !== undefined && {
        suggestion: `Use ${energyText(free_keV)}, clear of every edge by ${format.fixed(1000 * limitAt(free_keV), 0)} eV.`,
        ops: energyOp(free_keV),
      }),
      field: "beam.energy_keV",
    }),
  ];
}

function dynamical({ dynamical: gate, plan, thresholds }: Subject): readonly Finding[] {
  if (gate === null) return [];
  const ratio = format.significant(gate.ratio, 3);
  const thick = `${lengthText(gate.thickness_um)} are ${ratio} Pendellösung lengths of ${format.length(gate.extinctionLength_um, 3)}`;
  const about = {
    code: "light/dynamical",
    value: gate.ratio,
    limit: thresholds.kinematicalBelow,
    figure: `t/Λ ${ratio}`,
    field: "sample.perfection",
  } as const;
  if (gate.regime === "kinematical") {
    return [finding({ ...about, answer: "yes", sentence: `Scattering is kinematical: ${thick}.` })];
  }
  if (plan.sample.perfection === "deformed") {
    const sentence = `The plan calls the crystal deformed, so kinematical scattering is assumed. For a perfect one ${thick}.`;
    return [finding({ ...about, answer: "yes", sentence })];
  }
  const does = gate.regime === "dynamical" ? "scatters dynamically" : "is on the border to dynamical scattering";
  return [
    finding({
      ...about,
      answer: "marginal",
      sentence: `If the crystal is perfect, it ${does}: ${thick}.`,
      suggestion: "If it is deformed, say so in the plan.",
      ops: [{ path: ["sample", "perfection"], value: "deformed" }],
    }),
  ];
}
