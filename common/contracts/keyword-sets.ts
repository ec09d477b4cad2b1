import * as z from 'zod';

/**
 * config/keyword-sets.json: by name, what a team watches.
 * `keywords`: each with its spellings (matched without regard to case and spacing); `negative`: words that veto a match;
 * `boards`: watched boards as `<site>/<board>`; `search: false` watches these alone, and leaves the search of their sites unused.
 */
const keywordSetSchema = z.strictObject({
  keywords: z
    .array(z.strictObject({ name: z.string().min(1).max(40), spellings: z.array(z.string().min(1)).min(1) }))
    .min(1)
    .max(40),
  negative: z.array(z.string().min(1)),
  boards: z.array(z.string().regex(/^[a-z][a-z0-9_]{1,31}\/[A-Za-z0-9_]{1,64}$/, 'must be <site>/<board>')),
  search: z.boolean().optional(),
});
export type KeywordSet = z.infer<typeof keywordSetSchema>;

export const keywordSetsSchema = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), keywordSetSchema);
export type KeywordSets = z.infer<typeof keywordSetsSchema>;
