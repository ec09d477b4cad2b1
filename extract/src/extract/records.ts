import type * as z from 'zod';
import { utcText } from '../../../common/clock.ts';
import type { Batch } from '../../../common/contracts/batch.ts';
import { commentRecordSchema, postRecordSchema, type CommentRecord, type PostRecord } from '../../../common/contracts/records.ts';
import type { PostWatch } from '../../../common/keywords.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { AuthorHash } from '../crawl/author-hash.ts';
import type { PostReading } from './post-reading.ts';

/** A line of quarantine/extract/…: what a contract refused, and why. */
export interface RefusedRecord {
  readonly table: 'post' | 'comment';
  readonly reason: string;
  readonly record: unknown;
}

/** What one reading gives; `post` is null when the contract refuses it, and then its comments are left out, which would be orphans. */
export interface Records {
  readonly post: PostRecord | null;
  readonly comments: readonly CommentRecord[];
  readonly refused: readonly RefusedRecord[];
}

/** What a site shows becomes our records: names hashed, times in UTC, keywords matched, each record held against its contract. */
export function recordsOf(
  { key, collectedAt, post, comments }: PostReading,
  { url, list_rank }: { readonly url: string; readonly list_rank: number | null },
  hash: AuthorHash,
  watch: PostWatch,
): Records {
  const collected_at = utcText(collectedAt);
  const keywords = watch.match(post.title, post.body);
  const candidate: PostRecord = {
    ...key,
    url,
    title: post.title,
    body: post.body,
    author_hash: hash(key.site, post.author),
    created_at: utcText(post.createdAt),
    collected_at,
    views: post.views,
    likes: post.likes,
    comment_count: post.commentCount,
    keywords,
    may_alarm: watch.mayAlarm(key, keywords),
    list_rank,
  };
  const checked = postRecordSchema.safeParse(candidate);
  if (!checked.success)
    return { post: null, comments: [], refused: [{ table: 'post', reason: reasonOf(checked.error.issues), record: candidate }] };

  const { accepted, refused } = commentRecords({ key, collectedAt, comments }, hash);
  return { post: checked.data, comments: accepted, refused };
}

/** The comments alone. */
export function commentRecords(
  { key, collectedAt, comments }: Pick<PostReading, 'key' | 'collectedAt' | 'comments'>,
  hash: AuthorHash,
): { accepted: CommentRecord[]; refused: RefusedRecord[] } {
  const collected_at = utcText(collectedAt);
  const accepted: CommentRecord[] = [];
  const refused: RefusedRecord[] = [];
  for (const comment of comments) {
    const record: CommentRecord = {
      ...key,
      comment_id: comment.commentId,
      is_reply: comment.isReply,
      author_hash: hash(key.site, comment.author),
      created_at: utcText(comment.createdAt),
      collected_at,
      body: comment.body,
      likes: comment.likes,
      dislikes: comment.dislikes,
    };
    const parsed = commentRecordSchema.safeParse(record);
    if (parsed.success) accepted.push(parsed.data);
    else refused.push({ table: 'comment', reason: reasonOf(parsed.error.issues), record });
  }
  return { accepted, refused };
}

/** Where a part's refused records lie. */
export function quarantineKey(batch: Batch, part: string): string {
  return `${objectKeys.quarantine('extract', batch)}${part}.ndjson.gz`;
}

/** The records of an NDJSON file of raw/. @throws ZodError when a line is none. */
export function linesOf<T>(text: string, schema: z.ZodType<T>): T[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => schema.parse(JSON.parse(line)));
}

/** Which fields a contract refuses, and why. */
export function reasonOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  return issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ');
}
