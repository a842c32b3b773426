/** Formula of the contents in Hill order: C, H, then by the alphabet; whole numbers or two decimals, divided by Z. */
export function hillFormula(contents: Readonly<Record<string, number>>, formulaUnits: number): string {
  const elements = Object.keys(contents);
  const rank = (element: string): string =>
    elements.includes("C") && (element === "C" || element === "H") ? ` ${element}` : element;
  return elements
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .map((element) => {
      const count = Number(((contents[element] ?? 0) / formulaUnits).toFixed(3));
      return `${element}${count === 1 ? "" : count}`;
    })
    .join(" ");
}

/** Largest whole number of formula units that leaves every count whole; 1 with fractional contents. */
export function formulaUnitsOf(contents: Readonly<Record<string, number>>): number {
  const counts = Object.values(contents);
  if (counts.some((count) => Math.abs(count - Math.round(count)) > 1e-6)) return 1;
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  return counts.map(Math.round).reduce(divisor, 0) || 1;
}
