import { createHash } from 'node:crypto';
import * as z from 'zod';
import { assetKeys } from '../../../common/object-keys.ts';
import { ifThere, type ObjectStore } from '../../../common/object-store.ts';

/** SHA-256 of what deployments have placed, hexadecimal, the latest last. */
const placedSchema = z.looseObject({ placed: z.array(z.string()) });
/** As many releases back is an object still known as ours. */
const MOST_KEPT = 200;

type CodeStore = Pick<ObjectStore, 'readBytes' | 'readJson' | 'write' | 'writeBytes'>;

/**
 * Puts job and modules into the bucket, each unless a person has put one of their own in its place: an object that no deployment placed is
 * left alone. Deleting it brings ours back with the next deployment. What is about to be placed is written down first, so that a
 * deployment that ends in between takes nothing of ours for a person's.
 * @returns the keys that were left alone.
 */
export async function placeCode(objects: Readonly<Record<string, Uint8Array>>, assets: CodeStore): Promise<string[]> {
  const before = (await ifThere(assets.readJson(assetKeys.placedCode, placedSchema)))?.placed;
  const now = Object.values(objects).map(hashOf);
  const ours = [...(before ?? []).filter((hash) => !now.includes(hash)), ...now].slice(-MOST_KEPT);
  await assets.write(assetKeys.placedCode, `${JSON.stringify({ placed: ours })}\n`);
  const kept: string[] = [];
  for (const [key, bytes] of Object.entries(objects)) {
    // Without the list the bucket is from before it was kept: then everything there is ours.
    const present = before && (await ifThere(assets.readBytes(key)));
    if (present && !ours.includes(hashOf(present))) kept.push(key);
    else await assets.writeBytes(key, bytes);
  }
  return kept;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
