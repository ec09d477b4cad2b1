import { Temporal } from 'temporal-polyfill';
import { utcText } from '../../../common/clock.ts';
import type { Part } from '../../../common/contracts/plan.ts';
import type { PostKey, PostRecord } from '../../../common/contracts/records.ts';
import { postId, type PostState, type StateChange } from '../crawl/crawl-state.ts';
import { nextReading, nextTry, paceOf } from '../crawl/freshness.ts';

export type PlannedPost = Part['posts'][number];

/** The posts of a part, each once. */
export function eachOnce(posts: readonly PlannedPost[]): PlannedPost[] {
  return [...new Map(posts.map((post) => [postId(post), post])).values()];
}

/** A post as manifests name it. */
export function subjectOf({ site, board, post_id }: PostKey): string {
  return `${site}/${board}/${post_id}`;
}

export type Attempt = { readonly post: PlannedPost; readonly at: Temporal.Instant; readonly known: PostState | undefined };

/** A reading that lacks more than this share of its comments is made good soon … */
const SMALL_SHARE = 0.02;
/** … so many times in a row: some sites count comments that they never show. */
const EXTRA_READINGS = 2;

export interface Reading {
  readonly record: PostRecord;
  readonly missingRows: number;
  readonly known: PostState | undefined;
  /** A backfill reads a post once. */
  readonly isBackfill: boolean;
}

/** After a reading: due again as freshness says, or done; sooner when much of its comments did not come. */
export function afterReading({ record, missingRows, known, isBackfill }: Reading): StateChange {
  const at = Temporal.Instant.from(record.collected_at);
  const createdAt = Temporal.Instant.from(record.created_at);
  const matched = record.keywords.length > 0;
  const pace = paceOf(createdAt, { at, commentCount: record.comment_count }, previousReading(known, record.collected_at));
  const regular = isBackfill ? null : nextReading({ createdAt, matched }, at, pace);

  const failures = missingRows > record.comment_count * SMALL_SHARE ? (known?.failures ?? 0) + 1 : 0;
  const again = failures > 0 && failures <= EXTRA_READINGS ? nextTry(at, failures) : null;
  const next = earlier(regular, again);
  return {
    site: record.site,
    board: record.board,
    post_id: record.post_id,
    url: record.url,
    ...(next ? { status: 'due', next_due_at: utcText(next) } : { status: 'done' }),
    last_checked_at: record.collected_at,
    created_at: record.created_at,
    comment_count: record.comment_count,
    pace,
    failures: again === null ? 0 : failures,
    matched,
  };
}

/** After an attempt that found nothing to read, and never will. */
export function afterLoss({ post, at, known }: Attempt, status: 'gone' | 'refused'): StateChange {
  return {
    ...post,
    status,
    last_checked_at: utcText(at),
    comment_count: known?.comment_count ?? 0,
    pace: 0,
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
    pace: known?.pace ?? 0,
    failures,
    matched: known?.matched ?? false,
  };
}

function previousReading(known: PostState | undefined, before: string) {
  if (known?.last_checked_at === undefined || known.last_checked_at >= before) return null;
  return { at: Temporal.Instant.from(known.last_checked_at), commentCount: known.comment_count };
}

function earlier(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null {
  if (one === null || other === null) return one ?? other;
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}
