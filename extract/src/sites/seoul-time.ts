import { Temporal } from 'temporal-polyfill';
import type { ListedTime } from './site.ts';

/** Seoul is at UTC+9 all year, since summer time was last kept in 1988; the communities are younger. */
const SEOUL_OFFSET_MS = 9 * 3_600_000;
const FIRST_YEAR = 1990;
/** A list that is a little ahead of our clock is not yesterday's. */
const CLOCK_SKEW = { minutes: 10 };

/** The first `YYYY-MM-DD HH:MM[:SS]` or `YYYY.MM.DD (수) HH:MM` of a text, as Seoul prints it. Null when there is none. */
export function fullTime(text: string): Temporal.Instant | null {
  return atSeoul(/(\d{4})[.-](\d\d)[.-](\d\d)\D{1,12}?(\d\d):(\d\d)(?::(\d\d))?/.exec(text));
}

/** `YY.MM.DD HH:MM`: the year comes first, which a lax parser takes for the day. */
export function shortYearTime(text: string): Temporal.Instant | null {
  return atSeoul(/(?<!\d)(\d\d)\.(\d\d)\.(\d\d)\s+(\d\d):(\d\d)(?::(\d\d))?/.exec(text), 2000);
}

/** What a list prints instead of a time: `HH:MM` today, `MM/DD` this year (or last year's, when that day is still to come), `YY. MM. DD`. */
export function listedTime(text: string, now: Temporal.Instant): ListedTime | null {
  const today = new Date(now.epochMilliseconds + SEOUL_OFFSET_MS);
  const year = today.getUTCFullYear();
  const clock = /^\s*(\d\d):(\d\d)\s*$/.exec(text);
  if (clock) {
    const time = seoulInstant(year, today.getUTCMonth() + 1, today.getUTCDate(), Number(clock[1]), Number(clock[2]), 0);
    if (time === null) return null;
    const isAhead = Temporal.Instant.compare(time, now.add(CLOCK_SKEW)) > 0;
    return exactly(isAhead ? time.subtract({ hours: 24 }) : time);
  }
  const day = /^\s*(\d\d)\/(\d\d)\s*$/.exec(text);
  if (day) {
    const thisYear = endOfDay(year, Number(day[1]), Number(day[2]));
    const isHere = thisYear !== null && Temporal.Instant.compare(thisYear, now.add({ hours: 24 })) <= 0;
    return sometimeBefore(isHere ? thisYear : endOfDay(year - 1, Number(day[1]), Number(day[2])));
  }
  const date = /(?<!\d)(\d\d)\.\s*(\d\d)\.\s*(\d\d)(?!\d)/.exec(text);
  return date ? sometimeBefore(endOfDay(2000 + Number(date[1]), Number(date[2]), Number(date[3]))) : null;
}

/** A time that a list prints in full. */
export function exactly(instant: Temporal.Instant): ListedTime {
  return { exact: instant, latest: instant };
}

function sometimeBefore(latest: Temporal.Instant | null): ListedTime | null {
  return latest && { exact: null, latest };
}

function endOfDay(year: number, month: number, day: number): Temporal.Instant | null {
  return seoulInstant(year, month, day, 23, 59, 59);
}

function atSeoul(match: RegExpExecArray | null, century = 0): Temporal.Instant | null {
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number((part as string | undefined) ?? 0));
  return seoulInstant(century + year, month, day, hour, minute, second);
}

/** Reckoned without a time zone's rules, which took a tenth of a page's time. Null for a day or time that does not exist. */
function seoulInstant(year: number, month: number, day: number, hour: number, minute: number, second: number): Temporal.Instant | null {
  const isClock = hour < 24 && minute < 60 && second < 60;
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDay = year >= FIRST_YEAR && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isClock || !isDay) return null;
  return Temporal.Instant.fromEpochMilliseconds(date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 - SEOUL_OFFSET_MS);
}
