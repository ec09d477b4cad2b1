import type { FailureNews, NotifyFailureResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { alarmNews } from './alarm-news.ts';
import { failureOfEndedRun } from './ended-run.ts';
import { notifyEnded, notifyFailure, tellOperator, type NotifyFailureDependencies } from './notify-failure.ts';

/**
 * Says what the state machine has to say of its own failure, and what EventBridge tells where that could not speak: a run that was ended, an
 * alarm that rings. @throws InvalidEventError, MessageRefusedError, MessageBusyError.
 */
export async function tellNews(news: FailureNews, deps: NotifyFailureDependencies, invocation: Invocation): Promise<NotifyFailureResult> {
  if (!('source' in news)) return notifyFailure(news, deps, invocation);
  if (news.source === 'aws.states') return notifyEnded(failureOfEndedRun(news), deps, invocation);
  const { payload, ...rest } = alarmNews(news, deps.language);
  await tellOperator({ payload, ...rest }, deps, invocation);
  return payload;
}
