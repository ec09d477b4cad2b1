import { randomUUID } from 'node:crypto';
import type { MessageLedger } from '../alert-state/message-ledger.ts';
import type { SlackMessage } from './blocks.ts';
import { ATTEMPT_TIMEOUT_MILLISECONDS, postMessage, type PostOutcome, type SlackConnection } from './post-message.ts';

export interface SendOnceDependencies {
  readonly ledger: MessageLedger;
  readonly slack: SlackConnection;
  /** Real time in epoch milliseconds: leases run on it. */
  realNow(): number;
  /** Domain time as UTC text: when a message was sent, as records hold it. */
  domainNow(): string;
}

export interface SendOnceOptions {
  readonly key: string;
  /** Whether the warehouse is to hold the message after it was sent. */
  readonly store: boolean;
  remainingMilliseconds(): number;
  /** The message from the claim's payload. */
  message(payload: string, mayRepeat: boolean): SlackMessage;
}

export type SendOutcome =
  { readonly kind: 'sent'; readonly repeated: boolean } | { readonly kind: 'nothing-to-send' } | Exclude<PostOutcome, { kind: 'accepted' }>;

/** How far a lease outlives an attempt: more than a slow write of the outcome takes. */
const LEASE_MARGIN_MILLISECONDS = 4000;
/** Slack's words for a message it cannot draw; any other refusal is about the webhook and meets every message. */
const ABOUT_THE_BLOCKS = ['invalid_blocks', 'invalid_blocks_format', 'invalid_payload'];

/**
 * Sends a claimed message once: take → post → record. While another invocation holds the claim, waits for its lease to end (seconds), as
 * the holder may have been killed; then the message goes out marked as a possible repeat.
 */
export async function sendOnce(options: SendOnceOptions, deps: SendOnceDependencies): Promise<SendOutcome> {
  const owner = randomUUID();
  const lease = (milliseconds: number) => {
    const now = deps.realNow();
    return { owner, now, until: now + milliseconds + LEASE_MARGIN_MILLISECONDS };
  };
  let taken = await deps.ledger.take(options.key, lease(ATTEMPT_TIMEOUT_MILLISECONDS));
  while (taken.kind === 'held') {
    const wait = Math.max(100, taken.until - deps.realNow() + 1);
    // Nothing is lost by leaving: the claim stays listed, and the next run takes it over.
    if (wait + 2 * ATTEMPT_TIMEOUT_MILLISECONDS > options.remainingMilliseconds()) return { kind: 'nothing-to-send' };
    await deps.slack.sleep(Math.min(wait, 1000));
    taken = await deps.ledger.take(options.key, lease(ATTEMPT_TIMEOUT_MILLISECONDS));
  }
  if (taken.kind === 'done') return { kind: 'nothing-to-send' };

  const { mayRepeat } = taken;
  const attempts = {
    remainingMilliseconds: () => options.remainingMilliseconds(),
    mayGoOnFor: (milliseconds: number) => deps.ledger.renew(options.key, lease(milliseconds)),
  };
  const { payload } = taken;
  const messageFor = (mayHaveArrived: boolean) => options.message(payload, mayRepeat || mayHaveArrived);
  let outcome = await postMessage(messageFor, deps.slack, attempts);
  if (outcome.kind === 'refused' && ABOUT_THE_BLOCKS.includes(outcome.word)) {
    // A warning without its blocks is better than none.
    outcome = await postMessage((mayHaveArrived) => ({ text: messageFor(mayHaveArrived).text }), deps.slack, attempts);
  }
  if (outcome.kind === 'accepted') {
    const repeated = mayRepeat || outcome.repeated;
    await deps.ledger.recordSent(options.key, { sentAt: deps.domainNow(), repeated, store: options.store });
    return { kind: 'sent', repeated };
  }
  const arrived = outcome.kind === 'busy' && outcome.arrived === 'perhaps';
  await deps.ledger.release(options.key, owner, { mayRepeat: mayRepeat || arrived });
  return outcome;
}
