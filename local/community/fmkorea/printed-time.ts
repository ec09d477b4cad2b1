import { seoulParts } from '../pages/seoul-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** As the site's engine prints a time (getTimeGap): rounded up within a day, `9 분 전`, `3 시간 전`; the date when it is older. */
export function printedTime(instant: number, now: number, dateOf: (instant: number) => string): string {
  const age = now - instant;
  if (age < HOUR) return `${Math.floor(age / MINUTE) + 1} 분 전`;
  if (age < 24 * HOUR) return `${Math.floor(age / HOUR) + 1} 시간 전`;
  return dateOf(instant);
}

/** `2026.10.07` */
export function dottedDate(instant: number): string {
  const { year, month, day } = seoulParts(instant);
  return `${year}.${month}.${day}`;
}

/** `2026.10.07 08:25` */
export function dottedMinute(instant: number): string {
  return `${dottedDate(instant)} ${seoulParts(instant).hourMinute}`;
}
