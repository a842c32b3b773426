/** Asks again and again until the answer is something else than null, undefined or false; throws after `timeout_ms`. */
export async function until<T>(
  what: string,
  question: () => T | Promise<T>,
  timeout_ms = 10_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = Date.now() + timeout_ms;
  for (;;) {
    const answer = await question();
    if (answer !== null && answer !== undefined && answer !== false) return answer as NonNullable<Exclude<T, false>>;
    if (Date.now() > end) throw new Error(`Not within ${timeout_ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
