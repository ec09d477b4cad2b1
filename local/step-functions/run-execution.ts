import { ExecutionAbortedError, ExecutionTimeoutError, StateMachine } from 'aws-local-stepfunctions';
import type { DeployedStateMachine } from '../template/application.ts';
import type { ExecutionOutcome, ExecutionRecord } from './execution.ts';
import type { PreparedMachine } from './prepare.ts';
import { taskHandlers } from './task-handlers.ts';
import { DATA_LIMIT_ERROR, dataLimitCause, isTooLarge } from './tasks/task-error.ts';
import type { TaskFunction } from './tasks/task-function.ts';

type Run = ReturnType<StateMachine['run']>;
export type RunnerEvent = Run['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;

export interface RunningExecution {
  /** Never rejects. Resolves when no task is at work any more. */
  readonly outcome: Promise<ExecutionOutcome>;
  /** What has happened so far, in the order in which it was heard of. */
  readonly events: readonly RunnerEvent[];
  /** Ends the execution and the work of its tasks; the first call counts. */
  stop(why: ExecutionOutcome): void;
}

export interface RunOptions {
  readonly machine: DeployedStateMachine;
  readonly prepared: PreparedMachine;
  readonly execution: ExecutionRecord;
  readonly taskOf: (resource: string) => TaskFunction;
}

export function runExecution({ machine, prepared, execution, taskOf }: RunOptions): RunningExecution {
  const stopping = new AbortController();
  const handlers = taskHandlers(prepared, taskOf, stopping.signal);
  const runner = new StateMachine(prepared.definition as never, { validationOptions: { noValidate: true } });
  const input = JSON.parse(execution.input) as Parameters<StateMachine['run']>[0];
  const run = runner.run(input, {
    overrides: { taskResourceLocalHandlers: handlers.byState },
    context: {
      Root: {
        Id: execution.executionArn,
        Input: input,
        Name: execution.name,
        RoleArn: machine.roleArn,
        StartTime: new Date(execution.startedAt).toISOString(),
        RedriveCount: 0,
      },
      StateMachine: { Id: machine.arn, Name: machine.name },
    },
  });

  const events: RunnerEvent[] = [];
  let why: ExecutionOutcome | undefined;
  const stop = (reason: ExecutionOutcome) => {
    why ??= reason;
    stopping.abort();
    run.abort();
  };
  const listening = listen(run.eventLogs, (event) => {
    events.push(event);
    const large = oversized(event);
    if (large) stop({ status: 'FAILED', error: DATA_LIMIT_ERROR, cause: dataLimitCause(large, 'output') });
  });

  const ended = async (): Promise<ExecutionOutcome> => {
    const outcome = await run.result.then<ExecutionOutcome, ExecutionOutcome>(
      (output) => ({ status: 'SUCCEEDED', output: JSON.stringify(output) }),
      (error: unknown) => why ?? failure(error),
    );
    stopping.abort(); // An execution that timed out leaves its tasks at work.
    await Promise.all([handlers.settled(), listening]);
    return why ?? outcome;
  };
  return { outcome: ended(), events, stop };
}

async function listen(log: Run['eventLogs'], hear: (event: RunnerEvent) => void): Promise<void> {
  for await (const event of log) hear(event);
}

/** The name of a state whose output is larger than AWS would carry to the next one. */
function oversized(event: RunnerEvent): string | undefined {
  return event.type === 'StateExited' && isTooLarge(event.state.output) ? event.state.name : undefined;
}

function failure(error: unknown): ExecutionOutcome {
  if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT' };
  if (error instanceof ExecutionAbortedError) return { status: 'ABORTED' };
  const { cause } = error as { cause?: Error };
  // The runner's own name for a Fail state that names no error.
  if (!cause || cause.name === 'FailStateError') return { status: 'FAILED' };
  return { status: 'FAILED', error: cause.name, cause: cause.message };
}
