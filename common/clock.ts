import { Temporal } from 'temporal-polyfill';

/**
 * Domain time: when something was read. Time-outs, delays, Retry-After and signing use real time instead.
 * `now` is cut to the second, as records hold it.
 */
export interface Clock {
  now(): Temporal.Instant;
}

/**
 * The machine's clock, moved by CLOCK_OFFSET_SECONDS when that is set (the laptop run plays another day; on AWS it is unset).
 * This variable alone is read at each call, not once a container, because the laptop run moves time between batches.
 */
export const domainClock: Clock = {
  now() {
    const offset = Number(process.env['CLOCK_OFFSET_SECONDS'] ?? 0);
    return Temporal.Now.instant().add({ seconds: offset }).round({ smallestUnit: 'second', roundingMode: 'floor' });
  },
};

/** The text form that records use: UTC to the second. */
export function utcText(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'second' });
}

/** The text form that people in Korea read: `2026-11-20 14:30`. */
export function seoulText(instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO('Asia/Seoul').toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
