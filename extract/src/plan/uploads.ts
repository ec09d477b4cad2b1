import { isCollectedPart, partNameSchema } from '../../../common/contracts/plan.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { ObjectStore } from '../../../common/object-store.ts';

/** An upload of a collector as it lies in the bucket. It is complete when its posts are there, which are written last. */
export interface Upload {
  readonly name: string;
  readonly isComplete: boolean;
  /** A run has begun to take it; without posts, that run was stopped while it removed the rest. */
  readonly isClaimed: boolean;
}

/** All uploads, by name. */
export async function listUploads(data: Pick<ObjectStore, 'list'>): Promise<Upload[]> {
  const keys = new Set(await data.list(objectKeys.collected()));
  const names = new Set([...keys].flatMap((key) => key.slice(objectKeys.collected().length).match(/^[^/]+(?=\/)/) ?? []));
  return [...names].map((name) => ({
    name,
    isComplete: keys.has(objectKeys.collectedPosts(name)),
    isClaimed: keys.has(objectKeys.collectedClaim(name)),
  }));
}

/** Removes an upload. The posts go first: what has none is never taken for an upload. The claim goes last: it tells of the rest. */
export async function removeUpload(name: string, data: Pick<ObjectStore, 'remove'>): Promise<void> {
  await data.remove(objectKeys.collectedPosts(name));
  await data.remove(objectKeys.collectedComments(name));
  await data.remove(objectKeys.collectedClaim(name));
}

/** The site that an upload's name begins with; null when it is no name that collectors give. */
export function siteOfUpload(name: string): string | null {
  return isCollectedPart(name) && partNameSchema.safeParse(name).success ? name.slice(0, name.lastIndexOf('-')) : null;
}
