import { plainSymbol, readHmSymbol, settingsBySpelling } from "../hmSymbol.ts";
import { explicitSymbol, type Setting } from "../settings.ts";

/** Settings of the table that a symbol can mean, in any spelling; none where a centring would have to be added. */
export function settingsByAnySymbol(symbol: string): readonly Setting[] {
  const reading = readHmSymbol(symbol);
  return reading && !reading.addedCentring ? reading.meanings.map(({ setting }) => setting) : [];
}

/** The symbol of the table that is nearest to a misspelt one: one letter or sign off; undefined if there are none or several. */
export function nearestSymbol(symbol: string): string | undefined {
  const wanted = plainSymbol(symbol);
  if (wanted.length < 3) return undefined;
  const near = [...settingsBySpelling()]
    .filter(([spelling]) => isOneEditAway(wanted, spelling))
    .flatMap(([, named]) => named);
  const numbers = new Set(near.map(({ number }) => number));
  return numbers.size === 1 ? explicitSymbol(near[0]!) : undefined;
}

/** Whether one inserted, deleted, replaced or exchanged character makes one text the other. */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
