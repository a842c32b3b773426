/** What the server takes from its host, so that the host is passed in and never tested for. */
export interface Runtime {
  /** Runs `task` once after `delay_ms`; the returned function cancels it. */
  schedule(task: () => void, delay_ms: number): () => void;
}

export const systemRuntime: Runtime = {
  schedule(task, delay_ms) {
    const timer = setTimeout(task, delay_ms);
    return () => clearTimeout(timer);
  },
};
