import type { StoredRobots } from '../crawl/host-table.ts';
import { siteNamed, sitesAt } from '../sites/registry.ts';
import { requestCost } from './request-cost.ts';
import { requestsFor } from './site-budget.ts';

const site = { ...siteNamed(sitesAt(), 'clien'), robotsSubject: 'hotpost', politeness: { delayMs: 1500, concurrency: 1 } };
const robots = (text: string): StoredRobots => ({ batch: 'B', status: 200, text, fetchedAt: 0, etag: null, lastModified: null });
const hosts = (stored: StoredRobots | null) => ({
  readRobots: (host: string) => (host === 'www.clien.net' ? Promise.resolve(stored) : Promise.reject(new Error(host))),
});
const budget = { requests: 300, seconds: 240 };

it.each([
  ['the site’s own delay before its robots.txt is known', null, 160],
  ['the site’s own delay when robots.txt names none', robots('User-agent: *\nDisallow:'), 160],
  ['the Crawl-delay', robots('User-agent: *\nCrawl-delay: 10'), 24],
  ['the requests alone when they are fewer', robots('User-agent: *\nCrawl-delay: 0.5'), 300],
  ['the requests alone without a delay', robots('User-agent: *\nCrawl-delay: 0'), 300],
])('is bounded by %s', async (_, stored, requests) => {
  expect(await requestsFor(site, budget, hosts(stored))).toMatchObject({ requests });
});

it('reckons no more for one post than an invocation can send', async () => {
  expect(await requestsFor(site, budget, hosts(robots('User-agent: *\nCrawl-delay: 10')))).toMatchObject({ ofOnePost: 12 });
});

it('reckons a request for each hundred comments', () => {
  expect([0, 1, 100, 101, 350].map(requestCost)).toEqual([1, 1, 1, 2, 4]);
});
