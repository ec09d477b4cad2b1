import { Temporal } from 'temporal-polyfill';
import { utcText } from '../../../common/clock.ts';
import type { Part } from '../../../common/contracts/plan.ts';
import type { PostRecord } from '../../../common/contracts/records.ts';
import type { PostState, StateChange } from '../crawl/crawl-state.ts';
import { nextReading, nextTry } from '../crawl/freshness.ts';

export type PlannedPost = Part['posts'][number];
export type Attempt = { readonly post: PlannedPost; readonly at: Temporal.Instant; readonly known: PostState | undefined };

/** After a reading: due again as freshness says, or done. */
export function afterReading(record: PostRecord, known: PostState | undefined): StateChange {
  const at = Temporal.Instant.from(record.collected_at);
  const previous =
    known?.last_checked_at === undefined || known.last_checked_at >= record.collected_at ? null : readingOf(known, known.last_checked_at);
  const next = nextReading(Temporal.Instant.from(record.created_at), { at, commentCount: record.comment_count }, previous);
  return {
    site: record.site,
    board: record.board,
    post_id: record.post_id,
    url: record.url,
    ...(next ? { status: 'due', next_due_at: utcText(next) } : { status: 'done' }),
    last_checked_at: record.collected_at,
    created_at: record.created_at,
    comment_count: record.comment_count,
    failures: 0,
    matched: record.keywords.length > 0,
  };
}

/** After an attempt that found nothing to read, and never will. */
export function afterLoss({ post, at, known }: Attempt, status: 'gone' | 'refused'): StateChange {
  return {
    ...post,
    status,
    last_checked_at: utcText(at),
    comment_count: known?.comment_count ?? 0,
    failures: 0,
    matched: known?.matched ?? false,
  };
}

/** After a failure: tried again later and later, given up after five in a row. */
export function afterFailure({ post, at, known }: Attempt): StateChange {
  const failures = (known?.failures ?? 0) + 1;
  const next = nextTry(at, failures);
  return {
    ...post,
    ...(next ? { status: 'due', next_due_at: utcText(next) } : { status: 'failed' }),
    last_checked_at: utcText(at),
    comment_count: known?.comment_count ?? 0,
    failures,
    matched: known?.matched ?? false,
  };
}

function readingOf(known: PostState, at: string) {
  return { at: Temporal.Instant.from(at), commentCount: known.comment_count };
}
