import { Temporal } from 'temporal-polyfill';

/** Hours after which a post is no longer read. */
const WATCHED_HOURS = 72;
const EVERY_BATCH_MINUTES = 60;
const MAX_INTERVAL_MINUTES = 6 * 60;
const MIN_INTERVAL_MINUTES = 5;
/** A post is read again when about so many new comments are to be expected. */
const WORTHWHILE_COMMENTS = 10;

export interface PostReading {
  readonly at: Temporal.Instant;
  readonly commentCount: number;
}

/**
 * When a post is read again after a reading, or null when it is done.
 * In its first hour: at once, that is with each batch. Then after half its age, at most 6 h, sooner when comments come fast:
 * after the time that 10 more would take at the pace since the previous reading (or since its beginning). The last reading is at 72 h.
 */
export function nextReading(createdAt: Temporal.Instant, reading: PostReading, previous: PostReading | null): Temporal.Instant | null {
  const age = minutesBetween(createdAt, reading.at);
  if (age >= WATCHED_HOURS * 60) return null;
  if (age < EVERY_BATCH_MINUTES) return reading.at;

  const since = previous ?? { at: createdAt, commentCount: 0 };
  const arrived = Math.max(0, reading.commentCount - since.commentCount);
  const untilWorthwhile = (WORTHWHILE_COMMENTS / arrived) * minutesBetween(since.at, reading.at);
  const interval = Math.max(MIN_INTERVAL_MINUTES, Math.min(age / 2, MAX_INTERVAL_MINUTES, arrived > 0 ? untilWorthwhile : Infinity));
  const next = reading.at.add({ seconds: Math.round(interval * 60) });
  const last = createdAt.add({ hours: WATCHED_HOURS });
  return Temporal.Instant.compare(next, last) < 0 ? next : last;
}

/** When a post is tried again after failing so many times in a row, or null when it is given up (5 times). */
export function nextTry(at: Temporal.Instant, failures: number): Temporal.Instant | null {
  return failures >= 5 ? null : at.add({ minutes: 5 * 2 ** (failures - 1) });
}

function minutesBetween(from: Temporal.Instant, to: Temporal.Instant): number {
  return Math.max(0, (to.epochMilliseconds - from.epochMilliseconds) / 60_000);
}
