import { definitions } from '../../extract/src/sites/registry.ts';
import type { Community } from '../community/serve-community.ts';

/** A site that is read where it is, instead of the simulated community. */
export interface LiveSite {
  readonly site: string;
  readonly baseUrl: string;
  /** True for an address of this machine, where a trial has put a server. */
  readonly isLocal: boolean;
  /** What the site is told of who reads it. */
  readonly contact: string;
  /** Pages of the board's list that are followed. */
  readonly pages: number;
}

/** Requests that one live run plans at most: a board's page of posts with their comments, some minutes at a site's own pace. */
const REQUEST_BUDGET = 200;

/** What of local/parameters.json is another for a live site. */
export function liveParameters({ site, baseUrl, isLocal, contact, pages }: LiveSite): Record<string, string> {
  return {
    CrawlerContact: contact,
    'Extract/SiteBaseUrls': JSON.stringify({ [site]: baseUrl }),
    'Extract/AllowPrivateAddresses': String(isLocal),
    'Extract/BoardPages': String(pages),
    'Extract/RunRequestBudget': String(REQUEST_BUDGET),
  };
}

/** Stands in for the simulated community where there is none: it serves nothing, and time passes by itself. */
export function realSites(): Community {
  return {
    urls: Object.fromEntries(definitions.map(({ name, home }) => [name, home])) as Community['urls'],
    setTime: () => undefined,
    setDown: () => undefined,
    close: () => Promise.resolve(),
  };
}
