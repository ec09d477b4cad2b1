/** When something that bills its time is awake, in seconds on one clock. */
export interface Activity {
  readonly from: number;
  readonly seconds: number;
}

/**
 * Seconds that are billed of activities that wake something for at least `minimum` seconds each time: what begins before the minimum of
 * the one before has run out, or before it has ended, belongs to the same waking.
 */
export function billedSeconds(activities: readonly Activity[], minimum: number): number {
  let billed = 0;
  let paidUntil = Number.NEGATIVE_INFINITY;
  for (const { from, seconds } of activities.toSorted((left, right) => left.from - right.from)) {
    if (seconds <= 0) continue;
    const isAwake = from <= paidUntil;
    const until = isAwake ? Math.max(paidUntil, from + seconds) : from + Math.max(seconds, minimum);
    billed += isAwake ? until - paidUntil : until - from;
    paidUntil = until;
  }
  return billed;
}

/** GB-seconds of Lambda invocations: each is billed in whole milliseconds, up. */
export function lambdaGigabyteSeconds(invocations: number, secondsEach: number, megabytes: number): number {
  // A hair under a millisecond up is one that floating point made.
  const milliseconds = Math.ceil(Number((secondsEach * 1000).toFixed(6)));
  return (invocations * milliseconds * megabytes) / 1000 / 1024;
}

/** How long a cluster lives for one run, in minutes. */
export interface ClusterLife {
  /** From its start until it can take a step. */
  readonly startMinutes: number;
  /** From the cluster's start until the run has a step for it. */
  readonly scrapeMinutes: number;
  readonly stepMinutes: number;
  /** It ends itself after so long without a step. */
  readonly idleMinutes: number;
  /** Each start is billed at least this long. */
  readonly minimumMinutes: number;
}

/** Whether the next run still finds the cluster of the one before, when one begins every so many minutes. */
export function isKept(life: ClusterLife, everyMinutes: number): boolean {
  // A kept cluster idles from the end of a step until the next run has its step.
  return everyMinutes - life.stepMinutes <= life.idleMinutes;
}

/** Minutes that one run adds to the bill of the cluster. */
export function clusterMinutesARun(life: ClusterLife, everyMinutes: number): number {
  if (isKept(life, everyMinutes)) return everyMinutes;
  const lived = Math.max(life.startMinutes, life.scrapeMinutes) + life.stepMinutes + life.idleMinutes;
  return Math.min(everyMinutes, Math.max(lived, life.minimumMinutes));
}
