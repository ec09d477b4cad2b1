import type { NotifyFailureEvent, NotifyFailureResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import type { RunRecord } from '../manifest/fold-manifests.ts';
import { failureMessage } from './failure-message.ts';
import { humanFailure } from './human-cause.ts';
import { tellOperator, warn, type TellOperatorDependencies } from './tell-operator.ts';

export interface NotifyFailureDependencies extends TellOperatorDependencies {
  readonly runRecord: Pick<RunRecord, 'fold'>;
}

/** Of the message about an execution: the state machine and EventBridge may both tell of it. */
export function failureKey(executionName: string): string {
  return `failure#${executionName}`;
}

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
  const news = {
    key: failureKey(event.executionName),
    batch: event.batch,
    payload: failure,
    message: (told: NotifyFailureResult, mayRepeat: boolean) => failureMessage(event, told, mayRepeat, deps.language),
  };
  await tellOperator(news, deps, invocation);
  return failure;
}
