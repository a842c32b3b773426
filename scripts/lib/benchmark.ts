/** One row of `npm run bench`. */
export interface Benchmark {
  readonly name: string;
  /** From the design; the row is marked where the median is above it. */
  readonly budget_ms: number;
  /** Number of timed runs, default 15. */
  readonly repeats?: number;
  run(): unknown | Promise<unknown>;
}
