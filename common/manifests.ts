import { manifestSchema, type Manifest, type Problem } from './contracts/manifest.ts';
import { objectKeys } from './object-keys.ts';
import type { ObjectStore } from './object-store.ts';

/** Writes what a task did, as its last act; the first manifest of a task stays. @throws ZodError when the caller breaks the contract. */
export async function writeManifest(data: Pick<ObjectStore, 'writeOnce'>, manifest: Manifest): Promise<void> {
  const { batch, stage, part } = manifestSchema.parse(manifest);
  await data.writeOnce(objectKeys.manifest(batch, stage, part), JSON.stringify(manifest));
}

/** As `writeManifest`, for a task whose latest run counts: a rerun searches again. */
export async function replaceManifest(data: Pick<ObjectStore, 'write'>, manifest: Manifest): Promise<void> {
  const { batch, stage, part } = manifestSchema.parse(manifest);
  await data.write(objectKeys.manifest(batch, stage, part), JSON.stringify(manifest));
}

/** A problem of a manifest, its message cut to what the contract takes. */
export function problem(kind: string, subject: string, message: string): Problem {
  return { kind, subject, message: message.slice(0, 500) };
}
