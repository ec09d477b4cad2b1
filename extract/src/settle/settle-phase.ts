import type { SettleEvent, SettleResult } from '../../../common/contracts/events.ts';
import { NothingReadError } from '../../../common/errors.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { awaitMarkers, throwStopping, type Markers } from './await-markers.ts';
import type { SettleDependencies } from './dependencies.ts';
import { isAnythingRead, postsOf, traceOf, type RunTrace } from './run-trace.ts';
import { whyNothing } from './why-nothing.ts';

/** Kept back of the invocation's time for looking at what the phase brought. */
const MARGIN_MS = 15_000;

/**
 * After a phase of the machine: with `async` waits for its tasks' completion markers, two minutes at most; then looks at what they left.
 * @throws what stopped a task that a person must help (by the task's own name for it); NothingReadError after extract, when there was
 *   something to do and neither a list nor a post could be read.
 */
export async function settlePhase(
  event: SettleEvent,
  deps: SettleDependencies,
  invocation: Pick<Invocation, 'remainingMilliseconds' | 'logger'>,
): Promise<SettleResult> {
  const markers: Markers =
    event.invocation === 'async' ? await awaitMarkers(event, deps, () => invocation.remainingMilliseconds() - MARGIN_MS) : new Map();
  throwStopping(markers);
  const missing = event.invocation === 'async' ? event.parts.filter((part) => !markers.has(part)) : [];
  if (missing.length > 0) invocation.logger.warn('tasks left no completion marker in time', { missing: missing.slice(0, 20) });
  if (event.stage === 'search') return { posts: 0, missing: missing.length };

  const trace: RunTrace = await traceOf(event, deps);
  if (trace.hadTasks && !isAnythingRead(trace)) throw new NothingReadError(whyNothing(event, trace, markers));
  return { posts: postsOf(trace), missing: missing.length };
}
