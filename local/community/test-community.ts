import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { createWorld, type CommunityWorld } from './community-world.ts';
import type { Faults } from './faults.ts';
import { serveCommunity, type Community } from './serve-community.ts';
import type { CommunityLogEntry } from './server-log.ts';
import { readArrivals } from './world/arrivals.ts';

/** For tests: the recording of this repository and the world that they look at. */
export const arrivals = readArrivals(join(__dirname, '../../data/comment-arrivals/kona-fire.ndjson.gz'));

export const EPOCH = Temporal.Instant.from('2026-09-14T04:00:00Z');

export function testWorld(seed = 'hotpost'): CommunityWorld {
  return createWorld({ seed, epoch: EPOCH, arrivals });
}

export function afterMinutes(minutes: number): Temporal.Instant {
  return EPOCH.add({ minutes });
}

/** Serves a world on free ports; `entries` fills with what was asked. */
export async function openCommunity(world: CommunityWorld, faults?: Faults): Promise<Community & { entries: CommunityLogEntry[] }> {
  const entries: CommunityLogEntry[] = [];
  const community = await serveCommunity({
    world,
    firstPort: 0,
    log: (entry) => entries.push(entry),
    ...(faults ? { faults } : {}),
  });
  return Object.assign(community, { entries });
}

/** A search as the site's own form sends it. */
export async function searchBobaedream(baseUrl: string, keyword: string, page: number): Promise<string> {
  const form = { keyword, colle: 'community', searchField: 'ALL', page: String(page), sort: 'DATE', startDate: '' };
  const response = await fetch(`${baseUrl}/search`, {
    method: 'POST',
    headers: { Origin: baseUrl, Referer: `${baseUrl}/search` },
    body: new URLSearchParams(form),
  });
  return response.text();
}

export async function pageText(url: string, headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(url, { headers })).text();
}
