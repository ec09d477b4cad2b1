import type { NotifyFailureEvent, NotifyFailureResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import type { RunRecord } from '../manifest/fold-manifests.ts';
import type { Language } from '../alarm/alert-words.ts';
import { postMessage } from '../channels/post-message.ts';
import { sendOnce, type SendOnceDependencies } from '../channels/send-once.ts';
import type { Destination } from '../routes/alert-routes.ts';
import type { Routing } from '../routes/read-routing.ts';
import { failureMessage } from './failure-message.ts';
import { humanFailure } from './human-cause.ts';

export interface NotifyFailureDependencies extends SendOnceDependencies {
  readonly runRecord: Pick<RunRecord, 'fold'>;
  readonly language: Language;
  /** Where messages go, as configured now. */
  routing(): Promise<Routing>;
}

const RESERVE_MILLISECONDS = 5000;

/**
 * Says once an execution that it failed, and folds its manifests. The answer is what the execution ends with. The run may have
 * failed because a store is full or gone, so neither the manifests nor the ledger can keep the message from going out.
 * @throws MessageRefusedError, MessageBusyError.
 */
export async function notifyFailure(
  event: NotifyFailureEvent,
  deps: NotifyFailureDependencies,
  invocation: Invocation,
): Promise<NotifyFailureResult> {
  const failure = humanFailure(event.errors);
  await deps.runRecord
    .fold(event.batch, { status: 'FAILED', failure, quiet: event.backfill !== null })
    .catch((error: unknown) => warn(invocation, 'manifests not folded', error));

  const { operator } = (await deps.routing()).routes;
  const outcome = await sayOnce(event, failure, operator, deps, invocation).catch((error: unknown) => {
    warn(invocation, 'ledger out of reach, sent without it', error);
    return postMessage(() => failureMessage(event, failure, true, deps.language), deps.channels.to(operator), {
      remainingMilliseconds: () => invocation.remainingMilliseconds() - RESERVE_MILLISECONDS,
      mayGoOnFor: () => Promise.resolve(true),
    });
  });
  invocation.logger.info('failure', { state: failure.state, error: failure.error, outcome: outcome.kind });
  if (outcome.kind === 'refused' || outcome.kind === 'busy') throw outcome.error;
  return failure;
}

async function sayOnce(
  event: NotifyFailureEvent,
  failure: NotifyFailureResult,
  to: Destination,
  deps: NotifyFailureDependencies,
  invocation: Invocation,
) {
  const key = `failure#${event.executionName}`;
  await deps.ledger.claim({ key, batch: event.batch, payload: JSON.stringify(failure) }, { listed: false });
  return sendOnce(
    {
      keys: [key],
      to,
      store: false,
      remainingMilliseconds: () => invocation.remainingMilliseconds() - RESERVE_MILLISECONDS,
      message: ([claim]) => failureMessage(event, failure, claim?.mayRepeat ?? false, deps.language),
    },
    deps,
  );
}

function warn({ logger }: Invocation, what: string, error: unknown): void {
  logger.warn(what, { error_name: error instanceof Error ? error.name : 'unknown' });
}
