import { MessageBusyError, MessageRefusedError } from '../../../common/errors.ts';
import type { SlackMessage } from '../slack/blocks.ts';
import type { Channel, ChannelAnswer } from './channel.ts';

/**
 * `accepted`, `repeated` when an attempt before may have arrived too; `refused` for good, with the channel's own word; `busy`, not now.
 * `arrived`: whether an unaccepted message may have reached people all the same (no answer came, or a server error).
 */
export type PostOutcome =
  | { readonly kind: 'accepted'; readonly repeated: boolean }
  | { readonly kind: 'refused'; readonly word: string; readonly error: MessageRefusedError }
  | { readonly kind: 'busy'; readonly arrived: 'no' | 'perhaps'; readonly error: MessageBusyError };

export interface Attempts {
  /** Real time that is left for everything. */
  remainingMilliseconds(): number;
  /** Called before each attempt and each wait with the time it may take; false ends the matter without another attempt. */
  mayGoOnFor(milliseconds: number): Promise<boolean>;
}

export const ATTEMPT_TIMEOUT_MILLISECONDS = 8000;
/** What the caller keeps to record the outcome. */
const MARGIN_MILLISECONDS = 3000;
const MOST_SERVER_ERRORS = 4;

/**
 * Posts one message: waits out 429 as Retry-After says, tries again after 5xx and lost answers, gives up on every other 4xx.
 * @param messageFor the message; `mayRepeat` once an attempt before may have arrived.
 */
export async function postMessage(
  messageFor: (mayRepeat: boolean) => SlackMessage,
  channel: Channel,
  attempts: Attempts,
): Promise<PostOutcome> {
  let arrived: 'no' | 'perhaps' = 'no';
  for (let failures = 0; ;) {
    if (attempts.remainingMilliseconds() < ATTEMPT_TIMEOUT_MILLISECONDS + MARGIN_MILLISECONDS) {
      return busy(channel, arrived, 'the function has no time left for another attempt');
    }
    if (!(await attempts.mayGoOnFor(ATTEMPT_TIMEOUT_MILLISECONDS)))
      return busy(channel, 'perhaps', 'another invocation has taken the message over');

    const answer = await channel.post(messageFor(arrived === 'perhaps'), ATTEMPT_TIMEOUT_MILLISECONDS).catch(lostAnswer);
    if (answer.status === 200) return { kind: 'accepted', repeated: arrived === 'perhaps' };
    if (answer.status !== 429 && answer.status >= 400 && answer.status < 500) return refused(channel, answer);
    if (answer.status !== 429) {
      arrived = 'perhaps';
      failures += 1;
      if (failures >= MOST_SERVER_ERRORS) return busy(channel, arrived, `it answered ${failures} times with ${describe(answer)}`);
    }

    const wait = answer.status === 429 ? retryAfter(answer) : 1000 * 2 ** (failures - 1);
    if (attempts.remainingMilliseconds() < wait + ATTEMPT_TIMEOUT_MILLISECONDS + MARGIN_MILLISECONDS) {
      return busy(channel, arrived, `it asks to wait ${Math.ceil(wait / 1000)} s (${describe(answer)}), longer than the function may run`);
    }
    if (!(await attempts.mayGoOnFor(wait + ATTEMPT_TIMEOUT_MILLISECONDS)))
      return busy(channel, 'perhaps', 'another invocation has taken the message over');
    await channel.sleep(wait);
  }
}

/** No error text of the network goes on: it may hold the address. */
function lostAnswer(): ChannelAnswer {
  return { status: 0, body: '', retryAfter: null };
}

function retryAfter(answer: ChannelAnswer): number {
  const seconds = Number(answer.retryAfter ?? 1);
  return 1000 * (Number.isFinite(seconds) && seconds > 0 ? seconds : 1);
}

function busy({ name }: Channel, arrived: 'no' | 'perhaps', why: string): PostOutcome {
  return {
    kind: 'busy',
    arrived,
    error: new MessageBusyError(`${name} did not take the message: ${why}; it is sent when the alarm runs again`),
  };
}

/** The sections of alarm/runbook.md. */
const SECTIONS: Readonly<Record<Channel['name'], string>> = { Slack: 'Slack이 거절함', SNS: 'SNS가 거절함' };

function refused({ name }: Channel, answer: ChannelAnswer): PostOutcome {
  const word = wordOf(answer.body);
  const error = new MessageRefusedError(
    `${name} refused the message: ${word} (HTTP ${answer.status}). Look it up in alarm/runbook.md, "${SECTIONS[name]}"; the message is sent when the alarm runs again`,
  );
  return { kind: 'refused', word, error };
}

function describe(answer: ChannelAnswer): string {
  return answer.status === 0 ? 'nothing' : `HTTP ${answer.status}`;
}

/** A channel answers in one word (no_service, NotFound); anything else is another server's page and is not passed on. */
function wordOf(body: string): string {
  return /^[A-Za-z_]{2,64}/.exec(body.trim())?.[0] ?? 'no word given';
}
