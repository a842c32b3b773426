import type { Crystal } from "../../core/crystal/index.ts";
import { checkPlan, type ExperimentPlan } from "../../core/experiment/index.ts";
import { fail, ok, type Result } from "../../core/util/index.ts";
import {
  attenuationCurve,
  attenuationLength_um,
  type CrystalEdge,
  edgesOf,
  type RefractiveIndex,
  refractiveIndex,
} from "../../core/xray/index.ts";

/** Everything that the Attenuation panel shows, for one crystal, energy and thickness. */
export interface Attenuation {
  readonly energy_keV: number;
  readonly thickness_um: number;
  readonly attenuationLength_um: number;
  /** Straight through the thickness. */
  readonly transmission: number;
  readonly index: RefractiveIndex | null;
  readonly edges: readonly CrystalEdge[];
  readonly energies_keV: Float64Array;
  readonly lengths_um: Float64Array;
}

const POINTS = 400;
/** The two sides of an edge: near enough to be one line on the screen, far enough to be two energies. */
const EDGE_SIDE = 1e-7;

/** The fields that matter here; the others may be wrong without harm. */
const FIELDS: readonly (string | undefined)[] = ["beam.energy_keV", "sample.thickness_um"];

export function deriveAttenuation(
  crystal: Crystal,
  plan: ExperimentPlan,
  range_keV: readonly [number, number],
): Result<Attenuation> {
  const faults = checkPlan(plan).filter(({ field }) => FIELDS.includes(field));
  if (faults.length > 0) return fail(...faults);
  const { energy_keV } = plan.beam;
  const { thickness_um } = plan.sample;
  const length = attenuationLength_um(crystal, energy_keV);
  if (!length.ok) return length;
  const edges = edgesOf(crystal);
  const energies_keV = energyGrid(range_keV, edges);
  const curve = attenuationCurve(crystal, energies_keV);
  if (!curve.ok) return curve;
  const index = refractiveIndex(crystal, energy_keV);
  return ok({
    energy_keV,
    thickness_um,
    attenuationLength_um: length.value,
    transmission: Math.exp(-thickness_um / length.value),
    index: index.ok ? index.value : null,
    edges: edges.filter((edge) => edge.energy_keV > range_keV[0] && edge.energy_keV < range_keV[1]),
    energies_keV,
    lengths_um: curve.value,
  });
}

/** Energies evenly spaced on a logarithmic scale, with both sides of each edge between them. */
function energyGrid([min, max]: readonly [number, number], edges: readonly CrystalEdge[]): Float64Array {
  const grid = Array.from({ length: POINTS + 1 }, (_, i) => min * (max / min) ** (i / POINTS));
  grid[POINTS] = max;
  const sides = edges
    .flatMap(({ energy_keV }) => [energy_keV * (1 - EDGE_SIDE), energy_keV * (1 + EDGE_SIDE)])
    .filter((energy_keV) => energy_keV > min && energy_keV < max);
  return Float64Array.from(new Set([...grid, ...sides])).sort();
}
