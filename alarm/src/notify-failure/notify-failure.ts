import type { NotifyFailureEvent, NotifyFailureResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import type { RunRecord } from '../manifest/fold-manifests.ts';
import { sendOnce, type SendOnceDependencies } from '../slack/send-once.ts';
import { failureMessage } from './failure-message.ts';
import { humanFailure } from './human-cause.ts';

export interface NotifyFailureDependencies extends SendOnceDependencies {
  readonly runRecord: RunRecord;
}

const RESERVE_MILLISECONDS = 5000;

/**
 * Says once an execution that it failed, and folds its manifests. The answer is what the execution ends with.
 * @throws SlackRefusedError, SlackBusyError; the manifests are folded before anything is sent.
 */
export async function notifyFailure(
  event: NotifyFailureEvent,
  deps: NotifyFailureDependencies,
  invocation: Invocation,
): Promise<NotifyFailureResult> {
  const failure = humanFailure(event.errors);
  await deps.runRecord.fold(event.batch, { status: 'FAILED', failure });

  const key = `failure#${event.executionName}`;
  await deps.ledger.claim({ key, batch: event.batch, payload: JSON.stringify(failure) }, { listed: false });
  const outcome = await sendOnce(
    {
      key,
      store: false,
      remainingMilliseconds: () => invocation.remainingMilliseconds() - RESERVE_MILLISECONDS,
      message: (_payload, mayRepeat) => failureMessage(event, failure, mayRepeat),
    },
    deps,
  );
  invocation.logger.info('failure', { state: failure.state, error: failure.error, outcome: outcome.kind });
  if (outcome.kind === 'refused' || outcome.kind === 'busy') throw outcome.error;
  return failure;
}
