import type { CommentRecord, PostRecord } from '../../../common/contracts/records.ts';

/** One post as read, with all its comments. */
export interface ReadRecords {
  readonly post: PostRecord;
  readonly comments: readonly CommentRecord[];
}

/** Where records go as they arrive. */
export interface RecordSink {
  /** Ends when the records are where they belong, or safely in memory: whoever waits for it goes no faster than the sink. */
  write(records: ReadRecords): Promise<void>;
  /** Brings out what is still in memory. Also called after a failure, to keep what there is. */
  close(): Promise<void>;
}

/** Our records as lines of NDJSON, the post first, each with its `type`. */
export function recordLines({ post, comments }: ReadRecords): string {
  const lines = comments.map((comment) => `${JSON.stringify({ type: 'comment', ...comment })}\n`);
  return `${JSON.stringify({ type: 'post', ...post })}\n${lines.join('')}`;
}
