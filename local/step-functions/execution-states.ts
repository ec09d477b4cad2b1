import type { ExecutionEnding } from './execution.ts';
import type { RunnerEvent } from './run-execution.ts';

/** One visit of a state. */
export interface ExecutionState {
  readonly name: string;
  readonly type: string;
  /** ISO 8601, UTC, with milliseconds. */
  readonly enteredAt: string;
  /** Undefined while the state is at work. */
  readonly exitedAt?: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'CAUGHT' | 'FAILED' | 'ABORTED';
  readonly retries: number;
  /** The item of the outermost Map around the state. */
  readonly index?: number;
  /** The last error, of a retried state that succeeded in the end too. */
  readonly error?: string;
  readonly cause?: string;
}

type Visit = { -readonly [Field in keyof ExecutionState]: ExecutionState[Field] };

/** A row a visit, in the order of entering. @param events ordered (order-events.ts). */
export function executionStates(events: readonly RunnerEvent[], ending: ExecutionEnding | undefined): ExecutionState[] {
  const visits: Visit[] = [];
  const open = new Map<string, Visit[]>();
  for (const event of events) {
    if (!('state' in event)) continue;
    const { name, type } = event.state;
    const at = new Date(event.timestamp).toISOString();
    const key = `${name} ${event.index ?? ''}`;
    const visit = open.get(key)?.[0];
    if (event.type === 'StateEntered') {
      const entered: Visit = {
        name,
        type,
        enteredAt: at,
        status: 'RUNNING',
        retries: 0,
        ...(event.index === undefined ? {} : { index: event.index }),
      };
      visits.push(entered);
      open.set(key, [...(open.get(key) ?? []), entered]);
    } else if (visit) {
      advance(visit, event, at);
      if (event.type === 'StateExited') open.get(key)?.shift();
    }
  }
  if (ending) for (const visit of visits) if (visit.exitedAt === undefined) close(visit, ending);
  return visits;
}

function advance(visit: Visit, event: Extract<RunnerEvent, { state: object }>, at: string): void {
  if (event.type === 'StateFailed') {
    visit.status = 'FAILED';
    visit.error = event.Error;
    visit.cause = String(event.Cause);
  } else if (event.type === 'StateRetried') {
    visit.status = 'RUNNING';
    visit.retries++;
  } else if (event.type === 'StateCaught') {
    visit.status = 'CAUGHT';
  } else {
    visit.exitedAt = at;
    if (visit.status !== 'CAUGHT') visit.status = 'SUCCEEDED';
  }
}

/** What was at work when the execution ended; a Fail state ends it by being entered. */
function close(visit: Visit, { stoppedAt }: ExecutionEnding): void {
  visit.exitedAt = new Date(stoppedAt).toISOString();
  if (visit.status === 'RUNNING') visit.status = visit.type === 'Fail' ? 'FAILED' : 'ABORTED';
}
