import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetKeys } from '../../common/object-keys.ts';
import type { ObjectStore } from '../../common/object-store.ts';
import { repository } from './directories.ts';

/**
 * Lets the assets bucket hold this checkout's config/. A deployment keeps what its team edited in the bucket; on a laptop the files are what
 * people edit, so each start brings them.
 */
export async function putConfiguration(assets: Pick<ObjectStore, 'write'>, folder = join(repository, 'config')): Promise<void> {
  for (const key of [assetKeys.keywordSets, assetKeys.alertRoutes])
    await assets.write(key, readFileSync(join(folder, key.replace('config/', '')), 'utf8'));
}
