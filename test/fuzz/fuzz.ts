import { randomNumbers } from "../bench/generate.ts";
import { mutate } from "./mutate.ts";
import type { Target } from "./targets.ts";

/** The text of a case: number 0 to seeds.length - 1 are the seeds themselves. */
export function caseText({ seeds }: Target, number: number): string {
  const seed = seeds[number % seeds.length] ?? "";
  return number < seeds.length ? seed : mutate(seed, seeds, randomNumbers(number));
}

/** Longest time of the processor that a parser may take for a text of at most 60 kB, however busy the machine is. */
export const SLOW_ms = 3000;

/** Runs one case; the reason why it failed, if it did. */
export function failureOf(target: Target, number: number): string | undefined {
  const text = caseText(target, number);
  const began = process.cpuUsage();
  try {
    target.run(text);
  } catch (cause) {
    return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  }
  const { user, system } = process.cpuUsage(began);
  const took_ms = (user + system) / 1000;
  return took_ms > SLOW_ms ? `took ${took_ms.toFixed(0)} ms for ${text.length} characters` : undefined;
}
