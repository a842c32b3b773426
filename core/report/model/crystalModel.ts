import type { ExperimentPlan } from "../../experiment/index.ts";
import type { Item, Part } from "../../scene/index.ts";
import { format, type Mat3, type Vec3, vec3 } from "../../util/index.ts";
import type { Material, ModelNode } from "./model.ts";
import { arrow, label, rod } from "./shapes.ts";

/** The drawn cell has this extent beside the sample. */
const EXTENT_m = 0.012;
const EDGE_m = 8e-5;
const AXIS_COLOURS = { axis1: "#d03020", axis2: "#2e8b2e", axis3: "#2060d0" } as const;

/** One unit cell beside the sample in its orientation, enlarged; the scale is stated in the extras. */
export function crystalNodes(
  { items, radius }: Pick<Part, "items" | "radius">,
  crystalToSample: Mat3,
  sample: ExperimentPlan["sample"],
): { readonly nodes: readonly ModelNode[]; readonly materials: readonly Material[] } {
  const metresPerA = EXTENT_m / (2 * radius);
  const place = (v: Vec3): Vec3 => vec3.scale(v, metresPerA);
  const species = new Map<string, string>();
  const children = items.flatMap((item) => nodesOf(item, place, metresPerA, species));
  const aside_m = (sample.width_um * 1e-6) / 2 + EXTENT_m;
  return {
    nodes: [
      {
        name: "Crystal structure",
        translation_m: [0, aside_m, 0],
        rotation: crystalToSample,
        extras: {
          drawingScale: metresPerA / 1e-10,
          scale: `1 Å is drawn as ${metresPerA} m, enlarged ${format.significant(metresPerA / 1e-10, 4)} times`,
        },
        children,
      },
    ],
    materials: [
      ...[...species].map(([name, colour]) => ({ name, colour, opacity: 1 })),
      { name: "Cell edge", colour: "#606060", opacity: 1 },
      { name: "Bond", colour: "#8a8a8a", opacity: 1 },
      ...Object.entries(AXIS_COLOURS).map(([name, colour]) => ({ name, colour, opacity: 1 })),
    ],
  };
}

function nodesOf(
  item: Item,
  place: (v: Vec3) => Vec3,
  metresPerA: number,
  species: Map<string, string>,
): readonly ModelNode[] {
  const { shape, role, id, title } = item;
  switch (shape.kind) {
    case "sphere": {
      const colour = item.colour ?? "#808080";
      const element = /\(([A-Z][a-z]?)/.exec(title)?.[1] ?? "unknown";
      const material = `Atom ${element}`;
      species.set(material, colour);
      return [
        {
          name: `${element} ${id}`,
          translation_m: place(shape.centre),
          shape: { kind: "sphere", radius_m: shape.radius * metresPerA },
          material,
          extras: { title },
        },
      ];
    }
    case "cylinder":
      return [rod(id, place(shape.from), place(shape.to), shape.radius * metresPerA, "Bond")];
    case "segments":
      return role === "cellEdge"
        ? shape.points.flatMap((from, i) =>
            i % 2 === 0
              ? [rod(`Cell edge ${i / 2 + 1}`, place(from), place(shape.points[i + 1]!), EDGE_m, "Cell edge")]
              : [],
          )
        : [];
    case "arrow":
      return role in AXIS_COLOURS
        ? [arrow(`Axis ${id.slice(-1)}`, place(shape.from), place(shape.to), 1.5e-4, role)]
        : [];
    case "label":
      return [label(`crystal ${id}`, place(shape.at), shape.text)];
    default:
      return [];
  }
}
