import type { Freshness } from '../src/crawl/freshness.ts';
import type { RecordedPost } from './recorded-posts.ts';
import { replay } from './replay.ts';

/** Parts of the interval between two batches at which posts are written: the recording's own minutes say nothing of our schedule. */
const PHASES = [1 / 6, 3 / 6, 5 / 6];

/** One setting over the whole recording. `requests` and `readings` a post; delays in minutes over the posts that crossed. */
export interface Trial {
  readonly freshness: Freshness;
  readonly requests: number;
  readonly readings: number;
  readonly median: number;
  readonly p90: number;
  /** The mean, which the knee is judged by: with 91 crossings quantiles jump. */
  readonly delay: number;
}

/** Plays every recorded post with batches every so many minutes. */
export function tryOut(posts: readonly RecordedPost[], batchMinutes: number, freshness: Freshness, matched = true): Trial {
  const replays = posts.flatMap((post) =>
    PHASES.map((phase) => replay(post, { batchMinutes, firstBatch: phase * batchMinutes }, matched, freshness)),
  );
  const delays = replays.flatMap(({ delay }) => (delay === null ? [] : [delay])).sort((a, b) => a - b);
  const quantile = (share: number) => delays[Math.ceil(share * (delays.length - 1))] ?? NaN;
  return {
    freshness,
    requests: mean(replays.map(({ requests }) => requests)),
    readings: mean(replays.map(({ readings }) => readings)),
    median: quantile(0.5),
    p90: quantile(0.9),
    delay: mean(delays),
  };
}

/** Every combination that the knee is looked for among. */
export const GRID: readonly Freshness[] = [0.1, 0.25, 0.5, 1].flatMap((shareOfAge) =>
  [3, 6, 12].flatMap((hours) =>
    [1, 2, 5, 10].map((worthwhileComments) => ({ shareOfAge, longestMinutes: hours * 60, worthwhileComments, unmatchedFactor: 2 })),
  ),
);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
