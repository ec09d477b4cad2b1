import { EnvironmentError } from '../../../common/errors.ts';
import type { AlarmResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { postMessage } from '../channels/post-message.ts';
import { allDestinations } from '../routes/alert-routes.ts';
import type { AlarmDependencies } from './send-alarms.ts';
import { trialMessage } from './trial-message.ts';

/**
 * A marked message to every destination that the routes name; neither claimed nor recorded: each call sends.
 * @throws MessageRefusedError, MessageBusyError; EnvironmentError, after the others had theirs, for destinations that cannot be used.
 */
export async function sendTrial(deps: AlarmDependencies, invocation: Invocation): Promise<AlarmResult> {
  const { routes, problems } = await deps.routing();
  const destinations = allDestinations(routes);
  for (const to of destinations) {
    const outcome = await postMessage(() => trialMessage(to, deps.language), deps.channels.to(to), {
      remainingMilliseconds: () => invocation.remainingMilliseconds(),
      mayGoOnFor: () => Promise.resolve(true),
    });
    if (outcome.kind !== 'accepted') throw outcome.error;
  }
  if (problems.length > 0) throw new EnvironmentError(problems.join('. '));
  return { sent: destinations.length, repeated: 0 };
}
