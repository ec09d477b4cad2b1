import { readEnvironment } from '../../../common/environment.ts';
import { objectStore, type ObjectStore } from '../../../common/object-store.ts';
import { authorHash, authorHashKeySchema, type AuthorHash } from '../crawl/author-hash.ts';
import { crawler, crawlerVariables, type Crawler } from '../crawl/crawler-environment.ts';
import { pageSeal, type PageSeal } from '../crawl/page-seal.ts';

export interface ExtractDependencies extends Crawler {
  readonly data: Pick<ObjectStore, 'readJson' | 'readText' | 'write' | 'writeBytes' | 'writeOnce'>;
  readonly assets: Pick<ObjectStore, 'readJson'>;
  readonly authorHash: AuthorHash;
  readonly seal: Pick<PageSeal, 'seal'>;
}

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function extractDependencies(): ExtractDependencies {
  const environment = readEnvironment({ ...crawlerVariables, AUTHOR_HASH_KEY: authorHashKeySchema });
  return {
    ...crawler(environment),
    data: objectStore(environment.DATA_BUCKET),
    assets: objectStore(environment.ASSETS_BUCKET),
    authorHash: authorHash(environment.AUTHOR_HASH_KEY),
    seal: pageSeal(environment.AUTHOR_HASH_KEY),
  };
}
