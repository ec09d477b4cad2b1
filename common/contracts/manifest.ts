import * as z from 'zod';
import { batchSchema } from './batch.ts';

/**
 * manifest/<batch>/<stage>-<part>.json: what one task did, written once as its last act.
 * `counts` are plain numbers by name (for stage `extract`: posts, comments, gone, failed, undone, quarantined, requests);
 * `problems` name what did not work, without personal data.
 */
export const manifestSchema = z.strictObject({
  batch: batchSchema,
  stage: z.enum(['search', 'plan', 'extract', 'transform', 'load', 'alarm']),
  part: z.string().regex(/^[A-Za-z0-9_-]+$/),
  site: z.string().nullable(),
  counts: z.record(z.string(), z.number().int().nonnegative()),
  problems: z.array(z.strictObject({ kind: z.string(), subject: z.string(), message: z.string().max(500) })),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Problem = Manifest['problems'][number];
