import { type Vec3, vec3 } from "../../util/index.ts";

/**
 * Things to be drawn, in picture coordinates: x to the right, y up, z towards the eye, in pixels.
 * `style` is carried along; pieces of one thing share it.
 */
export type Piece<S> = FacePiece<S> | LinePiece<S> | SpritePiece<S>;
export interface FacePiece<S> {
  readonly kind: "face";
  readonly points: readonly Vec3[];
  readonly style: S;
}
export interface LinePiece<S> {
  readonly kind: "line";
  readonly from: Vec3;
  readonly to: Vec3;
  readonly style: S;
  /** It ends at the spheres that it meets, and need not be cut by them: bonds. */
  readonly isClear?: true;
}
/** Something without extent in depth. `radius`: a sphere that hides what is inside it. */
export interface SpritePiece<S> {
  readonly kind: "sprite";
  readonly at: Vec3;
  readonly radius?: number;
  readonly style: S;
}

/** Nearer to a plane than this counts as in it [px]. */
const IN_PLANE_px = 0.02;
/** Sine of the angle to the line of sight below which a face is seen edge on and not drawn. */
const EDGE_ON = 1e-4;
/** Above this number of faces they are sorted by the depth of their middles: cutting them all would take too long. */
const MOST_FACES = 1600;
/** Planes that are tried at each cut; the one that cuts the fewest faces is taken. */
const TRIED = 6;

interface Plane {
  readonly normal: Vec3;
  readonly offset: number;
}
interface PlanedFace<S> {
  readonly piece: FacePiece<S>;
  readonly plane: Plane;
}

/**
 * The pieces from the farthest to the nearest. Faces that cross are cut, lines are cut by faces (a binary space
 * partition: Fuchs, Kedem & Naylor, SIGGRAPH 1980); where no face lies between, the depth of the middle decides.
 */
export function orderByDepth<S>(pieces: readonly Piece<S>[]): readonly Piece<S>[] {
  const faces: PlanedFace<S>[] = [];
  const others: (LinePiece<S> | SpritePiece<S>)[] = [];
  for (const piece of pieces) {
    if (piece.kind !== "face") others.push(piece);
    else {
      const plane = planeOf(piece.points);
      if (plane) faces.push({ piece, plane });
    }
  }
  const lines = cutAtSpheres(others);
  if (faces.length > MOST_FACES) return byMiddle([...faces.map(({ piece }) => piece), ...lines]);
  const ordered: Piece<S>[] = [];
  arrange(faces, lines, ordered);
  return ordered;
}

/** Newell's normal; undefined for a face that is seen edge on. */
function planeOf(points: readonly Vec3[]): Plane | undefined {
  let normal: Vec3 = [0, 0, 0];
  for (let i = 0; i < points.length; i++) {
    normal = vec3.add(normal, vec3.cross(points[i]!, points[(i + 1) % points.length]!));
  }
  const length = vec3.norm(normal);
  if (length < 1e-9 || Math.abs(normal[2]) < EDGE_ON * length) return undefined;
  const unit = vec3.scale(normal, Math.sign(normal[2]) / length);
  return { normal: unit, offset: vec3.dot(unit, points[0]!) };
}

type Loose<S> = LinePiece<S> | SpritePiece<S>;

function arrange<S>(faces: readonly PlanedFace<S>[], loose: readonly Loose<S>[], ordered: Piece<S>[]): void {
  if (faces.length === 0) {
    for (const piece of byMiddle(loose)) ordered.push(piece);
    return;
  }
  const { plane } = faces[chooseCut(faces)]!;
  const [behind, inPlane, before] = [[], [], []] as [PlanedFace<S>[], PlanedFace<S>[], PlanedFace<S>[]];
  for (const face of faces) {
    const sides = face.piece.points.map((point) => vec3.dot(plane.normal, point) - plane.offset);
    const isBehind = sides.some((side) => side < -IN_PLANE_px);
    const isBefore = sides.some((side) => side > IN_PLANE_px);
    if (!isBehind && !isBefore) inPlane.push(face);
    else if (!isBefore) behind.push(face);
    else if (!isBehind) before.push(face);
    else {
      behind.push({ ...face, piece: { ...face.piece, points: part(face.piece.points, sides, -1) } });
      before.push({ ...face, piece: { ...face.piece, points: part(face.piece.points, sides, 1) } });
    }
  }
  const [looseBehind, looseIn, looseBefore] = [[], [], []] as [Loose<S>[], Loose<S>[], Loose<S>[]];
  for (const piece of loose) cutLoose(piece, plane, looseBehind, looseIn, looseBefore);
  arrange(behind, looseBehind, ordered);
  ordered.push(...inPlane.map(({ piece }) => piece), ...looseIn);
  arrange(before, looseBefore, ordered);
}

function chooseCut<S>(faces: readonly PlanedFace<S>[]): number {
  let best = 0;
  let fewest = Number.POSITIVE_INFINITY;
  const step = Math.max(1, Math.floor(faces.length / TRIED));
  for (let i = 0; i < faces.length; i += step) {
    const { normal, offset } = faces[i]!.plane;
    let cuts = 0;
    let balance = 0;
    for (const { piece } of faces) {
      let low = false;
      let high = false;
      for (const point of piece.points) {
        const side = vec3.dot(normal, point) - offset;
        if (side < -IN_PLANE_px) low = true;
        else if (side > IN_PLANE_px) high = true;
      }
      if (low && high) cuts++;
      else balance += low ? -1 : high ? 1 : 0;
    }
    const cost = 8 * cuts + Math.abs(balance);
    if (cost >= fewest) continue;
    fewest = cost;
    best = i;
  }
  return best;
}

/** The part of a convex polygon on one side of a plane; `sides` are the distances of its corners from it. */
function part(points: readonly Vec3[], sides: readonly number[], sign: number): readonly Vec3[] {
  return points.flatMap((point, i): readonly Vec3[] => {
    const next = (i + 1) % points.length;
    const [here, there] = [sign * sides[i]!, sign * sides[next]!];
    const kept = here >= 0 ? [point] : [];
    if (here * there >= 0) return kept;
    return [...kept, vec3.add(point, vec3.scale(vec3.subtract(points[next]!, point), here / (here - there)))];
  });
}

function cutLoose<S>(
  piece: Loose<S>,
  { normal, offset }: Plane,
  behind: Loose<S>[],
  inPlane: Loose<S>[],
  before: Loose<S>[],
): void {
  if (piece.kind === "sprite") {
    (vec3.dot(normal, piece.at) - offset < 0 ? behind : before).push(piece);
    return;
  }
  const [a, b] = [vec3.dot(normal, piece.from) - offset, vec3.dot(normal, piece.to) - offset];
  if (Math.abs(a) <= IN_PLANE_px && Math.abs(b) <= IN_PLANE_px) inPlane.push(piece);
  else if (a <= IN_PLANE_px && b <= IN_PLANE_px) behind.push(piece);
  else if (a >= -IN_PLANE_px && b >= -IN_PLANE_px) before.push(piece);
  else {
    const middle = vec3.add(piece.from, vec3.scale(vec3.subtract(piece.to, piece.from), a / (a - b)));
    (a < 0 ? behind : before).push({ ...piece, to: middle });
    (b < 0 ? behind : before).push({ ...piece, from: middle });
  }
}

const middleDepth = <S>(piece: Piece<S>): number =>
  piece.kind === "face"
    ? piece.points.reduce((sum, point) => sum + point[2], 0) / piece.points.length
    : piece.kind === "line"
      ? (piece.from[2] + piece.to[2]) / 2
      : piece.at[2];

const byMiddle = <S>(pieces: readonly Piece<S>[]): readonly Piece<S>[] =>
  pieces
    .map((piece) => ({ piece, depth: middleDepth(piece) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ piece }) => piece);

/** Lines lose what is inside a sphere, and are cut where they go behind or before one. */
function cutAtSpheres<S>(pieces: readonly Loose<S>[]): readonly Loose<S>[] {
  const spheres = pieces.filter(
    (piece): piece is SpritePiece<S> & { readonly radius: number } =>
      piece.kind === "sprite" && piece.radius !== undefined,
  );
  if (spheres.length === 0) return pieces;
  return pieces.flatMap((piece): readonly Loose<S>[] => {
    if (piece.kind !== "line" || piece.isClear) return [piece];
    const along = vec3.subtract(piece.to, piece.from);
    const stops = [0, 1];
    const hidden: (readonly [number, number])[] = [];
    for (const { at, radius } of spheres) {
      const inDisc = crossings(piece.from, along, at, radius, 0);
      if (!inDisc) continue;
      stops.push(...inDisc);
      const inside = crossings(piece.from, along, at, radius, 1);
      if (!inside) continue;
      stops.push(...inside);
      hidden.push(inside);
    }
    if (stops.length === 2) return [piece];
    const sorted = stops.filter((t) => t >= 0 && t <= 1).sort((a, b) => a - b);
    const at = (t: number): Vec3 => vec3.add(piece.from, vec3.scale(along, t));
    return sorted.slice(1).flatMap((end, i) => {
      const start = sorted[i]!;
      const middle = (start + end) / 2;
      if (end - start < 1e-6 || hidden.some(([a, b]) => middle > a && middle < b)) return [];
      return [{ ...piece, from: at(start), to: at(end) }];
    });
  });
}

/** Where a line enters and leaves a sphere (`depth` 1), or its disc in the picture (`depth` 0). */
function crossings(
  from: Vec3,
  along: Vec3,
  centre: Vec3,
  radius: number,
  depth: 0 | 1,
): readonly [number, number] | undefined {
  const [x, y, z] = vec3.subtract(from, centre);
  const a = along[0] ** 2 + along[1] ** 2 + depth * along[2] ** 2;
  const b = x * along[0] + y * along[1] + depth * z * along[2];
  const c = x * x + y * y + depth * z * z - radius * radius;
  const root = b * b - a * c;
  if (root <= 0 || a < 1e-12) return undefined;
  const [first, last] = [(-b - Math.sqrt(root)) / a, (-b + Math.sqrt(root)) / a];
  return last <= 0 || first >= 1 ? undefined : [first, last];
}
