/** Lithium niobate; cell and coordinates of Abrahams, Reddy & Bernstein, J. Phys. Chem. Solids 27 (1966) 997. */
export const LITHIUM_NIOBATE = `data_LiNbO3
_cell_length_a 5.14829(2)
_cell_length_b 5.14829(2)
_cell_length_c 13.8631(4)
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 120
_space_group_name_H-M_alt 'R 3 c :H'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Nb1 Nb 0 0 0
Li1 Li 0 0 0.2829
O1 O 0.0492 0.3446 0.0647
`;

/** Its cell volume in cubic angstrom, a^2 c sin 120 degrees, by hand: 318.21. */
export const VOLUME = "318.21";
