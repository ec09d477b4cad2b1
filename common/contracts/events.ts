import * as z from 'zod';
import { batchSchema } from './batch.ts';
import { partKeySchema, partNameSchema } from './plan.ts';
import { postKeySchema, siteNameSchema } from './records.ts';
import {
  backfillSchema,
  environmentSchema,
  functionNameSchema,
  keywordSetNameSchema,
  settingsSchema,
  transformEngineSchema,
} from './settings.ts';

export const startAtSchema = z.enum(['extract', 'transform', 'load', 'alarm']);
const count = z.number().int().nonnegative();

/**
 * One search by one function: a keyword through a site's search, or a watched board's list. `term` is the keyword's name or the board.
 * `part` names the search in manifests and completion markers.
 */
const searchTaskSchema = z.strictObject({
  site: siteNameSchema,
  kind: z.enum(['keyword', 'board']),
  term: z.string().min(1).max(64),
  part: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/),
  function: functionNameSchema,
});
export type SearchTask = z.infer<typeof searchTaskSchema>;

/**
 * Input of StartFunction: the scheduler gives `scheduledTime`; a person gives `batch` and where to start, or a `backfill` (its batch is
 * the time it starts, unless given). The rest replaces the deployment's settings for this run. `dryRun` only searches, and stores nothing.
 */
export const startEventSchema = z
  .strictObject({
    scheduledTime: z.iso.datetime({ offset: true }).optional(),
    batch: batchSchema.optional(),
    startAt: startAtSchema.default('extract'),
    backfill: backfillSchema.optional(),
    dryRun: z.boolean().default(false),
    ...settingsSchema.partial().shape,
  })
  .refine(
    (event) => (event.scheduledTime === undefined) !== (event.batch === undefined && event.backfill === undefined),
    'give either scheduledTime, or batch or backfill',
  );
export type StartEvent = z.infer<typeof startEventSchema>;
export type StartResult = { batch: string; status: 'started' | 'skipped'; executionArn: string };

/** How the names of a backfill's executions begin; those of live runs begin with their batch. */
export const BACKFILL_EXECUTION = 'backfill-';

/** Searches of a run: each stands in the state machine's input and in its history. */
export const MOST_SEARCHES = 150;

/** Input of the state machine. `quiet` keeps the alarm from sending: a backfill brings old posts. */
export const pipelineInputSchema = z.strictObject({
  batch: batchSchema,
  startAt: startAtSchema,
  dryRun: z.boolean(),
  quiet: z.boolean(),
  backfill: backfillSchema.nullable(),
  /** The deployment's; no event replaces it, since only that engine is deployed. */
  transformEngine: transformEngineSchema,
  ...settingsSchema.omit({ searchFunctions: true }).shape,
  searchTasks: z.array(searchTaskSchema).max(MOST_SEARCHES),
});
export type PipelineInput = z.infer<typeof pipelineInputSchema>;

/** `completion`: the execution that waits for this task's completion marker (Invocation = async). */
const completion = z.string().min(1).max(80).optional();

export const searchEventSchema = z.strictObject({
  batch: batchSchema,
  keywordSetName: keywordSetNameSchema,
  environment: environmentSchema.default('PROD'),
  backfill: backfillSchema.nullable().default(null),
  dryRun: z.boolean().default(false),
  completion,
  ...searchTaskSchema.omit({ function: true }).shape,
});
export type SearchEvent = z.infer<typeof searchEventSchema>;
export type SearchResult = Pick<SearchTask, 'site' | 'kind' | 'term'> & { found: number; added: number; refused: boolean };

export const planEventSchema = z.strictObject({
  batch: batchSchema,
  environment: environmentSchema.default('PROD'),
  backfill: backfillSchema.nullable().default(null),
  detailBatchSize: settingsSchema.shape.detailBatchSize,
  detailFunctions: settingsSchema.shape.detailFunctions,
});
export type PlanEvent = z.infer<typeof planEventSchema>;
/** `collected`: parts that collectors brought since the last run. `deferred`: due posts beyond the budget; they stay due. */
export const planResultSchema = z.strictObject({
  posts: count,
  deferred: count,
  collected: count,
  partCount: count,
  parts: z.array(z.strictObject({ ...partKeySchema.shape, function: functionNameSchema })),
});
export type PlanResult = z.infer<typeof planResultSchema>;

/** `posts` are read instead of a planned part: for trying the function by itself, with a batch and a part of their own. */
export const extractEventSchema = z.strictObject({
  batch: batchSchema,
  site: siteNameSchema,
  part: partNameSchema,
  keywordSetName: keywordSetNameSchema,
  backfill: backfillSchema.nullable().default(null),
  completion,
  posts: z
    .array(postKeySchema.omit({ site: true }))
    .min(1)
    .max(50)
    .optional(),
});
export type ExtractEvent = z.infer<typeof extractEventSchema>;
export type ExtractResult = { site: string; part: string; posts: number; comments: number; gone: number; failed: number; undone: number };

/**
 * After a phase: with `async` waits for the completion markers of `parts`, two minutes at most; then looks at what the phase brought.
 * `executionName` is the execution that the tasks were told; `searches` are the parts of the phase before, when stage is extract.
 */
export const settleEventSchema = z.strictObject({
  batch: batchSchema,
  stage: z.enum(['search', 'extract']),
  invocation: settingsSchema.shape.invocation,
  executionName: z.string().min(1).max(80),
  parts: z.array(z.string().min(1).max(120)),
  searches: z.array(z.string().min(1).max(120)).default([]),
});
export type SettleEvent = z.infer<typeof settleEventSchema>;
/** `posts`: posts that this batch holds in raw/ (0 after stage search). `missing`: tasks that left no completion marker in time. */
export type SettleResult = { posts: number; missing: number };

/**
 * Reads the kept pages of a batch again with the parsers of today and replaces its raw records; `site` alone when it is given. Parts are
 * read in the order of their names, from `from` on.
 */
export const reparseEventSchema = z.strictObject({
  batch: batchSchema,
  keywordSetName: keywordSetNameSchema,
  site: siteNameSchema.optional(),
  from: partNameSchema.optional(),
});
export type ReparseEvent = z.infer<typeof reparseEventSchema>;
/**
 * `posts` and `comments` were read from kept pages. `failed`: posts whose page cannot be read today; `missingPages`: posts whose page is
 * kept no longer. Of both stays what was stored.
 */
export type ReparseResult = { parts: number; posts: number; comments: number; failed: number; missingPages: number };

export const ensureClusterEventSchema = z.strictObject({ batch: batchSchema });
export type EnsureClusterEvent = z.infer<typeof ensureClusterEventSchema>;
export type EnsureClusterResult = { clusterId: string };

/** After a step that took too long: what of the batch still waits or runs on the cluster is cancelled. */
export const cancelStepEventSchema = z.strictObject({
  batch: batchSchema,
  clusterId: z.string().regex(/^j-[A-Z0-9]+$/, 'must be a cluster id like j-2AXXXXXXGAPLF'),
});
export type CancelStepEvent = z.infer<typeof cancelStepEventSchema>;
export type CancelStepResult = { cancelled: number };

/** `executionName` makes the client token, so that a rerun submits anew and a retried task does not. */
export const prepareLoadEventSchema = z.strictObject({ batch: batchSchema, executionName: z.string().min(1).max(80) });
export type PrepareLoadEvent = z.infer<typeof prepareLoadEventSchema>;
/** `sqls`: 1–40 statements, one transaction. `clientToken`: at most 64 characters. */
export type PrepareLoadResult = { sqls: string[]; clientToken: string; statementName: string };

/**
 * `quiet` folds the run's manifests and sends nothing. `trial` sends a marked message to every destination and does nothing else.
 * `keywordSetName` is the run's own: routes ask for it.
 */
export const alarmEventSchema = z.strictObject({
  batch: batchSchema,
  keywordSetName: keywordSetNameSchema.default('default'),
  quiet: z.boolean().default(false),
  trial: z.boolean().default(false),
});
export type AlarmEvent = z.infer<typeof alarmEventSchema>;
export type AlarmResult = { sent: number; repeated: number };

/**
 * `errors` holds one entry: the state that failed, with what Step Functions caught there. `keywordSetName`, `backfill` and `dryRun` are
 * the run's own, so that the message can say how to run it again.
 */
export const notifyFailureEventSchema = z.strictObject({
  batch: batchSchema,
  executionName: z.string(),
  keywordSetName: keywordSetNameSchema.default('default'),
  backfill: backfillSchema.nullable().default(null),
  dryRun: z.boolean().default(false),
  errors: z.record(z.string(), z.looseObject({ Error: z.string(), Cause: z.string().default('') })),
});
export type NotifyFailureEvent = z.infer<typeof notifyFailureEventSchema>;

/** What EventBridge says of an execution that ended otherwise than well. `input` is missing when it is too large for an event. */
export const runEndedEventSchema = z.looseObject({
  source: z.literal('aws.states'),
  detail: z.looseObject({
    name: z.string(),
    status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
    input: z.string().nullish(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
  }),
});
export type RunEndedEvent = z.infer<typeof runEndedEventSchema>;

/** What EventBridge says of an alarm that rings. `description` is the template's: a sentence, then its section of alarm/runbook.md. */
export const alarmRangEventSchema = z.looseObject({
  source: z.literal('aws.cloudwatch'),
  time: z.iso.datetime(),
  detail: z.looseObject({
    alarmName: z.string().min(1),
    state: z.looseObject({ timestamp: z.string(), reason: z.string().nullish() }),
    configuration: z.looseObject({ description: z.string().nullish() }),
  }),
});
export type AlarmRangEvent = z.infer<typeof alarmRangEventSchema>;

/** What the NotifyFailure function is sent: by the state machine, or by EventBridge where that could not speak. */
export const failureNewsSchema = z.discriminatedUnion('source', [
  notifyFailureEventSchema.extend({ source: z.undefined().optional() }),
  runEndedEventSchema,
  alarmRangEventSchema,
]);
export type FailureNews = z.infer<typeof failureNewsSchema>;
/** What was told; of an alarm, its name and why it rings. */
export type NotifyFailureResult = { state: string; error: string; cause: string };
