import { batchOf, instantOf, type Batch } from '../../../common/contracts/batch.ts';
import { foldedManifestSchema, manifestSchema, type FoldedManifest, type Manifest } from '../../../common/contracts/manifest.ts';
import { InvalidObjectError } from '../../../common/errors.ts';
import { writeManifest } from '../../../common/manifests.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere, type ObjectStore } from '../../../common/object-store.ts';

/** What a run leaves about itself in the data bucket. */
export interface RunRecord {
  /** The alarm's own manifest, written once a batch. */
  write(batch: Batch, counts: Manifest['counts'], figures: NonNullable<Manifest['figures']>): Promise<void>;
  /** Folds the manifests of all tasks into one object; the last run of a batch counts. */
  fold(batch: Batch, end: RunEnd): Promise<FoldedManifest>;
  /** Whether an earlier run of the batch was a quiet one; false when none was folded, or its record cannot be read. */
  wasQuiet(batch: Batch): Promise<boolean>;
  /** Batches of the 24 hours before this one and of later ones that were skipped because a run went on. */
  skippedWithinDay(batch: Batch): Promise<string[]>;
}

/** `quiet`: no alert may come of the batch. */
export type RunEnd = { readonly quiet: boolean } & (
  { readonly status: 'SUCCEEDED' } | { readonly status: 'FAILED'; readonly failure: NonNullable<FoldedManifest['failure']> }
);

/** The record in the data bucket. Its errors are those of the store. */
export function runRecord(store: ObjectStore): RunRecord {
  return {
    async write(batch, counts, figures) {
      await writeManifest(store, { batch, stage: 'alarm', part: 'all', site: null, counts, figures, problems: [] });
    },
    async fold(batch, end) {
      const folded = foldManifests(batch, end, await readManifests(store, batch));
      await store.write(objectKeys.foldedManifest(batch), JSON.stringify(folded));
      return folded;
    },
    async wasQuiet(batch) {
      try {
        return (await ifThere(store.readJson(objectKeys.foldedManifest(batch), foldedManifestSchema)))?.quiet ?? false;
      } catch (error) {
        // A broken record must not keep a warning back.
        if (error instanceof InvalidObjectError) return false;
        throw error;
      }
    },
    async skippedWithinDay(batch) {
      const since = batchOf(instantOf(batch).subtract({ hours: 24 }));
      const keys = await store.list(objectKeys.allSkipped());
      return keys.map((key) => /(\w+)\.json$/.exec(key)?.[1] ?? '').filter((skipped) => skipped > since);
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
  const { status, quiet } = end;
  return { batch, status, quiet, failure: status === 'FAILED' ? end.failure : null, counts, tasks, unreadable };
}
