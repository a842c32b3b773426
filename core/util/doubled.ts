/** A copy with room for twice as many numbers. */
export function doubled(numbers: Uint32Array): Uint32Array {
  const copy = new Uint32Array(numbers.length * 2);
  copy.set(numbers);
  return copy;
}
