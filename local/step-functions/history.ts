import type { ExecutionEnding, ExecutionRecord } from './execution.ts';
import type { PlacedState } from './definition.ts';
import type { RunnerEvent } from './run-execution.ts';

/** An event of GetExecutionHistory. `timestamp` is epoch seconds. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, unknown>>;
}

type Unnumbered = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp'> & { readonly milliseconds: number; readonly branch: string };

export interface HistorySource {
  readonly execution: ExecutionRecord;
  readonly roleArn: string;
  readonly region: string;
  readonly states: ReadonlyMap<string, PlacedState>;
}

const COMPLETE = { truncated: false };

/**
 * The history as AWS writes it. The runner does not tell a task's parameters and raw result, so TaskScheduled and TaskSucceeded come
 * without them; a state's input and output are there.
 * @param events ordered (order-events.ts).
 */
export function historyOf(events: readonly RunnerEvent[], source: HistorySource): HistoryEvent[] {
  const { execution, roleArn } = source;
  const details = { input: execution.input, inputDetails: COMPLETE, roleArn };
  const started: Unnumbered = {
    type: 'ExecutionStarted',
    milliseconds: execution.startedAt,
    branch: '',
    executionStartedEventDetails: details,
  };
  const caught = new Set<string>();
  const between = events.flatMap((event, index) => {
    const branch = branchOf(event, source.states);
    return namesAndDetails(event, events.slice(index + 1), caught, source).map(([type, more]) => ({
      type,
      milliseconds: event.timestamp,
      branch,
      ...more,
    }));
  });
  return numbered([started, ...between, ...(execution.ending ? [last(execution.ending)] : [])]);
}

type NameAndDetails = readonly [type: string, details: Readonly<Record<`${string}EventDetails`, Readonly<Record<string, unknown>>>>];

function namesAndDetails(event: RunnerEvent, later: readonly RunnerEvent[], caught: Set<string>, source: HistorySource): NameAndDetails[] {
  if ('parentState' in event) {
    if (!event.type.startsWith('MapIteration') || !('index' in event)) return []; // AWS has no events for the branches of a Parallel.
    return [[event.type, { [detailsOf(event.type)]: { name: event.parentState.name, index: event.index } }]];
  }
  if (!('state' in event)) return [];
  const { name, type, input, output } = event.state;
  const visit = `${name} ${event.index ?? ''}`;
  switch (event.type) {
    case 'StateEntered': {
      const entered = { stateEnteredEventDetails: { name, input: JSON.stringify(input), inputDetails: COMPLETE } };
      return [[`${type}StateEntered`, entered], ...started(name, type, later, source)];
    }
    case 'StateRetried':
      return started(name, type, later, source);
    case 'StateCaught':
      caught.add(visit);
      return [];
    case 'StateExited': {
      const exited = { stateExitedEventDetails: { name, output: JSON.stringify(output), outputDetails: COMPLETE } };
      return [...(caught.delete(visit) ? [] : succeeded(name, type, source)), [`${type}StateExited`, exited]];
    }
    default:
      return failed(name, type, { error: event.Error, cause: String(event.Cause) }, source);
  }
}

function started(name: string, type: string, later: readonly RunnerEvent[], source: HistorySource): NameAndDetails[] {
  if (type === 'Map') return [['MapStateStarted', { mapStateStartedEventDetails: { length: iterations(name, later) } }]];
  if (type === 'Parallel') return [['ParallelStateStarted', {}]];
  if (type !== 'Task') return [];
  const about = resourceOf(name, source);
  const timeoutInSeconds = source.states.get(name)?.state['TimeoutSeconds'];
  return [
    ['TaskScheduled', { taskScheduledEventDetails: { ...about, region: source.region, timeoutInSeconds } }],
    ['TaskStarted', { taskStartedEventDetails: about }],
  ];
}

function succeeded(name: string, type: string, source: HistorySource): NameAndDetails[] {
  if (type === 'Map') return [['MapStateSucceeded', {}]];
  if (type === 'Parallel') return [['ParallelStateSucceeded', {}]];
  return type === 'Task' ? [['TaskSucceeded', { taskSucceededEventDetails: resourceOf(name, source) }]] : [];
}

function failed(name: string, type: string, why: { error: string; cause: string }, source: HistorySource): NameAndDetails[] {
  if (type === 'Map') return [['MapStateFailed', {}]];
  if (type === 'Parallel') return [['ParallelStateFailed', {}]];
  if (type !== 'Task') return [];
  const event = why.error === 'States.Timeout' ? 'TaskTimedOut' : 'TaskFailed';
  return [[event, { [detailsOf(event)]: { ...resourceOf(name, source), ...why } }]];
}

/** The items of this visit of a Map: its iterations until it ends. */
function iterations(name: string, later: readonly RunnerEvent[]): number {
  const end = later.findIndex((event) => 'state' in event && event.state.name === name);
  const during = end < 0 ? later : later.slice(0, end);
  return during.filter((event) => event.type === 'MapIterationStarted' && event.parentState.name === name).length;
}

/** `arn:aws:states:::lambda:invoke` → lambda, invoke; `…:aws-sdk:redshiftdata:describeStatement` → aws-sdk:redshiftdata, describeStatement. */
function resourceOf(name: string, { states }: HistorySource): { resourceType: string; resource: string } {
  const arn = (states.get(name)?.state['Resource'] ?? '') as string;
  const integration = /^arn:[^:]*:states:::(.+):([^:]+)$/.exec(arn);
  return { resourceType: integration?.[1] ?? 'lambda', resource: integration?.[2] ?? arn };
}

function last(ending: ExecutionEnding): Unnumbered {
  const types = { SUCCEEDED: 'ExecutionSucceeded', FAILED: 'ExecutionFailed', ABORTED: 'ExecutionAborted', TIMED_OUT: 'ExecutionTimedOut' };
  const type = types[ending.status];
  const details =
    ending.status === 'SUCCEEDED' ? { output: ending.output, outputDetails: COMPLETE } : { error: ending.error, cause: ending.cause };
  const named: Unnumbered = { type, milliseconds: ending.stoppedAt, branch: '' };
  return Object.assign(named, { [detailsOf(type)]: details });
}

function detailsOf(type: string): `${string}EventDetails` {
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

/** The Map items and Parallel branches that an event happens in share a line of predecessors. */
function branchOf(event: RunnerEvent, states: HistorySource['states']): string {
  if (!('state' in event)) return '';
  const containers = states.get(event.state.name)?.containers ?? [];
  return containers.length === 0 ? '' : `${containers.map(({ name }) => name).join('/')} ${event.index ?? ''}`;
}

function numbered(events: readonly Unnumbered[]): HistoryEvent[] {
  const lastOfBranch = new Map<string, number>();
  return events.map(({ milliseconds, branch, ...event }, index) => {
    const previousEventId = lastOfBranch.get(branch) ?? lastOfBranch.get('') ?? 0;
    lastOfBranch.set(branch, index + 1);
    return { id: index + 1, previousEventId, timestamp: milliseconds / 1000, ...event };
  });
}
