import { Temporal } from 'temporal-polyfill';
import type { PostState } from '../crawl/crawl-state.ts';

/** What urgency looks at. */
export type Waiting = Pick<PostState, 'created_at' | 'next_due_at' | 'pace' | 'matched' | 'failures'>;

const MATCHED_FACTOR = 2;

/**
 * How urgently a post wants to be read at `now`, for comparison only: the more comments come in an hour (`pace`), the younger it is
 * (a new one counts as just written), twice when it matches a keyword. It grows while a post waits, so that none waits for ever,
 * and shrinks with failures, so that a broken one does not keep others waiting.
 */
export function urgency(post: Waiting, now: Temporal.Instant): number {
  const age = hoursSince(post.created_at, now);
  const overdue = hoursSince(post.next_due_at, now);
  return ((post.matched ? MATCHED_FACTOR : 1) * (1 + post.pace) * (1 + overdue)) / ((1 + age) * (1 + post.failures));
}

function hoursSince(text: string | undefined, now: Temporal.Instant): number {
  if (text === undefined) return 0;
  return Math.max(0, (now.epochMilliseconds - Temporal.Instant.from(text).epochMilliseconds) / 3_600_000);
}
