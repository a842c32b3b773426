/** Works on jobs of several kinds, one of a kind. */
export interface Jobs<K extends string> {
  /** Takes the place of a job of this kind that is not done. */
  start(kind: K, job: Iterator<void, void>): void;
  stop(kind: K): void;
}

/**
 * Works a slice at a time, so that what comes meanwhile is heard.
 * @param kinds first the one that goes before the others
 */
export function createJobs<K extends string>(kinds: readonly K[], slice_ms: number): Jobs<K> {
  const jobs = new Map<K, Iterator<void, void>>();
  let isWorking = false;
  const slice = (): void => {
    const kind = kinds.find((one) => jobs.has(one));
    const job = kind && jobs.get(kind);
    isWorking = job !== undefined;
    if (kind === undefined || job === undefined) return;
    setTimeout(slice);
    const end = performance.now() + slice_ms;
    let isDone = false;
    do isDone = job.next().done === true;
    while (!isDone && performance.now() < end);
    if (isDone && jobs.get(kind) === job) jobs.delete(kind);
  };
  return {
    start: (kind, job) => {
      jobs.set(kind, job);
      if (!isWorking) setTimeout(slice);
      isWorking = true;
    },
    stop: (kind) => void jobs.delete(kind),
  };
}
