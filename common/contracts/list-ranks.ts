import * as z from 'zod';
import { batchSchema } from './batch.ts';
import { postKeySchema, siteNameSchema } from './records.ts';

/** rank/<batch>/<part>.json: the posts of a board's list as one search saw it, from the top. */
export const listRanksSchema = z.strictObject({
  batch: batchSchema,
  site: siteNameSchema,
  posts: z.array(postKeySchema.omit({ site: true })).max(10_000),
});
export type ListRanks = z.infer<typeof listRanksSchema>;
