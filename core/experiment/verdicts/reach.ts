import { format, HC_keV_A, radians } from "../../util/index.ts";
import type { Finding, Verdict } from "../experiment.types.ts";
import { solveGoniometer } from "../goniometer/index.ts";
import type { GoniometerAxis } from "../instrument/index.ts";
import { finding, verdict } from "./finding.ts";
import { lensFindings } from "./lens.ts";
import { smallestMargin } from "./motors.ts";
import { directionWords, energyOp, energyText, hklText, roundUp, type Subject } from "./subject.ts";
import { wedgeFor, wedgeText } from "./wedge.ts";
import { type WithinLimits, withinLimits, withinLimitsElsewhere } from "./withinLimits.ts";

/** Can the instrument do this reflection? */
export const reachVerdict = (subject: Subject): Verdict =>
  verdict("reach", [
    motors(subject),
    ...twoTheta(subject),
    ...detectorTravel(subject),
    ...energy(subject),
    ...lensFindings(subject),
  ]);

const degreesText = (value_deg: number, decimals: number): string => `${format.fixed(value_deg, decimals)}°`;
/** A limit as the profile has it. */
const limitText = (limit_deg: number): string => `${format.fixed(limit_deg, 4).replace(/\.?0+$/, "")}°`;

function motors(subject: Subject): Finding {
  const { geometry, thresholds, instrument } = subject;
  const about = { code: "reach/motors", field: "instrument", unit: "deg" } as const;
  const held = instrument.stack.flatMap(heldText).join("");
  const best = smallestMargin(geometry.goniometer, instrument);
  if (best === null) {
    if (geometry.goniometer.length === 0) {
      const { obstacle } = solveGoniometer(instrument.stack, geometry.sampleToLab);
      const sentence = `${instrument.name} cannot turn the sample so: ${obstacle ?? "its axes do not reach this orientation."}${held}`;
      return finding({
        ...about,
        answer: "no",
        figure: "no motors",
        sentence,
        ...betterMotors(subject, thresholds.motorMargin_deg, true),
      });
    }
    const locked = geometry.goniometer[0]?.gimbalLock;
    const sentence = `The profile of ${instrument.name} gives no limits of its motors, so they are not checked.${held}${locked === undefined ? "" : ` ${locked}`}`;
    return finding({ ...about, answer: "yes", figure: "no limits", sentence });
  }
  const wanted_deg = thresholds.motorMargin_deg;
  const answer = best.margin_deg < 0 ? "no" : best.margin_deg < wanted_deg ? "marginal" : "yes";
  const locked = best.solution.gimbalLock === undefined ? "" : ` ${best.solution.gimbalLock}`;
  const far = degreesText(Math.abs(best.margin_deg), 2);
  const where = `${best.axis} ${degreesText(best.angle_deg, 2)}`;
  const sentence = {
    yes: `As mounted all motors are within their limits; the tightest is ${where}, ${far} from its limit.${held}${locked}`,
    marginal: `As mounted all motors are within their limits, but ${where} is only ${far} from its limit of ${limitText(best.limit_deg)}, less than the ${limitText(wanted_deg)} by which a mounted crystal may be off.${held}${locked}`,
    no: `As mounted ${best.axis} would have to go to ${degreesText(best.angle_deg, 2)}, ${far} past its limit of ${limitText(best.limit_deg)}.${held}${locked}`,
  }[answer];
  return finding({
    ...about,
    answer,
    value: best.angle_deg,
    limit: best.limit_deg,
    figure: answer === "no" ? `${best.axis} ${far} beyond` : `${far} to spare`,
    sentence,
    ...(answer === "yes" ? {} : betterMotors(subject, wanted_deg, answer === "no")),
  });
}

/** What helps: an equivalent or another mean beam direction in the present mount, else a wedge, else another energy. */
function betterMotors(subject: Subject, wanted_deg: number, isBeyond: boolean): Partial<Finding> {
  const roomy = withinLimits(subject, wanted_deg);
  const here = roomy.found === null && isBeyond ? withinLimits(subject, 0) : roomy;
  if (here.found !== null) return inWords(subject, here.found);
  const wedge = wedgeFor(subject, wanted_deg);
  if (wedge !== null) {
    const margin = degreesText(wedge.margin.margin_deg, 1);
    return { suggestion: `Put ${wedgeText(wedge)}: then all motors are within their limits, with ${margin} to spare.` };
  }
  if (!isBeyond) return {};
  const elsewhere = withinLimitsElsewhere(subject);
  if (elsewhere.found !== null) return inWords(subject, elsewhere.found);
  return {
    suggestion:
      here.isDecided && elsewhere.isDecided
        ? "No equivalent, beam direction, wedge or energy brings it within these limits."
        : "Not decided: no equivalent, beam direction, wedge or energy was found that brings it within these limits, but the search was given up before it was complete.",
  };
}

function inWords({ geometry }: Subject, { ops, hkl, beamExit, energy_keV, margin }: WithinLimits): Partial<Finding> {
  const isSame = hkl.every((index, i) => index === geometry.hkl[i]);
  const parts = [
    ...(energy_keV === geometry.energy_keV ? [] : [`go to ${energyText(energy_keV)}`]),
    ...(isSame ? [] : [`choose the equivalent ${hklText(hkl)}`]),
    ...(beamExit === null ? [] : [`send the beam along ${directionWords(beamExit)}`]),
  ];
  const what = parts.join(" and ");
  return {
    suggestion: `${what.charAt(0).toUpperCase()}${what.slice(1)}: then all motors are within their limits, with ${degreesText(margin.margin_deg, margin.margin_deg < 0.1 ? 3 : 1)} to spare.`,
    ops,
  };
}

const heldText = ({ name, held_deg }: GoniometerAxis): readonly string[] =>
  held_deg === undefined ? [] : [` ${name} is held at ${limitText(held_deg)}.`];

/** The energy above which the reflection lies below an angle. */
const energyForTwoTheta_keV = (d_A: number, twoTheta_deg: number): number =>
  HC_keV_A / (2 * d_A * Math.sin(radians(twoTheta_deg / 2)));

function twoTheta({ geometry, instrument }: Subject): readonly Finding[] {
  const limits = instrument.detector?.twoThetaLimits_deg;
  if (limits === null || limits === undefined) return [];
  const [low, high] = limits;
  const { twoTheta_deg, d_A, hkl } = geometry;
  const limit = twoTheta_deg > high ? high : low;
  const isWithin = twoTheta_deg >= low && twoTheta_deg <= high;
  const wanted_keV = isWithin
    ? null
    : twoTheta_deg > high
      ? roundUp(energyForTwoTheta_keV(d_A, high), 0.01)
      : Math.floor(100 * energyForTwoTheta_keV(d_A, low)) / 100;
  return [
    finding({
      code: "reach/two-theta",
      answer: isWithin ? "yes" : "no",
      value: twoTheta_deg,
      limit,
      unit: "deg",
      figure: `2θ ${degreesText(twoTheta_deg, 2)}`,
      sentence: isWithin
        ? `2θ ${degreesText(twoTheta_deg, 2)} of ${hklText(hkl)} is within the ${limitText(low)} to ${limitText(high)} of the detector arm.`
        : `2θ ${degreesText(twoTheta_deg, 2)} of ${hklText(hkl)} is beyond the detector arm, which goes from ${limitText(low)} to ${limitText(high)}.`,
      ...(wanted_keV !== null && {
        suggestion: `Use ${energyText(wanted_keV)} or ${twoTheta_deg > high ? "more" : "less"}: then 2θ is ${limitText(limit)}.`,
        ops: energyOp(wanted_keV),
      }),
      field: "beam.energy_keV",
    }),
  ];
}

function detectorTravel({ geometry, instrument, plan }: Subject): readonly Finding[] {
  const { detector } = instrument;
  if (detector === null || detector.travelAlong_mm === null) return [];
  const distance_mm = plan.lens?.detectorDistance_mm ?? detector.distance_mm;
  const [low, high] = detector.travelAlong_mm;
  const { twoTheta_deg, d_A } = geometry;
  const way_mm = twoTheta_deg < 90 ? distance_mm * Math.tan(radians(twoTheta_deg)) : Number.POSITIVE_INFINITY;
  const mm = (value: number): string => `${format.fixed(value, 0)} mm`;
  const isWithin = way_mm >= low && way_mm <= high;
  const limit = way_mm > high ? high : low;
  const highest_deg = (180 / Math.PI) * Math.atan(high / distance_mm);
  const wanted_keV = way_mm > high ? roundUp(energyForTwoTheta_keV(d_A, highest_deg), 0.01) : null;
  const place = Number.isFinite(way_mm)
    ? `${mm(way_mm)} from the direct beam`
    : "nowhere downstream, the beam goes back";
  return [
    finding({
      code: "reach/detector",
      answer: isWithin ? "yes" : "no",
      value: Number.isFinite(way_mm) ? way_mm : null,
      limit,
      unit: "mm",
      figure: `detector ${mm(way_mm)}`,
      sentence: isWithin
        ? `The detector, ${mm(distance_mm)} downstream, stands ${place}; it travels to ${mm(high)}.`
        : `The detector, ${mm(distance_mm)} downstream, would have to stand ${place}, but it travels from ${mm(low)} to ${mm(high)}.`,
      ...(wanted_keV !== null && {
        suggestion: `Use ${energyText(wanted_keV)} or more: then 2θ is below ${degreesText(highest_deg, 2)} and the detector reaches it.`,
        ops: energyOp(wanted_keV),
      }),
      field: "beam.energy_keV",
    }),
  ];
}

function energy({ geometry, instrument }: Subject): readonly Finding[] {
  const range = instrument.energyRange_keV;
  if (range === null || (geometry.energy_keV >= range[0] && geometry.energy_keV <= range[1])) return [];
  const nearest_keV = geometry.energy_keV < range[0] ? range[0] : range[1];
  return [
    finding({
      code: "reach/energy",
      answer: "no",
      value: geometry.energy_keV,
      limit: nearest_keV,
      unit: "keV",
      figure: energyText(geometry.energy_keV),
      sentence: `${instrument.name} gives ${range[0]} to ${range[1]} keV, not ${energyText(geometry.energy_keV)}.`,
      suggestion: `The nearest energy it has is ${energyText(nearest_keV)}.`,
      ops: energyOp(nearest_keV),
      field: "beam.energy_keV",
    }),
  ];
}
