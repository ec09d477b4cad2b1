import type { NotifyFailureEvent, NotifyFailureResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import type { RunRecord } from '../manifest/fold-manifests.ts';
import type { Language } from '../alarm/alert-words.ts';
import { postMessage } from '../channels/post-message.ts';
import { sendOnce, type SendOnceDependencies } from '../channels/send-once.ts';
import type { Destination } from '../routes/alert-routes.ts';
import type { Routing } from '../routes/read-routing.ts';
import type { SlackMessage } from '../slack/blocks.ts';
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
  await foldFailed(event, failure, deps, invocation);
  await tellOperator(failureNews(event, failure, deps), deps, invocation);
  return failure;
}

/** As `notifyFailure`, when the run has ended and the state machine may have told already: then nothing is said and nothing folded. */
export async function notifyEnded(
  event: NotifyFailureEvent,
  deps: NotifyFailureDependencies,
  invocation: Invocation,
): Promise<NotifyFailureResult> {
  const failure = humanFailure(event.errors);
  if (await tellOperator(failureNews(event, failure, deps), deps, invocation)) await foldFailed(event, failure, deps, invocation);
  return failure;
}

function failureNews(event: NotifyFailureEvent, failure: NotifyFailureResult, { language }: NotifyFailureDependencies): News {
  return {
    key: `failure#${event.executionName}`,
    batch: event.batch,
    payload: failure,
    message: (mayRepeat) => failureMessage(event, failure, mayRepeat, language),
  };
}

async function foldFailed(
  { batch, backfill }: NotifyFailureEvent,
  failure: NotifyFailureResult,
  { runRecord }: NotifyFailureDependencies,
  invocation: Invocation,
): Promise<void> {
  await runRecord
    .fold(batch, { status: 'FAILED', failure, quiet: backfill !== null })
    .catch((error: unknown) => warn(invocation, 'manifests not folded', error));
}

/** What is said once, by its key. */
export interface News {
  readonly key: string;
  readonly batch: string;
  readonly payload: NotifyFailureResult;
  readonly message: (mayRepeat: boolean) => SlackMessage;
}

/** Says it once, without the ledger when that is out of reach. False when it was said before. @throws MessageRefusedError, MessageBusyError. */
export async function tellOperator(news: News, deps: NotifyFailureDependencies, invocation: Invocation): Promise<boolean> {
  const { operator } = (await deps.routing()).routes;
  const outcome = await sayOnce(news, operator, deps, invocation).catch((error: unknown) => {
    warn(invocation, 'ledger out of reach, sent without it', error);
    return postMessage(() => news.message(true), deps.channels.to(operator), {
      remainingMilliseconds: () => invocation.remainingMilliseconds() - RESERVE_MILLISECONDS,
      mayGoOnFor: () => Promise.resolve(true),
    });
  });
  invocation.logger.info('failure', { state: news.payload.state, error: news.payload.error, outcome: outcome.kind });
  if (outcome.kind === 'refused' || outcome.kind === 'busy') throw outcome.error;
  return outcome.kind !== 'nothing-to-send';
}

async function sayOnce({ key, batch, payload, message }: News, to: Destination, deps: NotifyFailureDependencies, invocation: Invocation) {
  await deps.ledger.claim({ key, batch, payload: JSON.stringify(payload) }, { listed: false });
  return sendOnce(
    {
      keys: [key],
      to,
      store: false,
      remainingMilliseconds: () => invocation.remainingMilliseconds() - RESERVE_MILLISECONDS,
      message: ([claim]) => message(claim?.mayRepeat ?? false),
    },
    deps,
  );
}

function warn({ logger }: Invocation, what: string, error: unknown): void {
  logger.warn(what, { error_name: error instanceof Error ? error.name : 'unknown' });
}
