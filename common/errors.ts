import type { Temporal } from 'temporal-polyfill';

/*
 * Errors are named by what the caller must do. Each class sets `name` itself, because minifiers rename classes and the
 * state machine matches on the name. A message is: the value, then what to do.
 */

/** The same call may succeed later; the state machine retries. */
export abstract class RetryableError extends Error {}

/** This item cannot succeed; skip it, count it, go on. */
export abstract class SkipItemError extends Error {}

/** Nothing may go on before a person acts; the run fails. */
export abstract class StopRunError extends Error {}

export class InvalidEventError extends StopRunError {
  override readonly name = 'InvalidEventError';
}

export class EnvironmentError extends StopRunError {
  override readonly name = 'EnvironmentError';
}

export class UnknownSiteError extends StopRunError {
  override readonly name = 'UnknownSiteError';
}

export class MissingObjectError extends StopRunError {
  override readonly name = 'MissingObjectError';
}

/** An object in a bucket is there but does not satisfy its contract. */
export class InvalidObjectError extends StopRunError {
  override readonly name = 'InvalidObjectError';
}

/** A run had something to read, and not one list and not one post of it could be read. */
export class NothingReadError extends StopRunError {
  override readonly name = 'NothingReadError';
}

/** The time was over before all parts of a batch had been read again; what is done stays done. */
export class ReparseUnfinishedError extends RetryableError {
  override readonly name = 'ReparseUnfinishedError';
  /** The part to go on with. */
  readonly next: string;
  constructor(batch: string, done: number, all: number, next: string) {
    super(`${done} of ${all} parts of ${batch} are read again, and stay so; go on with the same event and "from": "${next}"`);
    this.next = next;
  }
}

export class WarehouseError extends RetryableError {
  override readonly name = 'WarehouseError';
}

/** A site asks us to wait longer than this task may live. */
export class HostBusyError extends RetryableError {
  override readonly name = 'HostBusyError';
  constructor(host: string, until: Temporal.Instant) {
    super(`${host} asks us to wait until ${until.toString()}; what is unread stays due`);
  }
}

/** A host keeps us out (403, 406, 429, 430 or a challenge page): nothing of it is read before `until`. */
export class HostBannedError extends RetryableError {
  override readonly name = 'HostBannedError';
  readonly host: string;
  readonly status: number;
  readonly until: Temporal.Instant;

  constructor(host: string, status: number, until: Temporal.Instant) {
    super(`${host} keeps us out (${status}); it is left alone until ${until.toString()}, what is unread stays due`);
    this.host = host;
    this.status = status;
    this.until = until;
  }
}

export class PageFetchError extends SkipItemError {
  override readonly name = 'PageFetchError';
}

export class LayoutChangedError extends SkipItemError {
  override readonly name = 'LayoutChangedError';
}

export class PostGoneError extends SkipItemError {
  override readonly name = 'PostGoneError';
  /** False when it is only inferred from parts that a page lacks: a page whose layout has changed can look the same. */
  readonly certain: boolean;
  constructor(message: string, { certain = true }: { certain?: boolean } = {}) {
    super(message);
    this.certain = certain;
  }
}

export class RefusedByRobotsError extends SkipItemError {
  override readonly name = 'RefusedByRobotsError';
}

export class MessageRefusedError extends StopRunError {
  override readonly name = 'MessageRefusedError';
}

export class MessageBusyError extends RetryableError {
  override readonly name = 'MessageBusyError';
}
