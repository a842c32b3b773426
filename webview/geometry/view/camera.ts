import { OrthographicCamera, Spherical, Vector3 } from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import type { PictureLayout } from "../../../core/scene/index.ts";
import type { Vec3 } from "../../../core/util/index.ts";

/** Where the eye is: plain JSON, to be kept over a reload. */
export interface CameraState {
  /** Unit vector from the target to the eye, lab frame. */
  readonly eye: Vec3;
  /** Point that stands in the middle of the picture, scene units. */
  readonly target: Vec3;
  /** 1 shows the whole experiment. */
  readonly zoom: number;
}

export interface Projection {
  readonly right: Vector3;
  readonly up: Vector3;
  readonly toEye: Vector3;
  /** Pixels of a point of the lab frame. */
  project(point: Vector3): { readonly x: number; readonly y: number; readonly depth: number };
  /** Point of the lab frame at a pixel, `depth` scene units in front of the target. */
  unproject(x: number, y: number, depth: number): Vector3;
  readonly pixelsPerUnit: number;
}

export interface CameraRig {
  readonly camera: OrthographicCamera;
  resize(layout: PictureLayout): void;
  look(state: CameraState): void;
  state(): CameraState;
  orbit(azimuth_rad: number, elevation_rad: number): void;
  pan(x_px: number, y_px: number): void;
  zoomBy(factor: number): void;
  projection(): Projection;
  dispose(): void;
}

/** Farther than everything that is drawn, at the smallest zoom. */
const EYE_DISTANCE = 200;
const ZOOM_RANGE = { min: 0.3, max: 60 } as const;

/** Parallel projection with lab Z up; the sample keeps its pixel while it is turned and zoomed. */
export function createCamera(canvas: HTMLElement, onChange: () => void): CameraRig {
  const camera = new OrthographicCamera(-1, 1, 1, -1, 0.1, 2 * EYE_DISTANCE);
  camera.up.set(0, 0, 1);
  camera.position.set(0, -EYE_DISTANCE, 0);
  const controls = new OrbitControls(camera, canvas);
  controls.enableDamping = false;
  controls.minZoom = ZOOM_RANGE.min;
  controls.maxZoom = ZOOM_RANGE.max;
  let layout: PictureLayout | undefined;
  controls.addEventListener("change", onChange);

  const update = (): void => {
    camera.updateProjectionMatrix();
    controls.update();
    camera.updateMatrixWorld();
    onChange();
  };

  return {
    camera,
    resize(next) {
      layout = next;
      const halfWidth = next.width / 2 / next.pixelsPerUnit;
      const halfHeight = next.height / 2 / next.pixelsPerUnit;
      camera.left = -halfWidth;
      camera.right = halfWidth;
      camera.top = halfHeight;
      camera.bottom = -halfHeight;
      camera.setViewOffset(
        next.width,
        next.height,
        next.width / 2 - next.centre.x,
        next.height / 2 - next.centre.y,
        next.width,
        next.height,
      );
      update();
    },
    look({ eye, target, zoom }) {
      controls.target.set(...target);
      const direction = new Vector3(...eye).normalize();
      // Straight down, X points to the right.
      if (Math.hypot(direction.x, direction.y) < 1e-5) direction.y = -1e-5;
      camera.position.copy(controls.target).addScaledVector(direction, EYE_DISTANCE);
      camera.zoom = Math.min(ZOOM_RANGE.max, Math.max(ZOOM_RANGE.min, zoom));
      update();
    },
    state() {
      const eye = camera.position.clone().sub(controls.target).normalize();
      return { eye: eye.toArray(), target: controls.target.toArray(), zoom: camera.zoom };
    },
    orbit(azimuth_rad, elevation_rad) {
      const offset = camera.position.clone().sub(controls.target);
      // Spherical has y for its pole, we have z.
      const spherical = new Spherical().setFromCartesianCoords(offset.y, offset.z, offset.x);
      spherical.theta += azimuth_rad;
      spherical.phi -= elevation_rad;
      spherical.makeSafe();
      offset.setFromSpherical(spherical).set(offset.z, offset.x, offset.y);
      camera.position.copy(controls.target).add(offset);
      update();
    },
    pan(x_px, y_px) {
      const { right, up, pixelsPerUnit } = this.projection();
      const shift = right.multiplyScalar(-x_px / pixelsPerUnit).addScaledVector(up, y_px / pixelsPerUnit);
      controls.target.add(shift);
      camera.position.add(shift);
      update();
    },
    zoomBy(factor) {
      camera.zoom = Math.min(ZOOM_RANGE.max, Math.max(ZOOM_RANGE.min, camera.zoom * factor));
      update();
    },
    projection() {
      camera.updateMatrixWorld();
      const [right, up, toEye] = [new Vector3(), new Vector3(), new Vector3()];
      camera.matrixWorld.extractBasis(right, up, toEye);
      const target = controls.target;
      const centre = layout?.centre ?? { x: 0, y: 0 };
      const pixelsPerUnit = (layout?.pixelsPerUnit ?? 1) * camera.zoom;
      const offset = new Vector3();
      return {
        right,
        up,
        toEye,
        pixelsPerUnit,
        project(point) {
          offset.copy(point).sub(target);
          return {
            x: centre.x + offset.dot(right) * pixelsPerUnit,
            y: centre.y - offset.dot(up) * pixelsPerUnit,
            depth: offset.dot(toEye),
          };
        },
        unproject: (x, y, depth) =>
          target
            .clone()
            .addScaledVector(right, (x - centre.x) / pixelsPerUnit)
            .addScaledVector(up, (centre.y - y) / pixelsPerUnit)
            .addScaledVector(toEye, depth),
      };
    },
    dispose() {
      controls.removeEventListener("change", onChange);
      controls.dispose();
    },
  };
}
