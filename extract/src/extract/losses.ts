import type { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError, RefusedByRobotsError } from '../../../common/errors.ts';
import { utcText } from '../../../common/clock.ts';
import { problem } from '../../../common/manifests.ts';
import { postId, type PostState } from '../crawl/crawl-state.ts';
import type { PartOutcome } from './part-outcome.ts';
import { afterFailure, afterLoss, subjectOf, type PlannedPost } from './state-changes.ts';

/** Why a post brought no record. */
export interface Failure {
  readonly error: Error;
}

/** A post that brought no record when it was read. */
export interface Loss extends Failure {
  readonly post: PlannedPost;
  readonly at: Temporal.Instant;
}

/** So many posts of a part must look gone before the site is suspected, and more than half of those that were read. */
const SUSPICIOUS_LOSSES = 3;

/** Counts losses, plans what follows from each, and names them in the manifest. */
export function addLosses(outcome: PartOutcome, losses: readonly Loss[], known: ReadonlyMap<string, PostState>): void {
  for (const { post, at, error } of judged(losses, outcome.posts.length)) {
    const attempt = { post, at, known: known.get(postId(post)) };
    if (error instanceof PostGoneError) {
      outcome.counts.gone += 1;
      outcome.changes.push(afterLoss(attempt, 'gone'));
      const { site, board, post_id } = post;
      outcome.gone.push({ site, board, post_id, seen_at: utcText(at), evidence: error.certain ? 'said' : 'inferred' });
      continue;
    }
    const isRefused = error instanceof RefusedByRobotsError;
    outcome.counts[isRefused ? 'refused' : 'failed'] += 1;
    if (error instanceof LayoutChangedError) outcome.counts.layoutChanged += 1;
    outcome.changes.push(isRefused ? afterLoss(attempt, 'refused') : afterFailure(attempt));
    outcome.problems.push(problem(isRefused ? 'refused' : error.name, subjectOf(post), error.message));
  }
}

/**
 * Some sites show a blinded post as a page that lacks parts, and that is what a changed layout looks like, too. When most posts of a
 * part are gone in that way, it is the layout: they stay due.
 */
export function judged<T extends Failure>(losses: readonly T[], postsRead: number): readonly T[] {
  const isInferred = ({ error }: Failure) => error instanceof PostGoneError && !error.certain;
  const inferred = losses.filter(isInferred).length;
  const pages = postsRead + losses.filter(({ error }) => error instanceof PostGoneError || error instanceof LayoutChangedError).length;
  if (inferred < SUSPICIOUS_LOSSES || inferred * 2 <= pages) return losses;
  return losses.map((loss) =>
    isInferred(loss)
      ? { ...loss, error: new LayoutChangedError(`${loss.error.message}; so do most posts of this part: has the layout changed?`) }
      : loss,
  );
}
