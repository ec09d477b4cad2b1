import * as z from 'zod';
import { siteNameSchema } from './records.ts';

export const keywordSetNameSchema = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be a name like default');

/** DEV reads a bounded sample: the first page of every list, and a few posts a site. */
export const environmentSchema = z.enum(['DEV', 'PROD']);
export type Environment = z.infer<typeof environmentSchema>;

/** A Lambda function by name or ARN. */
export const functionNameSchema = z.string().regex(/^[A-Za-z0-9:_-]{1,170}$/, 'must be the name or ARN of a function');

/** A day in Seoul, as posts are dated. */
const daySchema = z.iso.date();

/** Posts written from the first to the last day (both included, in Seoul) are read, whenever that happens. */
export const backfillSchema = z
  .strictObject({ from: daySchema, to: daySchema, sites: z.array(siteNameSchema).min(1).optional() })
  .refine(({ from, to }) => from <= to, 'from must not be after to');
export type Backfill = z.infer<typeof backfillSchema>;

/** How a run goes about its work. Each is a parameter of the deployment, and each may be given with one run. */
export const settingsSchema = z.strictObject({
  keywordSetName: keywordSetNameSchema,
  environment: environmentSchema,
  /** `sync`: the state machine waits for each function. `async`: it sends events and waits for completion markers. */
  invocation: z.enum(['sync', 'async']),
  /** Every search function takes every search. */
  searchFunctions: z.array(functionNameSchema).min(1).max(10),
  /** Parts are dealt to the detail functions in turn. */
  detailFunctions: z.array(functionNameSchema).min(1).max(10),
  /** Posts that one Extract invocation reads. */
  detailBatchSize: z.number().int().min(1).max(100),
  /** Functions that run at once in each of the two phases. */
  maxConcurrency: z.number().int().min(1).max(40),
});
export type Settings = z.infer<typeof settingsSchema>;
