import type * as z from 'zod';
import { ServiceError } from '../endpoint/service.ts';

/** @throws ServiceError ValidationException naming the field. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ServiceError('ValidationException', `${issue?.path.join('.') ?? 'input'}: ${issue?.message ?? 'invalid'}`);
}
