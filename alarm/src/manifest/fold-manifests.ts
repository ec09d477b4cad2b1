import type { Batch } from '../../../common/contracts/batch.ts';
import { manifestSchema, type FoldedManifest, type Manifest } from '../../../common/contracts/manifest.ts';
import { InvalidObjectError } from '../../../common/errors.ts';
import { writeManifest } from '../../../common/manifests.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { ObjectStore } from '../../../common/object-store.ts';

/** What a run leaves about itself in the data bucket. */
export interface RunRecord {
  /** The alarm's own manifest, written once a batch. */
  write(batch: Batch, counts: Manifest['counts']): Promise<void>;
  /** Folds the manifests of all tasks into one object; the last run of a batch counts. */
  fold(batch: Batch, end: RunEnd): Promise<void>;
}

export type RunEnd =
  { readonly status: 'SUCCEEDED' } | { readonly status: 'FAILED'; readonly failure: NonNullable<FoldedManifest['failure']> };

/** The record in the data bucket. Its errors are those of the store. */
export function runRecord(store: ObjectStore): RunRecord {
  return {
    async write(batch, counts) {
      await writeManifest(store, { batch, stage: 'alarm', part: 'all', site: null, counts, problems: [] });
    },
    async fold(batch, end) {
      const folded = foldManifests(batch, end, await readManifests(store, batch));
      await store.write(objectKeys.foldedManifest(batch), JSON.stringify(folded));
    },
  };
}

interface ReadManifests {
  readonly tasks: Manifest[];
  readonly unreadable: string[];
}

async function readManifests(store: ObjectStore, batch: Batch): Promise<ReadManifests> {
  const keys = await store.list(objectKeys.manifests(batch));
  const read = await Promise.all(keys.map((key) => readManifest(store, key)));
  return { tasks: read.filter((task) => typeof task !== 'string'), unreadable: read.filter((task) => typeof task === 'string') };
}

/** Its key when it is broken: one broken manifest must not hide the others, and must not go unseen. */
async function readManifest(store: ObjectStore, key: string): Promise<Manifest | string> {
  try {
    return await store.readJson(key, manifestSchema);
  } catch (error) {
    if (error instanceof InvalidObjectError) return key;
    throw error;
  }
}

function foldManifests(batch: Batch, end: RunEnd, { tasks, unreadable }: ReadManifests): FoldedManifest {
  const counts: FoldedManifest['counts'] = {};
  for (const task of tasks) {
    const stage = (counts[task.stage] ??= {});
    for (const [name, count] of Object.entries(task.counts)) stage[name] = (stage[name] ?? 0) + count;
  }
  return { batch, status: end.status, failure: end.status === 'FAILED' ? end.failure : null, counts, tasks, unreadable };
}
