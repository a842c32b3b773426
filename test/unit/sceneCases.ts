import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import {
  applyOps,
  createDraftPlan,
  deriveGeometry,
  type ExperimentPlan,
  type Hkl,
  instrumentById,
  type PlanOp,
} from "../../core/experiment/index.ts";
import {
  buildScene,
  type LensInFocus,
  type Scene,
  type SceneInput,
  type SceneOptions,
} from "../../core/scene/index.ts";
import { crystalCif } from "../bench/generate.ts";

/** Experiments whose pictures must be right: what differs between them is what a picture can get wrong. */
export interface SceneCase {
  readonly name: string;
  readonly cif: string;
  readonly hkl: Hkl;
  readonly ops?: readonly PlanOp[];
  readonly lens?: LensInFocus;
}

const example = (name: string): string => readFileSync(`examples/${name}.cif`, "utf8");
const set = (path: string, value: unknown): PlanOp => ({ path: path.split("."), value });

/** Baddeleyite, Howard, Hill & Reichert, Acta Cryst. B44 (1988) 116. */
const MONOCLINIC = `data_ZrO2
_cell_length_a 5.1505
_cell_length_b 5.2116
_cell_length_c 5.3173
_cell_angle_alpha 90
_cell_angle_beta 99.23
_cell_angle_gamma 90
_space_group_name_H-M_alt 'P 1 21/c 1'
loop_ _atom_site_label _atom_site_type_symbol _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z
Zr1 Zr 0.2754 0.0395 0.2083
O1 O 0.07 0.3317 0.3447
O2 O 0.4496 0.7569 0.4792
`;
const TRICLINIC = `data_triclinic
_cell_length_a 5.2
_cell_length_b 7.4
_cell_length_c 9.1
_cell_angle_alpha 97
_cell_angle_beta 104
_cell_angle_gamma 82
_space_group_name_H-M_alt 'P -1'
loop_ _atom_site_label _atom_site_type_symbol _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z
Cu1 Cu 0 0 0
S1 S 0.31 0.24 0.41
O1 O 0.22 0.13 0.16
O2 O 0.55 0.31 0.33
O3 O 0.11 0.38 0.48
O4 O 0.36 0.09 0.55
`;

/** 88 Be lenslets, R 50 um, at 17 keV and 5 m: dfxm.md B2. */
export const LENS: LensInFocus = { d1_mm: 208.974, dL_mm: 147.2, d2_mm: 4740.216, M: 17.017 };

export const SCENE_CASES: readonly SceneCase[] = [
  {
    name: "LiNbO3 x-cut",
    cif: example("LiNbO3"),
    hkl: [1, -1, 2],
    ops: [set("sample.up", "(0,0,1)"), set("sample.exit", "(-1,-1,0)"), set("beamExit", "(-1,-1,0)")],
    lens: LENS,
  },
  { name: "LiNbO3 default", cif: example("LiNbO3"), hkl: [0, 0, 6], ops: [set("sample.up", "(0,0,1)")], lens: LENS },
  { name: "KNbO3", cif: example("KNbO3"), hkl: [1, 0, 1], ops: [set("beam.energy_keV", 18)], lens: LENS },
  { name: "YMnO3", cif: example("YMnO3"), hkl: [2, -1, 2], ops: [set("beam.energy_keV", 33)] },
  { name: "diamond", cif: example("diamond"), hkl: [1, 1, 1], ops: [set("beam.energy_keV", 30)] },
  { name: "monoclinic", cif: MONOCLINIC, hkl: [-1, 1, 1], ops: [set("sample.up", "[0,1,0]")], lens: LENS },
  { name: "triclinic", cif: TRICLINIC, hkl: [1, 1, 2], ops: [set("sample.up", "(0,0,1)")] },
  {
    name: "needle",
    cif: example("LiNbO3"),
    hkl: [0, 0, 6],
    ops: [set("sample.thickness_um", 10), set("sample.width_um", 10), set("sample.height_um", 2000)],
    lens: LENS,
  },
  { name: "wafer", cif: example("silicon"), hkl: [2, 2, 0], ops: [set("beam.width_um", 1000)], lens: LENS },
  { name: "1500 atoms", cif: crystalCif(1500, 7), hkl: [0, 0, 6] },
];

export function crystalOf(text: string): Crystal {
  const crystal = crystalFromCif(parseCif(text));
  assert.ok(crystal.ok, JSON.stringify(crystal.issues));
  return crystal.value;
}

export function inputOf(crystal: Crystal, plan: ExperimentPlan, hkl: Hkl): SceneInput {
  const instrument = instrumentById(plan.instrument);
  assert.ok(instrument.ok);
  const geometry = deriveGeometry(plan, crystal, hkl, instrument.value);
  assert.ok(geometry.ok, JSON.stringify(geometry.issues));
  return { plan, crystal, geometry: geometry.value, instrument: instrument.value };
}

const inputs = new Map<string, SceneInput>();

export function caseInput({ name, cif, hkl, ops = [], lens }: SceneCase): SceneInput {
  let input = inputs.get(name);
  if (!input) {
    const crystal = crystalOf(cif);
    const plan = applyOps(createDraftPlan(`${name}.cif`, crystal.block), [...ops, set("reflection.hkl", hkl)]);
    input = { ...inputOf(crystal, plan, hkl), ...(lens && { lens }) };
    inputs.set(name, input);
  }
  return input;
}

export const caseScene = (sceneCase: SceneCase, options?: SceneOptions): Scene =>
  buildScene({ ...caseInput(sceneCase), ...(options && { options }) });
