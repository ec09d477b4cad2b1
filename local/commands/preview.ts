import { alertKey } from '../../alarm/src/alarm/alert.ts';
import type { Candidate } from './preview-candidates.ts';
import { withinLimit } from '../../alarm/src/levels/within-limit.ts';
import { instantOf, type Batch } from '../../common/contracts/batch.ts';

/** A message that the rule would have sent; `sentAt` is the time of its batch. */
export interface PreviewedMessage extends Candidate {
  readonly batch: Batch;
}

/** `withheld`: posts that the day's limit kept back in some batch, and that no later one sent. */
export interface Preview {
  readonly messages: readonly PreviewedMessage[];
  readonly withheld: number;
}

/** A message that really went out before the batches that are previewed. `sentAt` in epoch milliseconds. */
export interface ToldBefore {
  readonly key: string;
  readonly sentAt: number;
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Plays the alarm's rule over batches in their order: each level of each post once, hot never after critical, the day's limit. Mutes, routes and
 * quiet hours are left out.
 */
export function previewAlerts(
  batches: readonly { readonly batch: Batch; readonly candidates: readonly Candidate[] }[],
  before: readonly ToldBefore[],
  maxAlertsPerDay: number,
): Preview {
  const told = new Map(before.map(({ key, sentAt }) => [key, sentAt]));
  const messages: PreviewedMessage[] = [];
  const withheld = new Set<string>();
  for (const { batch, candidates } of batches) {
    const now = instantOf(batch).epochMilliseconds;
    const due = candidates.filter((post) => !told.has(alertKey(post, 'critical')) && !told.has(alertKey(post, post.level)));
    const sentLastDay = [...told.values()].filter((sentAt) => sentAt > now - DAY_MILLISECONDS).length;
    const limited = withinLimit(due, sentLastDay, new Set(), maxAlertsPerDay);
    for (const post of limited.admitted) {
      told.set(alertKey(post, post.level), now);
      messages.push({ ...post, batch });
    }
    for (const post of limited.withheld) withheld.add(alertKey(post, 'hot'));
  }
  const sent = new Set(messages.map((post) => alertKey(post, 'hot')));
  return { messages, withheld: [...withheld].filter((key) => !sent.has(key)).length };
}
