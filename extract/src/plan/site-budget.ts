import type { HostTable } from '../crawl/host-table.ts';
import { crawlDelayOf } from '../crawl/robots.ts';
import type { Site } from '../sites/site.ts';

/** What a run may spend on each site. */
export interface RunBudget {
  readonly requests: number;
  readonly seconds: number;
}

/** Requests that a run may send to a site: as many as its budget has, and no more than fit into its seconds one delay apart. */
export async function requestsFor(site: Site, budget: RunBudget, hosts: Pick<HostTable, 'readRobots'>): Promise<number> {
  const { host, origin } = new URL(site.baseUrl);
  const robots = await hosts.readRobots(host);
  const asked = robots === null ? null : crawlDelayOf(`${origin}/robots.txt`, robots, site.robotsSubject);
  const delayMs = asked ?? site.politeness.delayMs;
  return Math.min(budget.requests, delayMs === 0 ? Infinity : Math.floor((budget.seconds * 1000) / delayMs));
}
