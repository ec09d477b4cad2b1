import * as z from 'zod';
import type { Batch } from '../../../common/contracts/batch.ts';
import type { Problem } from '../../../common/contracts/manifest.ts';
import { problem } from '../../../common/manifests.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere } from '../../../common/object-store.ts';
import type { PlanDependencies } from './dependencies.ts';
import type { UnreadableUploadError } from './read-upload.ts';
import { removeUpload } from './uploads.ts';

const reasonSchema = z.strictObject({ upload: z.string(), reason: z.string() });

/** Moves an upload that cannot be read to the quarantine of the batch as it is, with the reason beside it. */
export async function setAside(
  upload: string,
  batch: Batch,
  error: UnreadableUploadError,
  { data }: Pick<PlanDependencies, 'data'>,
): Promise<void> {
  const folder = `${objectKeys.quarantine('extract', batch)}${upload}/`;
  await data.write(`${folder}reason.json`, JSON.stringify({ upload, reason: error.message }));
  for (const key of [objectKeys.collectedPosts(upload), objectKeys.collectedComments(upload)]) {
    const bytes = await ifThere(data.readBytes(key));
    if (bytes !== null) await data.writeBytes(folder + key.slice(key.lastIndexOf('/') + 1), bytes);
  }
  // Says that what is left of it is to be removed, should we be stopped meanwhile.
  await data.write(objectKeys.collectedClaim(upload), JSON.stringify({ batch }));
  await removeUpload(upload, data);
}

/** What was set aside in a batch, by this run or by one before that was stopped. */
export async function problemsSetAside(batch: Batch, { data }: Pick<PlanDependencies, 'data'>): Promise<Problem[]> {
  const keys = (await data.list(objectKeys.quarantine('extract', batch))).filter((key) => key.endsWith('/reason.json'));
  const reasons = await Promise.all(keys.map((key) => data.readJson(key, reasonSchema)));
  return reasons.map(({ upload, reason }) =>
    problem('UnreadableUploadError', upload.slice(0, 100), `${reason}; it lies in the quarantine`),
  );
}
