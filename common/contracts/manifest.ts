import * as z from 'zod';
import { batchSchema } from './batch.ts';

/**
 * manifest/<batch>/<stage>-<part>.json: what one task did, written as its last act: the first one of a task stays, but of a search the latest.
 * `counts` are plain numbers by name (stage `search`: found, added, hastened, lists, layoutChanged, requests; stage `extract`: posts,
 * comments, gone, failed, refused, undone, layoutChanged, quarantined, requests; stage `plan`: posts, parts, deferred, collected,
 * waiting, setAside; stage `alarm`: due, withheld, sent, repeated); `figures` are not added up (stage `alarm`: posts_per_day, hot_share, and
 * by site hot_cut, watch_cut and stability by measure);
 * `problems` name what did not work, without personal data.
 */
export const manifestSchema = z.strictObject({
  batch: batchSchema,
  stage: z.enum(['search', 'plan', 'extract', 'transform', 'load', 'alarm']),
  part: z.string().regex(/^[A-Za-z0-9_-]+$/),
  site: z.string().nullable(),
  counts: z.record(z.string(), z.number().int().nonnegative()),
  figures: z.record(z.string(), z.number()).optional(),
  problems: z.array(z.strictObject({ kind: z.string(), subject: z.string(), message: z.string().max(500) })),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Problem = Manifest['problems'][number];

/**
 * manifest/<batch>.json: what a whole run did, folded from its tasks' manifests by Alarm or NotifyFailure; the last run of a batch counts.
 * `counts` are the sums by stage and name; `unreadable` names manifests that do not satisfy their contract; `quiet`: no alert may come of
 * the batch.
 */
export const foldedManifestSchema = z.strictObject({
  batch: batchSchema,
  status: z.enum(['SUCCEEDED', 'FAILED']),
  quiet: z.boolean().default(false),
  failure: z.strictObject({ state: z.string(), error: z.string(), cause: z.string().max(1000) }).nullable(),
  counts: z.partialRecord(manifestSchema.shape.stage, z.record(z.string(), z.number().int().nonnegative())),
  tasks: z.array(manifestSchema),
  unreadable: z.array(z.string()),
});
export type FoldedManifest = z.infer<typeof foldedManifestSchema>;
