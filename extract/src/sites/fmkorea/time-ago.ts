import type { Temporal } from 'temporal-polyfill';
import { exactly, fullTime, listedTime, shortYearTime } from '../seoul-time.ts';
import type { ListedTime } from '../site.ts';

const SECONDS: Readonly<Record<string, number>> = { 초: 1, 분: 60, 시간: 3600, 일: 86_400 };

/**
 * The latest moment that `9 분 전` can mean. fmkorea runs on XpressEngine, whose getTimeGap rounds up: 60 seconds old is `2 분 전`.
 * So the true time lies up to one unit before this one, and never after it; a comment is never dated before its post.
 */
export function latestAgo(text: string, now: Temporal.Instant): Temporal.Instant | null {
  if (/^\s*방금/.test(text)) return now;
  const [, count, unit = ''] = /(?<!\d)(\d{1,3})\s*(초|분|시간|일)\s*전/.exec(text) ?? [];
  return count === undefined ? null : now.subtract({ seconds: Math.max(0, Number(count) - 1) * (SECONDS[unit] ?? 0) });
}

/** When a comment was written: absolute when it is old, relative to `now` within a day. */
export function commentTime(text: string, now: Temporal.Instant): Temporal.Instant | null {
  return fullTime(text) ?? shortYearTime(text) ?? latestAgo(text, now);
}

/** When a list says a post was written: relative, `HH:MM` today, `YY.MM.DD` or `YYYY.MM.DD`. */
export function rowTime(text: string, now: Temporal.Instant): ListedTime | null {
  const full = fullTime(text);
  if (full) return exactly(full);
  const latest = latestAgo(text, now);
  return latest ? { exact: null, latest } : listedTime(text.replace(/\b20(?=\d\d\.\d\d\.\d\d)/, ''), now);
}
