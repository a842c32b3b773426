/** h c in keV Angstrom (CODATA 2019, exact). */
export const HC_keV_A = 12.398419843320026;
/** Classical electron radius in Angstrom (CODATA 2018). */
export const ELECTRON_RADIUS_A = 2.8179403262e-5;
/** Avogadro constant in 1/mol (exact). */
export const AVOGADRO_per_mol = 6.02214076e23;

export const wavelength_A = (energy_keV: number): number => HC_keV_A / energy_keV;
export const degrees = (radians: number): number => (radians * 180) / Math.PI;
export const radians = (degrees_: number): number => (degrees_ * Math.PI) / 180;
