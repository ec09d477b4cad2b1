import type { HostTable } from '../crawl/host-table.ts';
import { crawlDelayOf } from '../crawl/robots.ts';
import type { Site } from '../sites/site.ts';

/** What a run may spend on each site. */
export interface RunBudget {
  readonly requests: number;
  readonly seconds: number;
}

/** What a run may send to a site, and how much of that one post can take: no more than one invocation of Extract has time for. */
export interface SiteBudget {
  readonly requests: number;
  readonly ofOnePost: number;
}

const INVOCATION_MS = 120_000;

/** As many requests as the run's budget has, and no more than fit into its seconds one delay apart. */
export async function requestsFor(site: Site, budget: RunBudget, hosts: Pick<HostTable, 'readRobots'>): Promise<SiteBudget> {
  const { host, origin } = new URL(site.baseUrl);
  const robots = await hosts.readRobots(host);
  const asked = robots === null ? null : crawlDelayOf(`${origin}/robots.txt`, robots, site.robotsSubject);
  const delayMs = asked ?? site.politeness.delayMs;
  const within = (milliseconds: number) => (delayMs === 0 ? Infinity : Math.floor(milliseconds / delayMs));
  return { requests: Math.min(budget.requests, within(budget.seconds * 1000)), ofOnePost: Math.max(1, within(INVOCATION_MS)) };
}
