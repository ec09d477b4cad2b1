import { correctedRule } from './choice-rules.ts';
import { allStates, isRecord, withInnerMachines, type Definition, type PlacedState, type State } from './definition.ts';
import { withDrains } from './drains.ts';
import { refusals } from './refusals.ts';

export interface PreparedMachine {
  /** What the runner runs: `$$.Root.` in place of `$$.Execution.`. */
  readonly definition: Definition;
  /** The author's states by name, with what is around them. */
  readonly states: ReadonlyMap<string, PlacedState>;
  /** States that prepare() added; no history shows them. */
  readonly hidden: ReadonlySet<string>;
}

export interface PrepareOptions {
  readonly isKnownResource: (resource: string) => boolean;
  /** Waits and retry intervals times this; 1 as on AWS. */
  readonly waitScale?: number;
}

/** The longest that a timer can wait; the runner's would strike at once beyond it. */
const MAX_TIMER_SECONDS = 2_147_483;

/**
 * Makes a machine ready for aws-local-stepfunctions: corrects what that runner does wrong and can be corrected, refuses the rest.
 * @param definition with its substitutions filled in; it is not changed.
 * @throws Error with one line a fault, each naming its state.
 */
export function prepare(name: string, definition: Readonly<Record<string, unknown>>, options: PrepareOptions): PreparedMachine {
  const authored = definition as Definition;
  const faults = refusals(authored, options.isKnownResource);
  if (faults.length > 0)
    throw new Error(`The laptop run cannot run the state machine ${name} as AWS would:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);

  // The runner resets Execution.Input and StartTime inside Map and Parallel; what it is given under another name, it leaves alone.
  const text = JSON.stringify(authored).replaceAll('$$.Execution.', () => '$$.Root.');
  const corrected = correctedMachine(JSON.parse(text) as Definition, options.waitScale ?? 1);
  const { machine, hidden } = withDrains(corrected);
  return { definition: machine, hidden, states: new Map(allStates(authored).map((placed) => [placed.name, placed])) };
}

function correctedMachine(machine: Definition, waitScale: number): Definition {
  const states = Object.entries(machine.States).map(([name, state]) => [name, correctedState(state, waitScale)] as const);
  return { ...machine, ...clampedTimeout(machine), States: Object.fromEntries(states) };
}

function correctedState(state: State, waitScale: number): State {
  const corrected = withInnerMachines(state, (machine) => correctedMachine(machine, waitScale));
  return {
    ...corrected,
    ...clampedTimeout(state),
    ...(Array.isArray(state['Choices']) ? { Choices: state['Choices'].map(correctedRule) } : {}),
    ...(Array.isArray(state['Retry'])
      ? { Retry: state['Retry'].filter(isRecord).map((retrier) => scaledRetrier(retrier, waitScale)) }
      : {}),
    ...(typeof state['Seconds'] === 'number' ? { Seconds: state['Seconds'] * waitScale } : {}),
  };
}

function clampedTimeout({ TimeoutSeconds }: Readonly<Record<string, unknown>>): { TimeoutSeconds?: number } {
  return typeof TimeoutSeconds === 'number' ? { TimeoutSeconds: Math.min(TimeoutSeconds, MAX_TIMER_SECONDS) } : {};
}

function scaledRetrier(retrier: Record<string, unknown>, waitScale: number): Record<string, unknown> {
  const { IntervalSeconds = 1, MaxDelaySeconds } = retrier;
  return {
    ...retrier,
    IntervalSeconds: Number(IntervalSeconds) * waitScale,
    ...(MaxDelaySeconds === undefined ? {} : { MaxDelaySeconds: Number(MaxDelaySeconds) * waitScale }),
  };
}
