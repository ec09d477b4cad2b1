import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { utcText } from '../../../common/clock.ts';
import type { Batch } from '../../../common/contracts/batch.ts';
import type { PostKey } from '../../../common/contracts/records.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { PageSeal } from '../crawl/page-seal.ts';
import type { Fetched } from '../extract/read-post.ts';

/** Puts bytes under a key: into a bucket, or below a folder. */
export type PutBytes = (key: string, bytes: Uint8Array) => Promise<void>;

/** Keeps what was fetched of posts, sealed, under the keys that a scheduled run would give it. `batch`: when the crawl began. */
export function pageKeeper(batch: Batch, seal: PageSeal, put: PutBytes): (key: PostKey, fetched: Fetched) => Promise<void> {
  return (key, { collectedAt, pages }) =>
    put(objectKeys.rawPage(batch, key), seal.seal({ key, collected_at: utcText(collectedAt), pages }));
}

/** Files below a folder that is made when it is needed, its owner's alone. */
export function folder(root: string): PutBytes {
  const made = new Map<string, Promise<unknown>>();
  return async (key, bytes) => {
    const path = join(root, key);
    const parent = dirname(path);
    const making = made.get(parent) ?? mkdir(parent, { recursive: true, mode: 0o700 });
    made.set(parent, making);
    await making;
    await writeFile(path, bytes, { mode: 0o600 });
  };
}
