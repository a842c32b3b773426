import { Document, type Material, type Mesh, type Node, WebIO } from "@gltf-transform/core";
import type { Model, ModelNode, ModelShape } from "../core/report/index.ts";
import { type Mat3, mat3, type Vec3 } from "../core/util/index.ts";
import { type Triangles, trianglesOf, unitScale } from "./triangles.ts";

/** The model as binary glTF 2.0: metres, y up, every part a named node; equal shapes share their geometry. */
export async function modelGlb(model: Model): Promise<Uint8Array> {
  const document = new Document();
  document.getRoot().getAsset().generator = "DF-XRM";
  document.createBuffer();
  const materials = new Map(model.materials.map((material) => [material.name, makeMaterial(document, material)]));
  const meshes = new Map<string, Mesh>();
  const meshOf = (shape: ModelShape, material: string, name: string): Mesh => {
    const key = shape.kind === "faces" ? `faces ${name}` : `${shape.kind} ${material}`;
    const known = meshes.get(key);
    if (known) return known;
    const made = makeMesh(document, trianglesOf(shape), materials.get(material) ?? null, key);
    meshes.set(key, made);
    return made;
  };
  const add = (node: ModelNode): Node => {
    const made = document.createNode(node.name).setExtras({ ...node.extras });
    if (node.translation_m) made.setTranslation([...node.translation_m]);
    if (node.rotation) made.setRotation(quaternion(node.rotation));
    if (node.shape && !isEmpty(node.shape)) {
      made.setMesh(meshOf(node.shape, node.material ?? "", node.name)).setScale([...unitScale(node.shape)]);
    }
    for (const child of node.children ?? []) made.addChild(add(child));
    return made;
  };
  // The lab has z up, glTF has y up: a quarter turn about x.
  const lab = document.createNode("Lab").setRotation([-Math.SQRT1_2, 0, 0, Math.SQRT1_2]);
  lab.setExtras({ frame: "X along the beam, Z up, Y to the left seen along the beam", plan: model.name });
  for (const node of model.nodes) lab.addChild(add(node));
  const scene = document.createScene(model.name).addChild(lab);
  document.getRoot().setDefaultScene(scene);
  return new WebIO().writeBinary(document);
}

const isEmpty = (shape: ModelShape): boolean => shape.kind === "faces" && shape.faces.length === 0;

function makeMaterial(document: Document, { name, colour, opacity }: Model["materials"][number]): Material {
  const [r, g, b] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
  ) as unknown as Vec3;
  return document
    .createMaterial(name)
    .setBaseColorFactor([r, g, b, opacity])
    .setAlphaMode(opacity < 1 ? "BLEND" : "OPAQUE")
    .setMetallicFactor(0)
    .setRoughnessFactor(0.6)
    .setDoubleSided(opacity < 1);
}

/** sRGB to linear light, IEC 61966-2-1. */
const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function makeMesh(document: Document, triangles: Triangles, material: Material | null, name: string): Mesh {
  const buffer = document.getRoot().listBuffers()[0]!;
  const accessor = (type: "VEC3" | "SCALAR", array: Float32Array | Uint16Array) =>
    document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  const primitive = document
    .createPrimitive()
    .setAttribute("POSITION", accessor("VEC3", triangles.positions))
    .setAttribute("NORMAL", accessor("VEC3", triangles.normals))
    .setIndices(accessor("SCALAR", triangles.indices))
    .setMaterial(material);
  return document.createMesh(name).addPrimitive(primitive);
}

/** Unit quaternion (x, y, z, w) of a rotation: the largest component first, Shepperd, J. Guidance 1 (1978) 223. */
export function quaternion(m: Mat3): [number, number, number, number] {
  const trace = m[0][0] + m[1][1] + m[2][2];
  const squares = [m[0][0], m[1][1], m[2][2]].map((diagonal) => 1 + 2 * diagonal - trace);
  const w2 = 1 + trace;
  const axial: Vec3 = [m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1]];
  const largest = squares.indexOf(Math.max(...squares));
  const raw: [number, number, number, number] =
    w2 >= squares[largest]!
      ? [...axial, w2]
      : [
          ...(mat3.identity[largest]!.map((_, i) =>
            i === largest ? squares[largest]! : m[i]![largest]! + m[largest]![i]!,
          ) as unknown as [number, number, number]),
          axial[largest]!,
        ];
  const norm = Math.hypot(...raw);
  return raw.map((x) => x / norm) as [number, number, number, number];
}
