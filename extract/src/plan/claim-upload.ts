import * as z from 'zod';
import { batchSchema, type Batch } from '../../../common/contracts/batch.ts';
import { InvalidObjectError } from '../../../common/errors.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere } from '../../../common/object-store.ts';
import { quarantineKey } from '../extract/records.ts';
import type { PlanDependencies } from './dependencies.ts';
import { UnreadableUploadError } from './read-upload.ts';

const claimSchema = z.strictObject({ batch: batchSchema });

/**
 * Takes an upload for a batch, so that its records come into one batch only. False when an earlier run has taken it for good: its
 * plan was finished with these records in it. A run that was stopped before that has brought them to nobody, so what it had
 * written is taken back, and the upload is ours.
 */
export async function claimUpload(upload: string, site: string, batch: Batch, { data }: Pick<PlanDependencies, 'data'>): Promise<boolean> {
  const key = objectKeys.collectedClaim(upload);
  if (await data.writeOnce(key, JSON.stringify({ batch }))) return true;
  const holder = (await ifThere(data.readJson(key, claimSchema)).catch(asUnreadable))?.batch;
  if (holder !== undefined && holder !== batch) {
    const [plan, posts] = [objectKeys.planIndex(holder), objectKeys.rawPosts(holder, site, upload)];
    const isFinished = (await data.list(plan)).includes(plan) && (await data.list(posts)).includes(posts);
    if (isFinished) return false;
    // The posts first: nobody sees posts without their comments.
    await data.remove(posts);
    await data.remove(objectKeys.rawComments(holder, site, upload));
    await data.remove(objectKeys.manifest(holder, 'extract', upload));
    await data.remove(quarantineKey(holder, upload));
  }
  await data.write(key, JSON.stringify({ batch }));
  return true;
}

function asUnreadable(error: unknown): never {
  if (!(error instanceof InvalidObjectError)) throw error;
  throw new UnreadableUploadError(error.message, { cause: error });
}
