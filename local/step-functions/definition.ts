/** A state as its author wrote it. Checked by asl-validator and by refusals.ts before anything reads it. */
export type State = Readonly<Record<string, unknown>> & { readonly Type: string };

/** A machine, the iterator of a Map, or a branch of a Parallel. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
  readonly [field: string]: unknown;
}

/** A state and the Map and Parallel states around it, outermost first. */
export interface PlacedState {
  readonly name: string;
  readonly state: State;
  readonly containers: readonly PlacedState[];
}

/** The machines inside a Map or Parallel state; what is none (yet unchecked) is left out. */
export function innerMachines(state: State): Definition[] {
  const branches: unknown = state.Type === 'Parallel' ? state['Branches'] : [];
  const machines: unknown[] =
    state.Type === 'Map' ? [state['ItemProcessor'] ?? state['Iterator']] : Array.isArray(branches) ? branches : [];
  return machines.filter(isMachine);
}

export function isMachine(value: unknown): value is Definition {
  return (
    isRecord(value) &&
    isRecord(value['States']) &&
    Object.values(value['States']).every((state) => isRecord(state) && typeof state['Type'] === 'string')
  );
}

/** The state with its inner machines replaced. */
export function withInnerMachines(state: State, change: (machine: Definition) => Definition): State {
  if (state.Type === 'Parallel') return { ...state, Branches: innerMachines(state).map(change) };
  if (state.Type !== 'Map') return state;
  const field = state['ItemProcessor'] ? 'ItemProcessor' : 'Iterator';
  return { ...state, [field]: change(state[field] as Definition) };
}

/** All states of a machine and of the machines inside, each before those inside it. */
export function allStates(machine: Definition, containers: readonly PlacedState[] = []): PlacedState[] {
  return Object.entries(machine.States).flatMap(([name, state]) => {
    const placed = { name, state, containers };
    return [placed, ...innerMachines(state).flatMap((inner) => allStates(inner, [...containers, placed]))];
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
