import type { ItemDefinition } from "../model.ts";

/** What a flag of an atom site says of its refinement. */
const FLAGS: Readonly<Record<string, string>> = {
  S: "position special by symmetry",
  G: "part of a rigid group",
  R: "riding on another atom",
  D: "distance or angle restrained",
  T: "displacement restrained",
  U: "displacement constrained",
  P: "occupancy refined",
};

const SOLUTIONS: Readonly<Record<string, string>> = {
  difmap: "from a difference Fourier map",
  vecmap: "from vector maps, as in Patterson methods",
  heavy: "phased by heavy atoms",
  direct: "direct methods",
  geom: "placed by the geometry of their neighbours",
  disper: "by anomalous dispersion",
  isomor: "from an isomorphous structure",
  mixed: "some from a difference map, some placed",
  notdet: "not determined",
  dual: "dual-space methods, such as charge flipping or SHELXT",
  iterative: "iterative algorithms, such as charge flipping",
  other: "in another way",
};

/** Our words on what a state means, by name of the item in lower case without its underscore. */
export const STATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "atom_site.adp_type": {
    Uani: "anisotropic, U_ij",
    Uiso: "isotropic, U",
    Uovl: "one U for all atoms",
    Umpe: "expanded in multipoles",
    Bani: "anisotropic, B_ij",
    Biso: "isotropic, B",
    Bovl: "one B for all atoms",
    betaani: "anisotropic, β_ij",
  },
  "atom_site.calc_flag": {
    d: "found from the data",
    calc: "placed by geometry",
    c: "placed by geometry",
    dum: "no atom: a dummy site",
  },
  "atom_site.refinement_flags": FLAGS,
  "atom_site.refinement_flags_posn": FLAGS,
  "atom_site.refinement_flags_adp": FLAGS,
  "atom_site.refinement_flags_occupancy": FLAGS,
  "atom_sites.solution_primary": SOLUTIONS,
  "atom_sites.solution_secondary": SOLUTIONS,
  "atom_sites.solution_hydrogens": SOLUTIONS,
  "chemical.absolute_configuration": {
    rm: "from a known centre of the molecule",
    ad: "from anomalous dispersion",
    rmad: "from a known centre and anomalous dispersion",
    syn: "from the synthesis",
    unk: "unknown, chosen arbitrarily",
  },
  "diffrn_source.device": {
    tube: "sealed tube",
    nuclear: "reactor",
    spallation: "spallation source",
    "elect-micro": "electron microscope",
    "rot-anode": "rotating anode",
    synch: "synchrotron",
  },
  "exptl_absorpt.correction_type": {
    analytical: "from the faces, analytically",
    cylinder: "for a cylinder",
    empirical: "from measured intensities",
    gaussian: "from the faces, by Gaussian integration",
    integration: "from the faces, by integration",
    "multi-scan": "from equivalents measured in many orientations",
    none: "not corrected",
    numerical: "from the faces, numerically",
    "psi-scan": "from ψ scans",
    refdelf: "refined from ΔF",
    sphere: "for a sphere",
  },
  "refine_ls.structure_factor_coef": { F: "refined on F", Fsqd: "refined on F²", Inet: "refined on intensities" },
  "refine_ls.weighting_scheme": { sigma: "from σ", unit: "all alike", calc: "by the formula of the details" },
};

/** What a state of an item means: in the words of a loaded dictionary, else in ours; undefined where neither says it. */
export function stateDetail({ name, states }: ItemDefinition, code: string): string | undefined {
  const state = states?.find((candidate) => candidate.code.toLowerCase() === code.toLowerCase());
  if (!state) return undefined;
  const own = STATES[name.slice(1).toLowerCase()];
  return state.detail ?? (own && Object.hasOwn(own, state.code) ? own[state.code] : undefined);
}
