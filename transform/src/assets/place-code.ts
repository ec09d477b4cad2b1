import { createHash } from 'node:crypto';
import * as z from 'zod';
import { InvalidObjectError } from '../../../common/errors.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import { ifThere, type ObjectStore } from '../../../common/object-store.ts';

/** SHA-256 of what deployments have placed, hexadecimal, the latest last. */
const placedSchema = z.looseObject({ placed: z.array(z.string()) });
/** As many releases back is an object still known as ours. */
const MOST_KEPT = 200;

type CodeStore = Pick<ObjectStore, 'bucket' | 'readBytes' | 'readJson' | 'write' | 'writeBytes'>;

/**
 * Puts job and modules into the bucket, each unless a person has put one of their own in its place: an object that no deployment placed is
 * left alone. What is about to be placed is written down first, so that a deployment that ends in between takes nothing of ours for a
 * person's. Without the list (a bucket from before it was kept) everything that is there is ours.
 * @returns the keys that were left alone.
 * @throws InvalidObjectError with the remedy when the list cannot be read.
 */
export async function placeCode(objects: Readonly<Record<string, Uint8Array>>, assets: CodeStore): Promise<string[]> {
  const there = new Map<string, string>();
  for (const key of Object.keys(objects)) {
    const present = await ifThere(assets.readBytes(key));
    if (present) there.set(key, hashOf(present));
  }
  const before = (await placedBefore(assets)) ?? [...there.values()];
  const now = Object.values(objects).map(hashOf);
  const ours = [...before.filter((hash) => !now.includes(hash)), ...now].slice(-MOST_KEPT);
  await assets.write(assetKeys.placedCode, `${JSON.stringify({ placed: ours })}\n`);
  const kept = Object.keys(objects).filter((key) => there.has(key) && !ours.includes(there.get(key) ?? ''));
  for (const [key, bytes] of Object.entries(objects)) if (!kept.includes(key)) await assets.writeBytes(key, bytes);
  return kept;
}

async function placedBefore(assets: CodeStore): Promise<readonly string[] | undefined> {
  try {
    return (await ifThere(assets.readJson(assetKeys.placedCode, placedSchema)))?.placed;
  } catch (cause) {
    if (!(cause instanceof InvalidObjectError)) throw cause;
    throw new InvalidObjectError(
      `s3://${assets.bucket}/${assetKeys.placedCode} cannot be read, so a job of your own cannot be told from ours. Save what is yours below code/pyspark/, delete that file, deploy again, and put yours back`,
      { cause },
    );
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
