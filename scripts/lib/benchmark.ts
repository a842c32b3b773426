interface Named {
  readonly name: string;
  /** What other programs need for the same, with their names. */
  readonly peers?: string;
}

/** A run that is timed. */
export interface Timing extends Named {
  readonly budget_ms: number;
  /** Number of timed runs, default 15. */
  readonly repeats?: number;
  run(): unknown | Promise<unknown>;
}

/** A figure that the benchmark finds by itself. */
export interface Figure extends Named {
  readonly budget: number;
  readonly unit: "ms" | "kB" | "MB";
  figure(): number | Promise<number>;
}

/** One row of `npm run bench`; it is marked where the figure is above the budget. */
export type Benchmark = Timing | Figure;

/** A row as it was measured: for a timing the median of its runs. */
export interface Measured extends Named {
  readonly value: number;
  readonly budget: number;
  readonly unit: Figure["unit"];
}

/** Runs before the timing starts, so that the engine has compiled what it will. */
const WARM_UP_ms = 300;

export async function measure(benchmark: Benchmark): Promise<Measured> {
  const { name, peers } = benchmark;
  const named = { name, ...(peers !== undefined && { peers }) };
  if ("figure" in benchmark) {
    const { budget, unit } = benchmark;
    return { ...named, value: await benchmark.figure(), budget, unit };
  }
  const { budget_ms, repeats = 15 } = benchmark;
  for (const began = performance.now(); performance.now() - began < WARM_UP_ms; ) await benchmark.run();
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const began = performance.now();
    await benchmark.run();
    times.push(performance.now() - began);
  }
  return { ...named, value: median(times), budget: budget_ms, unit: "ms" };
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const shown = (value: number, unit: Figure["unit"]): string => `${value.toFixed(unit === "ms" ? 2 : 0)} ${unit}`;

/** A row as the terminal shows it. */
export const line = ({ name, value, budget, unit, peers }: Measured): string =>
  [
    `  ${name.padEnd(70)} ${shown(value, unit).padStart(11)}   budget ${`${budget} ${unit}`.padStart(7)}`,
    ...(value <= budget ? [] : ["over budget"]),
    ...(peers === undefined ? [] : [peers]),
  ].join("   ");

/** The record of a whole run as Markdown. */
export function record(
  groups: Readonly<Record<string, readonly Measured[]>>,
  run: { readonly date: string; readonly machine: string; readonly software: string },
): string {
  const table = (rows: readonly Measured[]): string =>
    [
      "| what | figure | budget | others |",
      "|---|---:|---:|---|",
      ...rows.map(({ name, value, budget, unit, peers = "" }) => {
        const figure = value <= budget ? shown(value, unit) : `**${shown(value, unit)}**`;
        return `| ${name.replaceAll("|", "\\|")} | ${figure} | ${budget} ${unit} | ${peers} |`;
      }),
    ].join("\n");
  const over = Object.values(groups).flatMap((rows) => rows.filter(({ value, budget }) => value > budget)).length;
  const all = Object.values(groups).flat().length;
  return [
    "# Speed and size",
    "Written by `npm run bench`: medians of repeated runs on minified bundles. A figure above its budget is bold. Figures of other programs were",
    "measured on two cores under Debian 12 and are no part of the run.",
    `${run.date}, ${run.machine}, ${run.software}: ${all - over} of ${all} figures within their budgets.`,
    ...Object.entries(groups).flatMap(([title, rows]) => [`## ${title}`, table(rows)]),
    "",
  ]
    .join("\n\n")
    .replace("programs were\n\nmeasured", "programs were\nmeasured");
}
