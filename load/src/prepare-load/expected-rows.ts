import type { Batch } from '../../../common/contracts/batch.ts';
import { manifestSchema } from '../../../common/contracts/manifest.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { ObjectStore } from '../../../common/object-store.ts';

/** Lines of raw/ by kind. */
export interface ExpectedRows {
  readonly posts: number;
  readonly comments: number;
}

/** What the extract manifests of a batch say that was written. @throws InvalidObjectError for one that is no manifest. */
export async function expectedRows(batch: Batch, store: Pick<ObjectStore, 'list' | 'readJson'>): Promise<ExpectedRows> {
  const keys = await store.list(objectKeys.manifest(batch, 'extract', '').replace(/\.json$/, ''));
  const manifests = await Promise.all(keys.map((key) => store.readJson(key, manifestSchema)));
  const sum = (name: string) => manifests.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);
  return { posts: sum('posts'), comments: sum('comments') };
}
