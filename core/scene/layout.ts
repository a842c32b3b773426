import { type Vec3, vec3 } from "../util/index.ts";

/**
 * The composition of the picture, in scene units: the sample at the origin within a sphere of fixed size, the beam
 * along X, the goniometer below. The composition does not change with the plan, so that a change of an input moves
 * only what it is about.
 */
export const SAMPLE_RADIUS = 1.2;
/** No stage comes closer to the sample's centre than this, however it is turned. */
export const GONIOMETER_START = 1.32;
/** Length of k0 and kh. */
export const WAVE_VECTOR = 1.9;
/** Radius of the arc of 2theta. */
export const ARC_RADIUS = 2.06;
/** Where the drawn incident beam begins, before the sample. */
export const BEAM_START = 2.05;
/** Where the drawn diffracted beam ends, behind the sample, if no lens is planned. */
export const BEAM_REACH = 3;
/** Where the lens begins and ends, and where the detector stands, on the diffracted beam. */
export const LENS_FROM = 2.42;
export const LENS_TO = 2.92;
export const DETECTOR_AT = 3.42;
/** Where the drawn direct beam ends. */
export const DIRECT_END = 2.6;

/** From the sample to the eye in the first view: upstream of the sample, to the right of the beam, a little above. */
export const HOME_EYE: Vec3 = vec3.normalize([-0.55, -1, 0.36]);
/** Direction that points to the right in the first view. */
export const HOME_RIGHT: Vec3 = vec3.normalize(vec3.cross([0, 0, 1], HOME_EYE));
