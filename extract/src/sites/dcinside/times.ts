import { Temporal } from 'temporal-polyfill';
import { exactly, fullTime, listedTime } from '../seoul-time.ts';
import type { ListedTime } from '../site.ts';

/** A comment that is a little ahead of our clock is not last year's. */
const CLOCK_SKEW = { minutes: 10 };

/** When a row says a post was written: its title in full; without one `13:05`, `07.06` or `26/07/06`. */
export function rowTime(title: string | undefined, text: string, now: Temporal.Instant): ListedTime | null {
  const full = fullTime(title ?? '');
  if (full) return exactly(full);
  const short = text.trim().replaceAll('/', '.');
  return listedTime(/^\d\d\.\d\d$/.test(short) ? short.replace('.', '/') : short, now);
}

/** `MM.DD HH:MM:SS` is this year's, or last year's when that moment is still to come; older ones have their year in front. */
export function commentTime(text: string, now: Temporal.Instant): Temporal.Instant | null {
  const full = fullTime(text);
  if (full) return full;
  const [, month, day, clock] = /^\s*(\d\d)\.(\d\d)\s+(\d\d:\d\d(?::\d\d)?)\s*$/.exec(text) ?? [];
  if (clock === undefined) return null;
  const { year } = now.toZonedDateTimeISO('Asia/Seoul');
  const inYear = (number: number) => fullTime(`${number}-${month}-${day} ${clock}`);
  const thisYear = inYear(year);
  const isPast = thisYear !== null && Temporal.Instant.compare(thisYear, now.add(CLOCK_SKEW)) <= 0;
  return isPast ? thisYear : inYear(year - 1);
}
