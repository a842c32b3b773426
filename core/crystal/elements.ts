/**
 * Elements with what a crystal and its picture need.
 *
 * Molar masses: XrayDB, elemental_data.txt (CC0), the masses that its attenuation tables are used with; D and T:
 * AME2020 (Wang et al., Chinese Phys. C 45 (2021) 030003).
 * Covalent radii: Blue Obelisk Data Repository; where it has none, Cordero et al., Dalton Trans. (2008) 2832, and for
 * Bk and Cf Pyykkoe & Atsumi, Chem. Eur. J. 15 (2009) 186.
 * Colours: Blue Obelisk Data Repository.
 */

/*!
 * Element colours and covalent radii: Blue Obelisk Data Repository, Copyright (c) 2006-2010 The Blue Obelisk Project.
 * Used under the MIT License: permission is granted, free of charge, to any person obtaining a copy of the data to deal
 * in it without restriction, including the rights to use, copy, modify, merge, publish, distribute, sublicense and sell
 * copies, provided that this notice is included in all copies or substantial portions. It is provided "as is", without
 * warranty of any kind; its authors are not liable for any claim or damage.
 */

export interface Element {
  readonly symbol: string;
  readonly atomicNumber: number;
  /** Molar mass [g/mol], which is the mass of one atom [u]. */
  readonly mass_u: number;
  readonly covalentRadius_A: number;
  /** `#rrggbb`. */
  readonly color: string;
}

/** Symbol, mass, covalent radius, colour in the order of atomic numbers, from hydrogen to californium. */
const TABLE = `
H 1.0078 0.37 ffffff, He 4.0026 0.32 d9ffff, Li 6.94 1.34 cc80ff, Be 9.0122 0.9 c2ff00, B 10.81 0.82 ffb5b5,
C 12.011 0.77 808080, N 14.007 0.75 0d0dff, O 15.999 0.73 ff0d0d, F 18.9984 0.71 b2ffff,
Ne 20.1797 0.69 b2e3f5, Na 22.9898 1.54 ab5cf2, Mg 24.305 1.3 8aff00, Al 26.9815 1.18 bfa6a6,
Si 28.085 1.11 809999, P 30.9738 1.06 ff8000, S 32.06 1.02 ffff30, Cl 35.453 0.99 1ff01f,
Ar 39.948 0.97 80d1e3, K 39.0983 1.96 8f40d4, Ca 40.078 1.74 3dff00, Sc 44.9559 1.44 e6e6e6,
Ti 47.867 1.36 bfc2c7, V 50.9415 1.25 a6a6ab, Cr 51.996 1.27 8a99c7, Mn 54.938 1.39 9c7ac7,
Fe 55.845 1.25 807ac7, Co 58.9332 1.26 707ac7, Ni 58.6934 1.21 5c7ac2, Cu 63.546 1.38 ff7a61,
Zn 65.38 1.31 7d80b0, Ga 69.72 1.26 c28f8f, Ge 72.63 1.22 668f8f, As 74.9216 1.19 bd80e3,
Se 78.971 1.16 ffa100, Br 79.904 1.14 a62929, Kr 83.798 1.1 5cb8d1, Rb 85.4678 2.11 702eb0,
Sr 87.62 1.92 00ff00, Y 88.9058 1.62 94ffff, Zr 91.224 1.48 94e0e0, Nb 92.9064 1.37 73c2c9,
Mo 95.95 1.45 54b5b5, Tc 97.907 1.56 3b9e9e, Ru 101.07 1.26 248f8f, Rh 102.906 1.35 0a7d8c,
Pd 106.42 1.31 006985, Ag 107.868 1.53 e0e0ff, Cd 112.414 1.48 ffd98f, In 114.818 1.44 a67573,
Sn 118.71 1.41 668080, Sb 121.76 1.38 9e63b5, Te 127.6 1.35 d47a00, I 126.905 1.33 940094,
Xe 131.293 1.3 429eb0, Cs 132.905 2.25 57178f, Ba 137.327 1.98 00c900, La 138.905 1.69 70d4ff,
Ce 140.116 2.04 ffffc7, Pr 140.908 2.03 d9ffc7, Nd 144.242 2.01 c7ffc7, Pm 145 1.99 a3ffc7,
Sm 150.36 1.98 8fffc7, Eu 151.96 1.98 61ffc7, Gd 157.25 1.96 45ffc7, Tb 158.925 1.94 30ffc7,
Dy 162.5 1.92 1fffc7, Ho 164.93 1.92 00ff9c, Er 167.259 1.89 00e675, Tm 168.934 1.9 00d452,
Yb 173.045 1.87 00bf38, Lu 174.967 1.6 00ab24, Hf 178.49 1.5 4cc2ff, Ta 180.948 1.38 4ca6ff,
W 183.84 1.46 2194d6, Re 186.207 1.59 267dab, Os 190.23 1.28 266696, Ir 192.217 1.37 175487,
Pt 195.084 1.28 f5edd1, Au 196.967 1.44 ccd11f, Hg 200.592 1.49 b5b5c2, Tl 204.383 1.48 a6544c,
Pb 207.2 1.47 575961, Bi 208.98 1.46 9e4fb5, Po 209 1.4 ab5c00, At 210 1.5 754f45, Rn 222 1.45 428296,
Fr 223 2.6 420066, Ra 226 2.21 007d00, Ac 227 2.15 70abfa, Th 232.038 2.06 00baff, Pa 231.036 2 00a1ff,
U 238.029 1.96 008fff, Np 237.048 1.9 0080ff, Pu 239.052 1.87 006bff, Am 243 1.8 545cf2, Cm 247 1.69 785ce3,
Bk 247 1.68 8a4fe3, Cf 251 1.68 a136d4`;

const periodic: readonly Element[] = TABLE.split(",").map((row, index) => {
  const [symbol, mass, radius, color] = row.trim().split(" ") as [string, string, string, string];
  return {
    symbol,
    atomicNumber: index + 1,
    mass_u: Number(mass),
    covalentRadius_A: Number(radius),
    color: `#${color}`,
  };
});

const hydrogen = periodic[0] as Element;

/** Hydrogen to californium in the order of atomic numbers, then the isotopes D and T of hydrogen. */
export const ELEMENTS: readonly Element[] = [
  ...periodic,
  { ...hydrogen, symbol: "D", mass_u: 2.0141 },
  { ...hydrogen, symbol: "T", mass_u: 3.01605 },
];

const bySymbol: ReadonlyMap<string, Element> = new Map(ELEMENTS.map((element) => [element.symbol, element]));

/** The element of a symbol in its usual case (`Nb`, `D`); undefined for anything else. */
export const elementBySymbol = (symbol: string): Element | undefined => bySymbol.get(symbol);
