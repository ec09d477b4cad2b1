import type * as z from 'zod';
import { InvalidEventError } from './errors.ts';

/** The event as its contract has it. @throws InvalidEventError: `complaint`, then each path that is wrong and why; never a value. */
export function parseEvent<Event>(schema: z.ZodType<Event>, input: unknown, complaint: string): Event {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the event'}: ${issue.message}`).join('; ');
  throw new InvalidEventError(`${complaint}: ${wrong}. See events/ for a sample.`);
}
