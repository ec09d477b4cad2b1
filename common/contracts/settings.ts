import * as z from 'zod';
import { siteNameSchema } from './records.ts';

/** A complaint that shows the value: nothing here is secret. */
function mustBe(what: string) {
  return { error: ({ input }: { readonly input?: unknown }) => `must be ${what}, not ${JSON.stringify(input)}` };
}

function wholeNumber(least: number, most: number) {
  const complaint = mustBe(`a whole number from ${least} to ${most}`);
  return z.number(complaint).int(complaint).min(least, complaint).max(most, complaint);
}

export const keywordSetNameSchema = z.string().regex(/^[a-z][a-z0-9-]*$/, mustBe('a name like default'));

/** DEV reads a bounded sample: the first page of every list, and a few posts a site. */
export const environmentSchema = z.enum(['DEV', 'PROD'], mustBe('DEV or PROD'));
export type Environment = z.infer<typeof environmentSchema>;

/** A Lambda function by name or ARN. */
export const functionNameSchema = z.string().regex(/^[A-Za-z0-9:_-]{1,170}$/, mustBe('the name or ARN of a function'));
const functionNamesSchema = z.array(functionNameSchema).min(1, mustBe('1 to 10 functions')).max(10, mustBe('1 to 10 functions'));

/** Where the job runs: a step on a cluster that EnsureCluster finds or starts, or a job run of a serverless application. */
export const transformEngineSchema = z.enum(['emr-step', 'emr-serverless'], mustBe('emr-step or emr-serverless'));
export type TransformEngine = z.infer<typeof transformEngineSchema>;

/** A day in Seoul, as posts are dated. */
const daySchema = z.iso.date(mustBe('a day like 2026-11-20'));

/** Posts written from the first to the last day (both included, in Seoul) are read, whenever that happens. */
export const backfillSchema = z
  .strictObject({ from: daySchema, to: daySchema, sites: z.array(siteNameSchema).min(1, mustBe('at least one site')).optional() })
  .refine(({ from, to }) => from <= to, { error: ({ input }) => `from must not be after to in ${JSON.stringify(input)}` });
export type Backfill = z.infer<typeof backfillSchema>;

/** How a run goes about its work. Each is a parameter of the deployment, and each may be given with one run. */
export const settingsSchema = z.strictObject({
  keywordSetName: keywordSetNameSchema,
  environment: environmentSchema,
  /** `sync`: the state machine waits for each function. `async`: it sends events and waits for completion markers. */
  invocation: z.enum(['sync', 'async'], mustBe('sync or async')),
  /** Every search function takes every search. */
  searchFunctions: functionNamesSchema,
  /** Parts are dealt to the detail functions in turn. */
  detailFunctions: functionNamesSchema,
  /** Posts that one Extract invocation reads. */
  detailBatchSize: wholeNumber(1, 100),
  /** Functions that run at once in each of the two phases. */
  maxConcurrency: wholeNumber(1, 40),
});
export type Settings = z.infer<typeof settingsSchema>;
