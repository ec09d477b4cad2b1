import { UnknownSiteError } from '../../../common/errors.ts';
import { bobaedream } from './bobaedream/site.ts';
import { clien } from './clien/site.ts';
import { siteNames, type SiteName } from './site-names.ts';
import type { Site } from './site.ts';

const readers: Readonly<Record<SiteName, (baseUrl: string) => Site>> = { bobaedream, clien };

/** The communities by name. */
export type Sites = ReadonlyMap<string, Site>;
/** Where each is read from, by the name of the environment variable: `CLIEN_BASE_URL`. */
export type BaseUrls = Readonly<Record<`${Uppercase<SiteName>}_BASE_URL`, string>>;

/** Every community, read from the given addresses. */
export function sitesAt(baseUrls: BaseUrls): Sites {
  return new Map(siteNames.map((name) => [name, readers[name](baseUrls[`${name.toUpperCase() as Uppercase<SiteName>}_BASE_URL`])]));
}

/** @throws UnknownSiteError naming the sites that there are. */
export function siteNamed(sites: Sites, name: string): Site {
  const site = sites.get(name);
  if (!site) throw new UnknownSiteError(`Site "${name}" is unknown; use one of ${[...sites.keys()].join(', ')}`);
  return site;
}
