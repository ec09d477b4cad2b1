import * as z from 'zod';
import type { NotifyFailureResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import type { Language } from '../alarm/alert-words.ts';
import { postMessage } from '../channels/post-message.ts';
import { sendOnce, type SendOnceDependencies } from '../channels/send-once.ts';
import type { Destination } from '../routes/alert-routes.ts';
import type { Routing } from '../routes/read-routing.ts';
import type { SlackMessage } from '../slack/blocks.ts';

export interface TellOperatorDependencies extends SendOnceDependencies {
  readonly language: Language;
  /** Where messages go, as configured now. */
  routing(): Promise<Routing>;
}

/** What the operator hears once, by its key. */
export interface News {
  readonly key: string;
  readonly batch: string;
  readonly payload: NotifyFailureResult;
  /** `told` is the payload, or that of whoever claimed the key first and did not get to say it. */
  readonly message: (told: NotifyFailureResult, mayRepeat: boolean) => SlackMessage;
}

const RESERVE_MILLISECONDS = 5000;
const payloadSchema = z.object({ state: z.string(), error: z.string(), cause: z.string() });

/** Says it unless it was said before; without the ledger when that is out of reach. @throws MessageRefusedError, MessageBusyError. */
export async function tellOperator(news: News, deps: TellOperatorDependencies, invocation: Invocation): Promise<void> {
  const { operator } = (await deps.routing()).routes;
  const outcome = await sayOnce(news, operator, deps, invocation).catch((error: unknown) => {
    warn(invocation, 'ledger out of reach, sent without it', error);
    return postMessage(() => news.message(news.payload, true), deps.channels.to(operator), {
      remainingMilliseconds: () => invocation.remainingMilliseconds() - RESERVE_MILLISECONDS,
      mayGoOnFor: () => Promise.resolve(true),
    });
  });
  invocation.logger.info('told', { key: news.key, error: news.payload.error, outcome: outcome.kind });
  if (outcome.kind === 'refused' || outcome.kind === 'busy') throw outcome.error;
}

async function sayOnce(
  { key, batch, payload, message }: News,
  to: Destination,
  deps: TellOperatorDependencies,
  invocation: Invocation,
): ReturnType<typeof sendOnce> {
  await deps.ledger.claim({ key, batch, payload: JSON.stringify(payload) }, { listed: false });
  return sendOnce(
    {
      keys: [key],
      to,
      store: false,
      remainingMilliseconds: () => invocation.remainingMilliseconds() - RESERVE_MILLISECONDS,
      message: ([claim]) => message(claimed(claim?.payload) ?? payload, claim?.mayRepeat ?? false),
    },
    deps,
  );
}

function claimed(payload: string | undefined): NotifyFailureResult | undefined {
  return payload === undefined ? undefined : payloadSchema.safeParse(JSON.parse(payload)).data;
}

/** Logs the error's name: its message may hold an address. */
export function warn({ logger }: Invocation, what: string, error: unknown): void {
  logger.warn(what, { error_name: error instanceof Error ? error.name : 'unknown' });
}
