/**
 * The `.lens` format of DF-XRM_viz: TOML but for the bare key `radius_of_curvature_in_µm`. Sections `lens_series_0`
 * to `lens_series_99`, each with its `material`, `separator_0` and so on behind them, `mount_point` and
 * `print_mount_point`. It knows neither name, disc thickness, web nor density: these keys are ours, and DF-XRM_viz
 * passes over them.
 */

export const RADIUS = "radius_of_curvature_in_um";
export const RADIUS_WRITTEN = "radius_of_curvature_in_µm";

/** Pairs of a key in this format and in ours. */
export type KeyNames = readonly (readonly [string, string])[];

export const SERIES_NAMES: KeyNames = [
  ["number_of_lenses", "count"],
  [RADIUS, "radius_um"],
  ["lens_spacing_in_mm", "spacing_mm"],
  ["disc_thickness_in_um", "discThickness_um"],
  ["web_in_um", "web_um"],
];
export const CELL_NAMES: KeyNames = [
  ["atoms_in_Unit_cell", "atoms"],
  ["unit_cell_volume_in_AA3", "volume_A3"],
];
export const MATERIAL_KEYS: readonly string[] = [...CELL_NAMES.map(([name]) => name), "formula", "density_g_cm3"];
export const MOUNT_NAMES: KeyNames = [
  ["offset_along_lensbox", "along_mm"],
  ["offset_orthogonal_to_lensbox", "orthogonal_mm"],
  ["offset_x", "offsetX_mm"],
  ["offset_y", "offsetY_mm"],
];
export const SHOWN_NAMES: KeyNames = [
  ["print_distance_along", "along"],
  ["print_distance_orthogonal", "orthogonal"],
  ["print_distance_x", "x"],
  ["print_distance_y", "y"],
];
export const SPACING = "spacing_in_mm";

export const MAX_SERIES = 100;
