/** One execution, as DescribeExecution tells it. Instants are epoch milliseconds. */
export interface ExecutionRecord {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly startedAt: number;
  /** JSON text. */
  readonly input: string;
  readonly ending?: ExecutionEnding;
}

export type ExecutionEnding = { readonly stoppedAt: number } & ExecutionOutcome;

export type ExecutionOutcome =
  | { readonly status: 'SUCCEEDED'; /** JSON text. */ readonly output: string }
  | { readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; readonly error?: string; readonly cause?: string };

export type ExecutionStatus = 'RUNNING' | ExecutionOutcome['status'];

export function statusOf({ ending }: ExecutionRecord): ExecutionStatus {
  return ending?.status ?? 'RUNNING';
}
