/** A crystal that comes with the extension. */
export interface Example {
  readonly name: string;
  readonly note: string;
  readonly file: string;
}

/** The crystals in the folder `examples`; a list, because a folder cannot be read where the extension comes over HTTP. */
export const EXAMPLES: readonly Example[] = [
  { name: "LiNbO₃", note: "lithium niobate", file: "LiNbO3.cif" },
  { name: "KNbO₃", note: "potassium niobate", file: "KNbO3.cif" },
  { name: "BaTiO₃", note: "barium titanate", file: "BaTiO3.cif" },
  { name: "YMnO₃", note: "yttrium manganite", file: "YMnO3.cif" },
  { name: "Si", note: "silicon", file: "silicon.cif" },
  { name: "C", note: "diamond", file: "diamond.cif" },
  { name: "Al", note: "aluminium", file: "aluminium.cif" },
  { name: "W", note: "tungsten", file: "tungsten.cif" },
  { name: "Pb", note: "lead", file: "lead.cif" },
];
