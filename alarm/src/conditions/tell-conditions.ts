import { instantOf, type Batch } from '../../../common/contracts/batch.ts';
import type { Language } from '../alarm/alert-words.ts';
import { sendOnce, type SendOnceDependencies } from '../channels/send-once.ts';
import type { Destination } from '../routes/alert-routes.ts';
import type { Episode, Episodes } from './episodes.ts';
import { noticeMessage, type Notice } from './notice.ts';

export interface TellConditionsDependencies extends SendOnceDependencies {
  readonly episodes: Episodes;
  readonly language: Language;
  /** Where the operator hears of them. */
  readonly operator: Destination;
}

/** Something about a site or the runs that an operator is told of while it lasts. */
export interface Condition {
  /** Names the condition, and its site; stays the same between batches. */
  readonly subject: string;
  /** `unclear`: the batch says too little. */
  readonly state: 'drifting' | 'healthy' | 'unclear';
  readonly notice: (batch: Batch, language: Language) => Notice;
}

const NEVER: Episode = { seen: '', since: '', told: '' };
const LEAST_HOURS_BETWEEN = 24;

/**
 * Tells of every condition that drifts: once until it is healthy again, and at most once a day. A batch that is run again after newer
 * ones says nothing of today. Returns how many messages were sent.
 * @throws MessageRefusedError, MessageBusyError; a message that was not sent is sent by the next batch that sees the condition drift.
 */
export async function tellConditions(
  batch: Batch,
  conditions: readonly Condition[],
  deps: TellConditionsDependencies,
  remainingMilliseconds: () => number,
): Promise<number> {
  let sent = 0;
  for (const condition of conditions) {
    const { subject, state } = condition;
    const known = (await deps.episodes.read(subject)) ?? NEVER;
    if (state === 'unclear' || batch < known.seen) continue;
    if (state === 'healthy') {
      if (known.since !== '') await deps.episodes.write(subject, { ...known, seen: batch, since: '' });
      continue;
    }
    const episode = { ...known, seen: batch, since: known.since || batch };
    await deps.episodes.write(subject, episode);
    if (!isToTell(episode)) continue;
    if (await tell(condition, episode, deps, remainingMilliseconds)) sent += 1;
    await deps.episodes.write(subject, { ...episode, told: batch });
  }
  return sent;
}

/** Batches sort as text. */
function isToTell({ seen, since, told }: Episode): boolean {
  if (told === '') return true;
  return told < since && instantOf(told).until(instantOf(seen)).total('hours') >= LEAST_HOURS_BETWEEN;
}

/** The key holds the beginning of the drift: an invocation that dies after sending leaves no second message. */
async function tell(
  { subject, notice }: Condition,
  { seen, since }: Episode,
  deps: TellConditionsDependencies,
  remainingMilliseconds: () => number,
): Promise<boolean> {
  const key = `drift#${subject}#${since}`;
  await deps.ledger.claim({ key, batch: seen, payload: '{}' }, { listed: false });
  const outcome = await sendOnce(
    {
      keys: [key],
      to: deps.operator,
      store: false,
      remainingMilliseconds,
      message: ([claim]) => noticeMessage(notice(seen, deps.language), seen, claim?.mayRepeat ?? false, deps.language),
    },
    deps,
  );
  if (outcome.kind === 'refused' || outcome.kind === 'busy') throw outcome.error;
  return outcome.kind === 'sent';
}
