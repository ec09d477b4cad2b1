import { gunzipSync } from 'node:zlib';
import type * as z from 'zod';
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
}

/** A text beyond this is no upload: collectors send 200 posts or 20,000 comments at most in one. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/**
 * Reads the two gzip NDJSON files of an upload of `site`. A line is refused, too, when it is of another site, comes twice, or is a
 * comment without its post. @throws UnreadableUploadError when a file is no gzip, no UTF-8 or too large.
 */
export function readUpload(site: string, postFile: Uint8Array, commentFile: Uint8Array): UploadContent {
  const refused: RefusedRecord[] = [];
  const posts = new Map<string, PostRecord>();
  for (const line of linesOf('post', postFile)) {
    const read = recordOf(line, postRecordSchema, site);
    if ('reason' in read) refused.push({ table: 'post', ...read });
    else if (posts.has(postId(read))) refused.push({ table: 'post', reason: 'the post comes twice in the upload', record: read });
    else posts.set(postId(read), read);
  }
  const comments = new Map<string, CommentRecord>();
  for (const line of linesOf('comment', commentFile)) {
    const read = recordOf(line, commentRecordSchema, site);
    if ('reason' in read) {
      refused.push({ table: 'comment', ...read });
      continue;
    }
    const id = `${postId(read)}#${read.comment_id}`;
    const reason = !posts.has(postId(read)) ? 'its post is not in the upload' : 'the comment comes twice in the upload';
    if (posts.has(postId(read)) && !comments.has(id)) comments.set(id, read);
    else refused.push({ table: 'comment', reason, record: read });
  }
  return { posts: [...posts.values()], comments: [...comments.values()], refused };
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

function recordOf<T extends PostKey>(line: string, schema: z.ZodType<T>, site: string): T | { reason: string; record: unknown } {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return { reason: 'the line is no JSON', record: line };
  }
  const parsed = schema.safeParse(record);
  if (!parsed.success) return { reason: reasonOf(parsed.error.issues), record };
  return parsed.data.site === site ? parsed.data : { reason: `site: the upload is of ${site}`, record };
}
