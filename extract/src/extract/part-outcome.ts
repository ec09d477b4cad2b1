import type { Problem } from '../../../common/contracts/manifest.ts';
import type { CommentRecord, GoneRecord, PostRecord } from '../../../common/contracts/records.ts';
import { problem } from '../../../common/manifests.ts';
import type { PostState, StateChange } from '../crawl/crawl-state.ts';
import type { PostReading } from './post-reading.ts';
import type { Records, RefusedRecord } from './records.ts';
import { afterFailure, afterReading, subjectOf, type PlannedPost } from './state-changes.ts';

/**
 * What became of a part's posts: each is among posts, gone, failed, refused or undone. `layoutChanged` are those of the failed whose page
 * was not understood; `undone` are those that were not reached and stay due.
 */
export interface PartOutcome {
  readonly posts: PostRecord[];
  readonly comments: CommentRecord[];
  readonly gone: GoneRecord[];
  readonly refusedRecords: RefusedRecord[];
  readonly changes: StateChange[];
  readonly problems: Problem[];
  readonly counts: { gone: number; failed: number; refused: number; undone: number; layoutChanged: number };
}

/** The outcome of a part of which no post was tried. */
export function nothingYet(): PartOutcome {
  return {
    posts: [],
    comments: [],
    gone: [],
    refusedRecords: [],
    changes: [],
    problems: [],
    counts: { gone: 0, failed: 0, refused: 0, undone: 0, layoutChanged: 0 },
  };
}

/** Adds what one reading gave. A post whose record the contract refuses is a failed one. */
export function addReading(
  outcome: PartOutcome,
  { post, reading, records, known, isBackfill }: ReadPost & { isBackfill: boolean; known: PostState | undefined },
): void {
  if (records.post) {
    outcome.posts.push(records.post);
    // Comments that robots.txt refuses will not come sooner.
    const missingRows = reading.refusal === null ? reading.missingRows : 0;
    outcome.changes.push(afterReading({ record: records.post, missingRows, known, isBackfill }));
  } else {
    outcome.counts.failed += 1;
    outcome.changes.push(afterFailure({ post, at: reading.collectedAt, known }));
  }
  outcome.comments.push(...records.comments);
  outcome.refusedRecords.push(...records.refused);
  outcome.problems.push(...shortcomings(reading, subjectOf(post)));
}

interface ReadPost {
  readonly post: PlannedPost;
  readonly reading: PostReading;
  readonly records: Records;
}

/** What a reading lacks, as problems of a manifest. */
export function shortcomings({ missingRows, refusal, post }: PostReading, subject: string): Problem[] {
  if (refusal !== null) return [problem('refused', `comments of ${subject}`, refusal)];
  return missingRows > 0 ? [problem('comments_missing', subject, `${missingRows} of ${post.commentCount} comments did not come`)] : [];
}
