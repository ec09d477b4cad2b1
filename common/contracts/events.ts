import * as z from 'zod';
import { batchSchema } from './batch.ts';
import { partKeySchema, partNameSchema } from './plan.ts';
import { postKeySchema, siteNameSchema } from './records.ts';

const startAtSchema = z.enum(['extract', 'transform', 'load', 'alarm']);
const keywordSetName = z.string().regex(/^[a-z][a-z0-9-]*$/);
const count = z.number().int().nonnegative();

/** One search: a keyword through a site's search, or a watched board's list. `term` is the keyword's name or the board. */
const searchTaskSchema = z.strictObject({
  site: siteNameSchema,
  kind: z.enum(['keyword', 'board']),
  term: z.string().min(1).max(64),
});
export type SearchTask = z.infer<typeof searchTaskSchema>;

/** Input of StartFunction: the scheduler gives `scheduledTime`; a person may give `batch` and where to start. */
export const startEventSchema = z
  .strictObject({
    scheduledTime: z.iso.datetime({ offset: true }).optional(),
    batch: batchSchema.optional(),
    startAt: startAtSchema.default('extract'),
    keywordSetName: keywordSetName.optional(),
  })
  .refine((event) => (event.scheduledTime === undefined) !== (event.batch === undefined), 'give either scheduledTime or batch');
export type StartEvent = z.infer<typeof startEventSchema>;
export type StartResult = { batch: string; status: 'started' | 'skipped'; executionArn: string };

/** Input of the state machine. */
export const pipelineInputSchema = z.strictObject({
  batch: batchSchema,
  startAt: startAtSchema,
  keywordSetName,
  searchTasks: z.array(searchTaskSchema).max(100),
});
export type PipelineInput = z.infer<typeof pipelineInputSchema>;

export const searchEventSchema = z.strictObject({ batch: batchSchema, keywordSetName, ...searchTaskSchema.shape });
export type SearchEvent = z.infer<typeof searchEventSchema>;
export type SearchResult = SearchTask & { found: number; added: number; refused: boolean };

export const planEventSchema = z.strictObject({ batch: batchSchema });
export type PlanEvent = z.infer<typeof planEventSchema>;
export const planResultSchema = z.strictObject({ posts: count, partCount: count, parts: z.array(partKeySchema) });
export type PlanResult = z.infer<typeof planResultSchema>;

/** `posts` are read instead of a planned part: for trying the function by itself, with a batch and a part of their own. */
export const extractEventSchema = z.strictObject({
  batch: batchSchema,
  site: siteNameSchema,
  part: partNameSchema,
  keywordSetName,
  posts: z
    .array(postKeySchema.omit({ site: true }))
    .min(1)
    .max(50)
    .optional(),
});
export type ExtractEvent = z.infer<typeof extractEventSchema>;
export type ExtractResult = { site: string; part: string; posts: number; comments: number; gone: number; failed: number; undone: number };

export const ensureClusterEventSchema = z.strictObject({ batch: batchSchema });
export type EnsureClusterEvent = z.infer<typeof ensureClusterEventSchema>;
export type EnsureClusterResult = { clusterId: string };

/** `executionName` makes the client token, so that a rerun submits anew and a retried task does not. */
export const prepareLoadEventSchema = z.strictObject({ batch: batchSchema, executionName: z.string().min(1).max(80) });
export type PrepareLoadEvent = z.infer<typeof prepareLoadEventSchema>;
/** `sqls`: 1–40 statements, one transaction. `clientToken`: at most 64 characters. */
export type PrepareLoadResult = { sqls: string[]; clientToken: string; statementName: string };

export const alarmEventSchema = z.strictObject({ batch: batchSchema });
export type AlarmEvent = z.infer<typeof alarmEventSchema>;
export type AlarmResult = { sent: number; repeated: number };

/** `errors` holds one entry: the state that failed, with what Step Functions caught there. */
export const notifyFailureEventSchema = z.strictObject({
  batch: batchSchema,
  executionName: z.string(),
  errors: z.record(z.string(), z.looseObject({ Error: z.string(), Cause: z.string().default('') })),
});
export type NotifyFailureEvent = z.infer<typeof notifyFailureEventSchema>;
export type NotifyFailureResult = { state: string; error: string; cause: string };
