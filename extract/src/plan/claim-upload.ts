import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { utcText } from '../../../common/clock.ts';
import { batchSchema, type Batch } from '../../../common/contracts/batch.ts';
import { utcInstantSchema } from '../../../common/contracts/records.ts';
import { InvalidObjectError } from '../../../common/errors.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere } from '../../../common/object-store.ts';
import { quarantineKey } from '../extract/records.ts';
import type { PlanDependencies } from './dependencies.ts';
import { UnreadableUploadError } from './read-upload.ts';

/** `at`: when the batch took the upload first; claims of before lack it. */
const claimSchema = z.strictObject({ batch: batchSchema, at: utcInstantSchema.optional() });

/**
 * Takes an upload for a batch, so that its records come into one batch only. Gives the time by which its lines are judged: that of the first
 * claim for this batch, so that a run after one that was stopped judges alike. Null when an earlier run has taken it for good: its
 * plan was finished with these records in it. A run that was stopped before that has brought them to nobody, so what it had
 * written is taken back, and the upload is ours.
 */
export async function claimUpload(
  upload: string,
  site: string,
  batch: Batch,
  { data, clock }: Pick<PlanDependencies, 'data' | 'clock'>,
): Promise<Temporal.Instant | null> {
  const key = objectKeys.collectedClaim(upload);
  const now = clock.now();
  const claim = JSON.stringify({ batch, at: utcText(now) });
  if (await data.writeOnce(key, claim)) return now;
  const held = await ifThere(data.readJson(key, claimSchema)).catch(asUnreadable);
  if (held?.batch === batch && held.at !== undefined) return Temporal.Instant.from(held.at);
  const holder = held?.batch;
  if (holder !== undefined && holder !== batch) {
    const [plan, posts] = [objectKeys.planIndex(holder), objectKeys.rawPosts(holder, site, upload)];
    const isFinished = (await data.list(plan)).includes(plan) && (await data.list(posts)).includes(posts);
    if (isFinished) return null;
    // The posts first: nobody sees posts without their comments.
    await data.remove(posts);
    await data.remove(objectKeys.rawComments(holder, site, upload));
    await data.remove(objectKeys.manifest(holder, 'extract', upload));
    await data.remove(quarantineKey(holder, upload));
  }
  await data.write(key, claim);
  return now;
}

function asUnreadable(error: unknown): never {
  if (!(error instanceof InvalidObjectError)) throw error;
  throw new UnreadableUploadError(error.message, { cause: error });
}
