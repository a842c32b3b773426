import type { Geometry, GoniometerAxis, GoniometerSolution, InstrumentProfile } from "../experiment/index.ts";
import { degrees, format, type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { turnOf } from "./wedge.ts";

/** FWHM of a Gaussian in which the intensity is drawn to fade. */
const FOUR_LN2 = 4 * Math.LN2;

export interface Rocking {
  /** Index of the motor in the stack, and how far it is turned. */
  readonly axis: number;
  readonly name: string;
  readonly offset_deg: number;
  /** The sample as it now stands. */
  readonly sampleToLab: Mat3;
  /** Angle of the incident beam to the planes less the Bragg angle. */
  readonly fromBragg_deg: number;
  /** Width of the rocking curve, FWHM; null where neither bandwidth nor divergence nor Darwin width is known. */
  readonly width_fwhm_deg: number | null;
  /** What of the reflection is left, 0 to 1: a Gaussian of that width, at 0 where no width is known. */
  readonly intensity: number;
}

export interface RockingInput {
  readonly geometry: Geometry;
  readonly instrument: InstrumentProfile;
  readonly solution: GoniometerSolution | undefined;
  readonly offset_deg: number;
  /** Of the plan, else of the instrument. */
  readonly bandwidth_fwhm: number | null;
  readonly darwinWidth_fwhm_urad: number | null;
}

/**
 * The sample turned by the motor that lies nearest to the normal of the scattering plane. The angle of incidence on the
 * planes is asin(-k0.Q/(|k0||Q|)), at the Bragg condition asin(|Q|/2|k0|) = theta. Width (dfxm.md E2, without the
 * acceptance of the lens): divergence in the scattering plane, bandwidth x tan theta and Darwin width, in quadrature.
 */
export function rockingOf(input: RockingInput): Rocking | null {
  const { geometry, instrument, solution, offset_deg } = input;
  if (!solution) return null;
  const { stack } = instrument;
  const k0 = mat3.multiplyVector(geometry.sampleToLab, geometry.k0_sample_invA);
  const kh = mat3.multiplyVector(geometry.sampleToLab, geometry.kh_sample_invA);
  const normal = vec3.normalize(vec3.cross(k0, kh));
  const axes = axesInLab(stack, solution);
  const lean = (i: number): number => Math.abs(vec3.dot(axes[i]!, normal));
  const free = stack.flatMap((axis, i) => (axis.held_deg === undefined ? [i] : []));
  const axis = free.reduce((best, i) => (lean(i) > lean(best) + 1e-9 ? i : best), free[0] ?? 0);
  const turn = mat3.rotation(axes[axis]!, radians(offset_deg));
  const sampleToLab = mat3.multiply(turn, geometry.sampleToLab);
  const fromBragg_deg = deviation_deg(k0, mat3.multiplyVector(sampleToLab, geometry.Q_sample_invA));
  const width_fwhm_deg = widthOf(input);
  const intensity =
    width_fwhm_deg === null
      ? Math.abs(fromBragg_deg) < 1e-12
        ? 1
        : 0
      : Math.exp(-FOUR_LN2 * (fromBragg_deg / width_fwhm_deg) ** 2);
  return { axis, name: stack[axis]!.name, offset_deg, sampleToLab, fromBragg_deg, width_fwhm_deg, intensity };
}

/** Direction of each motor as it stands in the lab. */
export function axesInLab(stack: readonly GoniometerAxis[], solution: GoniometerSolution): readonly Vec3[] {
  let frame: Mat3 = mat3.identity;
  return stack.map((axis, i) => {
    const direction = vec3.normalize(mat3.multiplyVector(frame, axis.axis_lab));
    frame = mat3.multiply(
      frame,
      mat3.rotation(axis.axis_lab, radians(turnOf(axis, solution.angles[i]?.angle_deg ?? 0))),
    );
    return direction;
  });
}

/** Angle of incidence on the planes less the Bragg angle. */
export function deviation_deg(k0: Vec3, Q: Vec3): number {
  const [k, q] = [vec3.norm(k0), vec3.norm(Q)];
  return degrees(Math.asin(-vec3.dot(k0, Q) / (k * q)) - Math.asin(q / (2 * k)));
}

function widthOf({ geometry, instrument, bandwidth_fwhm, darwinWidth_fwhm_urad }: RockingInput): number | null {
  const theta = radians(geometry.twoTheta_deg) / 2;
  const parts_rad = [
    instrument.divergence_fwhm_mrad === null ? null : instrument.divergence_fwhm_mrad.inPlane * 1e-3,
    bandwidth_fwhm === null ? null : bandwidth_fwhm * Math.tan(theta),
    darwinWidth_fwhm_urad === null ? null : darwinWidth_fwhm_urad * 1e-6,
  ].filter((part) => part !== null);
  return parts_rad.length === 0 ? null : degrees(Math.hypot(...parts_rad));
}

/** What the picture says about a sample that is turned from its reflection. */
export function rockingText({ name, offset_deg, fromBragg_deg, width_fwhm_deg, intensity }: Rocking): string {
  const sign = offset_deg > 0 ? "+" : "";
  const off = `${name} ${sign}${format.angle(offset_deg)}: ${format.angle(fromBragg_deg)} from Bragg`;
  if (width_fwhm_deg === null) return `${off}\nwidth of the reflection not known`;
  return `${off}\nwidth ${format.fixed(width_fwhm_deg, 4)}° FWHM: ${format.percent(intensity)} left`;
}
