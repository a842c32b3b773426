import { Matrix4, OrthographicCamera, Vector3 } from "three";
import {
  type Camera,
  cameraBasis,
  type PictureLayout,
  type Projection,
  projectionOf,
  targetPlace,
} from "../../../core/scene/index.ts";
import { type Vec3, vec3 } from "../../../core/util/index.ts";

export interface CameraRig {
  /** three's camera, which follows. */
  readonly camera: OrthographicCamera;
  resize(layout: PictureLayout): void;
  look(state: Camera): void;
  state(): Camera;
  orbit(azimuth_rad: number, elevation_rad: number): void;
  pan(x_px: number, y_px: number): void;
  zoomBy(factor: number): void;
  /** Null until a size is known. */
  projection(): Projection | null;
}

/** Farther than everything that is drawn, at the smallest zoom. */
const EYE_DISTANCE = 200;
const ZOOM_RANGE = { min: 0.3, max: 60 } as const;
const UPRIGHT: Vec3 = [0, 0, 1];
/** Closest to the vertical that orbiting comes. */
const STEEPEST_rad = Math.PI / 2 - 1e-3;

/** Moves the camera of core/scene, with lab Z upright; the sample keeps its pixel while it is turned and zoomed. */
export function createCamera(onChange: () => void): CameraRig {
  const camera = new OrthographicCamera(-1, 1, 1, -1, 0.1, 2 * EYE_DISTANCE);
  let layout: PictureLayout | undefined;
  let state: Camera = { eye: [0, -1, 0], up: UPRIGHT, target: [0, 0, 0], zoom: 1 };

  const projection = (): Projection | null => (layout === undefined ? null : projectionOf(state, layout));
  const look = (next: Camera): void => {
    const zoom = Math.min(ZOOM_RANGE.max, Math.max(ZOOM_RANGE.min, next.zoom));
    state = { ...next, eye: vec3.normalize(next.eye), zoom };
    const { right, up, toEye } = projection() ?? { right: [1, 0, 0], up: [0, 0, 1], toEye: [0, -1, 0] };
    const basis = new Matrix4().makeBasis(new Vector3(...right), new Vector3(...up), new Vector3(...toEye));
    camera.quaternion.setFromRotationMatrix(basis);
    camera.position.set(...vec3.add(state.target, vec3.scale(toEye, EYE_DISTANCE)));
    camera.zoom = zoom;
    if (layout) {
      const { width, height } = layout;
      const { x, y } = targetPlace(state, layout);
      camera.setViewOffset(width, height, width / 2 - x, height / 2 - y, width, height);
    }
    camera.updateProjectionMatrix();
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
      look(state);
    },
    look,
    state: () => state,
    orbit(azimuth_rad, elevation_rad) {
      const z = state.eye[2];
      // From above, the picture's upright direction tells where the eye came from: it turns no further than it is moved.
      const [, up] = cameraBasis(state);
      const from = vec3.scale(up, z < 0 ? 1 : -1);
      const azimuth =
        (Math.abs(z) < 0.5 ? Math.atan2(state.eye[1], state.eye[0]) : Math.atan2(from[1], from[0])) + azimuth_rad;
      const elevation = Math.asin(Math.max(-1, Math.min(1, z))) + elevation_rad;
      const height = Math.max(-STEEPEST_rad, Math.min(STEEPEST_rad, elevation));
      look({
        ...state,
        eye: [Math.cos(height) * Math.cos(azimuth), Math.cos(height) * Math.sin(azimuth), Math.sin(height)],
        up: UPRIGHT,
      });
    },
    pan(x_px, y_px) {
      const seen = projection();
      if (seen === null) return;
      const { right, up, pixelsPerUnit } = seen;
      const shift = vec3.add(vec3.scale(right, -x_px / pixelsPerUnit), vec3.scale(up, y_px / pixelsPerUnit));
      look({ ...state, target: vec3.add(state.target, shift) });
    },
    zoomBy: (factor) => look({ ...state, zoom: state.zoom * factor }),
    projection,
  };
}
