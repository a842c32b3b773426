/** Calls `run` once, `delay_ms` after the last of a series of calls. */
export function debounce(
  run: () => void,
  delay_ms: number,
): { readonly call: () => void; readonly dispose: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const dispose = (): void => clearTimeout(timer);
  return {
    call() {
      dispose();
      timer = setTimeout(run, delay_ms);
    },
    dispose,
  };
}
