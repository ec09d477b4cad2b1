import { completionSchema, type Completion } from '../../../common/contracts/completion.ts';
import type { SettleEvent } from '../../../common/contracts/events.ts';
import { StopRunError } from '../../../common/errors.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { SettleDependencies } from './dependencies.ts';

/** How tasks ended, by part; a task that left no marker is not in it. */
export type Markers = ReadonlyMap<string, Completion>;

const LONGEST_MS = 120_000;
const POLL_MS = 1000;

/** These would meet every batch until a person acts. The machine knows them by these names when it waits for the tasks itself. */
const STOPPING = new Set([
  'UnknownSiteError',
  'InvalidEventError',
  'EnvironmentError',
  'PrivateAddressError',
  'InvalidObjectError',
  'MissingObjectError',
]);

/** Waits until each part has left its completion marker, or time is over. */
export async function awaitMarkers(
  { batch, executionName, stage, parts }: SettleEvent,
  { data, time }: SettleDependencies,
  remainingMilliseconds: () => number,
): Promise<Markers> {
  const wanted = new Map(parts.map((part) => [objectKeys.completion(batch, executionName, stage, part), part]));
  const markers = new Map<string, Completion>();
  const end = time.now() + LONGEST_MS;
  while (wanted.size > 0) {
    const keys = (await data.list(objectKeys.completions(batch, executionName, stage))).filter((key) => wanted.has(key));
    const read = await Promise.all(keys.map((key) => data.readJson(key, completionSchema)));
    for (const [index, key] of keys.entries()) {
      const [part, marker] = [wanted.get(key), read[index]];
      if (part !== undefined && marker) markers.set(part, marker);
      wanted.delete(key);
    }
    if (wanted.size === 0 || Math.min(end - time.now(), remainingMilliseconds()) < POLL_MS) break;
    await time.sleep(POLL_MS);
  }
  return markers;
}

/** Throws what stopped a task for good, under its own name. */
export function throwStopping(markers: Markers): void {
  for (const [part, marker] of markers) {
    if (!marker.ok && STOPPING.has(marker.error)) throw new StoppedTaskError(marker.error, `${part}: ${marker.cause}`);
  }
}

class StoppedTaskError extends StopRunError {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
