import { randomUUID } from 'node:crypto';
import type { MessageLedger } from '../alert-state/message-ledger.ts';
import type { SlackMessage } from '../slack/blocks.ts';
import type { Destination } from '../routes/alert-routes.ts';
import type { Channels } from './channel.ts';
import { ATTEMPT_TIMEOUT_MILLISECONDS, postMessage, type PostOutcome } from './post-message.ts';

export interface SendOnceDependencies {
  readonly ledger: MessageLedger;
  readonly channels: Pick<Channels, 'to'>;
  /** Real time in epoch milliseconds: leases run on it. */
  realNow(): number;
  /** Domain time as UTC text: when a message was sent, as records hold it. */
  domainNow(): string;
}

/** A claim that this invocation holds, with what is needed to write its message. */
export interface HeldClaim {
  readonly key: string;
  readonly payload: string;
  /** An earlier holder, or an earlier attempt, may have reached the reader. */
  readonly mayRepeat: boolean;
}

export interface SendOnceOptions {
  /** Claims that one message speaks of. */
  readonly keys: readonly string[];
  readonly to: Destination;
  /** Whether the warehouse is to hold them after they were sent. */
  readonly store: boolean;
  remainingMilliseconds(): number;
  /** The message about what is held; at least one. */
  message(claims: readonly HeldClaim[]): SlackMessage;
}

/** `repeated`: of the claims that were sent, those that may be repeats. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly sent: number; readonly repeated: number }
  | { readonly kind: 'nothing-to-send' }
  | Exclude<PostOutcome, { kind: 'accepted' }>;

/** How far a lease outlives an attempt: more than a slow write of the outcome takes. */
const LEASE_MARGIN_MILLISECONDS = 4000;
/** Slack's words for a message it cannot draw; any other refusal is about the webhook and meets every message. */
const ABOUT_THE_BLOCKS = ['invalid_blocks', 'invalid_blocks_format', 'invalid_payload', 'msg_blocks_too_long', 'msg_too_long'];

/**
 * Sends claimed messages once, as one: take → post → record. While another invocation holds a claim, waits for its lease to end (seconds),
 * as the holder may have been killed; then that claim goes out marked as a possible repeat.
 */
export async function sendOnce(options: SendOnceOptions, deps: SendOnceDependencies): Promise<SendOutcome> {
  const owner = randomUUID();
  const claims: HeldClaim[] = [];
  for (const key of options.keys) {
    const taken = await takeInTime(key, owner, options, deps);
    if (taken) claims.push(taken);
  }
  if (claims.length === 0) return { kind: 'nothing-to-send' };

  const outcome = await postClaims(claims, owner, options, deps);
  if (outcome.kind === 'accepted') {
    const sent = claims.map(({ key, mayRepeat }) => ({ key, repeated: mayRepeat || outcome.repeated }));
    for (const { key, repeated } of sent) await deps.ledger.recordSent(key, { sentAt: deps.domainNow(), repeated, store: options.store });
    return { kind: 'sent', sent: sent.length, repeated: sent.filter(({ repeated }) => repeated).length };
  }
  const arrived = outcome.kind === 'busy' && outcome.arrived === 'perhaps';
  for (const { key, mayRepeat } of claims) await deps.ledger.release(key, owner, { mayRepeat: mayRepeat || arrived });
  return outcome;
}

/** Nothing is lost by leaving a claim that another holds: it stays listed, and the next run takes it over. */
async function takeInTime(key: string, owner: string, options: SendOnceOptions, deps: SendOnceDependencies): Promise<HeldClaim | null> {
  const take = () => deps.ledger.take(key, leaseOf(owner, ATTEMPT_TIMEOUT_MILLISECONDS, deps));
  let taken = await take();
  while (taken.kind === 'held') {
    const wait = Math.max(100, taken.until - deps.realNow() + 1);
    if (wait + 2 * ATTEMPT_TIMEOUT_MILLISECONDS > options.remainingMilliseconds()) return null;
    await deps.channels.to(options.to).sleep(Math.min(wait, 1000));
    taken = await take();
  }
  return taken.kind === 'ours' ? { key, payload: taken.payload, mayRepeat: taken.mayRepeat } : null;
}

async function postClaims(
  claims: readonly HeldClaim[],
  owner: string,
  options: SendOnceOptions,
  deps: SendOnceDependencies,
): Promise<PostOutcome> {
  const attempts = {
    remainingMilliseconds: () => options.remainingMilliseconds(),
    mayGoOnFor: async (milliseconds: number) => {
      const renewed = await Promise.all(claims.map(({ key }) => deps.ledger.renew(key, leaseOf(owner, milliseconds, deps))));
      return renewed.every(Boolean);
    },
  };
  const messageFor = (mayHaveArrived: boolean) =>
    options.message(claims.map((claim) => ({ ...claim, mayRepeat: claim.mayRepeat || mayHaveArrived })));
  const channel = deps.channels.to(options.to);
  const outcome = await postMessage(messageFor, channel, attempts);
  if (outcome.kind !== 'refused' || !ABOUT_THE_BLOCKS.includes(outcome.word)) return outcome;
  // A warning without its blocks is better than none.
  return postMessage((mayHaveArrived) => ({ text: messageFor(mayHaveArrived).text }), channel, attempts);
}

function leaseOf(owner: string, milliseconds: number, deps: SendOnceDependencies) {
  const now = deps.realNow();
  return { owner, now, until: now + milliseconds + LEASE_MARGIN_MILLISECONDS };
}
