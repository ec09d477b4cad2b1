import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore, type ObjectStore } from '../../../common/object-store.ts';
import { authorHashKeySchema } from '../crawl/author-hash.ts';
import { crawler, crawlerVariables, type Crawler } from '../crawl/crawler-environment.ts';
import { pageSeal, type PageSeal } from '../crawl/page-seal.ts';

export interface SearchDependencies extends Pick<Crawler, 'sites' | 'clock' | 'openReader'> {
  readonly posts: Pick<Crawler['posts'], 'known' | 'add' | 'hasten' | 'cursor' | 'setCursor'>;
  readonly data: Pick<ObjectStore, 'write' | 'writeBytes'>;
  readonly assets: Pick<ObjectStore, 'readJson'>;
  readonly seal: Pick<PageSeal, 'seal'>;
  /** Posts older than this are not followed, save by a backfill. */
  readonly windowHours: number;
  /** Pages that a board is followed while all is new: what a busy one writes in hours, so that a run that failed is made up for. */
  readonly boardPages: number;
}

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function searchDependencies(): SearchDependencies {
  const environment = readEnvironment({
    ...crawlerVariables,
    AUTHOR_HASH_KEY: authorHashKeySchema,
    SEARCH_WINDOW_HOURS: z.coerce.number().int().positive(),
    BOARD_PAGES: z.coerce.number().int().positive(),
  });
  return {
    ...crawler(environment),
    data: objectStore(environment.DATA_BUCKET),
    assets: objectStore(environment.ASSETS_BUCKET),
    seal: pageSeal(environment.AUTHOR_HASH_KEY),
    windowHours: environment.SEARCH_WINDOW_HOURS,
    boardPages: environment.BOARD_PAGES,
  };
}
