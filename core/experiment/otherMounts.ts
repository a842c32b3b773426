import { type Crystal, isSystematicallyAbsent } from "../crystal/index.ts";
import { type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { structureFactors } from "../xray/index.ts";
import { diffract, sampleToLabRotation } from "./diffraction.ts";
import type { OtherMount, PlannedReflection } from "./experiment.types.ts";
import type { Geometry, GoniometerSolution } from "./geometry.types.ts";
import { goniometerSolutions } from "./goniometer/index.ts";
import type { InstrumentProfile } from "./instrument/index.ts";
import type { Hkl } from "./plan.ts";
import { isAbsent } from "./reflections.ts";
import { smallestMargin } from "./verdicts/motors.ts";

const AXES: Readonly<Record<OtherMount["about"], Vec3>> = { up: [0, 0, 1], exit: [1, 0, 0], y: [0, 1, 0] };

/** Half turns first: they are what labels do not show; then quarter turns both ways. */
const TURNS: readonly (readonly [OtherMount["about"], number])[] = [180, 90, -90].flatMap((angle_deg) =>
  (["up", "exit", "y"] as const).map((about): readonly [OtherMount["about"], number] => [about, angle_deg]),
);

/** A reflection whose Q is off by less than this part of it is in place. */
const IN_PLACE = 1e-3;
/** Two reflections whose |F| differ by less than this part cannot be told apart by their light. */
const ALIKE = 0.02;
const INTEGER = 1e-4;

/**
 * The crystal turned by R in the sample frame, by mistake: at the planned motors the reflection (R S)^T Q_sample of the
 * crystal is in place, S being the planned orientation; the planned one is found where its turned Q has the mean beam
 * along the direction in the sample that it has now.
 */
export function otherMounts(
  crystal: Crystal,
  geometry: Geometry,
  instrument: InstrumentProfile,
  planned: PlannedReflection,
): readonly OtherMount[] {
  const factors = structureFactors(crystal, geometry.energy_keV);
  if (!factors.ok) return [];
  return TURNS.map(([about, angle_deg]) => {
    const turn = mat3.rotation(AXES[about], radians(angle_deg));
    const crystalToSample = mat3.multiply(turn, geometry.crystalToSample);
    const hkl = reflectionAt(crystal, mat3.multiplyVector(mat3.transpose(crystalToSample), geometry.Q_sample_invA));
    const factor = hkl && factors.value.F(hkl);
    const F =
      hkl &&
      factor &&
      (isSystematicallyAbsent(hkl, crystal.spaceGroup.operations) || isAbsent(factor) ? 0 : factor.abs);
    const isSame = isSymmetry(crystal, geometry.crystalToSample, turn);
    const isAlike = F !== null && F > 0 && Math.abs(F / planned.F - 1) < ALIKE;
    return {
      about,
      angle_deg,
      hkl,
      F,
      looks: isSame ? "same" : isAlike ? "alike" : "different",
      motors: motorsFor(geometry, instrument, mat3.multiplyVector(turn, geometry.Q_sample_invA)),
    };
  });
}

function reflectionAt({ cell }: Crystal, q_crystal_invA: Vec3): Hkl | null {
  const indices = mat3.multiplyVector(mat3.inverse(cell.reciprocal), q_crystal_invA);
  const hkl = indices.map((index) => Math.round(index) + 0) as unknown as Hkl;
  if (hkl.every((index) => index === 0)) return null;
  const off = vec3.norm(vec3.subtract(mat3.multiplyVector(cell.reciprocal, hkl), q_crystal_invA));
  return off < IN_PLACE * vec3.norm(q_crystal_invA) ? hkl : null;
}

/** Whether a turn of the sample takes the crystal into itself: a rotation of its point group. */
function isSymmetry({ cell, spaceGroup }: Crystal, crystalToSample: Mat3, turn: Mat3): boolean {
  const inCrystal = mat3.multiply(mat3.transpose(crystalToSample), mat3.multiply(turn, crystalToSample));
  const inCell = mat3.multiply(mat3.inverse(cell.direct), mat3.multiply(inCrystal, cell.direct)).flat();
  return spaceGroup.operations.some(({ rotation }) =>
    rotation.flat().every((element, i) => Math.abs(element - inCell[i]!) < INTEGER),
  );
}

function motorsFor(geometry: Geometry, instrument: InstrumentProfile, Q_sample_invA: Vec3): GoniometerSolution | null {
  const mean = vec3.add(geometry.k0_sample_invA, geometry.kh_sample_invA);
  const across = vec3.norm(vec3.cross(vec3.normalize(mean), vec3.normalize(Q_sample_invA)));
  const diffraction = diffract(geometry.hkl, Q_sample_invA, mean, geometry.energy_keV);
  if (across < 1e-6 || !diffraction.ok) return null;
  const { k0_invA, kh_invA } = diffraction.value;
  const solutions = goniometerSolutions(instrument.stack, sampleToLabRotation(k0_invA, kh_invA, instrument.eta_deg));
  return smallestMargin(solutions, instrument)?.solution ?? solutions[0] ?? null;
}
