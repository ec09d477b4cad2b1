import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore, type ObjectStore } from '../../../common/object-store.ts';
import { authorHash, authorHashKeySchema, type AuthorHash } from '../crawl/author-hash.ts';
import { pageSeal, type PageSeal } from '../crawl/page-seal.ts';
import { sitesAt, type Sites } from '../sites/registry.ts';

export interface ReparseDependencies {
  readonly data: Pick<ObjectStore, 'list' | 'readBytes' | 'readJson' | 'readText' | 'remove' | 'write'>;
  readonly assets: Pick<ObjectStore, 'readJson'>;
  readonly sites: Sites;
  readonly authorHash: AuthorHash;
  readonly seal: Pick<PageSeal, 'open'>;
}

/** From the function's environment. Sites stand at their own addresses: nothing is asked of them. @throws EnvironmentError */
export function reparseDependencies(): ReparseDependencies {
  const environment = readEnvironment({
    DATA_BUCKET: z.string().min(3),
    ASSETS_BUCKET: z.string().min(3),
    AUTHOR_HASH_KEY: authorHashKeySchema,
  });
  return {
    data: objectStore(environment.DATA_BUCKET),
    assets: objectStore(environment.ASSETS_BUCKET),
    sites: sitesAt(),
    authorHash: authorHash(environment.AUTHOR_HASH_KEY),
    seal: pageSeal(environment.AUTHOR_HASH_KEY),
  };
}
