import * as z from 'zod';
import { UnknownSiteError } from '../../../common/errors.ts';
import { bobaedream } from './bobaedream/site.ts';
import { clien } from './clien/site.ts';
import { dcinside } from './dcinside/site.ts';
import { fmkorea } from './fmkorea/site.ts';
import type { Site, SiteDefinition } from './site.ts';

/** Every community there is. `npm run new-site` adds a line here. */
export const definitions: readonly SiteDefinition[] = [bobaedream, clien, fmkorea, dcinside];

/** The communities by name. */
export type Sites = ReadonlyMap<string, Site>;

/** SITE_BASE_URLS: addresses to read instead of a site's own, as JSON by site name; `{}` for none. */
export const baseUrlsSchema = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('must be JSON like {"clien":"https://www.clien.net"}');
      return z.NEVER;
    }
  })
  .pipe(z.partialRecord(z.enum(definitions.map(({ name }) => name)), z.url({ protocol: /^https?$/ })));
export type BaseUrls = Readonly<Partial<Record<string, string>>>;

/** Every community, at its own address unless another one is given. */
export function sitesAt(baseUrls: BaseUrls = {}): Sites {
  return new Map(definitions.map((definition) => [definition.name, siteAt(definition, baseUrls[definition.name])]));
}

/** One community at an address. */
export function siteAt({ pages, ...definition }: SiteDefinition, baseUrl = definition.home): Site {
  return { ...definition, ...pages(baseUrl), baseUrl };
}

/** @throws UnknownSiteError naming the sites that there are. */
export function siteNamed(sites: Sites, name: string): Site {
  const site = sites.get(name);
  if (!site)
    throw new UnknownSiteError(
      `Site "${name}" is unknown; use one of ${[...sites.keys()].join(', ')} (boards of config/keyword-sets.json are <site>/<board>)`,
    );
  return site;
}
