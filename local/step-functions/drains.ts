import { isRecord, withInnerMachines, type Definition, type State } from './definition.ts';

/** One millisecond: long enough for every event that waits to be passed on. */
const MOMENT_SECONDS = 0.001;

/**
 * The runner passes events of a Map or Parallel on to the machine around it a moment later, and closes the log when that machine
 * ends: the last ones would be lost. So a Map or Parallel that is the last state, or fails uncaught, is followed by a moment's wait.
 */
export function withDrains(machine: Definition): { readonly machine: Definition; readonly hidden: ReadonlySet<string> } {
  const hidden = new Set<string>();
  return { machine: drained(machine, hidden), hidden };
}

function drained(machine: Definition, hidden: Set<string>): Definition {
  const states: Record<string, State> = {};
  for (const [name, authored] of Object.entries(machine.States)) {
    const state = withInnerMachines(authored, (inner) => drained(inner, hidden));
    states[name] = state;
    if (state.Type !== 'Map' && state.Type !== 'Parallel') continue;
    const names = { ended: `${name} (drained)`, failed: `${name} (failed)`, fail: `${name} (fail)` };
    const { End, ...rest } = state;
    states[name] = {
      ...rest,
      Type: state.Type,
      ...(End === true ? { Next: names.ended } : {}),
      Catch: [...catchersOf(state), { ErrorEquals: ['States.ALL'], Next: names.failed }],
    };
    states[names.ended] = { Type: 'Wait', Seconds: MOMENT_SECONDS, End: true };
    states[names.failed] = { Type: 'Wait', Seconds: MOMENT_SECONDS, Next: names.fail };
    states[names.fail] = { Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' };
    Object.values(names).forEach((added) => hidden.add(added));
  }
  return { ...machine, States: states };
}

function catchersOf(state: State): Record<string, unknown>[] {
  return Array.isArray(state['Catch']) ? state['Catch'].filter(isRecord) : [];
}
