import { format } from "../../util/index.ts";
import { edgesOf } from "../../xray/index.ts";
import type { Finding, Verdict } from "../experiment.types.ts";
import { finding, verdict } from "./finding.ts";
import { hklText, type Subject } from "./subject.ts";

/** An edge nearer than this disturbs, whatever the bandwidth. */
const EDGE_keV = 0.05;
const EDGE_BANDWIDTHS = 3;

/** Does enough light come out? */
export function lightVerdict(subject: Subject): Verdict {
  return verdict("light", [
    subject.reflection.absence === null ? transmission(subject) : absent(subject),
    ...(subject.reflection.absence === null ? [] : [transmission(subject)]),
    ...unevenness(subject),
    ...edge(subject),
    ...dynamical(subject),
  ]);
}

function absent({ reflection, crystal }: Subject): Finding {
  const why =
    reflection.absence === "symmetry"
      ? `absent by the symmetry of ${crystal.spaceGroup.hm ?? "the space group"}`
      : "without intensity: the contributions of the atoms cancel";
  return finding({
    code: "light/absent",
    answer: "no",
    value: 0,
    unit: "electrons",
    figure: "absent",
    sentence: `${hklText(reflection.hkl)} is ${why}. It gives no light at all.`,
    suggestion: "Choose another reflection.",
    field: "reflection.hkl",
  });
}

function transmission({ geometry, attenuation, thresholds, plan }: Subject): Finding {
  const { transmissionMean: T } = geometry.path;
  const { transmissionGood: good, transmissionPoor: poor } = thresholds;
  const answer = T >= good ? "yes" : T >= poor ? "marginal" : "no";
  const share = format.percent(T);
  const sentence =
    answer === "yes"
      ? `${share} of the light gets through the sample; ${format.percent(good)} is enough.`
      : answer === "marginal"
        ? `Only ${share} of the light gets through the sample: expect long exposures. ${format.percent(good)} would be good.`
        : `Only ${share} of the light gets through the sample: too little. ${format.percent(poor)} is the least, ${format.percent(good)} would be good.`;
  const best_um = attenuation.optimumThickness_um;
  const thinner = answer !== "yes" && best_um !== null && best_um < plan.sample.thickness_um;
  return finding({
    code: "light/transmission",
    answer,
    value: T,
    limit: good,
    unit: null,
    figure: share,
    sentence,
    ...(thinner && {
      suggestion: `Thin the sample from ${format.length(plan.sample.thickness_um)} to ${format.length(best_um, 3)}, where the signal is largest: it is ${format.percent(attenuation.signalOfOptimum)} of that now.`,
      ops: [{ path: ["sample", "thickness_um"], value: Number(best_um.toPrecision(3)) }],
    }),
    field: "sample.thickness_um",
  });
}

function unevenness({ geometry, thresholds }: Subject): readonly Finding[] {
  const { transmissionMin, transmissionMax } = geometry.path;
  const ratio = Math.min(transmissionMax / transmissionMin, 1e6);
  if (!(ratio > thresholds.unevenness)) return [];
  return [
    finding({
      code: "light/uneven",
      answer: "marginal",
      value: ratio,
      limit: thresholds.unevenness,
      unit: null,
      figure: `${format.significant(ratio, 2)} : 1`,
      sentence: `The picture is unevenly lit: the brightest part gives ${format.significant(ratio, 2)} times as much as the darkest.`,
      field: "sample.thickness_um",
    }),
  ];
}

function edge({ crystal, geometry, plan, instrument }: Subject): readonly Finding[] {
  const { energy_keV } = geometry;
  const bandwidth = plan.beam.bandwidth_fwhm ?? instrument.bandwidth_fwhm ?? 0;
  const limit_keV = Math.max(EDGE_keV, EDGE_BANDWIDTHS * bandwidth * energy_keV);
  const [near] = edgesOf(crystal)
    .filter((candidate) => Math.abs(candidate.energy_keV - energy_keV) < limit_keV)
    .sort((a, b) => Math.abs(a.energy_keV - energy_keV) - Math.abs(b.energy_keV - energy_keV));
  if (near === undefined) return [];
  const distance_eV = Math.abs(near.energy_keV - energy_keV) * 1000;
  const side = energy_keV < near.energy_keV ? "below" : "above";
  return [
    finding({
      code: "light/edge",
      answer: "marginal",
      value: distance_eV,
      limit: limit_keV * 1000,
      unit: "eV",
      figure: `${near.element} ${near.name}`,
      sentence: `${format.significant(energy_keV, 6)} keV is ${format.fixed(distance_eV, 0)} eV ${side} the ${near.element} ${near.name} edge: the calculated intensity and absorption are uncertain here.`,
      field: "beam.energy_keV",
    }),
  ];
}

function dynamical({ dynamical: gate, plan }: Subject): readonly Finding[] {
  if (gate === null) return [];
  const isPerfect = (plan.sample.perfection ?? "perfect") === "perfect";
  const answer = gate.regime === "kinematical" || !isPerfect ? "yes" : "marginal";
  return [
    finding({
      code: "light/dynamical",
      answer,
      value: gate.ratio,
      limit: 0.3,
      unit: null,
      figure: `t/Λ ${format.significant(gate.ratio, 3)}`,
      sentence: `${format.length(gate.thickness_um)} are ${format.significant(gate.ratio, 3)} Pendellösung lengths of ${format.length(gate.extinctionLength_um, 3)}.`,
      field: "sample.perfection",
    }),
  ];
}
