import { BufferGeometry, Float32BufferAttribute, Group, Matrix3, Matrix4, Mesh, type Object3D, Vector3 } from "three";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";

/** Layer of what a batch draws: the camera does not see it, a ray meets it. */
export const BATCHED = 1;

/**
 * What is painted alike is drawn at once, because each draw costs, and in software each instance too: lines are written
 * out. The single objects are not drawn then, and are still there to be pointed at.
 */
export interface Batch {
  readonly object: Group;
  /** Takes over what may be drawn together of objects with at most one level of children, in the frame of the batch. */
  update(objects: Iterable<Object3D>): void;
  dispose(): void;
}

interface Placed {
  readonly mesh: Mesh;
  readonly matrix: Matrix4;
}

export function createBatch(): Batch {
  const object = new Group();
  const clear = (): void => {
    for (const child of object.children) if (child instanceof Mesh) child.geometry.dispose();
    object.clear();
  };
  return {
    object,
    update(objects) {
      clear();
      for (const [material, placed] of byMaterial(objects)) {
        const isLine = material instanceof LineMaterial;
        const isBatched = isLine || placed.length > 1;
        for (const { mesh } of placed) mesh.layers.set(isBatched ? BATCHED : 0);
        if (!isBatched) continue;
        const together = new Mesh((isLine ? joinedLines : joinedSurfaces)(placed), material);
        if (isLine) together.frustumCulled = false;
        together.raycast = () => {};
        object.add(together);
      }
    },
    dispose: clear,
  };
}

function byMaterial(objects: Iterable<Object3D>): ReadonlyMap<Mesh["material"], readonly Placed[]> {
  const alike = new Map<Mesh["material"], Placed[]>();
  const add = (single: Object3D, matrix: Matrix4): void => {
    if (!(single instanceof Mesh) || !single.visible || !mayBeTogether(single)) return;
    const known = alike.get(single.material);
    if (known) known.push({ mesh: single, matrix });
    else alike.set(single.material, [{ mesh: single, matrix }]);
  };
  for (const root of objects) {
    root.updateMatrix();
    add(root, root.matrix);
    for (const child of root.children) {
      child.updateMatrix();
      add(child, new Matrix4().multiplyMatrices(root.matrix, child.matrix));
    }
  }
  return alike;
}

/** What has to be drawn in an order of its own, is seen through or is dashed stays alone. */
function mayBeTogether({ material, renderOrder }: Mesh): boolean {
  if (renderOrder !== 0 || Array.isArray(material)) return false;
  return material instanceof LineMaterial ? !material.dashed : !material.transparent;
}

function joinedSurfaces(placed: readonly Placed[]): BufferGeometry {
  const positions: number[] = [];
  const normals: number[] = [];
  const [vector, turn] = [new Vector3(), new Matrix3()];
  for (const { mesh, matrix } of placed) {
    const { index, attributes } = mesh.geometry as BufferGeometry;
    const { position, normal } = attributes;
    if (!position || !normal) continue;
    turn.getNormalMatrix(matrix);
    const count = index ? index.count : position.count;
    for (let n = 0; n < count; n++) {
      const i = index ? index.getX(n) : n;
      vector.fromBufferAttribute(position, i).applyMatrix4(matrix);
      positions.push(vector.x, vector.y, vector.z);
      vector.fromBufferAttribute(normal, i).applyMatrix3(turn).normalize();
      normals.push(vector.x, vector.y, vector.z);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(positions, 3));
  geometry.setAttribute("normal", new Float32BufferAttribute(normals, 3));
  return geometry;
}

/** A segment of a wide line as LineMaterial wants it: a strip with a half square at each end. */
const STRIP = {
  position: [-1, 2, 0, 1, 2, 0, -1, 1, 0, 1, 1, 0, -1, 0, 0, 1, 0, 0, -1, -1, 0, 1, -1, 0],
  uv: [-1, 2, 1, 2, -1, 1, 1, 1, -1, -1, 1, -1, -1, -2, 1, -2],
  index: [0, 2, 1, 2, 3, 1, 2, 4, 3, 4, 5, 3, 4, 6, 5, 6, 7, 5],
} as const;
const CORNERS = 8;

function joinedLines(placed: readonly Placed[]): BufferGeometry {
  const [positions, uvs, index]: [number[], number[], number[]] = [[], [], []];
  const [starts, ends]: [number[], number[]] = [[], []];
  const [from, to] = [new Vector3(), new Vector3()];
  let first = 0;
  for (const { mesh, matrix } of placed) {
    const { instanceStart, instanceEnd } = (mesh.geometry as BufferGeometry).attributes;
    if (!instanceStart || !instanceEnd) continue;
    for (let i = 0; i < instanceStart.count; i++, first += CORNERS) {
      from.fromBufferAttribute(instanceStart, i).applyMatrix4(matrix);
      to.fromBufferAttribute(instanceEnd, i).applyMatrix4(matrix);
      positions.push(...STRIP.position);
      uvs.push(...STRIP.uv);
      for (const corner of STRIP.index) index.push(first + corner);
      for (let corner = 0; corner < CORNERS; corner++) {
        starts.push(from.x, from.y, from.z);
        ends.push(to.x, to.y, to.z);
      }
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(positions, 3));
  geometry.setAttribute("uv", new Float32BufferAttribute(uvs, 2));
  geometry.setAttribute("instanceStart", new Float32BufferAttribute(starts, 3));
  geometry.setAttribute("instanceEnd", new Float32BufferAttribute(ends, 3));
  geometry.setIndex(index);
  return geometry;
}
