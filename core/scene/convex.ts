import { type Vec3, vec3 } from "../util/index.ts";

/** A convex body by its faces, each counter-clockwise seen from outside. */
export type ConvexBody = readonly (readonly Vec3[])[];

/** The half-space normal . x <= offset. */
export interface HalfSpace {
  readonly normal: Vec3;
  readonly offset: number;
}

/** Corners of a box in the order of `boxCorners`, by face. */
const BOX_FACES = [
  [0, 4, 6, 2],
  [1, 3, 7, 5],
  [0, 1, 5, 4],
  [2, 6, 7, 3],
  [0, 2, 3, 1],
  [4, 5, 7, 6],
];
export const bodyOfCorners = (corners: readonly Vec3[]): ConvexBody =>
  BOX_FACES.map((face) => face.map((i) => corners[i]!));

/** The part of a body in all half-spaces; no faces where nothing is left. */
export const clipBody = (body: ConvexBody, halfSpaces: readonly HalfSpace[]): ConvexBody =>
  halfSpaces.reduce(clipOnce, body);

function clipOnce(body: ConvexBody, { normal, offset }: HalfSpace): ConvexBody {
  const size = Math.max(1e-300, ...body.flat().map((point) => Math.abs(vec3.dot(normal, point)) + Math.abs(offset)));
  const tolerance = 1e-12 * size;
  const distance = (point: Vec3): number => vec3.dot(normal, point) - offset;
  if (body.every((face) => face.every((point) => distance(point) <= tolerance))) return body;
  const onPlane: Vec3[] = [];
  const faces = body.flatMap((face): readonly (readonly Vec3[])[] => {
    const kept: Vec3[] = [];
    face.forEach((point, i) => {
      const next = face[(i + 1) % face.length]!;
      const [here, there] = [distance(point), distance(next)];
      if (here <= tolerance) kept.push(point);
      if (Math.abs(here) <= tolerance) onPlane.push(point);
      if ((here < -tolerance && there > tolerance) || (here > tolerance && there < -tolerance)) {
        const cut = vec3.add(point, vec3.scale(vec3.subtract(next, point), here / (here - there)));
        kept.push(cut);
        onPlane.push(cut);
      }
    });
    return kept.length >= 3 ? [kept] : [];
  });
  if (faces.length === 0) return [];
  const lid = convexRing(onPlane, normal, size);
  return lid.length >= 3 ? [...faces, lid] : faces;
}

/** Points of a plane around their middle, counter-clockwise about the normal, each once. */
export function convexRing(points: readonly Vec3[], normal: Vec3, size = 1): readonly Vec3[] {
  const distinct: Vec3[] = [];
  for (const point of points) {
    if (!distinct.some((known) => vec3.norm(vec3.subtract(known, point)) < 1e-9 * size)) distinct.push(point);
  }
  if (distinct.length < 3) return [];
  const middle = vec3.scale(distinct.reduce(vec3.add), 1 / distinct.length);
  const along = vec3.normalize(vec3.subtract(distinct[0]!, middle));
  const across = vec3.cross(vec3.normalize(normal), along);
  const angle = (point: Vec3): number => {
    const from = vec3.subtract(point, middle);
    return Math.atan2(vec3.dot(from, across), vec3.dot(from, along));
  };
  return distinct.sort((a, b) => angle(a) - angle(b));
}

/** Volume by the divergence theorem. */
export const volumeOf = (body: ConvexBody): number =>
  body.reduce((sum, face) => {
    const [first, ...rest] = face as readonly [Vec3, ...Vec3[]];
    return rest.slice(1).reduce((part, point, i) => part + vec3.dot(first, vec3.cross(rest[i]!, point)) / 6, sum);
  }, 0);

/** Where a plane normal . x = offset cuts a body: a convex polygon, empty where it does not. */
export function sectionOf(body: ConvexBody, { normal, offset }: HalfSpace): readonly Vec3[] {
  const size = Math.max(...body.flat().map(vec3.norm));
  const points = body.flatMap((face) =>
    face.flatMap((point, i): readonly Vec3[] => {
      const next = face[(i + 1) % face.length]!;
      const [here, there] = [vec3.dot(normal, point) - offset, vec3.dot(normal, next) - offset];
      if (Math.abs(here) < 1e-9 * size * vec3.norm(normal)) return [point];
      if (here * there >= 0) return [];
      return [vec3.add(point, vec3.scale(vec3.subtract(next, point), here / (here - there)))];
    }),
  );
  return convexRing(points, normal, size);
}

/** A body as a mesh whose faces share their corners. */
export function meshOf(body: ConvexBody): {
  readonly vertices: readonly Vec3[];
  readonly faces: readonly (readonly number[])[];
} {
  const vertices: Vec3[] = [];
  const indices = new Map<string, number>();
  const faces = body.map((face) =>
    face.map((point) => {
      const key = point.map((x) => x.toPrecision(9)).join(" ");
      const known = indices.get(key);
      if (known !== undefined) return known;
      indices.set(key, vertices.length);
      return vertices.push(point) - 1;
    }),
  );
  return { vertices, faces };
}

/** The convex hull of a few points in space, as triangles and larger flat faces; empty if they lie in a plane. */
export function hullOf(points: readonly Vec3[]): ConvexBody {
  const size = Math.max(...points.map(vec3.norm));
  const tolerance = 1e-6 * size;
  const middle = vec3.scale(points.reduce(vec3.add), 1 / points.length);
  const faces = new Map<string, readonly Vec3[]>();
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      for (let k = j + 1; k < points.length; k++) {
        const cross = vec3.cross(vec3.subtract(points[j]!, points[i]!), vec3.subtract(points[k]!, points[i]!));
        if (vec3.norm(cross) < tolerance * size) continue;
        let normal = vec3.normalize(cross);
        if (vec3.dot(normal, vec3.subtract(points[i]!, middle)) < 0) normal = vec3.scale(normal, -1);
        const sides = points.map((point) => vec3.dot(normal, vec3.subtract(point, points[i]!)));
        if (sides.some((side) => side > tolerance)) continue;
        const flat = sides.flatMap((side, at) => (Math.abs(side) <= tolerance ? [at] : []));
        if (flat.length === points.length) return [];
        const key = flat.join(" ");
        if (!faces.has(key))
          faces.set(
            key,
            convexRing(
              flat.map((at) => points[at]!),
              normal,
              size,
            ),
          );
      }
    }
  }
  return [...faces.values()];
}
