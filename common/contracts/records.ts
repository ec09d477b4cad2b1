import * as z from 'zod';

const UTC_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** A UTC instant as text, to the second: `2026-11-20T05:00:00Z`. */
export const utcInstantSchema = z
  .string()
  .regex(UTC_INSTANT, 'must be UTC like 2026-11-20T05:00:00Z')
  .refine((text) => !UTC_INSTANT.test(text) || exists(text), 'must be a time that exists, like 2026-11-20T05:00:00Z');

export const siteNameSchema = z.string().regex(/^[a-z][a-z0-9_]{1,31}$/, 'must be a site name like bobaedream');

/** (site, board, post_id) is the key of a post: ids are unique only inside site and board. */
export const postKeySchema = z.strictObject({
  site: siteNameSchema,
  board: z.string().min(1).max(64),
  post_id: z.string().min(1).max(32),
});
export type PostKey = z.infer<typeof postKeySchema>;

const count = z.number().int().nonnegative();

/** One reading of a post, a line of raw/post/… */
export const postRecordSchema = z.strictObject({
  ...postKeySchema.shape,
  url: z.url().max(2048),
  title: z.string().min(1).max(2000),
  body: z.string().max(100_000),
  author_hash: z.string().regex(/^[0-9a-f]{32}$/),
  created_at: utcInstantSchema,
  collected_at: utcInstantSchema,
  views: count,
  likes: count,
  /** The number the page prints, deleted comments included where the site counts them. */
  comment_count: count,
  /** Keywords of the keyword set that title or body match; empty when none does. */
  keywords: z.array(z.string().min(1)),
  /** Whether the alarm may tell of the post; null in records of before, where a keyword decides. */
  may_alarm: z.boolean().nullable().default(null),
  /** Place on its board's list as this batch's search saw it, 1 = top; null when no list showed it. */
  list_rank: z.number().int().positive().nullable().default(null),
});
export type PostRecord = z.infer<typeof postRecordSchema>;

/** A post whose page said, or showed, that it is there no longer: a line of raw/gone/… It is loaded as it is, without the job. */
export const goneRecordSchema = z.strictObject({
  ...postKeySchema.shape,
  seen_at: utcInstantSchema,
  /** `said`: the site says so. `inferred`: its page lacks every part of a post. */
  evidence: z.enum(['said', 'inferred']),
});
export type GoneRecord = z.infer<typeof goneRecordSchema>;

/** One reading of a comment, a line of raw/comment/… ; `dislikes` is null where the site has none. */
export const commentRecordSchema = z.strictObject({
  ...postKeySchema.shape,
  comment_id: z.string().min(1).max(32),
  is_reply: z.boolean(),
  author_hash: z.string().regex(/^[0-9a-f]{32}$/),
  created_at: utcInstantSchema,
  collected_at: utcInstantSchema,
  body: z.string().max(100_000),
  likes: count,
  dislikes: count.nullable(),
});
export type CommentRecord = z.infer<typeof commentRecordSchema>;

/** Not the 31st of November, nor 24:61. */
function exists(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && `${time.toISOString().slice(0, 19)}Z` === text;
}
