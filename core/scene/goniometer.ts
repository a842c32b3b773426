import type { Geometry, GoniometerAxis } from "../experiment/index.ts";
import { format, type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { GONIOMETER_START } from "./layout.ts";
import type { DrawnSample } from "./sample.ts";
import type { Item, Shape } from "./scene.ts";
import { label } from "./shapes.ts";

/**
 * The goniometer as a scheme: all axes meet in the sample's centre, and each stage fills a shell of its own around it,
 * so that nothing can collide however the stages are turned. A stage is a fixed guide and a moving part that is turned
 * by its angle; a horizontal axis makes an arc, a vertical axis a turntable.
 */
const SHELL = 0.27;
const GUIDE = 0.11;
const MOVING = 0.1;
const ARC_STEP_deg = 4;
const GUIDE_MARGIN_deg = 15;
const MOVING_SPAN_deg = 9;
const PIN_RADIUS = 0.035;
const TABLE_RADIUS = 0.2;
const TABLE_THICKNESS = 0.05;
/** The names of the stages stand in a column this far beside them. */
const LABEL_COLUMN = 0.85;

/** Items of the stages from the floor to the sample; none where the stack has no solution. */
export function goniometerItems(
  geometry: Geometry,
  stack: readonly GoniometerAxis[],
  drawn: DrawnSample,
): readonly Item[] {
  const solution = geometry.goniometer[0];
  if (!solution) return [];
  const items: Item[] = [];
  let frame: Mat3 = mat3.identity;
  stack.forEach((axis, i) => {
    const angle_deg = solution.angles[i]?.angle_deg ?? 0;
    const inner = GONIOMETER_START + (stack.length - 1 - i) * SHELL;
    items.push(...stageItems(axis, angle_deg, frame, inner));
    frame = mat3.multiply(frame, mat3.rotation(axis.axis_lab, radians(angle_deg)));
  });
  return [...items, ...holderItems(frame, drawn), ...floorItems(GONIOMETER_START + stack.length * SHELL)];
}

function stageItems(axis: GoniometerAxis, angle_deg: number, frame: Mat3, inner: number): readonly Item[] {
  const title = `${axis.name} ${format.angle(angle_deg)}: ${axis.sense}`;
  const turned = mat3.multiply(frame, mat3.rotation(axis.axis_lab, radians(angle_deg)));
  const outer = inner + MOVING + GUIDE;
  const stage = Math.abs(axis.axis_lab[2]) > 0.7 ? turntable : cradle;
  const { guide, moving, zeroMark, angleMark } = stage(axis.axis_lab, angle_deg, frame, turned, inner, outer);
  const id = `goniometer.${axis.name}`;
  return [
    { id: `${id}.guide`, role: "stageFixed", title, shape: guide },
    { id: `${id}.moving`, role: "stageMoving", title, shape: moving },
    { id: `${id}.zero`, role: "mark", title: `zero of ${axis.name}`, shape: zeroMark },
    { id: `${id}.angle`, role: "mark", title, shape: angleMark },
    {
      id: `${id}.label`,
      role: "stageMoving",
      title,
      shape: {
        kind: "label",
        at: mat3.multiplyVector(frame, [0, 0, -(inner + outer) / 2]),
        text: `${axis.name} ${format.angle(angle_deg)}`,
        away: "aside",
        standOff: LABEL_COLUMN,
        weight: "plain",
      },
    },
  ];
}

interface Stage {
  readonly guide: Shape;
  readonly moving: Shape;
  readonly zeroMark: Shape;
  readonly angleMark: Shape;
}

/** Arc about a horizontal axis; the moving part slides along it. */
function cradle(axis: Vec3, angle_deg: number, frame: Mat3, turned: Mat3, inner: number, outer: number): Stage {
  const middle = inner + MOVING;
  const width = 0.16 + 0.1 * inner;
  const from = Math.min(0, angle_deg) - GUIDE_MARGIN_deg;
  const to = Math.max(0, angle_deg) + GUIDE_MARGIN_deg;
  const mark = (basis: Mat3, low: number, high: number): Shape => {
    const side = mat3.multiplyVector(basis, axis);
    const front = vec3.dot(side, [0, 1, 0]) > 0 || vec3.dot(side, [1, 0, 0]) > 0 ? -1 : 1;
    return {
      kind: "segments",
      points: [low, high].map((r) => onArc(axis, basis, 0, r, (front * (width + 0.012)) / 2)),
    };
  };
  return {
    guide: band(axis, frame, from, to, middle, outer, width),
    moving: band(axis, turned, -MOVING_SPAN_deg, MOVING_SPAN_deg, inner, middle, width * 0.86),
    zeroMark: mark(frame, middle, outer),
    angleMark: mark(turned, inner, middle),
  };
}

/** Turntable about a vertical axis. */
function turntable(_axis: Vec3, _angle_deg: number, frame: Mat3, turned: Mat3, inner: number, outer: number): Stage {
  const at = (basis: Mat3, x: number, y: number, z: number): Vec3 => mat3.multiplyVector(basis, [x, y, z]);
  const middle = inner + MOVING;
  const [fixedRadius, movingRadius] = [0.3 * outer, 0.25 * outer];
  return {
    guide: { kind: "cylinder", from: at(frame, 0, 0, -outer), to: at(frame, 0, 0, -middle), radius: fixedRadius },
    moving: { kind: "cylinder", from: at(turned, 0, 0, -middle), to: at(turned, 0, 0, -inner), radius: movingRadius },
    zeroMark: {
      kind: "segments",
      points: [at(frame, 0, -fixedRadius * 1.01, -middle), at(frame, 0, -fixedRadius * 1.01, -outer)],
    },
    angleMark: {
      kind: "segments",
      points: [at(turned, 0, -movingRadius * 1.01, -inner), at(turned, 0, -movingRadius * 1.01, -middle)],
    },
  };
}

/** Point of an arc about `axis` through the lowest point, `along` is the distance along the axis. */
function onArc(axis: Vec3, basis: Mat3, angle_deg: number, radius: number, along: number): Vec3 {
  const down = mat3.multiplyVector(mat3.rotation(axis, radians(angle_deg)), [0, 0, -radius]);
  return mat3.multiplyVector(basis, vec3.add(down, vec3.scale(axis, along)));
}

/** Part of a hollow cylinder about `axis` between two angles from straight down. */
function band(
  axis: Vec3,
  basis: Mat3,
  from_deg: number,
  to_deg: number,
  inner: number,
  outer: number,
  width: number,
): Shape {
  const steps = Math.max(2, Math.ceil((to_deg - from_deg) / ARC_STEP_deg));
  const vertices: Vec3[] = [];
  const faces: number[][] = [];
  for (let i = 0; i <= steps; i++) {
    const angle = from_deg + ((to_deg - from_deg) * i) / steps;
    for (const [radius, along] of [
      [inner, -width / 2],
      [inner, width / 2],
      [outer, width / 2],
      [outer, -width / 2],
    ] as const) {
      vertices.push(onArc(axis, basis, angle, radius, along));
    }
    if (i === 0) continue;
    const [a, b] = [4 * (i - 1), 4 * i];
    for (let side = 0; side < 4; side++) {
      const next = (side + 1) % 4;
      faces.push([a + side, a + next, b + next, b + side]);
    }
  }
  faces.push(
    [3, 2, 1, 0],
    [0, 1, 2, 3].map((k) => 4 * steps + k),
  );
  return { kind: "mesh", vertices, faces };
}

/** The pin that carries the sample, from the innermost stage to the lower face. */
function holderItems(frame: Mat3, drawn: DrawnSample): readonly Item[] {
  const at = (z: number): Vec3 => mat3.multiplyVector(frame, [0, 0, z]);
  const table = -GONIOMETER_START + TABLE_THICKNESS;
  const title = "Sample holder (scheme)";
  return [
    {
      id: "goniometer.table",
      role: "stageMoving",
      title,
      shape: { kind: "cylinder", from: at(-GONIOMETER_START), to: at(table), radius: TABLE_RADIUS },
    },
    {
      id: "goniometer.pin",
      role: "stageFixed",
      title,
      shape: { kind: "cylinder", from: at(table), to: at(-drawn.size[2] / 2), radius: PIN_RADIUS },
    },
  ];
}

function floorItems(top: number): readonly Item[] {
  const title = "Goniometer: a scheme, not to scale; the axes meet in the centre of the sample";
  return [
    {
      id: "goniometer.base",
      role: "stageFixed",
      title,
      shape: { kind: "box", centre: [0, 0, -top - 0.05], size: [1.1, 0.8, 0.1], rotation: mat3.identity },
    },
    label("goniometer.note", "note", "stages not to scale", [0, 0, -top - 0.32], [0, 0, -1], "quiet", title),
  ];
}
