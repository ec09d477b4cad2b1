import * as z from 'zod';
import { batchSchema } from './batch.ts';

/** completion/<batch>/<execution>/<stage>/<part>.json: how a task ended that nobody waited for. `error` is a class name, `cause` its message. */
export const completionSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), error: z.string(), cause: z.string().max(1000) }),
]);
export type Completion = z.infer<typeof completionSchema>;

/** What of an event names its completion marker, read also from an event that is malformed otherwise. */
export const completionAddressSchema = z.looseObject({
  batch: batchSchema,
  part: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/),
  completion: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
});
