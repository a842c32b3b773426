/** The outcome of some work, or a rejection with `refusal` where there is none in time; `onSlow` hears of work that takes a while. */
export async function withPatience<T>(
  work: Promise<T>,
  { slow_ms, limit_ms, refusal }: { readonly slow_ms: number; readonly limit_ms: number; readonly refusal: string },
  onSlow: () => void,
): Promise<T> {
  const slow = setTimeout(onSlow, slow_ms);
  let limit: ReturnType<typeof setTimeout> | undefined;
  const given = new Promise<never>((_resolve, reject) => {
    limit = setTimeout(() => reject(new Error(refusal)), limit_ms);
  });
  try {
    return await Promise.race([work, given]);
  } finally {
    clearTimeout(slow);
    clearTimeout(limit);
  }
}
