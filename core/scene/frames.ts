import { type Mat3, mat3, type Vec3 } from "../util/index.ts";
import type { Item, Part } from "./scene.ts";
import { label } from "./shapes.ts";

const ROLES = ["axis1", "axis2", "axis3"] as const;
const UNIT: Mat3 = mat3.identity;
const LAB_AXES = ["X: along the beam", "Y: to the left, seen along the beam", "Z: up"];
const SAMPLE_AXES = ["x: normal of the exit face", "y: z × x", "z: up on the sample"];

/** The axes of the lab and those of the sample; the latter have two heads, so that they differ without colour. */
export function frameParts(sampleToLab: Mat3): readonly Part[] {
  return [
    { id: "labFrame", radius: 1, toLab: mat3.identity, caption: "lab", items: triad("lab", LAB_AXES, "single") },
    {
      id: "sampleFrame",
      radius: 1,
      toLab: sampleToLab,
      caption: "sample",
      items: triad("sample", SAMPLE_AXES, "double"),
    },
  ];
}

function triad(frame: string, titles: readonly string[], head: "single" | "double"): readonly Item[] {
  return titles.flatMap((text, i): readonly Item[] => {
    const name = text.slice(0, 1);
    const tip: Vec3 = UNIT[i]!;
    const title = `${frame} ${text}`;
    return [
      {
        id: `${frame}.${name}`,
        role: ROLES[i]!,
        title,
        shape: { kind: "arrow", from: [0, 0, 0], to: tip, radius: 0.045, head },
      },
      label(`${frame}.${name}.label`, ROLES[i]!, name, tip, tip, "strong", title),
    ];
  });
}
