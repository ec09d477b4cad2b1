import { instantOf, type Batch } from '../../../common/contracts/batch.ts';
import type { Manifest } from '../../../common/contracts/manifest.ts';
import { sendOnce, type SendOnceDependencies } from '../slack/send-once.ts';
import type { DriftEpisode, DriftEpisodes } from './drift-episodes.ts';
import { driftMessage } from './drift-message.ts';
import { siteLayouts, type SiteLayout } from './site-layouts.ts';

export interface TellDriftDependencies extends SendOnceDependencies {
  readonly episodes: DriftEpisodes;
}

const NEVER: DriftEpisode = { seen: '', since: '', told: '' };
const LEAST_HOURS_BETWEEN = 24;

/**
 * Tells of every site whose pages no longer parse: once until it is healthy again, and at most once a day. A batch that is run again
 * after newer ones says nothing of today. Returns how many messages were sent.
 * @throws SlackRefusedError, SlackBusyError; a message that was not sent is sent by the next batch that sees the site drift.
 */
export async function tellDrift(
  batch: Batch,
  tasks: readonly Manifest[],
  deps: TellDriftDependencies,
  remainingMilliseconds: () => number,
): Promise<number> {
  let sent = 0;
  for (const layout of siteLayouts(tasks)) {
    const known = (await deps.episodes.read(layout.site)) ?? NEVER;
    if (layout.state === 'unclear' || batch < known.seen) continue;
    if (layout.state === 'healthy') {
      if (known.since !== '') await deps.episodes.write(layout.site, { ...known, seen: batch, since: '' });
      continue;
    }
    const episode = { ...known, seen: batch, since: known.since || batch };
    await deps.episodes.write(layout.site, episode);
    if (!isToTell(episode)) continue;
    if (await tell(layout, episode, deps, remainingMilliseconds)) sent += 1;
    await deps.episodes.write(layout.site, { ...episode, told: batch });
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
  layout: SiteLayout,
  { seen, since }: DriftEpisode,
  deps: TellDriftDependencies,
  remainingMilliseconds: () => number,
): Promise<boolean> {
  const key = `drift#${layout.site}#${since}`;
  await deps.ledger.claim({ key, batch: seen, payload: JSON.stringify(layout) }, { listed: false });
  const message = (_payload: string, mayRepeat: boolean) => driftMessage(layout, seen, mayRepeat);
  const outcome = await sendOnce({ key, store: false, remainingMilliseconds, message }, deps);
  if (outcome.kind === 'refused' || outcome.kind === 'busy') throw outcome.error;
  return outcome.kind === 'sent';
}
