import type { PreparedMachine } from './prepare.ts';
import type { RunnerEvent } from './run-execution.ts';

/**
 * The events of the author's states, in time. The runner passes those from inside a Map or Parallel on a little late, so that some
 * come after the end of the state around them: they go back before it.
 */
export function orderedEvents(events: readonly RunnerEvent[], { states, hidden }: PreparedMachine): RunnerEvent[] {
  const containersOf = (event: RunnerEvent): readonly string[] => {
    if ('parentState' in event) return [...namesAround(event.parentState.name), event.parentState.name];
    return 'state' in event ? namesAround(event.state.name) : [];
  };
  const namesAround = (name: string) => states.get(name)?.containers.map((container) => container.name) ?? [];

  const ordered: RunnerEvent[] = [];
  for (const event of withoutHidden(events, hidden)) {
    const containers = containersOf(event);
    let place = ordered.length;
    for (let index = ordered.length - 1; index >= 0; index--) {
      const earlier = ordered[index];
      if (!earlier || earlier.timestamp < event.timestamp) break;
      if (leaves(earlier, containers)) place = index;
    }
    ordered.splice(place, 0, event);
  }
  return ordered.sort((one, other) => one.timestamp - other.timestamp);
}

/** A Map or Parallel that fails uncaught is caught by a hidden state: its exit is none that the author would know. */
function withoutHidden(events: readonly RunnerEvent[], hidden: ReadonlySet<string>): RunnerEvent[] {
  const uncaught = new Set<string>();
  return events.filter((event) => {
    if (!('state' in event)) return true;
    if (hidden.has(event.state.name)) return false;
    if (event.type === 'StateCaught' && hidden.has(event.catch.catcher.Next)) {
      uncaught.add(event.state.name);
      return false;
    }
    return !(event.type === 'StateExited' && uncaught.delete(event.state.name));
  });
}

function leaves(event: RunnerEvent, containers: readonly string[]): boolean {
  return (
    (event.type === 'StateExited' || event.type === 'StateFailed' || event.type === 'StateCaught') && containers.includes(event.state.name)
  );
}
