/** Number of letters to insert, delete or replace to turn one text into the other; `limit + 1` if it is more than that. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      const distance = Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1);
      current.push(distance);
      if (distance < best) best = distance;
    }
    if (best > limit) return limit + 1;
    previous = current;
  }
  return previous[b.length]!;
}

/** Names with more letters different from each other are not taken for slips. */
const SLIP = 2;

/** The name that is nearest to what is written, if it may be a slip of it. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const distance = (name: string): number => editDistance(written.toLowerCase(), name.toLowerCase(), SLIP);
  const [nearest] = names
    .map((name) => ({ name, distance: distance(name) }))
    .sort((one, other) => one.distance - other.distance);
  return nearest && nearest.distance <= SLIP ? nearest.name : undefined;
}
