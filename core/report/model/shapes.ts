import { type Mat3, mat3, type Vec3, vec3 } from "../../util/index.ts";
import type { ModelNode } from "./model.ts";

/** A rotation that takes z to a direction. */
export function rotationTo(direction: Vec3): Mat3 {
  const z = vec3.normalize(direction);
  const helper: Vec3 = Math.abs(z[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const x = vec3.normalize(vec3.reject(helper, z));
  return mat3.transpose([x, vec3.cross(z, x), z]);
}

export const label = (name: string, translation_m: Vec3, text: string): ModelNode => ({
  name: `Label ${name}`,
  translation_m,
  extras: { text },
});

/** A cylinder between two points. */
export const rod = (name: string, from: Vec3, to: Vec3, radius_m: number, material: string): ModelNode => ({
  name,
  translation_m: from,
  rotation: rotationTo(vec3.subtract(to, from)),
  shape: { kind: "cylinder", radius_m, length_m: vec3.norm(vec3.subtract(to, from)) },
  material,
});

/** An arrow with a head of three times its width. */
export function arrow(
  name: string,
  from: Vec3,
  to: Vec3,
  radius_m: number,
  material: string,
  extras: NonNullable<ModelNode["extras"]> = {},
): ModelNode {
  const length_m = vec3.norm(vec3.subtract(to, from));
  const head_m = Math.min(8 * radius_m, length_m / 2);
  return {
    name,
    translation_m: from,
    rotation: rotationTo(vec3.subtract(to, from)),
    extras,
    children: [
      {
        name: `${name} shaft`,
        shape: { kind: "cylinder", radius_m, length_m: length_m - head_m },
        material,
      },
      {
        name: `${name} head`,
        translation_m: [0, 0, length_m - head_m],
        shape: { kind: "cone", radius_m: 3 * radius_m, length_m: head_m },
        material,
      },
    ],
  };
}

/** The part of a convex body on the inner side of a plane: normal . p <= offset. Empty where nothing is. */
export function clipConvex(
  faces: readonly (readonly Vec3[])[],
  normal: Vec3,
  offset: number,
): readonly (readonly Vec3[])[] {
  const cut: Vec3[] = [];
  const kept = faces.flatMap((face) => {
    const part = face.flatMap((point, i): readonly Vec3[] => {
      const next = face[(i + 1) % face.length]!;
      const [here, there] = [vec3.dot(normal, point) - offset, vec3.dot(normal, next) - offset];
      const inside = here <= 0 ? [point] : [];
      if (here * there >= 0) return inside;
      const crossing = vec3.add(point, vec3.scale(vec3.subtract(next, point), here / (here - there)));
      cut.push(crossing);
      return [...inside, crossing];
    });
    return part.length >= 3 ? [part] : [];
  });
  if (cut.length < 3) return kept;
  const middle = vec3.scale(cut.reduce(vec3.add), 1 / cut.length);
  const [x, y] = mat3.transpose(rotationTo(normal));
  const angle = (point: Vec3): number => {
    const from = vec3.subtract(point, middle);
    return Math.atan2(vec3.dot(from, y), vec3.dot(from, x));
  };
  const ring = [...cut].sort((a, b) => angle(a) - angle(b));
  const size = Math.max(...ring.map((point) => vec3.norm(vec3.subtract(point, middle))));
  const distinct = ring.filter((point, i) => {
    const next = ring[(i + 1) % ring.length]!;
    return vec3.norm(vec3.subtract(point, next)) > 1e-9 * size;
  });
  return distinct.length >= 3 ? [...kept, distinct] : kept;
}

/** Faces of a box about the origin. */
export function boxFaces(size: Vec3): readonly (readonly Vec3[])[] {
  const at = (i: number): Vec3 => [
    ((i & 1 ? 1 : -1) * size[0]) / 2,
    ((i & 2 ? 1 : -1) * size[1]) / 2,
    ((i & 4 ? 1 : -1) * size[2]) / 2,
  ];
  return [
    [0, 4, 6, 2],
    [1, 3, 7, 5],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 2, 3, 1],
    [4, 5, 7, 6],
  ].map((face) => face.map(at));
}
