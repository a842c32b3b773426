import {
  excess_deg,
  type GoniometerAxis,
  type GoniometerSolution,
  type InstrumentProfile,
} from "../experiment/index.ts";
import { format, type Mat3, mat3, radians, type Vec3, vec3 } from "../util/index.ts";
import { GONIOMETER_START } from "./layout.ts";
import type { Rocking } from "./rocking.ts";
import type { DrawnSample } from "./sample.ts";
import type { Item, Role } from "./scene.ts";
import { chain, label } from "./shapes.ts";
import { ARC_STEP_deg, cradle, frontSide, GUIDE, MOVING, onArc, onRim, turntable } from "./stageShapes.ts";
import { directionWords, limitsText, turnOf, wedgeOf } from "./wedge.ts";

/**
 * The goniometer as a scheme: all axes meet in the sample's centre, and each stage fills a shell of its own around it,
 * so that nothing can collide however the stages are turned. A stage is a fixed guide and a moving part that is turned
 * by its angle; a horizontal axis makes an arc, a vertical axis a turntable.
 */
const SHELL = 0.27;
const PIN_RADIUS = 0.035;
const TABLE_RADIUS = 0.2;
const TABLE_THICKNESS = 0.05;
/** The names of the stages stand in a column this far beside them. */
const LABEL_COLUMN = 0.85;
/** Limits of a turntable stand this far out, in parts of its distance from the sample. */
const TABLE_ARC = 0.31;
const STOP = 0.09;
/** Where the axes are shown, from the sample's centre, and the side on which. */
const AXIS_BEGIN = 1.22;
const AXIS_STEP = 0.05;
const AXIS_LENGTH = 0.26;
const AXIS_SIDE: Vec3 = [-0.2, -1, 0.5];
/** The advice stands beside the stages, upstream. */
const WEDGE_AT = -0.9;
const SENSE_RADIUS = 0.09;

/** Items of the stages from the floor to the sample, turned by the angles of a solution and by rocking. */
export function goniometerItems(
  { stack, limitsSource }: InstrumentProfile,
  solution: GoniometerSolution,
  rocking: Rocking | null,
  drawn: DrawnSample,
): readonly Item[] {
  const items: Item[] = [];
  let frame: Mat3 = mat3.identity;
  const angles_deg = stack.map(
    (_, i) => (solution.angles[i]?.angle_deg ?? 0) + (rocking?.axis === i ? rocking.offset_deg : 0),
  );
  stack.forEach((axis, i) => {
    const angle_deg = angles_deg[i]!;
    const inner = GONIOMETER_START + (stack.length - 1 - i) * SHELL;
    items.push(...stageItems(axis, angle_deg, frame, inner, i, limitsSource));
    frame = mat3.multiply(frame, mat3.rotation(axis.axis_lab, radians(turnOf(axis, angle_deg))));
  });
  return [
    ...items,
    ...holderItems(frame, drawn),
    ...floorItems(GONIOMETER_START + stack.length * SHELL),
    ...wedgeItems(stack, angles_deg),
  ];
}

function stageItems(
  axis: GoniometerAxis,
  angle_deg: number,
  frame: Mat3,
  inner: number,
  order: number,
  limitsSource: string,
): readonly Item[] {
  const exceeds = excess_deg(axis, angle_deg) > 0;
  const limits =
    axis.limits_deg === null ? "no limits known" : `limits ${limitsText(axis.limits_deg)}, ${limitsSource}`;
  const title = `${axis.name} ${format.angle(angle_deg)}: ${axis.sense}; ${limits}`;
  const turned = mat3.multiply(frame, mat3.rotation(axis.axis_lab, radians(turnOf(axis, angle_deg))));
  const outer = inner + MOVING + GUIDE;
  const isTable = Math.abs(axis.axis_lab[2]) > 0.7;
  const { guide, moving, zeroMark, angleMark } = (isTable ? turntable : cradle)(
    axis.axis_lab,
    turnOf(axis, angle_deg),
    frame,
    turned,
    inner,
    outer,
  );
  const id = `goniometer.${axis.name}`;
  const field = "instrument";
  const role: Role = exceeds ? "exceeded" : "stageMoving";
  const text = `${axis.name} ${format.angle(angle_deg)}`;
  return [
    { id: `${id}.guide`, role: "stageFixed", title, field, shape: guide },
    { id: `${id}.moving`, role: "stageMoving", title, field, data: { angle_deg }, shape: moving },
    { id: `${id}.zero`, role: "mark", title: `zero of ${axis.name}`, shape: zeroMark },
    { id: `${id}.angle`, role: exceeds ? "exceeded" : "mark", title, shape: angleMark },
    ...limitItems(axis, frame, inner + MOVING, isTable, exceeds, title),
    ...(axis.held_deg === undefined ? axisItems(axis, frame, AXIS_BEGIN + order * AXIS_STEP, title) : []),
    {
      id: `${id}.label`,
      role,
      title,
      shape: {
        kind: "label",
        at: mat3.multiplyVector(frame, [0, 0, -(inner + outer) / 2]),
        text: exceeds && axis.limits_deg ? `✗ ${text}\nlimits ${limitsText(axis.limits_deg)}` : text,
        away: "aside",
        standOff: LABEL_COLUMN,
        weight: exceeds ? "strong" : "plain",
        ...(exceeds ? { short: `✗ ${text}` } : isZero(angle_deg) && { detail: "medium" as const }),
      },
    },
  ];
}

/** Reads as zero: what stands there is told only where there is room. */
const isZero = (angle_deg: number): boolean => format.angle(angle_deg) === format.angle(0);

/** The travel of a stage as an arc with a stop at each end, beside the joint of guide and moving part. */
function limitItems(
  { name, axis_lab, limits_deg, zero_deg = 0 }: GoniometerAxis,
  frame: Mat3,
  radius: number,
  isTable: boolean,
  exceeds: boolean,
  title: string,
): readonly Item[] {
  if (limits_deg === null) return [];
  const [low, high] = [Math.max(limits_deg[0] - zero_deg, -180), Math.min(limits_deg[1] - zero_deg, 180)];
  const width = isTable ? 0 : 0.16 + 0.1 * (radius - MOVING);
  const at = (angle_deg: number, out: number): Vec3 =>
    isTable
      ? mat3.multiplyVector(frame, onRim(axis_lab, angle_deg, TABLE_ARC * radius + out, -radius))
      : onArc(axis_lab, frame, angle_deg, radius + out, (frontSide(frame, axis_lab) * (width + 0.03)) / 2);
  const steps = Math.max(2, Math.ceil((high - low) / ARC_STEP_deg));
  const points = Array.from({ length: steps + 1 }, (_, i) => at(low + ((high - low) * i) / steps, 0));
  const stops = [low, high].flatMap((angle_deg) => [at(angle_deg, -STOP / 2), at(angle_deg, STOP / 2)]);
  return [
    {
      id: `goniometer.${name}.limits`,
      role: exceeds ? "exceeded" : "limits",
      title,
      data: { lowest_deg: limits_deg[0], highest_deg: limits_deg[1] },
      shape: { kind: "segments", points: [...chain(points), ...stops], ...(exceeds && { line: "dashed" }) },
    },
  ];
}

/** The axis where it leaves the sphere of the sample, with an arrow that turns as a positive angle does. */
function axisItems({ name, axis_lab }: GoniometerAxis, frame: Mat3, begin: number, title: string): readonly Item[] {
  const axis = vec3.normalize(mat3.multiplyVector(frame, axis_lab));
  const toward = vec3.dot(axis, AXIS_SIDE) >= 0 ? 1 : -1;
  const at = (distance: number): Vec3 => vec3.scale(axis, toward * distance);
  const end = begin + AXIS_LENGTH;
  const side = vec3.normalize(vec3.reject(Math.abs(axis[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], axis));
  const around = (angle_deg: number): Vec3 =>
    vec3.add(
      at(end - 0.08),
      vec3.scale(mat3.multiplyVector(mat3.rotation(axis, radians(angle_deg)), side), SENSE_RADIUS),
    );
  const turns = Array.from({ length: 19 }, (_, i) => around(i * 14));
  const [before, tip] = [turns.at(-2)!, turns.at(-1)!];
  const id = `goniometer.${name}.axis`;
  return [
    {
      id,
      role: "rotationAxis",
      title: `Axis of ${title}`,
      shape: { kind: "segments", points: [at(begin), at(end)], line: "dotted" },
    },
    { id: `${id}.turn`, role: "rotationAxis", title, shape: { kind: "segments", points: chain(turns.slice(0, -1)) } },
    {
      id: `${id}.sense`,
      role: "rotationAxis",
      title,
      shape: {
        kind: "arrow",
        from: before,
        to: vec3.add(tip, vec3.subtract(tip, before)),
        radius: 0.011,
        head: "single",
      },
    },
    label(`${id}.label`, "rotationAxis", `+${name}`, at(end), at(1), "quiet", title),
  ];
}

function wedgeItems(stack: readonly GoniometerAxis[], angles_deg: readonly number[]): readonly Item[] {
  const wedge = wedgeOf(stack, angles_deg);
  if (!wedge) return [];
  const about = directionWords(wedge.axis_holder);
  const title = `A holder with a wedge of ${format.fixed(wedge.angle_deg, 2)}° about ${about} of the goniometer at zero lets ${wedge.axes.join(" and ")} stand at 0`;
  return [
    label(
      "goniometer.wedge",
      "exceeded",
      `needs a wedge holder:\n${format.fixed(wedge.angle_deg, 2)}° about ${about}`,
      [WEDGE_AT, 0, -GONIOMETER_START],
      [-1, 0, 0],
      "strong",
      title,
      { short: `wedge ${format.fixed(wedge.angle_deg, 2)}°`, isRemark: true },
    ),
  ];
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
    label("goniometer.note", "note", "stages not to scale", [0, 0, -top - 0.32], [0, 0, -1], "quiet", title, {
      isRemark: true,
    }),
  ];
}
