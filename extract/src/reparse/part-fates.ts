import type { Manifest, Problem } from '../../../common/contracts/manifest.ts';
import type { Part } from '../../../common/contracts/plan.ts';
import { subjectOf, type PlannedPost } from '../extract/state-changes.ts';

/** What became of the posts that brought no record of their own. */
export interface Fates {
  /** No page is kept of them. */
  readonly missing: PlannedPost[];
  /** Their page cannot be read today. */
  readonly failed: PlannedPost[];
  /** Their page says that there is no post. */
  readonly gone: PlannedPost[];
  readonly problems: Problem[];
  /** Those of the failed whose page is not understood, and of which nothing is stored. */
  layoutChanged: number;
}

interface Outcome {
  readonly posts: readonly { site: string; board: string; post_id: string }[];
  readonly comments: readonly unknown[];
  readonly refused: readonly unknown[];
  readonly fates: Fates;
}

/** Of posts of which no page was kept, these are the ones that failed; others were gone or not reached. */
const FETCH_FAILURES = new Set(['PageFetchError', 'HostBannedError']);

/**
 * The manifest of a part after it was read again: what today's parsers made of it, and for posts without a page what Extract once said.
 * As there, each planned post is among posts, gone, failed, refused or undone.
 */
export function manifestOf(part: Part, before: Manifest | null, { posts, comments, refused, fates }: Outcome): Manifest {
  const stored = new Set(posts.map(subjectOf));
  const isStored = (post: PlannedPost) => stored.has(subjectOf(post));
  const absent = fates.missing.filter((post) => !isStored(post));
  const told = (before?.problems ?? []).filter(({ subject }) => absent.some((post) => subjectOf(post) === subject));
  const isTold = (post: PlannedPost, of: (kind: string) => boolean) =>
    told.some(({ kind, subject }) => subject === subjectOf(post) && of(kind));

  const refusedPosts = absent.filter((post) => isTold(post, (kind) => kind === 'refused')).length;
  const fetchFailures = absent.filter((post) => isTold(post, (kind) => FETCH_FAILURES.has(kind))).length;
  const others = absent.length - refusedPosts - fetchFailures;
  const undone = before === null ? others : Math.min(others, before.counts['undone'] ?? 0);
  return {
    batch: part.batch,
    stage: 'extract',
    part: part.part,
    site: part.site,
    counts: {
      posts: posts.length,
      comments: comments.length,
      gone: fates.gone.length + others - undone,
      failed: fates.failed.filter((post) => !isStored(post)).length + fetchFailures,
      refused: refusedPosts,
      undone,
      layoutChanged: fates.layoutChanged,
      quarantined: refused.length,
      requests: before?.counts['requests'] ?? 0,
    },
    problems: [...told, ...fates.problems],
  };
}

/** Why robots.txt kept comments of a post back when it was read; null when it did not. */
export function refusalOf(before: Manifest | null, post: PlannedPost): string | null {
  const subject = `comments of ${subjectOf(post)}`;
  return before?.problems.find((told) => told.kind === 'refused' && told.subject === subject)?.message ?? null;
}
