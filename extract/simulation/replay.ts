import { commentsAnHour, minutesToNextReading, type Freshness } from '../src/crawl/freshness.ts';
import { requestCost } from '../src/plan/request-cost.ts';
import type { RecordedPost } from './recorded-posts.ts';

/** Minutes from the beginning of a batch to the reading of one of its posts. */
const READING_LAG_MINUTES = 1;

/** A schedule: a batch every so many minutes, the first one so long after the post was written. */
export interface Schedule {
  readonly batchMinutes: number;
  readonly firstBatch: number;
}

/** What reading a post until it is done cost, and how many minutes after its crossing it was first seen at its threshold. */
export interface Replay {
  readonly requests: number;
  readonly readings: number;
  readonly delay: number | null;
}

/** Plays one recorded post under a schedule as the crawl reads it: each reading in the first batch at which it is due. */
export function replay(post: RecordedPost, schedule: Schedule, matched: boolean, freshness: Freshness): Replay {
  let [batch, previousAge, previousCount, count] = [schedule.firstBatch, 0, 0, 0];
  let [requests, readings] = [0, 0];
  let delay: number | null = null;
  for (;;) {
    const ageMinutes = batch + READING_LAG_MINUTES;
    while (count < post.minutes.length && (post.minutes[count] ?? Infinity) <= ageMinutes) count += 1;
    requests += requestCost(count);
    readings += 1;
    if (delay === null && post.crossedAt !== null && ageMinutes >= post.crossedAt) delay = ageMinutes - post.crossedAt;

    const pace = commentsAnHour(count - previousCount, ageMinutes - previousAge);
    const wait = minutesToNextReading({ ageMinutes, pace, matched }, freshness);
    if (wait === null) return { requests, readings, delay };
    [previousAge, previousCount] = [ageMinutes, count];
    const batches = Math.max(1, Math.ceil((ageMinutes + wait - batch) / schedule.batchMinutes));
    batch += batches * schedule.batchMinutes;
  }
}
