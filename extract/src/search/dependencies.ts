import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore, type ObjectStore } from '../../../common/object-store.ts';
import { crawler, crawlerVariables, type Crawler } from '../crawl/crawler-environment.ts';

export interface SearchDependencies extends Crawler {
  readonly data: Pick<ObjectStore, 'writeOnce'>;
  readonly assets: Pick<ObjectStore, 'readJson'>;
  /** Posts older than this are not followed. */
  readonly windowHours: number;
}

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function searchDependencies(): SearchDependencies {
  const environment = readEnvironment({ ...crawlerVariables, SEARCH_WINDOW_HOURS: z.coerce.number().int().positive() });
  return {
    ...crawler(environment),
    data: objectStore(environment.DATA_BUCKET),
    assets: objectStore(environment.ASSETS_BUCKET),
    windowHours: environment.SEARCH_WINDOW_HOURS,
  };
}
