import type { ModelShape } from "../core/report/index.ts";
import { type Vec3, vec3 } from "../core/util/index.ts";

export interface Triangles {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly indices: Uint16Array;
}

const AROUND = 32;
const SPHERE_ROWS = 16;

/** How the unit shape is stretched to the real one, in metres. */
export function unitScale(shape: ModelShape): Vec3 {
  switch (shape.kind) {
    case "box":
      return shape.size_m;
    case "sphere":
      return [shape.radius_m, shape.radius_m, shape.radius_m];
    case "cylinder":
    case "cone":
      return [shape.radius_m, shape.radius_m, shape.length_m];
    case "faces":
      return [1, 1, 1];
  }
}

/** Triangles of a shape of unit size; of faces as they are. */
export function trianglesOf(shape: ModelShape): Triangles {
  switch (shape.kind) {
    case "box":
      return flat(CUBE);
    case "sphere":
      return sphere();
    case "cylinder":
      return lathe([
        [1, 0],
        [1, 1],
      ]);
    case "cone":
      return lathe([
        [1, 0],
        [0, 1],
      ]);
    case "faces":
      return flat(shape.faces);
  }
}

const CUBE: readonly (readonly Vec3[])[] = [
  [0, 4, 6, 2],
  [1, 3, 7, 5],
  [0, 1, 5, 4],
  [2, 6, 7, 3],
  [0, 2, 3, 1],
  [4, 5, 7, 6],
].map((face) => face.map((i): Vec3 => [(i & 1) - 0.5, ((i >> 1) & 1) - 0.5, ((i >> 2) & 1) - 0.5]));

interface Mesh {
  readonly positions: number[];
  readonly normals: number[];
  readonly indices: number[];
}

const emptyMesh = (): Mesh => ({ positions: [], normals: [], indices: [] });

function addVertex(mesh: Mesh, position: Vec3, normal: Vec3): number {
  mesh.positions.push(...position);
  mesh.normals.push(...normal);
  return mesh.positions.length / 3 - 1;
}

const finished = ({ positions, normals, indices }: Mesh): Triangles => ({
  positions: Float32Array.from(positions),
  normals: Float32Array.from(normals),
  indices: Uint16Array.from(indices),
});

/** Convex faces as fans, each with its own normal. */
function flat(faces: readonly (readonly Vec3[])[]): Triangles {
  const mesh = emptyMesh();
  for (const face of faces) {
    const normal = newell(face);
    const first = mesh.positions.length / 3;
    for (const point of face) addVertex(mesh, point, normal);
    for (let i = 2; i < face.length; i++) mesh.indices.push(first, first + i - 1, first + i);
  }
  return finished(mesh);
}

/** Normal of a face, also where some of its corners lie on one line (Newell's sum). */
function newell(face: readonly Vec3[]): Vec3 {
  const sum = face.reduce<Vec3>(
    (total, point, i) =>
      vec3.add(
        total,
        vec3.cross(vec3.subtract(point, face[0]!), vec3.subtract(face[(i + 1) % face.length]!, face[0]!)),
      ),
    [0, 0, 0],
  );
  return vec3.normalize(sum);
}

const around = (i: number): readonly [number, number] => {
  const angle = (2 * Math.PI * i) / AROUND;
  return [Math.cos(angle), Math.sin(angle)];
};

/** A line from (radius, height) to another turned about z, with a disc at each end that has a radius. */
function lathe([[r0, z0], [r1, z1]]: readonly [readonly [number, number], readonly [number, number]]): Triangles {
  const mesh = emptyMesh();
  const slope = vec3.normalize([z1 - z0, 0, r0 - r1]);
  for (let i = 0; i <= AROUND; i++) {
    const [c, s] = around(i);
    const normal: Vec3 = [slope[0] * c, slope[0] * s, slope[2]];
    const low = addVertex(mesh, [r0 * c, r0 * s, z0], normal);
    const high = addVertex(mesh, [r1 * c, r1 * s, z1], normal);
    if (i === 0) continue;
    mesh.indices.push(low - 2, low, high - 2);
    if (r1 > 0) mesh.indices.push(low, high, high - 2);
  }
  for (const [radius, z, up] of [
    [r0, z0, -1],
    [r1, z1, 1],
  ] as const) {
    if (radius === 0) continue;
    const centre = addVertex(mesh, [0, 0, z], [0, 0, up]);
    for (let i = 0; i <= AROUND; i++) {
      const [c, s] = around(i);
      const rim = addVertex(mesh, [radius * c, radius * s, z], [0, 0, up]);
      if (i > 0) mesh.indices.push(centre, ...(up > 0 ? [rim - 1, rim] : [rim, rim - 1]));
    }
  }
  return finished(mesh);
}

function sphere(): Triangles {
  const mesh = emptyMesh();
  for (let row = 0; row <= SPHERE_ROWS; row++) {
    const [z, r] = [Math.cos((Math.PI * row) / SPHERE_ROWS), Math.sin((Math.PI * row) / SPHERE_ROWS)];
    for (let i = 0; i <= AROUND; i++) {
      const [c, s] = around(i);
      const point = vec3.normalize([r * c, r * s, z]);
      const at = addVertex(mesh, point, point);
      if (row === 0 || i === 0) continue;
      const above = at - AROUND - 1;
      if (row > 1) mesh.indices.push(above - 1, at, above);
      if (row < SPHERE_ROWS) mesh.indices.push(above - 1, at - 1, at);
    }
  }
  return finished(mesh);
}
