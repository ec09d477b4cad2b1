import type { FailureNews, NotifyFailureResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { alarmNews } from './alarm-news.ts';
import { endedRunNews } from './ended-run.ts';
import { notifyFailure, type NotifyFailureDependencies } from './notify-failure.ts';
import { tellOperator } from './tell-operator.ts';

/**
 * Says what the state machine has to say of its own failure, and what EventBridge tells where that could not speak: a run that was ended, an
 * alarm that rings. @throws InvalidEventError, MessageRefusedError, MessageBusyError.
 */
export async function tellNews(event: FailureNews, deps: NotifyFailureDependencies, invocation: Invocation): Promise<NotifyFailureResult> {
  if (event.source === undefined) return notifyFailure(event, deps, invocation);
  const news = event.source === 'aws.states' ? endedRunNews(event, deps.language) : alarmNews(event, deps.language);
  await tellOperator(news, deps, invocation);
  return news.payload;
}
