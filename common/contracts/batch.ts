import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

/** A batch id: the scheduled time in UTC as `YYYYMMDDTHHMMSSZ`. Partition and key of everything a run makes. */
export const batchSchema = z
  .string()
  .regex(/^\d{8}T\d{6}Z$/, 'must be a UTC time like 20261120T050000Z')
  .refine(isRealTime, 'must be a time that exists, like 20261120T050000Z');

export type Batch = z.infer<typeof batchSchema>;

/** The instant a batch stands for. @throws RangeError when the text is no batch id. */
export function instantOf(batch: Batch): Temporal.Instant {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(batch) ?? [];
  return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** The batch of an instant, cut to the second. */
export function batchOf(instant: Temporal.Instant): Batch {
  return instant.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
}

function isRealTime(text: string): boolean {
  try {
    return batchOf(instantOf(text)) === text;
  } catch {
    return false;
  }
}
