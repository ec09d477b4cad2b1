import type { StateMachine } from 'aws-local-stepfunctions';
import type { PreparedMachine } from './prepare.ts';
import { messageOf, plain } from './tasks/sdk-client.ts';
import { DATA_LIMIT_ERROR, dataLimitCause, isTooLarge, StateTimedOut, TaskError } from './tasks/task-error.ts';
import type { TaskFunction } from './tasks/task-function.ts';

type JsonValue = Parameters<StateMachine['run']>[0];

export interface TaskHandlers {
  /** One a Task state, by its name, as the runner wants them. */
  readonly byState: Readonly<Record<string, (input: JsonValue) => Promise<JsonValue>>>;
  /** Resolves when no task is at work any more. */
  settled(): Promise<void>;
}

/**
 * Gives every Task state its function, with what the runner leaves out: the size limits, and the end of the work itself when the
 * state times out or the execution is stopped.
 */
export function taskHandlers({ states }: PreparedMachine, taskOf: (resource: string) => TaskFunction, stop: AbortSignal): TaskHandlers {
  const atWork = new Set<Promise<void>>();
  const tasks = [...states.values()].filter(({ state }) => state.Type === 'Task');
  const byState = tasks.map(({ name, state }) => {
    const task = taskOf(String(state['Resource']));
    const milliseconds = Number(state['TimeoutSeconds']) * 1000;
    const handler = async (input: JsonValue) => {
      // After an abort the runner goes through the remaining retries at once; none of them may start anything.
      if (stop.aborted) throw stopped();
      assertSize(name, 'input', input);
      const work = inTime(task, input as Record<string, unknown>, milliseconds, stop);
      const settled: Promise<void> = work.then(ignore, ignore).then(() => void atWork.delete(settled));
      atWork.add(settled);
      const result = await work;
      // The runner strikes at the same time; its error is the one that Retry and Catch know as States.Timeout.
      if (result === TIMED_OUT) return new Promise<never>(ignore);
      assertSize(name, 'output', result);
      return result as JsonValue;
    };
    return [name, handler] as const;
  });
  return {
    byState: Object.fromEntries(byState),
    async settled() {
      while (atWork.size > 0) await Promise.all(atWork);
    },
  };
}

const TIMED_OUT = Symbol('timed out');

async function inTime(task: TaskFunction, input: Record<string, unknown>, milliseconds: number, stop: AbortSignal): Promise<unknown> {
  const ownTime = new AbortController();
  const timer = setTimeout(() => ownTime.abort(new StateTimedOut('The state timed out')), milliseconds);
  try {
    return plain(await task(input, AbortSignal.any([ownTime.signal, stop])));
  } catch (error) {
    if (stop.aborted) throw stopped();
    if (ownTime.signal.aborted) return TIMED_OUT;
    if (error instanceof TaskError) throw error;
    throw new TaskError('States.Runtime', messageOf(error), { terminal: true });
  } finally {
    clearTimeout(timer);
  }
}

function assertSize(stateName: string, what: 'input' | 'output', value: unknown): void {
  if (isTooLarge(value)) throw new TaskError(DATA_LIMIT_ERROR, dataLimitCause(stateName, what), { terminal: true });
}

function stopped(): TaskError {
  return new TaskError('States.Runtime', 'The execution was stopped', { terminal: true });
}

function ignore(): void {
  // Nothing to do: the outcome is read elsewhere.
}
