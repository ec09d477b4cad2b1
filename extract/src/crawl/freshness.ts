import { Temporal } from 'temporal-polyfill';

/** What decides how often posts are read again. docs/freshness.md says where the numbers come from. */
export interface Freshness {
  /** After its first hour a quiet post that matches a keyword is read again after this share of its age … */
  readonly shareOfAge: number;
  /** … at most after so many minutes … */
  readonly longestMinutes: number;
  /** … and one with new comments when this many more are to be expected. */
  readonly worthwhileComments: number;
  /** A post that matches no keyword waits so many times as long. */
  readonly unmatchedFactor: number;
}

export const FRESHNESS: Freshness = { shareOfAge: 0.5, longestMinutes: 6 * 60, worthwhileComments: 1, unmatchedFactor: 2 };

/** Minutes after which a post is no longer read. */
export const WATCHED_MINUTES = 72 * 60;
const EVERY_BATCH_MINUTES = 60;

/** What is known of a post when it has been read. `pace` in comments an hour. */
export interface Watched {
  readonly ageMinutes: number;
  readonly pace: number;
  readonly matched: boolean;
}

/**
 * Minutes from a reading to the next one, or null when it was the last: the one place that decides how often a post is read.
 * 0 stands for the next batch: in the first hour, and when comments come faster than batches. The last reading is at 72 h.
 */
export function minutesToNextReading({ ageMinutes, pace, matched }: Watched, freshness: Freshness = FRESHNESS): number | null {
  if (ageMinutes >= WATCHED_MINUTES) return null;
  if (ageMinutes < EVERY_BATCH_MINUTES) return 0;
  const quiet = Math.min(ageMinutes * freshness.shareOfAge, freshness.longestMinutes);
  const moving = pace > 0 ? (freshness.worthwhileComments / pace) * 60 : Infinity;
  const interval = Math.min(quiet, moving) * (matched ? 1 : freshness.unmatchedFactor);
  return Math.min(interval, WATCHED_MINUTES - ageMinutes);
}

export interface PostReading {
  readonly at: Temporal.Instant;
  readonly commentCount: number;
}

/** Comments an hour since the previous reading, or since the post's beginning. */
export function paceOf(createdAt: Temporal.Instant, reading: PostReading, previous: PostReading | null): number {
  const since = previous ?? { at: createdAt, commentCount: 0 };
  return commentsAnHour(reading.commentCount - since.commentCount, minutesBetween(since.at, reading.at));
}

/** Never negative, though comments are deleted; sites cut times to the minute, so less than one says nothing. */
export function commentsAnHour(arrived: number, minutes: number): number {
  return (Math.max(0, arrived) / Math.max(1, minutes)) * 60;
}

/** When a post is read again after a reading at `at`, or null when it is done. */
export function nextReading(
  post: { createdAt: Temporal.Instant; matched: boolean },
  at: Temporal.Instant,
  pace: number,
): Temporal.Instant | null {
  const minutes = minutesToNextReading({ ageMinutes: minutesBetween(post.createdAt, at), pace, matched: post.matched });
  return minutes === null ? null : at.add({ seconds: Math.round(minutes * 60) });
}

/** A post that fails so many times in a row is given up. */
const MOST_FAILURES = 5;
/** After the first failure; after each further one it doubles. */
const FIRST_RETRY_MINUTES = 5;

/** When a post is tried again after failing so many times in a row, or null when it is given up. */
export function nextTry(at: Temporal.Instant, failures: number): Temporal.Instant | null {
  return failures >= MOST_FAILURES ? null : at.add({ minutes: FIRST_RETRY_MINUTES * 2 ** (failures - 1) });
}

function minutesBetween(from: Temporal.Instant, to: Temporal.Instant): number {
  return Math.max(0, (to.epochMilliseconds - from.epochMilliseconds) / 60_000);
}
