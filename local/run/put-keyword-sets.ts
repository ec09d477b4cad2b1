import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetKeys } from '../../common/object-keys.ts';
import type { ObjectStore } from '../../common/object-store.ts';
import { repository } from './directories.ts';

/**
 * Lets the assets bucket hold this checkout's config/keyword-sets.json. A deployment keeps the sets that its team edited in the bucket; on a
 * laptop the file is what people edit, so each start brings it.
 */
export async function putKeywordSets(assets: ObjectStore, file = join(repository, 'config/keyword-sets.json')): Promise<void> {
  await assets.write(assetKeys.keywordSets, readFileSync(file, 'utf8'));
}
