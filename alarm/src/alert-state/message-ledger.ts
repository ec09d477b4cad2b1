/** Real time in epoch milliseconds and a random token: who holds a claim, and until when nobody else may take it. */
export interface Lease {
  readonly owner: string;
  readonly now: number;
  readonly until: number;
}

export interface LedgerEntry {
  readonly key: string;
  /** The run that made the message. */
  readonly batch: string;
  /** What is needed to send and to store it later, as JSON text. */
  readonly payload: string;
}

/** `ours`: send `payload` now; `mayRepeat` when an earlier holder may have reached Slack. `held`: another holder is at it. `done`: nothing to send. */
export type Taken =
  | { readonly kind: 'ours'; readonly payload: string; readonly mayRepeat: boolean }
  | { readonly kind: 'held'; readonly until: number }
  | { readonly kind: 'done' };

/** A message that is not at its end: not sent (`claimed`), or sent and not yet in the warehouse (`sent`). */
export interface UnfinishedEntry extends LedgerEntry {
  readonly status: 'claimed' | 'sent';
  readonly sentAt: string;
  readonly repeated: boolean;
}

/**
 * Which messages were claimed, sent and stored: claim → take → send → record → store, each step one conditional write.
 * A message is sent by one holder at a time; a holder that dies leaves a claim that the next one takes over.
 */
export interface MessageLedger {
  /** Claims a message that nobody has claimed; changes nothing otherwise. `listed`: `unfinished` names it until it is stored. */
  claim(entry: LedgerEntry, options: { readonly listed: boolean }): Promise<void>;
  /** Takes the right to send until the lease ends. From here on the message counts as possibly sent. */
  take(key: string, lease: Lease): Promise<Taken>;
  /** Moves the end of one's own lease. False when another has taken over: do not send. */
  renew(key: string, lease: Lease): Promise<boolean>;
  /** Gives one's right back, so that the next try need not wait; `mayRepeat`: whether Slack may have taken the message all the same. */
  release(key: string, owner: string, options: { readonly mayRepeat: boolean }): Promise<void>;
  /** Slack took it. `store`: false when the warehouse need not hold it. */
  recordSent(key: string, sent: { readonly sentAt: string; readonly repeated: boolean; readonly store: boolean }): Promise<void>;
  /** No message of its own is needed: one of a higher level says it. Leaves what is sent, or being sent, as it is. */
  cover(entry: LedgerEntry & { readonly now: number }): Promise<void>;
  markStored(key: string): Promise<void>;
  /** Oldest first. May miss what was written in the last seconds (an index is read); that is found by the next run. */
  unfinished(): Promise<UnfinishedEntry[]>;
}
