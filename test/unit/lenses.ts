import assert from "node:assert/strict";
import { type LensBox, readLens } from "../../core/experiment/index.ts";
import type { Result } from "../../core/util/index.ts";

/** The value of a result that must be one. */
export function unwrap<T>(result: Result<T>): T {
  assert.ok(result.ok, JSON.stringify(result.issues));
  return result.value;
}

/** One series of equal lenslets, of which a test changes what it is about. */
export const singleSeries = (series: Partial<LensBox["series"][number]> = {}): LensBox => ({
  name: "test",
  series: [{ count: 88, radius_um: 50, spacing_mm: 1.6, material: { formula: "Be", density_g_cm3: 1.848 }, ...series }],
  mountPoint: { along_mm: 0, orthogonal_mm: 0, offsetX_mm: 0, offsetY_mm: 0 },
});

/** Two series of beryllium lenslets in the format of DF-XRM_viz, written for the tests. */
export const UPSTREAM_TEXT = `# Objective of a test
# second line
[lens_series_0]
	radius_of_curvature_in_µm = 50 # both sides
	number_of_lenses = 68
	lens_spacing_in_mm = 1.6
[lens_series_0.material]
	atoms_in_Unit_cell = ["Be", "Be"]
	unit_cell_volume_in_AA3 = 16.225
[separator_0]
	spacing_in_mm = 2
[lens_series_1]
	radius_of_curvature_in_μm = 50
	number_of_lenses = 20
	lens_spacing_in_mm = 2
[lens_series_1.material]
	atoms_in_Unit_cell = ["Be", "Be"]
	unit_cell_volume_in_AA3 = 16.225
[mount_point]
	offset_along_lensbox = 74.5
	offset_orthogonal_to_lensbox = 0
	offset_x = 0
	offset_y = 0
[print_mount_point]
	print_distance_along = false
	print_distance_orthogonal = false
	print_distance_x = true
	print_distance_y = true
`;

export const upstreamBox = (): LensBox => unwrap(readLens(UPSTREAM_TEXT, "id06"));
