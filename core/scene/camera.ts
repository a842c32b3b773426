import { type Mat3, mat3, type Vec3, vec3 } from "../util/index.ts";
import type { PictureLayout } from "./pictureLayout.ts";

/** Where the eye is: plain JSON. The projection is parallel. */
export interface Camera {
  /** Direction from the target to the eye, lab frame; need not be a unit vector. */
  readonly eye: Vec3;
  /** Direction that stands upright in the picture, as far as it can. */
  readonly up: Vec3;
  /** Point that stands at the centre of the layout, scene units. */
  readonly target: Vec3;
  /** Absent: there. Else so far to the right of it and below it, in widths and heights of the picture. */
  readonly shift?: readonly [right: number, down: number];
  /** 1 shows the whole experiment. */
  readonly zoom: number;
}

export interface PicturePoint {
  /** Pixels from the left. */
  readonly x: number;
  /** Pixels from the top. */
  readonly y: number;
  /** Scene units in front of the target. */
  readonly depth: number;
}

export interface Projection {
  /** Unit vectors of the lab frame: to the right of the picture, up in it, out of it. */
  readonly right: Vec3;
  readonly up: Vec3;
  readonly toEye: Vec3;
  readonly pixelsPerUnit: number;
  project(point: Vec3): PicturePoint;
  unproject(point: PicturePoint): Vec3;
}

/** Below this sine of the angle between eye and up, another direction is upright. */
const PARALLEL = 1e-5;

/** Right, up and towards the eye, as rows. Along its own upright direction the picture has X to the right, else Y. */
export function cameraBasis({ eye, up }: Pick<Camera, "eye" | "up">): Mat3 {
  const toEye = vec3.normalize(eye);
  const aside = vec3.cross(vec3.normalize(up), toEye);
  const fallback: Vec3 = Math.abs(toEye[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const right = vec3.normalize(vec3.norm(aside) > PARALLEL ? aside : vec3.reject(fallback, toEye));
  return [right, vec3.cross(toEye, right), toEye];
}

/** Where the target stands in the picture [px]. */
export const targetPlace = (
  { shift = [0, 0] }: Pick<Camera, "shift">,
  { centre, width, height }: PictureLayout,
): PictureLayout["centre"] => ({ x: centre.x + shift[0] * width, y: centre.y + shift[1] * height });

/** Pixels of points of the lab frame; the one projection that every renderer uses. */
export function projectionOf(camera: Camera, layout: PictureLayout): Projection {
  const { pixelsPerUnit: unit } = layout;
  const centre = targetPlace(camera, layout);
  const basis = cameraBasis(camera);
  const pixelsPerUnit = unit * camera.zoom;
  return {
    right: basis[0],
    up: basis[1],
    toEye: basis[2],
    pixelsPerUnit,
    project(point) {
      const [x, y, depth] = mat3.multiplyVector(basis, vec3.subtract(point, camera.target));
      return { x: centre.x + x * pixelsPerUnit, y: centre.y - y * pixelsPerUnit, depth };
    },
    unproject({ x, y, depth }) {
      const inPicture: Vec3 = [(x - centre.x) / pixelsPerUnit, (centre.y - y) / pixelsPerUnit, depth];
      return vec3.add(camera.target, mat3.multiplyVector(mat3.transpose(basis), inPicture));
    },
  };
}
