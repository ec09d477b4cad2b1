import { instantOf, type Batch } from '../../../common/contracts/batch.ts';
import type { SlackMessage } from '../slack/blocks.ts';
import { sendOnce, type SendOnceDependencies } from '../slack/send-once.ts';
import type { DriftEpisode, DriftEpisodes } from './drift-episodes.ts';

export interface TellConditionsDependencies extends SendOnceDependencies {
  readonly episodes: DriftEpisodes;
}

/** Something about a site that an operator is told of while it lasts. */
export interface Condition {
  /** Names the condition and the site; stays the same between batches. */
  readonly subject: string;
  /** `unclear`: the batch says too little. */
  readonly state: 'drifting' | 'healthy' | 'unclear';
  readonly message: (batch: Batch, mayRepeat: boolean) => SlackMessage;
}

const NEVER: DriftEpisode = { seen: '', since: '', told: '' };
const LEAST_HOURS_BETWEEN = 24;

/**
 * Tells of every condition that drifts: once until it is healthy again, and at most once a day. A batch that is run again after newer
 * ones says nothing of today. Returns how many messages were sent.
 * @throws SlackRefusedError, SlackBusyError; a message that was not sent is sent by the next batch that sees the condition drift.
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
function isToTell({ seen, since, told }: DriftEpisode): boolean {
  if (told === '') return true;
  return told < since && instantOf(told).until(instantOf(seen)).total('hours') >= LEAST_HOURS_BETWEEN;
}

/** The key holds the beginning of the drift: an invocation that dies after sending leaves no second message. */
async function tell(
  { subject, message }: Condition,
  { seen, since }: DriftEpisode,
  deps: TellConditionsDependencies,
  remainingMilliseconds: () => number,
): Promise<boolean> {
  const key = `drift#${subject}#${since}`;
  await deps.ledger.claim({ key, batch: seen, payload: '{}' }, { listed: false });
  const outcome = await sendOnce(
    { keys: [key], store: false, remainingMilliseconds, message: ([claim]) => message(seen, claim?.mayRepeat ?? false) },
    deps,
  );
  if (outcome.kind === 'refused' || outcome.kind === 'busy') throw outcome.error;
  return outcome.kind === 'sent';
}
