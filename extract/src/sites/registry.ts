import { UnknownSiteError } from '../../../common/errors.ts';
import { bobaedream } from './bobaedream/site.ts';
import { clien } from './clien/site.ts';
import type { Site } from './site.ts';

/** The communities by name; its names are those of site-names.ts, by test. */
export type Sites = ReadonlyMap<string, Site>;

export function sitesAt(baseUrls: { BOBAEDREAM_BASE_URL: string; CLIEN_BASE_URL: string }): Sites {
  return new Map([bobaedream(baseUrls.BOBAEDREAM_BASE_URL), clien(baseUrls.CLIEN_BASE_URL)].map((site) => [site.name, site]));
}

/** @throws UnknownSiteError naming the sites that there are. */
export function siteNamed(sites: Sites, name: string): Site {
  const site = sites.get(name);
  if (!site) throw new UnknownSiteError(`Site "${name}" is unknown; use one of ${[...sites.keys()].join(', ')}`);
  return site;
}
