import type { Temporal } from 'temporal-polyfill';
import type { Destination, QuietHours } from './alert-routes.ts';

/** Whether a destination wants no message of this level now. Hours from 23:00 until 07:00 go over midnight; from a time until the same is all day. */
export function isQuiet(
  { to, level }: { readonly to: Destination; readonly level: 'hot' | 'critical' },
  now: Temporal.Instant,
  quietHours: readonly QuietHours[],
): boolean {
  const time = now.toZonedDateTimeISO('Asia/Seoul').toPlainTime().toString().slice(0, 5);
  return quietHours.some((hours) => hours.to.includes(to) && hours.levels.includes(level) && isWithin(time, hours));
}

/** Times of day sort as text; `until` is no longer quiet. */
function isWithin(time: string, { from, until }: QuietHours): boolean {
  if (from < until) return from <= time && time < until;
  return from <= time || time < until;
}
