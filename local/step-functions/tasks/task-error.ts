/** How a task fails: `name` is what Retry and Catch match, `message` becomes the Cause. */
export class TaskError extends Error {
  override readonly name: string;
  /** Read by the runner. */
  readonly isRetryable: boolean;
  /** Read by the runner. */
  readonly isCatchable: boolean;
  constructor(name: string, cause: string, { terminal = false }: { terminal?: boolean } = {}) {
    super(cause);
    this.name = name;
    this.isRetryable = !terminal;
    this.isCatchable = !terminal;
  }
}

/**
 * Why a task's signal aborts when its state times out. Step Functions then cancels nothing of a `.sync` integration: it does when the
 * execution is stopped, or fails beside it (guide, "Run a Job (.sync)").
 */
export class StateTimedOut extends Error {}

/** Whether what was started has to be cancelled. */
export function endsTheWork({ aborted, reason }: AbortSignal): boolean {
  return aborted && !(reason instanceof StateTimedOut);
}

/** Step Functions' quota for the input and output of a state (UTF-8 bytes). */
export const MAX_DATA_BYTES = 262_144;

export const DATA_LIMIT_ERROR = 'States.DataLimitExceeded';

/** As AWS words it; no Retry and no Catch of States.ALL sees it. */
export function dataLimitCause(stateName: string, what: 'input' | 'output'): string {
  return `The state/task '${stateName}' ${what === 'input' ? 'received an input' : 'returned a result'} with a size exceeding the maximum number of bytes service limit (${MAX_DATA_BYTES}).`;
}

export function isTooLarge(value: unknown): boolean {
  return value !== undefined && Buffer.byteLength(JSON.stringify(value)) > MAX_DATA_BYTES;
}
