/** The largest of any number of values, -Infinity without any; Math.max cannot take more than some 1e5 arguments. */
export const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity);

/** The smallest of any number of values, Infinity without any. */
export const smallest = (values: readonly number[]): number =>
  values.reduce((least, value) => Math.min(least, value), Infinity);
