import { join } from 'node:path';
import type { Clock } from '../../common/clock.ts';
import { instantOf } from '../../common/contracts/batch.ts';
import { createWorld } from '../community/community-world.ts';
import { serveCommunity } from '../community/serve-community.ts';
import { readArrivals } from '../community/world/arrivals.ts';
import { repository } from '../run/directories.ts';
import { FIRST_BATCH } from '../run/timeline.ts';
import { UserError } from '../run/user-error.ts';

/** Hours after its beginning at which the community stands: its lists have more than one page by then. */
const AGE_HOURS = 48;

export interface LocalCommunity {
  readonly baseUrl: string;
  /** The time at which it stands. */
  readonly clock: Clock;
  close(): Promise<void>;
}

/** Serves the invented community on free ports. @throws UserError for a site that it does not play. */
export async function openLocalCommunity(site: string): Promise<LocalCommunity> {
  const epoch = instantOf(FIRST_BATCH);
  const arrivals = readArrivals(join(repository, 'data/comment-arrivals/kona-fire.ndjson.gz'));
  const world = createWorld({ seed: 'hotpost', epoch, arrivals });
  const community = await serveCommunity({ world, firstPort: 0, log: () => undefined });
  const now = epoch.add({ hours: AGE_HOURS });
  community.setTime(now);
  const urls = new Map<string, string>(Object.entries(community.urls));
  const baseUrl = urls.get(site);
  if (baseUrl === undefined) {
    await community.close();
    throw new UserError(`The invented community has no ${site}; it plays ${[...urls.keys()].join(', ')}.`);
  }
  return { baseUrl, clock: { now: () => now }, close: () => community.close() };
}
