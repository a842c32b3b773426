import { error, fail, ok, type Result } from "../../util/index.ts";
import type { LensBox } from "./lensBox.ts";
import { materialOfCell } from "./material.ts";

/** Beryllium, a 2.2858 and c 3.5843 Angstrom. */
const beryllium = materialOfCell(["Be", "Be"], 16.225);

/**
 * The objective of ID06 as its users describe it to DF-XRM_viz (2023): 88 two-dimensional lenslets. Disc thickness and
 * web are not stated there.
 */
const id06: LensBox = {
  name: "ID06, 88 Be lenslets",
  series: [
    { count: 68, radius_um: 50, material: beryllium, spacing_mm: 1.6, separator_mm: 2 },
    { count: 20, radius_um: 50, material: beryllium, spacing_mm: 2 },
  ],
  mountPoint: { along_mm: 74.5, orthogonal_mm: 0, offsetX_mm: 0, offsetY_mm: 0 },
  mountPointShown: { along: false, orthogonal: false, x: true, y: true },
};

/** The lens boxes that ship with the extension, by the id that a plan names them by. */
export const LENS_BOXES: Readonly<Record<string, LensBox>> = { id06 };

export function lensById(id: string): Result<LensBox> {
  const box = Object.hasOwn(LENS_BOXES, id) ? LENS_BOXES[id] : undefined;
  if (box) return ok(box);
  const known = Object.keys(LENS_BOXES).join(", ");
  const message = `There is no lens "${id}": name one of ${known}, or a file that ends in .lens or .dfxrm-lens.json.`;
  return fail(error("plan/lens", message, { field: "lens.file" }));
}
