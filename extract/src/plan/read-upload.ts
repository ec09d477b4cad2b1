import { gunzipSync } from 'node:zlib';
import type { Temporal } from 'temporal-polyfill';
import type * as z from 'zod';
import { utcText } from '../../../common/clock.ts';
import {
  commentRecordSchema,
  postRecordSchema,
  type CommentRecord,
  type PostKey,
  type PostRecord,
} from '../../../common/contracts/records.ts';
import { SkipItemError } from '../../../common/errors.ts';
import { postId } from '../crawl/crawl-state.ts';
import { reasonOf, type RefusedRecord } from '../extract/records.ts';

/** An upload that is none of a collector's: set aside for a person to look at. */
export class UnreadableUploadError extends SkipItemError {
  override readonly name = 'UnreadableUploadError';
}

/** What an upload holds, each line held against its contract; what a contract refuses stands in `refused`, with the reason. */
export interface UploadContent {
  readonly posts: readonly PostRecord[];
  readonly comments: readonly CommentRecord[];
  readonly refused: readonly RefusedRecord[];
  /** Lines by the field that the contract does not know: a newer collector wrote it. It is left out. */
  readonly unknownFields: ReadonlyMap<string, number>;
}

/** A text beyond this is no upload: collectors send 200 posts or 20,000 comments at most in one. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** How far a collector's clock may be ahead: half of what the load takes for a reading of the future (load/sql/gates/post_values.sql). */
const MOST_MINUTES_AHEAD = 30;

/**
 * Reads the two gzip NDJSON files of an upload of `site`. A line is refused, too, when it is of another site, comes twice, was read later than
 * `now` (the collector's clock is ahead), or is a comment without its post. @throws UnreadableUploadError when a file is no gzip, no UTF-8 or too large.
 */
export function readUpload(site: string, now: Temporal.Instant, postFile: Uint8Array, commentFile: Uint8Array): UploadContent {
  const latest = utcText(now.add({ minutes: MOST_MINUTES_AHEAD }));
  const unknownFields = new Map<string, number>();
  const refused: RefusedRecord[] = [];
  const posts = new Map<string, PostRecord>();
  for (const line of linesOf('post', postFile)) {
    const read = recordOf(line, postRecordSchema, { site, latest, unknownFields });
    if ('reason' in read) refused.push({ table: 'post', ...read });
    else if (posts.has(postId(read))) refused.push({ table: 'post', reason: 'the post comes twice in the upload', record: read });
    else posts.set(postId(read), read);
  }
  const comments = new Map<string, CommentRecord>();
  for (const line of linesOf('comment', commentFile)) {
    const read = recordOf(line, commentRecordSchema, { site, latest, unknownFields });
    if ('reason' in read) {
      refused.push({ table: 'comment', ...read });
      continue;
    }
    const id = `${postId(read)}#${read.comment_id}`;
    const reason = !posts.has(postId(read)) ? 'its post is not in the upload' : 'the comment comes twice in the upload';
    if (posts.has(postId(read)) && !comments.has(id)) comments.set(id, read);
    else refused.push({ table: 'comment', reason, record: read });
  }
  return { posts: [...posts.values()], comments: [...comments.values()], refused, unknownFields };
}

function linesOf(table: string, file: Uint8Array): string[] {
  try {
    const text = gunzipSync(file, { maxOutputLength: MAX_TEXT_BYTES });
    return new TextDecoder('utf-8', { fatal: true }).decode(text).split('\n').filter(Boolean);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableUploadError(`its ${table} file cannot be read: ${why}`, { cause });
  }
}

interface Expected {
  readonly site: string;
  /** A reading later than this is one of the future; instants of records sort as text. */
  readonly latest: string;
  readonly unknownFields: Map<string, number>;
}

function recordOf<T extends PostKey & { readonly collected_at: string }>(
  line: string,
  schema: z.ZodObject & z.ZodType<T>,
  { site, latest, unknownFields }: Expected,
): T | { reason: string; record: unknown } {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return { reason: 'the line is no JSON', record: line };
  }
  const parsed = schema.strip().safeParse(record);
  if (!parsed.success) return { reason: reasonOf(parsed.error.issues), record };
  const read = parsed.data as T;
  for (const name of Object.keys(record as object).filter((key) => !(key in schema.shape)))
    unknownFields.set(name, (unknownFields.get(name) ?? 0) + 1);
  if (read.site !== site) return { reason: `site: the upload is of ${site}`, record };
  if (read.collected_at <= latest) return read;
  return { reason: `collected_at: ${read.collected_at} lies ahead of this run; set the clock of the collector`, record };
}
