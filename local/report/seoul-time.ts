import { Temporal } from 'temporal-polyfill';
import { seoulText } from '../../common/clock.ts';
import { batchSchema, instantOf } from '../../common/contracts/batch.ts';

/** `2026-11-20 14:05`, where a person reads it. A text that is no instant is shown as it is. */
export function seoulMinute(instant: string): string {
  const parsed = parse(instant);
  return parsed ? seoulText(parsed) : instant;
}

/** `14:05`. */
export function seoulClock(instant: string): string {
  const parsed = parse(instant);
  return parsed ? seoulText(parsed).slice(-5) : instant;
}

/** The UTC instant of a batch id. A text that is no batch id is returned as it is. */
export function batchInstant(batch: string): string {
  return batchSchema.safeParse(batch).success ? instantOf(batch).toString() : batch;
}

/** Minutes from one instant to another, or undefined when either is none. */
export function minutesBetween(from: string, to: string): number | undefined {
  const [start, end] = [parse(from), parse(to)];
  return start && end ? (end.epochMilliseconds - start.epochMilliseconds) / 60_000 : undefined;
}

/** `840 ms`, `12.4 s`, `3 min 05 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** `25 min`, `3 h 05 min`, `2 d 4 h`. */
export function ageText(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  if (whole < 60) return `${whole} min`;
  if (whole < 2880) return `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, '0')} min`;
  return `${Math.floor(whole / 1440)} d ${Math.floor((whole % 1440) / 60)} h`;
}

function parse(instant: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(instant);
  } catch {
    return undefined;
  }
}
